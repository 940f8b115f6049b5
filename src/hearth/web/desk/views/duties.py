"""The duties of a campaign: who does what until when, late ones first, and the calendar of its parts."""

from __future__ import annotations

import datetime

from django.db.models import Case, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns import queries
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk import calendar, deadlines
from hearth.web.desk.campaign_frame import frame
from hearth.web.ui.access import acting, requires
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
    rows = queries.duties(acting(request)).filter(campaign=shown.campaign)
    parts = queries.progress(shown.campaign, on=shown.on, by=acting(request))
    return _page(shown.on, acting(request)).show(
        request,
        rows.annotate(closed=Case(When(state=DutyState.DONE, then=Value(1)), default=Value(0))),
        "desk/duties.html",
        frame=shown,
        calendar=calendar.of(shown.campaign, parts, shown.on),
    )
