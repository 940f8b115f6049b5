"""The door to the timetabling engine: a forum's rows in, a checked timetable or named conflicts out."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from hearth.apps.meetings.models import Absence, Forum, Meeting, Participant, Place, Slot
from hearth.apps.meetings.states import TimetableStatus
from hearth.engines import timetabling as engine

Event = engine.Event
BadForum = engine.BadEvent


@dataclass(frozen=True)
class Placed:
    """A meeting's slot and table, both from 1 in the order of the programme."""

    meeting_id: int
    slot: int
    table: int


@dataclass(frozen=True)
class Solution:
    """How a run came out. ``bound`` is proven: no timetable has fewer breaks. ``conflicts`` name people and meetings."""

    status: TimetableStatus
    breaks: int | None
    bound: int | None
    places: tuple[Placed, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """Where a running search stands: the fewest breaks found, the proven bound, seconds since the start."""

    best: int | None
    bound: int | None
    seconds: float


def event_of(forum: Forum) -> Event:
    """What is to be timetabled. Raises BadForum for a programme that contradicts itself."""
    slots = list(Slot.objects.filter(forum=forum).order_by("index"))
    number = {slot.pk: place for place, slot in enumerate(slots, 1)}
    away: dict[int, set[int]] = {}
    for absence in Absence.objects.filter(participant__forum=forum):
        away.setdefault(absence.participant_id, set()).add(number[absence.slot_id])
    return Event(
        participants=tuple(
            engine.Participant(str(one.pk), one.name, frozenset(away.get(one.pk, ())))
            for one in Participant.objects.filter(forum=forum).order_by("pk")
        ),
        meetings=tuple(
            engine.Meeting(
                str(one.pk),
                str(one.company_id),
                str(one.expert_id),
                fixed_slot=number[one.fixed_slot_id] if one.fixed_slot_id else None,
            )
            for one in Meeting.objects.filter(forum=forum).order_by("pk")
        ),
        slots=tuple(engine.Slot(str(slot), engine.Session(slot.half_day)) for slot in slots),
        tables=forum.tables,
        fairness=forum.fairness,
    )


def places_of(forum: Forum) -> tuple[Placed, ...]:
    """The timetable as it is kept."""
    order = Slot.objects.filter(forum=forum).order_by("index").values_list("pk", flat=True)
    number = {pk: place for place, pk in enumerate(order, 1)}
    return tuple(
        Placed(place.meeting_id, number[place.slot_id], place.table)
        for place in Place.objects.filter(forum=forum)
    )


def solve(
    event: Event, *, seconds: float, seed: int, progress: Callable[[Progress], bool] | None = None
) -> Solution:
    """Search for ``seconds``; ``progress`` may say False, which means 'use what we have'."""

    def listen(state: engine.Progress) -> bool:
        return progress is None or progress(Progress(state.best, state.bound, state.seconds))

    result = engine.solve(event, seconds=seconds, seed=seed, progress=listen)
    return Solution(
        TimetableStatus(result.status.value),
        result.breaks,
        result.bound,
        tuple(Placed(int(one.meeting), one.slot, one.table) for one in result.placements),
        tuple(conflict.text for conflict in result.conflicts),
    )


def violations(event: Event, places: Collection[Placed]) -> tuple[str, ...]:
    """What the independent checker has against a timetable, in sentences that name people; empty when it is valid."""
    placements = [_placement(event, place) for place in places]
    return tuple(violation.text for violation in engine.check(event, placements))


def _placement(event: Event, place: Placed) -> engine.Placement:
    known = event.meeting.get(str(place.meeting_id))
    a, b = (known.a, known.b) if known else ("", "")
    return engine.Placement(str(place.meeting_id), a, b, place.slot, place.table)
