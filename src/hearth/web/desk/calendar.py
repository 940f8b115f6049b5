"""The calendar of a campaign: each part from its first deadline to its last, in weeks, with how much of it is done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.queries import PartProgress

WEEK = datetime.timedelta(days=7)
MOST_MARKS = 6


@dataclass(frozen=True)
class Span:
    """One part. ``left`` and ``width`` are percent of the calendar."""

    of: PartProgress
    left: float
    width: float


@dataclass(frozen=True)
class Calendar:
    """``marks`` stand over the weeks, empty where there is no room; ``today`` is percent from the left, None when outside."""

    weeks: tuple[datetime.date, ...]
    marks: tuple[str, ...]
    spans: tuple[Span, ...]
    today: float | None


def of(campaign: Campaign, parts: Sequence[PartProgress], on: datetime.date) -> Calendar:
    """From the Monday before the first day to the end of the week of the last."""
    first = min([campaign.starts, *(part.first for part in parts)])
    last = max([campaign.ends, *(part.last for part in parts)])
    monday = first - datetime.timedelta(days=first.weekday())
    weeks = tuple(monday + WEEK * at for at in range((last - monday).days // 7 + 1))
    days = 7 * len(weeks)
    today = (on - monday).days
    return Calendar(
        weeks=weeks,
        marks=tuple(_mark(week, at, len(weeks)) for at, week in enumerate(weeks)),
        spans=tuple(_span(part, monday, days) for part in parts),
        today=_percent(today, days) if 0 <= today < days else None,
    )


def _span(part: PartProgress, monday: datetime.date, days: int) -> Span:
    return Span(
        of=part,
        left=_percent((part.first - monday).days, days),
        width=_percent((part.last - part.first).days + 1, days),
    )


def _mark(week: datetime.date, at: int, weeks: int) -> str:
    step = -(-weeks // MOST_MARKS)
    is_marked = at % step == 0 and (at == 0 or at + step <= weeks)
    return f"{week.month}/{week.day}" if is_marked else ""


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)
