"""What is to be timetabled: participants, meetings, slots and tables.

Slots and tables are numbered from 1 everywhere outside the solvers, as on the printed programme.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class BadEvent(ValueError):
    """The description of an event contradicts itself or cannot be read.

    `where` says the place (sheet, row, column or field), `problem` what is wrong there, `cure` what would
    be right.
    """

    def __init__(self, problem: str, cure: str, where: str = "") -> None:
        self.problem, self.cure, self.where = problem, cure, where
        super().__init__(f"{where}：{problem}。{cure}" if where else f"{problem}。{cure}")


class Session(StrEnum):
    """The half of the day a slot lies in, or a meeting asks for."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of the programme; `session` ANY means that it belongs to neither half of the day."""

    label: str
    session: Session = Session.ANY


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who meets others; `unavailable` are the numbers of slots in which they cannot."""

    id: str
    name: str
    unavailable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Participants `a` and `b` (ids) meet for one slot, later than every meeting of `after` (ids)."""

    id: str
    a: str
    b: str
    session: Session = Session.ANY
    fixed_slot: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """A day of 1:1 meetings. Nobody may have more than `fairness` breaks.

    Raises BadEvent for numbers out of range, ids that repeat and ids that nobody has. What is merely
    impossible (nine meetings in eight slots) is a valid event: `solve` answers it with conflicts.
    """

    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    slots: tuple[Slot, ...]
    tables: int
    fairness: int = 2

    def __post_init__(self) -> None:
        if not self.slots:
            raise BadEvent("没有洽谈时段", "请至少给出一个时段")
        if self.tables < 1:
            raise BadEvent(f"洽谈桌数是 {self.tables}", "请填 1 或更大的整数")
        if self.fairness < 0:
            raise BadEvent(f"每人间隔上限是 {self.fairness}", "请填 0 或更大的整数")
        _require_unique((s.label for s in self.slots), "时段")
        _require_unique((p.id for p in self.participants), "参会方")
        _require_unique((m.id for m in self.meetings), "洽谈")
        for participant in self.participants:
            for slot in sorted(participant.unavailable):
                self._require_slot(slot, f"参会方“{participant.id}”的不可用时段")
        for meeting in self.meetings:
            self._require_sound(meeting)

    def _require_sound(self, meeting: Meeting) -> None:
        where = f"洽谈“{meeting.id}”"
        for person in (meeting.a, meeting.b):
            if person not in self.participant:
                raise BadEvent(f"没有编号为“{person}”的参会方", "请先登记该参会方或改正编号", where)
        if meeting.a == meeting.b:
            raise BadEvent("双方是同一参会方", "请填两个不同的参会方", where)
        for earlier in meeting.after:
            if earlier not in self.meeting:
                raise BadEvent(f"没有编号为“{earlier}”的洽谈", "请改正先后次序中的编号", where)
        if meeting.fixed_slot is not None:
            self._require_slot(meeting.fixed_slot, f"{where}的固定时段")

    def _require_slot(self, slot: int, where: str) -> None:
        if not 1 <= slot <= len(self.slots):
            raise BadEvent(f"没有第 {slot} 个时段", f"请填 1 到 {len(self.slots)} 的整数", where)

    @cached_property
    def participant(self) -> MappingProxyType[str, Participant]:
        """Participants by id."""
        return MappingProxyType({p.id: p for p in self.participants})

    @cached_property
    def meeting(self) -> MappingProxyType[str, Meeting]:
        """Meetings by id."""
        return MappingProxyType({m.id: m for m in self.meetings})

    @cached_property
    def meetings_of(self) -> MappingProxyType[str, tuple[Meeting, ...]]:
        """Each participant's meetings, by participant id, in the order of `meetings`."""
        lists: dict[str, list[Meeting]] = {p.id: [] for p in self.participants}
        for meeting in self.meetings:
            lists[meeting.a].append(meeting)
            lists[meeting.b].append(meeting)
        return MappingProxyType({person: tuple(meetings) for person, meetings in lists.items()})

    @property
    def slot_numbers(self) -> range:
        """1 … number of slots."""
        return range(1, len(self.slots) + 1)

    def suits_session(self, meeting: Meeting, slot: int) -> bool:
        """Whether the slot lies in the half of the day the meeting asks for."""
        return meeting.session in (Session.ANY, self.slots[slot - 1].session)

    def allowed_slots(self, meeting: Meeting) -> tuple[int, ...]:
        """Slot numbers, ascending, that suit the meeting's session and fixed slot and both participants."""
        blocked = self.participant[meeting.a].unavailable | self.participant[meeting.b].unavailable
        wanted = self.slot_numbers if meeting.fixed_slot is None else (meeting.fixed_slot,)
        return tuple(t for t in wanted if t not in blocked and self.suits_session(meeting, t))


def _require_unique(ids: Iterable[str], noun: str) -> None:
    seen: set[str] = set()
    for each in ids:
        if not each:
            raise BadEvent(f"有一个{noun}没有编号", "请给每一个填上不重复的编号")
        if each in seen:
            raise BadEvent(f"{noun}编号“{each}”出现了两次", "请改成不重复的编号")
        seen.add(each)
