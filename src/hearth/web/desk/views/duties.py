"""The duties of a campaign: who does what until when, late ones first, and the calendar of its parts."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib import messages
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk import calendar, deadlines, traces
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

OPEN = ~Q(state=DutyState.DONE)
WEEK = datetime.timedelta(days=6)


def _page(on: datetime.date, by: Actor) -> ListPage:
    mine = Q(person__user_id=by.user_id) | Q(deputy__user_id=by.user_id)
    return ListPage(
        title=_("分工与日程"),
        columns=(
            Column(_("任务"), lambda duty: duty.task, sort="task", order=("task",)),
            Column(_("责任人"), lambda duty: duty.person.name, sort="person", order=("person__name",)),
            Column(_("代理人"), lambda duty: duty.deputy.name if duty.deputy else ""),
            Column(_("牵头单位"), lambda duty: duty.lead.short_name, sort="lead", order=("lead__path",)),
            Column(_("期限"), lambda duty: duty.due, sort="due", order=("due",), kind=Kind.DATE),
            Column(_("状态"), lambda duty: str(deadlines.of_duty(duty, on).text)),
            Column(_("佐证"), lambda duty: duty.evidence),
        ),
        order=("closed", "due", "number", "pk"),
        search=("task", "number", "person__name", "deputy__name", "lead__short_name"),
        search_label=_("任务、姓名、单位"),
        filters=(
            Filter(
                "show",
                _("任务"),
                (
                    Choice("open", _("没完成"), OPEN),
                    Choice("late", _("迟"), OPEN & Q(due__lt=on)),
                    Choice("week", _("七天内到期"), OPEN & Q(due__range=(on, on + WEEK))),
                    Choice("alone", _("没有代理人"), OPEN & Q(deputy=None)),
                    Choice("mine", _("我的"), mine if by.user_id else Q(pk=None)),
                    Choice("done", _("已完成"), ~OPEN),
                ),
                chips=True,
            ),
            Filter("part", _("所有部分"), tuple(Choice(one, one.label, Q(part=one)) for one in Part)),
        ),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:duties")
    rows = _duties(acting(request)).filter(campaign=shown.campaign)
    parts = queries.progress(shown.campaign, on=shown.on, by=acting(request))
    return _page(shown.on, acting(request)).show(
        request,
        rows.annotate(closed=Case(When(state=DutyState.DONE, then=Value(1)), default=Value(0))),
        "desk/duties.html",
        frame=shown,
        calendar=calendar.of(shown.campaign, parts, shown.on),
    )


class FinishForm(RowForm):
    evidence = forms.CharField(
        label=_("佐证"), max_length=200, help_text=_("文件名、文号或网址，别人照着能找到。")
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    return _record(request, _duty(request, pk), FinishForm())


@requires(Permission.RECORD)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    found = _duty(request, pk)
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _record(request, found, form)
    actions.finish(duty=found, evidence=form.cleaned_data["evidence"], by=acting(request))
    traces.say_changed(
        request,
        found,
        gettext("“%(task)s”已完成。") % {"task": found.task},
        by=acting(request),
        undo=reverse("desk:duty_reopen", args=[pk]),
    )
    return redirect("desk:duty", pk)


@requires(Permission.RECORD)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _duty(request, pk)
    if found.state != DutyState.DONE:
        messages.info(request, gettext("这件任务还在办理，不用重新办理。"))
        return redirect("desk:duty", pk)
    actions.reopen(duty=found, by=acting(request))
    traces.say_changed(
        request, found, gettext("“%(task)s”改回进行中。") % {"task": found.task}, by=acting(request)
    )
    return redirect("desk:duty", pk)


def _record(request: HttpRequest, found: Duty, form: FinishForm) -> HttpResponse:
    campaign: Campaign = found.campaign
    deed = Deed(form, reverse("desk:duty_finish", args=[found.pk]), _("做完了"), _("记为已完成"))
    may_finish = acting(request).may(Permission.RECORD) and found.state != DutyState.DONE
    return show(
        request,
        found,
        campaign=campaign,
        place=Place(_("分工与日程"), reverse("desk:duties", args=[campaign.pk])),
        facts=(
            Fact(_("部分"), found.get_part_display()),
            Fact(_("责任人"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(
                _("代理人"),
                found.deputy or _("没有"),
                reverse("desk:person", args=[found.deputy_id]) if found.deputy_id else "",
            ),
            Fact(_("牵头单位"), found.lead),
            Fact(_("协办单位"), found.supporting),
            Fact(_("期限"), found.due),
            Fact(_("完成日期"), found.done_on),
            Fact(_("佐证"), found.evidence),
        ),
        deeds=(deed,) if may_finish else (),
        template="desk/duty.html",
    )


def _duties(by: Actor) -> QuerySet[Duty]:
    found: QuerySet[Duty] = Duty.objects.visible_to(by).select_related("campaign", "person", "deputy", "lead")
    return found


def _duty(request: HttpRequest, pk: int) -> Duty:
    return get_object_or_404(_duties(acting(request)), pk=pk)
