"""How something with a deadline stands, said in a word: late, due today, so many days left, done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.apps.agreements.models import Clause, Undertaking
from hearth.apps.agreements.states import ClauseState
from hearth.web.ui.parts import Shape

SOON = 2
YEAR = 365
CALM = {ClauseState.DONE: Shape.DONE, ClauseState.RUNNING: Shape.RUN, ClauseState.LATE: Shape.LATE}


@dataclass(frozen=True)
class Standing:
    shape: Shape
    text: str | Promise


def of_clause(clause: Clause | Undertaking, on: datetime.date) -> Standing:
    calm = Standing(CALM.get(ClauseState(clause.state), Shape.WAIT), clause.get_state_display())
    return calm if clause.state == ClauseState.DONE else pressing(clause.due, on) or calm


def pressing(due: datetime.date, on: datetime.date) -> Standing | None:
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
