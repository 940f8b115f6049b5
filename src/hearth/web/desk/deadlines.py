"""How something with a deadline stands, said in a word: late, due today, so many days left, done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import DutyState
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED, CaseState
from hearth.web.ui.parts import Shape

SOON = 2
YEAR = 365


@dataclass(frozen=True)
class Standing:
    shape: Shape
    text: str | Promise


def of_duty(duty: Duty, on: datetime.date) -> Standing:
    if duty.state == DutyState.DONE:
        return Standing(Shape.DONE, duty.get_state_display())
    calm = Standing(Shape.RUN if duty.state == DutyState.RUNNING else Shape.WAIT, duty.get_state_display())
    return _pressing(duty.due, on) or calm


def of_case(case: Case, on: datetime.date) -> Standing:
    if case.state in CLOSED:
        return Standing(Shape.DONE, case.get_state_display())
    calm = Standing(Shape.WAIT if case.state == CaseState.COLLECTED else Shape.RUN, case.get_state_display())
    return _pressing(case.due, on) or calm


def of_return(returned: Return, on: datetime.date) -> Standing:
    if returned.state == ReturnState.SENT:
        return Standing(Shape.DONE, returned.get_state_display())
    if returned.due is None:
        signed = returned.acknowledged_at is not None
        return Standing(Shape.DONE, _("已签收")) if signed else Standing(Shape.WAIT, _("没有签收"))
    pressing = _pressing(returned.due, on)
    if returned.state == ReturnState.SENT_BACK and (pressing is None or pressing.shape == Shape.SOON):
        return Standing(Shape.SOON, returned.get_state_display())
    return pressing or Standing(Shape.WAIT, _("未到期"))


def _pressing(due: datetime.date, on: datetime.date) -> Standing | None:
    """What a deadline says that is over or near; None while there is time."""
    left = (due - on).days
    if left < 0:
        return Standing(Shape.LATE, _late(-left))
    if left == 0:
        return Standing(Shape.SOON, _("今天到期"))
    if left <= SOON:
        return Standing(Shape.SOON, ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", left) % {"days": left})
    return None


def _late(days: int) -> str:
    if days <= YEAR:
        return ngettext("迟 %(days)d 天", "迟 %(days)d 天", days) % {"days": days}
    years = days // YEAR
    return ngettext("迟 %(years)d 年多", "迟 %(years)d 年多", years) % {"years": years}
