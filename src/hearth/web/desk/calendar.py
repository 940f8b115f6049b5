"""The calendar of a campaign: each part from its first deadline to its last, in weeks, with how much of it is done."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.states import DutyState, Part

WEEK = datetime.timedelta(days=7)
MOST_MARKS = 6


@dataclass(frozen=True)
class Span:
    """One part. ``left`` and ``width`` are percent of the calendar, ``share`` percent of its duties that are done."""

    part: Part
    person: str
    starts: datetime.date
    ends: datetime.date
    done: int
    total: int
    late: int
    left: float
    width: float

    @property
    def share(self) -> int:
        return round(100 * self.done / self.total)

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Calendar:
    """``marks`` stand over the weeks, empty where there is no room; ``today`` is percent from the left, None when outside."""

    weeks: tuple[datetime.date, ...]
    marks: tuple[str, ...]
    spans: tuple[Span, ...]
    today: float | None


def of(campaign: Campaign, duties: Sequence[Duty], on: datetime.date) -> Calendar:
    """From the Monday before the first day to the end of the week of the last. A part begins at its first deadline."""
    first = min([campaign.starts, *(duty.due for duty in duties)])
    last = max([campaign.ends, *(duty.due for duty in duties)])
    monday = first - datetime.timedelta(days=first.weekday())
    weeks = tuple(monday + WEEK * at for at in range((last - monday).days // 7 + 1))
    days = 7 * len(weeks)
    today = (on - monday).days
    return Calendar(
        weeks=weeks,
        marks=tuple(_mark(week, at, len(weeks)) for at, week in enumerate(weeks)),
        spans=tuple(
            _span(Part(part), list(own), monday, days, on)
            for part, own in groupby(sorted(duties, key=_place), key=lambda duty: duty.part)
        ),
        today=_percent(today, days) if 0 <= today < days else None,
    )


def _place(duty: Duty) -> tuple[int, datetime.date]:
    return list(Part).index(Part(duty.part)), duty.due


def _span(part: Part, own: list[Duty], monday: datetime.date, days: int, on: datetime.date) -> Span:
    starts, ends = own[0].due, own[-1].due
    return Span(
        part=part,
        person=leading(own),
        starts=starts,
        ends=ends,
        done=sum(duty.state == DutyState.DONE for duty in own),
        total=len(own),
        late=sum(duty.state != DutyState.DONE and duty.due < on for duty in own),
        left=_percent((starts - monday).days, days),
        width=_percent((ends - starts).days + 1, days),
    )


def leading(own: Sequence[Duty]) -> str:
    """Who carries most of these duties."""
    return str(Counter(duty.person.name for duty in own).most_common(1)[0][0])


def _mark(week: datetime.date, at: int, weeks: int) -> str:
    step = -(-weeks // MOST_MARKS)
    is_marked = at % step == 0 and (at == 0 or at + step <= weeks)
    return f"{week.month}/{week.day}" if is_marked else ""


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)
