"""An independent judge of timetables: it reads the event and the placements and knows nothing of any
solver.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hearth.engines.timetabling.event import Event, Meeting, Session
from hearth.engines.timetabling.result import Placement


class ViolationKind(StrEnum):
    """Which rule a timetable breaks."""

    UNKNOWN_MEETING = "unknown_meeting"
    MISSING = "missing"
    REPEATED = "repeated"
    WRONG_PAIR = "wrong_pair"
    NO_SUCH_SLOT = "no_such_slot"
    NO_SUCH_TABLE = "no_such_table"
    UNAVAILABLE = "unavailable"
    CLASH = "clash"
    TABLE_SHARED = "table_shared"
    SESSION = "session"
    FIXED = "fixed"
    PRECEDENCE = "precedence"
    FAIRNESS = "fairness"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: which, the ids of the participants and meetings concerned, and a sentence."""

    kind: ViolationKind
    participants: tuple[str, ...]
    meetings: tuple[str, ...]
    text: str


def check(event: Event, placements: Sequence[Placement]) -> tuple[Violation, ...]:
    """Every violation of the event's rules by the placements, in the order of the rules; empty means valid."""
    found = list(_identity(event, placements))
    if (
        found
    ):  # the remaining rules presume that every meeting is placed once, by its own pair, inside the event
        return tuple(found)
    found.extend(_own_wishes(event, placements))
    found.extend(_clashes(event, placements))
    found.extend(_shared_tables(placements))
    found.extend(_order(event, placements))
    found.extend(_unfair(event, placements))
    return tuple(found)


def count_breaks(event: Event, placements: Sequence[Placement]) -> int:
    """Breaks of all participants: maximal runs of idle slots between two meetings of one participant."""
    busy = _busy_slots(event, placements)
    return sum(_breaks(slots) for slots in busy.values())


def _breaks(slots: set[int]) -> int:
    ordered = sorted(slots)
    return sum(later - earlier > 1 for earlier, later in pairwise(ordered))


def _busy_slots(event: Event, placements: Sequence[Placement]) -> dict[str, set[int]]:
    busy: dict[str, set[int]] = {p.id: set() for p in event.participants}
    for placement in placements:
        busy[placement.a].add(placement.slot)
        busy[placement.b].add(placement.slot)
    return busy


def _identity(event: Event, placements: Sequence[Placement]) -> Iterator[Violation]:
    times = Counter(p.meeting for p in placements)
    for meeting in event.meetings:
        if times[meeting.id] != 1:
            kind = ViolationKind.REPEATED if times[meeting.id] else ViolationKind.MISSING
            yield _of_meeting(kind, event, meeting, f"排了 {times[meeting.id]} 次，应排 1 次")
    for placement in placements:
        known = event.meeting.get(placement.meeting)
        if known is None:
            text = f"没有编号为“{placement.meeting}”的洽谈"
            yield Violation(ViolationKind.UNKNOWN_MEETING, (), (placement.meeting,), text)
            continue
        if {placement.a, placement.b} != {known.a, known.b}:
            yield _of_meeting(ViolationKind.WRONG_PAIR, event, known, "排成了另外的双方")
        if placement.slot not in event.slot_numbers:
            yield _of_meeting(ViolationKind.NO_SUCH_SLOT, event, known, f"没有第 {placement.slot} 个时段")
        if not 1 <= placement.table <= event.tables:
            yield _of_meeting(ViolationKind.NO_SUCH_TABLE, event, known, f"没有第 {placement.table} 桌")


def _own_wishes(event: Event, placements: Sequence[Placement]) -> Iterator[Violation]:
    for placement in placements:
        meeting = event.meeting[placement.meeting]
        for person in (meeting.a, meeting.b):
            who = event.participant[person]
            if placement.slot in who.unavailable:
                text = f"{who.name}在第 {placement.slot} 时段不能参加"
                yield Violation(ViolationKind.UNAVAILABLE, (person,), (meeting.id,), text)
        if meeting.session not in (Session.ANY, event.slots[placement.slot - 1].session):
            yield _of_meeting(ViolationKind.SESSION, event, meeting, "不在要求的半天")
        if meeting.fixed_slot not in (None, placement.slot):
            yield _of_meeting(
                ViolationKind.FIXED, event, meeting, f"没有排在固定的第 {meeting.fixed_slot} 时段"
            )


def _clashes(event: Event, placements: Sequence[Placement]) -> Iterator[Violation]:
    at: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for placement in placements:
        at[placement.a, placement.slot].append(placement.meeting)
        at[placement.b, placement.slot].append(placement.meeting)
    for (person, slot), meetings in sorted(at.items()):
        if len(meetings) > 1:
            text = f"{event.participant[person].name}在第 {slot} 时段排了 {len(meetings)} 场"
            yield Violation(ViolationKind.CLASH, (person,), tuple(meetings), text)


def _shared_tables(placements: Sequence[Placement]) -> Iterator[Violation]:
    at: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for placement in placements:
        at[placement.slot, placement.table].append(placement.meeting)
    for (slot, table), meetings in sorted(at.items()):
        if len(meetings) > 1:
            text = f"第 {slot} 时段第 {table} 桌排了 {len(meetings)} 场"
            yield Violation(ViolationKind.TABLE_SHARED, (), tuple(meetings), text)


def _order(event: Event, placements: Sequence[Placement]) -> Iterator[Violation]:
    slot_of = {p.meeting: p.slot for p in placements}
    for meeting in event.meetings:
        for earlier in meeting.after:
            if slot_of[earlier] >= slot_of[meeting.id]:
                text = f"洽谈“{meeting.id}”应当晚于洽谈“{earlier}”"
                yield Violation(ViolationKind.PRECEDENCE, (), (earlier, meeting.id), text)


def _unfair(event: Event, placements: Sequence[Placement]) -> Iterator[Violation]:
    for person, slots in _busy_slots(event, placements).items():
        if _breaks(slots) > event.fairness:
            name = event.participant[person].name
            text = f"{name}有 {_breaks(slots)} 次间隔，最多允许 {event.fairness} 次"
            yield Violation(ViolationKind.FAIRNESS, (person,), (), text)


def _of_meeting(kind: ViolationKind, event: Event, meeting: Meeting, text: str) -> Violation:
    pair = f"{event.participant[meeting.a].name}与{event.participant[meeting.b].name}的洽谈"
    return Violation(kind, (meeting.a, meeting.b), (meeting.id,), pair + text)
