"""The timetable of a forum as people read it: table by slot, and one person's day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from hearth.apps.meetings.models import Participant, Place, Slot

DESK = 1000  # pixels


@dataclass(frozen=True)
class Cell:
    """One table in one slot; empty when nobody sits there."""

    table: int
    place: Place | None
    is_followed: bool


@dataclass(frozen=True)
class Row:
    """One slot. ``pause`` is the number of minutes since the slot before ended; ``waiting`` sit idle between meetings."""

    slot: Slot
    cells: tuple[Cell, ...]
    waiting: tuple[Participant, ...]
    pause: int


@dataclass(frozen=True)
class Day:
    """One participant's day: meetings in order, with whom each is."""

    participant: Participant
    meetings: tuple[tuple[Place, Participant], ...]


@dataclass(frozen=True)
class Grid:
    tables: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Pixels below which names would break: the grid scrolls in its frame instead."""
        return 168 + 84 * len(self.tables)

    @property
    def is_wide(self) -> bool:
        """Wider than the desk: tables stand beyond the edge of its frame."""
        return self.width > DESK


def grid(slots: Sequence[Slot], places: Iterable[Place], tables: int, followed: Participant | None) -> Grid:
    """``slots`` in order of time; ``places`` with their slot and both sides of the meeting.

    A table that was taken away since is shown as long as somebody is placed there.
    """
    placed = list(places)
    columns = tuple(range(1, max([tables, *(place.table for place in placed)]) + 1))
    at = {(place.slot_id, place.table): place for place in placed}
    waiting = _waiting(slots, placed)
    rows = tuple(
        Row(
            slot=slot,
            cells=tuple(
                Cell(
                    table,
                    place := at.get((slot.pk, table)),
                    place is not None and _takes_part(place, followed),
                )
                for table in columns
            ),
            waiting=waiting[slot.pk],
            pause=_minutes(before.ends, slot.starts) if before else 0,
        )
        for before, slot in zip([None, *slots], slots, strict=False)
    )
    return Grid(columns, rows)


def days(places: Iterable[Place]) -> tuple[Day, ...]:
    """Everybody's day, by name."""
    met: dict[Participant, list[tuple[Place, Participant]]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place.slot.index):
        company, expert = place.meeting.company, place.meeting.expert
        met[company].append((place, expert))
        met[expert].append((place, company))
    return tuple(Day(one, tuple(met[one])) for one in sorted(met, key=lambda one: one.name))


def _waiting(slots: Sequence[Slot], places: Iterable[Place]) -> dict[int, tuple[Participant, ...]]:
    busy: dict[Participant, set[int]] = defaultdict(set)
    for place in places:
        for side in (place.meeting.company, place.meeting.expert):
            busy[side].add(place.slot.index)
    return {
        slot.pk: tuple(
            one
            for one, taken in sorted(busy.items(), key=lambda item: item[0].name)
            if slot.index not in taken and min(taken) < slot.index < max(taken)
        )
        for slot in slots
    }


def _takes_part(place: Place, participant: Participant | None) -> bool:
    return participant in (place.meeting.company, place.meeting.expert)


def _minutes(earlier: time, later: time) -> int:
    day = date.min
    return int((datetime.combine(day, later) - datetime.combine(day, earlier)).total_seconds() // 60)
