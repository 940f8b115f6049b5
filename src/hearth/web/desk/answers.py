"""Who answered a notice: organisation by organisation, kind by kind, and how the answers came in."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.apps.directory.states import Kind
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.web.ui.days import day
from hearth.web.ui.parts import Cell, Chart, Drawing, Series, Square, Tally

CELLS = {
    Cell.YES: gettext_lazy("已报"),
    Cell.BACK: gettext_lazy("退回修改"),
    Cell.LATE: gettext_lazy("逾期未报"),
    Cell.NOT_YET: gettext_lazy("未到期"),
}


@dataclass(frozen=True)
class Answers:
    """Who answered one notice, among the receivers of one kind."""

    label: str | Promise
    answered: int
    total: int
    squares: tuple[Square, ...]
    missing: tuple[Return, ...]


def by_kind(returns: Sequence[Return], on: datetime.date) -> tuple[Answers, ...]:
    """Who answered, kind by kind in the order of the kinds of organisation."""
    return tuple(
        _kind(kind, own, on)
        for kind in Kind
        if (own := [returned for returned in returns if returned.org.kind == kind])
    )


def _kind(kind: Kind, own: Sequence[Return], on: datetime.date) -> Answers:
    return Answers(
        label=kind.label,
        answered=sum(returned.state == ReturnState.SENT for returned in own),
        total=len(own),
        squares=tuple(_square(returned, on) for returned in own),
        missing=tuple(returned for returned in own if _cell(returned, on) in (Cell.LATE, Cell.BACK)),
    )


def _square(returned: Return, on: datetime.date) -> Square:
    cell = _cell(returned, on)
    return Square(cell, f"{returned.org}：{CELLS[cell]}", reverse("desk:return", args=[returned.pk]))


def _cell(returned: Return, on: datetime.date) -> Cell:
    if returned.state == ReturnState.SENT:
        return Cell.YES
    if returned.state == ReturnState.SENT_BACK:
        return Cell.BACK
    return Cell.LATE if returned.due and returned.due < on else Cell.NOT_YET


def tallies(returns: Sequence[Return], on: datetime.date) -> tuple[Tally, ...]:
    counted = Counter(_cell(returned, on) for returned in returns)
    return tuple(Tally(cell, label, counted[cell]) for cell, label in CELLS.items())


def cumulated(returns: Sequence[Return], year: int) -> Chart | None:
    """How many had answered by each day on which an answer came; None before the second, since one day is no course."""
    days = sorted(
        returned.sent_on for returned in returns if returned.sent_on and returned.state == ReturnState.SENT
    )
    by_day = Counter(days)
    if len(by_day) < 2:
        return None
    running = [sum(by_day[one] for one in by_day if one <= until) for until in sorted(by_day)]
    return Chart(
        drawing=Drawing.LINE,
        sentence=_("累计报送家数：到%(day)s %(sent)d 家，应报 %(all)d 家")
        % {"day": day(days[-1], year), "sent": running[-1], "all": len(returns)},
        over=_("到"),
        categories=[f"{one.month}/{one.day}" for one in sorted(by_day)],
        series=[Series(_("已报"), running)],
        most=len(returns) + len(returns) % 2,  # the axis is marked at its middle
    )


def hanging_on(returned: Return) -> str:
    """Why a return has not come, as far as the house knows."""
    if returned.state == ReturnState.SENT_BACK:
        return _("退回后未重报：%(reason)s") % {"reason": returned.sent_back_because}
    if returned.reminded_at:
        return _("%(day)s催过") % {"day": day(returned.reminded_at, returned.issued_on.year)}
    return _("签收了，没有报") if returned.acknowledged_at else _("没有签收")
