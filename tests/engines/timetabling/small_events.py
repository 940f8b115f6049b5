"""Small invented events, and their optimum by trying every timetable."""

from itertools import product

from hypothesis import strategies as st

from hearth.engines.timetabling import (
    Event,
    Meeting,
    Participant,
    Placement,
    Session,
    Slot,
    check,
    count_breaks,
)

NAMES = ("许安然", "李知远", "王乐山", "赵明溪", "青禾机械", "云岭农业")


def people(count: int, **unavailable: frozenset[int]) -> tuple[Participant, ...]:
    """p1, p2, … with invented names; unavailable by id."""
    return tuple(
        Participant(f"p{i}", NAMES[i - 1], unavailable.get(f"p{i}", frozenset())) for i in range(1, count + 1)
    )


def day(morning: int, afternoon: int = 0) -> tuple[Slot, ...]:
    """That many slots before and after noon."""
    return tuple(
        Slot(f"第{t}场", Session.MORNING if t <= morning else Session.AFTERNOON)
        for t in range(1, morning + afternoon + 1)
    )


def optimum(event: Event) -> int | None:
    """The fewest breaks of all timetables, by enumeration; None when there is none."""
    return min(
        (count_breaks(event, placements) for placements in _all(event) if not check(event, placements)),
        default=None,
    )


def _all(event: Event):
    for slots in product(event.slot_numbers, repeat=len(event.meetings)):
        taken = dict.fromkeys(slots, 0)
        placements = []
        for meeting, slot in zip(event.meetings, slots, strict=True):
            taken[slot] += 1
            placements.append(Placement(meeting.id, meeting.a, meeting.b, slot, taken[slot]))
        yield placements


@st.composite
def events(draw: st.DrawFn, *, most_meetings: int = 5) -> Event:
    """Events of up to four people, four slots and `most_meetings` meetings, possible or not."""
    persons = draw(st.integers(2, 4))
    slots = day(draw(st.integers(1, 2)), draw(st.integers(0, 2)))
    numbers = st.integers(1, len(slots))
    pairs = st.tuples(st.integers(1, persons), st.integers(1, persons)).filter(lambda p: p[0] != p[1])
    chosen = draw(st.lists(pairs, max_size=most_meetings))
    meetings = tuple(
        Meeting(
            f"m{i}",
            f"p{a}",
            f"p{b}",
            draw(st.sampled_from([Session.ANY, Session.ANY, Session.ANY, *Session])),
            draw(st.one_of(st.none(), st.none(), st.none(), numbers)),
            tuple(draw(st.sets(st.sampled_from([f"m{k}" for k in range(1, i)]), max_size=1)))
            if i > 1
            else (),
        )
        for i, (a, b) in enumerate(chosen, start=1)
    )
    away = {f"p{i}": draw(st.frozensets(numbers, max_size=1)) for i in range(1, persons + 1)}
    return Event(
        people(persons, **away), meetings, slots, draw(st.integers(1, 2)), fairness=draw(st.integers(0, 2))
    )
