"""How a duty, a case or a return stands, said in a word."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import DutyState
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.publicity.models import PlannedItem
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED, CaseState
from hearth.web.ui.parts import Shape
from hearth.web.ui.standing import Standing, pressing


def of_duty(duty: Duty, on: datetime.date) -> Standing:
    if duty.state == DutyState.DONE:
        return Standing(Shape.DONE, duty.get_state_display())
    calm = Standing(Shape.RUN if duty.state == DutyState.RUNNING else Shape.WAIT, duty.get_state_display())
    return pressing(duty.due, on) or calm


def of_case(case: Case, on: datetime.date) -> Standing:
    if case.state in CLOSED:
        shape = Shape.DONE if case.state == CaseState.SETTLED else Shape.WAIT
        return Standing(shape, case.get_state_display())
    calm = Standing(Shape.WAIT if case.state == CaseState.COLLECTED else Shape.RUN, case.get_state_display())
    return pressing(case.due, on) or calm


def of_planned(item: PlannedItem, on: datetime.date) -> Standing:
    """Of an item with ``placed_count``: placed, dropped, or waited for — first its text, then its day."""
    if item.placed_count:  # type: ignore[attr-defined]
        return Standing(Shape.DONE, _("已刊播"))
    if item.dropped_because:
        return Standing(Shape.WAIT, _("不刊播了"))
    if item.ready_on is None:
        return pressing(item.due, on) or Standing(Shape.WAIT, _("等交稿"))
    return pressing(item.planned_on, on) or Standing(Shape.RUN, _("已交稿"))


def of_return(returned: Return, on: datetime.date) -> Standing:
    if returned.state == ReturnState.SENT:
        return Standing(Shape.DONE, returned.get_state_display())
    if returned.due is None:
        signed = returned.acknowledged_at is not None
        return Standing(Shape.DONE, _("已签收")) if signed else Standing(Shape.WAIT, _("没有签收"))
    soon = pressing(returned.due, on)
    if returned.state == ReturnState.SENT_BACK:
        return _sent_back(returned, soon)
    return soon or Standing(Shape.WAIT, _("未到期"))


def _sent_back(returned: Return, soon: Standing | None) -> Standing:
    """Sent back and late is not the same as never answered: both are said."""
    if soon is None or soon.shape == Shape.SOON:
        return Standing(Shape.SOON, returned.get_state_display())
    said = _("%(state)s，%(late)s") % {"state": returned.get_state_display(), "late": soon.text}
    return Standing(Shape.LATE, said)
