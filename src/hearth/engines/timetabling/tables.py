"""Gives each meeting a table so that people change tables as seldom as a slot-by-slot choice allows."""

from collections.abc import Iterable, Mapping, Sequence

from ortools.graph.python import linear_sum_assignment

from hearth.engines.timetabling.event import Event, Meeting
from hearth.engines.timetabling.result import Placement


def seat(event: Event, slot_of: Mapping[str, int]) -> tuple[Placement, ...]:
    """Placements of all meetings, in the order of `event.meetings`, never two at one table in a slot.

    slot_of: meeting id → slot number, with at most `event.tables` meetings a slot. In each slot in turn, an
    optimal assignment keeps as many participants as possible at the table where they last sat (the day as a
    whole is not optimised).
    """
    table_of: dict[str, int] = {}
    last_table: dict[str, int] = {}
    for slot in event.slot_numbers:
        meetings = [m for m in event.meetings if slot_of[m.id] == slot]
        for meeting, table in zip(meetings, _assign(meetings, event.tables, last_table), strict=True):
            table_of[meeting.id] = last_table[meeting.a] = last_table[meeting.b] = table
    return tuple(Placement(m.id, m.a, m.b, slot_of[m.id], table_of[m.id]) for m in event.meetings)


def table_changes(placements: Iterable[Placement]) -> tuple[int, int]:
    """How often somebody's next meeting is at another table, and out of how many times."""
    last_table: dict[str, int] = {}
    moves = steps = 0
    for placement in sorted(placements, key=lambda p: p.slot):
        for person in (placement.a, placement.b):
            steps += person in last_table
            moves += last_table.get(person, placement.table) != placement.table
            last_table[person] = placement.table
    return moves, steps


def _assign(meetings: Sequence[Meeting], tables: int, last_table: Mapping[str, int]) -> list[int]:
    """A table for each meeting; the solver wants a square, so empty tables get a meeting of nobody."""
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for row in range(tables):
        wanted = _last_tables(meetings[row], last_table) if row < len(meetings) else []
        for table in range(1, tables + 1):
            solver.add_arc_with_cost(row, table - 1, 2 - wanted.count(table))
    solver.solve()
    return [solver.right_mate(row) + 1 for row in range(len(meetings))]


def _last_tables(meeting: Meeting, last_table: Mapping[str, int]) -> list[int]:
    return [last_table[person] for person in (meeting.a, meeting.b) if person in last_table]
