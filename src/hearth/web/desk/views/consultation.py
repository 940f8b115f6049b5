"""The consultation of a campaign: what was suggested, what became of it, and the meetings that decided."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Campaign, Session, Suggestion
from hearth.apps.campaigns.states import Handling
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, offer, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.days import moment
from hearth.web.ui.forms import RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

SUGGESTIONS = ListPage(
    title=_("征求意见"),
    columns=(
        Column(_("意见建议"), lambda one: one.text),
        Column(_("提出人"), lambda one: one.proposer),
        Column(_("单位"), lambda one: one.unit, sort="org", order=("from_org__path",)),
        Column(_("日期"), lambda one: one.received_on, sort="day", order=("received_on",), kind=Kind.DATE),
        Column(_("处理"), lambda one: one.get_handling_display(), sort="handling", order=("handling",)),
        Column(_("采纳条款"), lambda one: one.clause),
        Column(_("答复"), lambda one: one.answer),
        Column(_("议定的会议"), lambda one: str(one.decided_in or "")),
    ),
    order=("received_on", "number", "pk"),
    search=("text", "proposer", "from_org__short_name", "opinion__unit", "clause"),
    search_label=_("意见里的字、提出人、单位"),
    filters=(
        Filter(
            "handling",
            _("处理"),
            tuple(Choice(one, one.label, Q(handling=one)) for one in Handling),
            chips=True,
        ),
        Filter("joined", _("并入的也列出"), (Choice("no", _("不列并入的"), Q(joined_to=None)),)),
    ),
)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:consultation")
    by = acting(request)
    asked = queries.consultations(by, shown.campaign)
    return SUGGESTIONS.show(
        request,
        _suggestions(by).filter(campaign=shown.campaign),
        "desk/consultation.html",
        frame=shown,
        asked=asked,
        sessions=Session.objects.visible_to(by).filter(campaign=shown.campaign),
    )


class HandleForm(RowForm):
    handling = forms.ChoiceField(
        label=_("处理"),
        choices=[(one.value, one.label) for one in Handling if one != Handling.OPEN],
        widget=forms.RadioSelect,
    )
    clause = forms.CharField(
        label=_("采纳条款"), max_length=200, required=False, help_text=_("进了方案的哪一条，如“二、（三）”。")
    )
    answer = forms.CharField(
        label=_("答复"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("没有全部采纳的写明为什么。提出人看得到。"),
    )
    decided_in = forms.ModelChoiceField(
        label=_("哪次会议定的"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("没有上会"),
        help_text=_("会议纪要会列出这条意见。"),
    )

    def __init__(self, suggestion: Suggestion, data: QueryDict | None = None) -> None:
        said = {name: getattr(suggestion, name) for name in ("handling", "clause", "answer", "decided_in")}
        super().__init__(data, initial=said)
        offer(self, "decided_in", Session.objects.filter(campaign=suggestion.campaign_id))


class JoinForm(RowForm):
    to = forms.ChoiceField(
        label=_("说的是一回事"),
        widget=forms.RadioSelect,
        help_text=_("并入以后一起处理，原话和提出人都留着，结果也分别告诉。"),
    )

    def __init__(self, near: Sequence[queries.Alike], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.near = {str(one.suggestion.pk): one.suggestion for one in near}
        labels = [(str(one.suggestion.pk), f"{one.suggestion.text}（相近 {one.share}%）") for one in near]
        cast(forms.ChoiceField, self.fields["to"]).choices = labels

    @property
    def chosen(self) -> Suggestion:
        return self.near[self.cleaned_data["to"]]


class PartForm(RowForm):
    """Taking a suggestion out again asks nothing."""


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _suggestion(request, pk))


@requires(Permission.RECORD)
@require_POST
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _suggestion(request, pk), acting(request)
    form = HandleForm(found, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.handle(
            suggestion=found,
            handling=Handling(form.cleaned_data["handling"]),
            clause=form.cleaned_data["clause"],
            answer=form.cleaned_data["answer"],
            decided_in=form.cleaned_data["decided_in"],
            by=by,
        ),
        CampaignRefused,
        _("已处理。留了联系方式的提出人，已经告诉。"),
    )
    return done or _page(request, found, form)


@requires(Permission.RECORD)
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _suggestion(request, pk), acting(request)
    form = JoinForm(queries.alike(found, by=by), request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.join(suggestion=found, to=form.chosen, by=by),
        CampaignRefused,
        _("已并入，一起处理。"),
    )
    return done or _page(request, found, form)


@requires(Permission.RECORD)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _suggestion(request, pk), acting(request)
    form = PartForm(request.POST)
    done = carry_out(
        request, form, lambda: actions.part(suggestion=found, by=by), CampaignRefused, _("已拆出，另行处理。")
    )
    return done or _page(request, found, form)


def _page(request: HttpRequest, found: Suggestion, tried: RowForm | None = None) -> HttpResponse:
    by = acting(request)
    first, decided = found.joined_to, found.decided_in
    facts = (
        Fact(_("意见建议"), found.text),
        Fact(_("提出人"), found.proposer or _("匿名")),
        Fact(_("单位"), found.unit),
        Fact(_("日期"), found.received_on),
        Fact(_("并入"), first, reverse("desk:suggestion", args=[first.pk]) if first else ""),
        Fact(_("处理"), found.get_handling_display()),
        Fact(_("采纳条款"), found.clause),
        Fact(_("答复"), found.answer),
        Fact(_("哪次会议定的"), decided, reverse("desk:session", args=[decided.pk]) if decided else ""),
        Fact(_("告知时间"), moment(found.told_at) if found.told_at else ""),
    )
    return show(
        request,
        found,
        campaign=found.campaign,
        place=place(found.campaign),
        facts=facts,
        deeds=_deeds(found, by, tried) if by.may(Permission.RECORD) else (),
        template="desk/suggestion.html",
        joined=_suggestions(by).filter(joined_to=found),
    )


def _deeds(found: Suggestion, by: Actor, tried: RowForm | None) -> tuple[Deed, ...]:
    if found.joined_to_id is not None:
        href = reverse("desk:suggestion_part", args=[found.pk])
        return (Deed(tried or PartForm(), href, _("不是一回事？"), _("拆出来")),)
    handling = tried if isinstance(tried, HandleForm) else HandleForm(found)
    deeds = [Deed(handling, reverse("desk:suggestion_handle", args=[found.pk]), _("处理"), _("存处理结果"))]
    joining = tried if isinstance(tried, JoinForm) else JoinForm(queries.alike(found, by=by))
    if found.handling == Handling.OPEN and joining.near:
        href = reverse("desk:suggestion_join", args=[found.pk])
        deeds.append(Deed(joining, href, _("相近的意见"), _("并入这一条")))
    return tuple(deeds)


def place(campaign: Campaign) -> Place:
    return Place(_("征求意见"), reverse("desk:consultation", args=[campaign.pk]))


def _suggestions(by: Actor) -> QuerySet[Suggestion]:
    found: QuerySet[Suggestion] = Suggestion.objects.visible_to(by).select_related(
        "campaign", "from_org", "opinion", "joined_to", "decided_in"
    )
    return found


def _suggestion(request: HttpRequest, pk: int) -> Suggestion:
    return get_object_or_404(_suggestions(acting(request)), pk=pk)
