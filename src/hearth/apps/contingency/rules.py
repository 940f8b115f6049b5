"""When and where an activity takes place, what a prepared change makes of it, and how that is said."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Arrangement:
    """When and where an activity takes place; ``cancelled_at`` when it does not."""

    held_on: datetime.date
    starts: datetime.time | None
    ends: datetime.time | None
    place: str
    cancelled_at: datetime.datetime | None = None

    @property
    def said(self) -> str:
        """6月6日 09:00—11:00 操场"""
        if self.cancelled_at:
            return "取消"
        hours = "—".join(f"{one:%H:%M}" for one in (self.starts, self.ends) if one)
        day = f"{self.held_on.month}月{self.held_on.day}日"
        return " ".join(part for part in (day, hours, self.place) if part)

    @property
    def is_possible(self) -> bool:
        return self.starts is None or self.ends is None or self.starts < self.ends

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Arrangement:
        return cls(
            held_on=datetime.date.fromisoformat(kept["held_on"]),
            starts=_time(kept["starts"]),
            ends=_time(kept["ends"]),
            place=kept["place"],
            cancelled_at=_moment(kept["cancelled_at"]),
        )

    def moved(
        self,
        held_on: datetime.date | None,
        starts: datetime.time | None,
        ends: datetime.time | None,
        place: str,
    ) -> Arrangement:
        """With what is given in place of what was; a new beginning without an end keeps the length."""
        begins = starts or self.starts
        until = ends or (self._end_from(starts) if starts else self.ends)
        return replace(
            self, held_on=held_on or self.held_on, starts=begins, ends=until, place=place or self.place
        )

    def _end_from(self, starts: datetime.time) -> datetime.time | None:
        """The end when it begins at ``starts`` and lasts as long; none when it would end on the next day."""
        if self.starts is None or self.ends is None:
            return None
        day = self.held_on
        length = datetime.datetime.combine(day, self.ends) - datetime.datetime.combine(day, self.starts)
        end = datetime.datetime.combine(day, starts) + length
        return end.time() if end.date() == day else None


def line(name: str, before: Arrangement, after: Arrangement) -> str:
    """One activity's change in one line, as it is told."""
    if after.cancelled_at:
        return f"{name}（原定 {before.said}）取消。"
    if before.cancelled_at:
        return f"{name}照常举行：{after.said}。"
    return f"{name}：原定 {before.said}，改为 {after.said}。"


def _time(kept: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(kept) if kept else None


def _moment(kept: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(kept) if kept else None
