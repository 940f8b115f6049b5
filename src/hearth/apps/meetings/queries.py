"""Looking at forums: the timetable as rows and as calendars, what no longer fits, who came."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.meetings import timetabling
from hearth.apps.meetings.models import (
    Absence,
    Appointment,
    Attendance,
    Forum,
    Meeting,
    Participant,
    Place,
    PublicForum,
)


@dataclass(frozen=True)
class Line:
    """One meeting of the timetable, as a row of a list or a sheet."""

    meeting_id: int
    starts: datetime.time
    ends: datetime.time
    table: int
    company: str
    expert: str
    topic: str
    fixed: bool


@dataclass(frozen=True)
class Kind:
    """How many of one kind of people came."""

    name: str
    number: int


def forums(by: Actor) -> QuerySet[Forum]:
    """Forums with the numbers of ``arranged`` meetings, of ``placed`` ones and of people who came (``came``)."""
    found: QuerySet[Forum] = Forum.objects.visible_to(by).select_related("campaign", "org")
    return found.annotate(arranged=_number(Meeting), placed=_number(Place), came=_number(Attendance))


def public_forums() -> QuerySet[PublicForum]:
    """What anyone may read of, the latest first."""
    return PublicForum.objects.filter(withdrawn_at=None).select_related("org")


def copy_of(forum: Forum) -> PublicForum | None:
    return PublicForum.objects.filter(forum_id=forum.pk, withdrawn_at=None).first()


def _number(rows: type[Model]) -> Coalesce:
    """How many rows of a kind a forum has; a subquery each, for joins would multiply."""
    counted = rows._default_manager.filter(forum=OuterRef("pk")).order_by().values("forum")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def places(forum: Forum, by: Actor) -> QuerySet[Place]:
    found: QuerySet[Place] = Place.objects.visible_to(by).filter(forum=forum)
    return found.select_related(
        "slot", "meeting__company__organisation", "meeting__expert__organisation", "meeting__match"
    )


def lines(forum: Forum, by: Actor, *, of: Participant | None = None) -> list[Line]:
    """The timetable by slot and table; ``of`` keeps the meetings of one participant."""
    found = places(forum, by)
    if of is not None:
        found = found.filter(Q(meeting__company=of) | Q(meeting__expert=of))
    return [
        Line(
            place.meeting_id,
            place.slot.starts,
            place.slot.ends,
            place.table,
            place.meeting.company.full_name,
            place.meeting.expert.full_name,
            place.meeting.topic,
            place.meeting.fixed_slot_id is not None,
        )
        for place in found
    ]


def meetings(forum: Forum, by: Actor) -> QuerySet[Meeting]:
    """All meetings of a forum, placed or not."""
    found: QuerySet[Meeting] = Meeting.objects.visible_to(by).filter(forum=forum)
    return found.select_related(
        "company__organisation", "expert__organisation", "fixed_slot", "match__demand", "place__slot"
    )


def participants(forum: Forum, by: Actor) -> QuerySet[Participant]:
    """Participants with the number of their placed meetings (``placed``)."""
    found: QuerySet[Participant] = Participant.objects.visible_to(by).filter(forum=forum)
    return found.select_related("organisation").annotate(placed=Count("seats"))


def absences(forum: Forum, by: Actor) -> QuerySet[Absence]:
    found: QuerySet[Absence] = Absence.objects.visible_to(by).filter(participant__forum=forum)
    return found.select_related("participant", "slot").order_by("participant__name", "slot__index")


def violations(forum: Forum) -> tuple[str, ...]:
    """What the kept timetable breaks since somebody changed meetings, absences or the frame; nothing when none is kept."""
    kept = timetabling.places_of(forum)
    return timetabling.violations(timetabling.event_of(forum), kept) if kept else ()


def attendance(forum: Forum, by: Actor, *, search: str = "", kind: str = "") -> QuerySet[Attendance]:
    found: QuerySet[Attendance] = Attendance.objects.visible_to(by).filter(forum=forum)
    found = found.filter(kind=kind) if kind else found
    return found.filter(Q(name__contains=search) | Q(unit__contains=search)) if search else found


def kinds_that_came(forum: Forum, by: Actor) -> list[Kind]:
    counted = (
        attendance(forum, by)
        .order_by()
        .values("kind")
        .annotate(number=Count("pk"))
        .order_by("-number", "kind")
    )
    return [Kind(row["kind"], row["number"]) for row in counted]


def appointments(by: Actor) -> QuerySet[Appointment]:
    """What the actor's own organisation was told of its meetings; an expert sees the own ones."""
    found: QuerySet[Appointment] = Appointment.objects.visible_to(by).filter(org=by.org)
    return found.filter(who=by.name) if by.role == Role.EXPERT else found


def ics(participant: Participant, by: Actor) -> bytes:
    """A participant's meetings as an iCalendar file."""
    forum = Forum.objects.visible_to(by).get(pk=participant.forum_id)
    entries = []
    for place in places(forum, by).filter(Q(meeting__company=participant) | Q(meeting__expert=participant)):
        meeting = place.meeting
        other = meeting.expert if meeting.company_id == participant.pk else meeting.company
        entries.append(
            _entry(
                place.meeting_id,
                _moment(forum.held_on, place.slot.starts),
                _moment(forum.held_on, place.slot.ends),
                f"洽谈：{other.full_name}",
                f"{forum.place} {place.table}号桌",
                meeting.topic,
            )
        )
    return _calendar(entries, forum.timed_at)


def ics_told(by: Actor) -> bytes:
    """The meetings that the actor was told of, as an iCalendar file."""
    return _calendar(
        [
            _entry(
                told.meeting_id,
                _moment(told.held_on, told.starts),
                _moment(told.held_on, told.ends),
                f"洽谈：{told.who}与{told.counterpart}",
                f"{told.place} {told.table}号桌",
                told.topic,
            )
            for told in appointments(by)
        ],
        None,
    )


def _entry(
    meeting_id: int,
    starts: datetime.datetime,
    ends: datetime.datetime,
    title: str,
    place: str,
    topic: str,
) -> Entry:
    entry = Entry()
    entry.add("uid", f"meeting-{meeting_id}@hearth")
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", title)
    entry.add("location", place)
    entry.add("description", topic)
    return entry


def _calendar(entries: Iterable[Entry], made_at: datetime.datetime | None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Hearth//众创之家//ZH")
    calendar.add("version", "2.0")
    for entry in entries:
        entry.add("dtstamp", (made_at or timezone.now()).astimezone(datetime.UTC))
        calendar.add_component(entry)
    made: bytes = calendar.to_ical()
    return made


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """In UTC, which every calendar reads without a table of zones."""
    return timezone.make_aware(datetime.datetime.combine(day, time)).astimezone(datetime.UTC)
