"""The names of things as the sentences of conflicts say them."""

from collections.abc import Sequence

from hearth.engines.timetabling.event import Event, Meeting, Participant

_SHOWN = 6


def pair(event: Event, meeting: Meeting) -> str:
    """'甲与乙'."""
    return f"{event.participant[meeting.a].name}与{event.participant[meeting.b].name}"


def partner(event: Event, meeting: Meeting, person: str) -> Participant:
    """The other participant of the meeting."""
    return event.participant[meeting.b if meeting.a == person else meeting.a]


def listed(names: Sequence[str]) -> str:
    """'甲、乙、丙'; from the seventh on only their number is told."""
    if len(names) <= _SHOWN:
        return "、".join(names)
    return f"{'、'.join(names[:_SHOWN])}等 {len(names)} 个"
