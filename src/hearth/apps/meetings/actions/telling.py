"""What either side is told of its meetings, in its own scope."""

from collections.abc import Collection

from hearth.apps.directory.models import Organisation
from hearth.apps.meetings.models import (
    Appointment,
    Forum,
    Meeting,
    Participant,
    Place,
)
from hearth.lib.wall import scope


def tell(forum: Forum) -> None:
    """Copy each meeting into the scope of either side; what was told before is replaced."""
    untell(forum, list(Meeting.objects.filter(forum=forum).values_list("pk", flat=True)))
    places = Place.objects.filter(forum=forum).select_related(
        "slot", "meeting__company__organisation", "meeting__expert__organisation"
    )
    for place in places:
        company, expert = place.meeting.company, place.meeting.expert
        _tell_side(forum, place, company, expert)
        _tell_side(forum, place, expert, company)


def _tell_side(forum: Forum, place: Place, side: Participant, other: Participant) -> None:
    with scope(side.organisation.path):
        Appointment.objects.create(
            org=side.organisation,
            forum_name=forum.name,
            meeting_id=place.meeting_id,
            who=side.name,
            counterpart=other.full_name,
            topic=place.meeting.topic,
            held_on=forum.held_on,
            starts=place.slot.starts,
            ends=place.slot.ends,
            place=forum.place,
            table=place.table,
        )


def untell(forum: Forum, meetings: Collection[int]) -> None:
    organisations = Organisation.objects.filter(
        pk__in=Participant.objects.filter(forum=forum).values("organisation")
    )
    for organisation in organisations:
        with scope(organisation.path):
            Appointment.objects.filter(org=organisation, meeting_id__in=meetings).delete()
