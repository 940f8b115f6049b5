"""Asking people: a consultation with its questions, whom it was sent to, who answered."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Consultation, Invitation, Opinion
from hearth.apps.campaigns.states import Naming
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission
from hearth.apps.links import queries as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.lib.tables import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import offer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

QUESTIONS = "您对活动安排有什么意见建议？\n您工作中有什么困难，希望科协帮助解决？"


class ConsultationForm(RowForm):
    title = forms.CharField(label=_("题目"), max_length=120)
    text = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    questions = forms.CharField(
        label=_("问题"),
        initial=QUESTIONS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一个。"),
    )
    naming = forms.ChoiceField(label=_("署名"), choices=Naming.choices, initial=Naming.CHOICE)
    closes_on = forms.DateField(label=_("截止日期"), widget=DayInput())
    is_public = forms.BooleanField(
        label=_("公开征求"), required=False, help_text=_("首页列出，任何人都能回答，不用登录。")
    )


class InviteForm(RowForm):
    people = forms.ModelMultipleChoiceField(
        label=_("请谁提"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        offer(self, "people", people)
        self.fields["people"].label_from_instance = _named  # type: ignore[attr-defined]


def _named(person: Person) -> str:
    """Names are not unique: the unit stands beside."""
    return f"{person.name}（{person.org}{'　' + person.title if person.title else ''}）"


def _invited_page(given: Mapping[int, Link]) -> ListPage:
    return ListPage(
        title=_("受邀人"),
        columns=(
            Column(_("姓名"), lambda one: one.person.name, sort="name", order=("person__name",)),
            Column(_("单位"), lambda one: one.person.org.name, sort="org", order=("person__org__path",)),
            Column(
                _("回答日期"), lambda one: one.answered_on, sort="day", order=("answered_on",), kind=Kind.DATE
            ),
            Column(_("链接"), lambda one: _address(given.get(one.pk))),
        ),
        order=("answered_on", "person__name", "pk"),
        search=("person__name", "person__org__name"),
        search_label=_("姓名、单位"),
        filters=(
            Filter(
                "answered",
                _("回答"),
                (
                    Choice("no", _("没有回答"), Q(answered_on=None)),
                    Choice("yes", _("已回答"), Q(answered_on__isnull=False)),
                ),
                chips=True,
            ),
        ),
    )


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:consultation")
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {**form.cleaned_data, "questions": form.cleaned_data["questions"].splitlines()}
        try:
            made = actions.consult(campaign=shown.campaign, by=acting(request), **asked)
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("已经可以回答了。现在选请谁提，或把公开的网址发出去。"))
            return redirect("desk:asked", made.pk)
    context = {"frame": shown, "form": form}
    return render(request, "desk/consult.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _consultation(request, pk), None)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _consultation(request, pk), acting(request)
    form = InviteForm(request.POST, people=_people(found, by))
    if form.is_valid():
        try:
            number = actions.invite(consultation=found, people=list(form.cleaned_data["people"]), by=by)
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext(
                "请了 %(number)d 位。有账户的在“消息”里看得到，留了邮箱的也发邮件；其余的请把链接发给本人。"
            )
            notes.done(request, said % {"number": number})
            return redirect("desk:asked", pk)
    return _page(request, found, form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _consultation(request, pk)
    actions.close(consultation=found, by=acting(request))
    messages.success(request, gettext("已截止，不再收新的意见。收到的请逐条处理。"))
    return redirect("desk:asked", pk)


def _page(request: HttpRequest, found: Consultation, tried: InviteForm | None) -> HttpResponse:
    by = acting(request)
    shown = frame(request, found.campaign_id, "desk:consultation")
    rows = Invitation.objects.visible_to(by).filter(consultation=found).select_related("person__org")
    given = links.of(Purpose.CONSULTATION, rows.values_list("pk", flat=True))
    for_all = links.of(Purpose.OPEN_CONSULTATION, [found.pk]).get(found.pk) if found.is_public else None
    people = _people(found, by)
    response = _invited_page(given).show(
        request,
        rows,
        "desk/asked.html",
        frame=shown,
        asked=found,
        closed=found.closes_on < shown.on,
        public_address=_address(for_all),
        opinions=Opinion.objects.visible_to(by).filter(consultation=found).count(),
        addresses={key: _address(link) for key, link in given.items()},
        invite=(tried or InviteForm(people=people))
        if by.may(Permission.MANAGE_CAMPAIGNS) and people
        else None,
    )
    if tried is not None:
        response.status_code = 422
    return response


def _people(found: Consultation, by: Actor) -> QuerySet[Person]:
    """Whom one may still invite."""
    return directory.people(by).exclude(invitations__consultation=found).order_by("org__path", "name")


def _address(link: Link | None) -> str:
    """The whole address, as one sends it."""
    return f"{settings.ADDRESS}{link.get_absolute_url()}" if link else ""


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    rows = Consultation.objects.visible_to(acting(request)).select_related("campaign", "org")
    found: Consultation = get_object_or_404(rows, pk=pk)
    return found
