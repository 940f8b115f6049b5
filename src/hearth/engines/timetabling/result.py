"""What a timetable run answers: status, placements, bound and conflicts."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How sure the answer is."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Placement:
    """Meeting `meeting` of participants `a` and `b` (all ids) takes place in slot `slot` at table `table`,
    both from 1.
    """

    meeting: str
    a: str
    b: str
    slot: int
    table: int


class ConflictKind(StrEnum):
    """Why there is no timetable."""

    OVERBOOKED = "overbooked"
    """A participant has more meetings than slots that suit them."""
    NO_COMMON_SLOT = "no_common_slot"
    """One meeting suits no slot at all."""
    FIXED_CLASH = "fixed_clash"
    """Two meetings of one participant are fixed in one slot."""
    TABLES = "tables"
    """More meetings than tables in the slots that suit them."""
    PRECEDENCE = "precedence"
    """Meetings wait for each other in a circle, or a chain of them is longer than the day."""
    FAIRNESS = "fairness"
    """A participant's free slots are too scattered for the number of breaks allowed."""
    TOGETHER = "together"
    """Requirements of which each can be met alone, but not all together."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason for there being no timetable: whom and what it concerns (ids), and a sentence that names
    them.
    """

    kind: ConflictKind
    participants: tuple[str, ...]
    meetings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a running search: fewest breaks found so far, proven lower bound, seconds since the
    start.
    """

    best: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """A finished run.

    `breaks` is the number of breaks of `placements`, `bound` a proven lower bound for every timetable of
    the event; they are equal when `status` is OPTIMAL. INFEASIBLE comes with no placements, no bound and at
    least one conflict.
    """

    status: Status
    breaks: int | None
    bound: int | None
    seconds: float
    placements: tuple[Placement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def as_json(result: Result) -> dict[str, object]:
    """The result as plain values for `json.dumps`, in the shape that `./hearth timetable` promises."""
    return {
        "status": result.status.value,
        "breaks": result.breaks,
        "bound": result.bound,
        "seconds": round(result.seconds, 3),
        "meetings": [
            {"id": p.meeting, "a": p.a, "b": p.b, "slot": p.slot, "table": p.table} for p in result.placements
        ],
        "conflicts": [
            {
                "kind": c.kind.value,
                "participants": list(c.participants),
                "meetings": list(c.meetings),
                "text": c.text,
            }
            for c in result.conflicts
        ],
    }
