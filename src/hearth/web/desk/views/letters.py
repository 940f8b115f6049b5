"""The joint open letter of a campaign: begun with its signatories, placed in the media, sent to people."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission, PersonKind
from hearth.apps.papers import actions as papers
from hearth.apps.papers.actions import PaperRefused
from hearth.apps.papers.models import Paper, Publication
from hearth.apps.papers.states import Kind
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PublicityRefused
from hearth.apps.publicity.models import Mailing, Placement
from hearth.apps.visits import queries as visits
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.paper_starts import LetterSigner, start_letter
from hearth.web.desk.record_page import offer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm

VISITED, SCIENTISTS, EXPERTS, UNIT = "visited", "scientists", "experts", "unit"
KINDS = {SCIENTISTS: PersonKind.SCIENTIST, EXPERTS: PersonKind.EXPERT}


class LetterForm(RowForm):
    title = forms.CharField(label=_("标题"), max_length=80, initial=_("致全市广大科技工作者的慰问信"))
    salutation = forms.CharField(label=_("称呼"), max_length=40, initial=_("全市广大科技工作者"))
    first_organ = forms.CharField(label=_("第一个机关"), max_length=60, help_text=_("全称，如“中共××市委”。"))
    first_office = forms.CharField(
        label=_("第一位的职务"), max_length=60, help_text=_("如“中共××市委书记”。")
    )
    first_name = forms.CharField(label=_("第一位的姓名"), max_length=20)
    second_organ = forms.CharField(label=_("第二个机关"), max_length=60)
    second_office = forms.CharField(label=_("第二位的职务"), max_length=60)
    second_name = forms.CharField(label=_("第二位的姓名"), max_length=20)
    signed_on = forms.DateField(label=_("成文日期"), widget=DayInput)

    def source(self, campaign: Campaign) -> str:
        said = self.cleaned_data
        signers = tuple(
            LetterSigner(said[f"{at}_organ"], said[f"{at}_office"], said[f"{at}_name"])
            for at in ("first", "second")
        )
        return start_letter(
            title=said["title"],
            salutation=said["salutation"],
            signers=signers,
            day=said["signed_on"],
            theme=campaign.theme,
            occasion=campaign.name,
        )


class GroupForm(RowForm):
    """Asks for nothing but what to list."""

    to = forms.ChoiceField(
        label=_("发给哪些人"),
        choices=(
            (VISITED, _("这次走访过的")),
            (SCIENTISTS, _("全部科技工作者")),
            (EXPERTS, _("全部专家")),
            (UNIT, _("一个单位和它下面的人")),
        ),
    )
    org: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("单位"),
        queryset=None,
        required=False,
        empty_label=_("不选"),
        help_text=_("选“一个单位”时才用。"),
    )


class SendForm(RowForm):
    text = forms.CharField(
        label=_("附言"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写在链接上面。"),
    )
    people: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        label=_("发给谁"), queryset=None, widget=forms.CheckboxSelectMultiple
    )


@dataclass(frozen=True)
class Letter:
    """A letter with everything that came of it."""

    paper: Paper
    publication: Publication | None
    placements: tuple[Placement, ...]
    mailings: tuple[Mailing, ...]


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    sent = list(queries.mailings(by, campaign=shown.campaign).filter(paper__isnull=False))
    context = {
        "frame": shown,
        "letters": _letters(shown.campaign, sent, by),
        "opened": queries.openings(sent),
    }
    return render(request, "desk/letters.html", context)


def _letters(campaign: Campaign, sent: list[Mailing], by: Actor) -> list[Letter]:
    found = list(queries.letters(by, campaign=campaign))
    placed = list(queries.placements(by, campaign=campaign).filter(paper__in=found))
    public = queries.published_letters(found)
    return [
        Letter(
            paper=paper,
            publication=public.get(paper.pk),
            placements=tuple(one for one in placed if one.paper_id == paper.pk),
            mailings=tuple(one for one in sent if one.paper_id == paper.pk),
        )
        for paper in found
    ]


@requires(Permission.WRITE_PAPERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    form = LetterForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            source = form.source(shown.campaign)
            paper = papers.draft(subject=shown.campaign.subject, kind=Kind.LETTER, source=source, by=by)
        except PaperRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("草稿已存。两个机关会签、领导签发、印发以后，就能公开和发出。"))
            return redirect("desk:paper", paper.pk)
    context = {"frame": shown, "form": form}
    return render(request, "desk/letter_new.html", context, status=422 if form.errors else 200)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """GET lists a group of people, POST sends the letter to those chosen among them."""
    paper, campaign = _letter(request, pk)
    by = acting(request)
    shown = frame(request, campaign.pk, "desk:publicity")
    group = GroupForm(request.GET if "to" in request.GET else None)
    offer(group, "org", directory.organisations(by))
    people = _new_ones(paper, group, campaign, by)
    form = _send_form(people, campaign, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            sent = actions.send_letter(
                campaign=campaign, paper=paper, people=said["people"], text=said["text"], by=by
            )
        except PublicityRefused as refused:
            messages.error(request, str(refused))
        else:
            notes.done(request, gettext("已发出。邮件到不了的列在下面，可以打印地址邮寄。"))
            return redirect("desk:mailing", sent.pk)
    context = {
        "frame": shown,
        "paper": paper,
        "publication": queries.published_letters([paper]).get(paper.pk),
        "group": group,
        "form": form,
        "people": people,
        "had": len(queries.had(paper)),
    }
    return render(request, "desk/letter_send.html", context, status=422 if form.errors else 200)


def _send_form(people: QuerySet[Person], campaign: Campaign, data: QueryDict | None) -> SendForm:
    text = gettext("在%(campaign)s之际，送上市委、市政府主要领导给您的慰问信，请打开看。") % {
        "campaign": campaign.name
    }
    form = SendForm(data, initial={"text": text, "people": [one.pk for one in people]})
    offer(form, "people", people)
    form.fields["people"].label_from_instance = _named  # type: ignore[attr-defined]
    return form


def _named(person: Person) -> str:
    way = gettext("邮件") if person.user and person.user.email else gettext("邮寄")
    return f"{person.name}（{person.org}，{way}）"


def _new_ones(paper: Paper, group: GroupForm, campaign: Campaign, by: Actor) -> QuerySet[Person]:
    """The group that was asked for, without those who have had the letter."""
    found = directory.people(by).select_related("user")
    found = found.exclude(pk__in=queries.had(paper)).order_by("org__path", "name")
    if not (group.is_bound and group.is_valid()):
        return found.none()
    to, org = group.cleaned_data["to"], group.cleaned_data["org"]
    if to == VISITED:
        return found.filter(pk__in=visits.visits(by, campaign=campaign).values("person_id"))
    if to in KINDS:
        return found.filter(kind=KINDS[to])
    if org is None:
        group.add_error("org", gettext("选了“一个单位”，还要选是哪一个。"))
        return found.none()
    return found.filter(org_path__gte=org.path, org_path__lt=org.path + "~")


def _letter(request: HttpRequest, pk: int) -> tuple[Paper, Campaign]:
    by = acting(request)
    rows = Paper.objects.visible_to(by).filter(kind=Kind.LETTER, subject__campaign__isnull=False)
    paper: Paper = get_object_or_404(rows.select_related("subject", "org"), pk=pk)
    campaign = get_object_or_404(Campaign.objects.visible_to(by), subject=paper.subject_id)
    return paper, campaign
