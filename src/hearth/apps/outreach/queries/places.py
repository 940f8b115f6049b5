"""Questions about who comes: registrations, tickets, the door's counts, feedback, and the copies anyone may read."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from hearth.apps.directory.models import Actor
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.messages.actions import Reader
from hearth.apps.outreach import rules
from hearth.apps.outreach.models import Feedback, OutreachEvent, PublicEvent, Registration, Scan
from hearth.apps.outreach.rules import Window
from hearth.apps.outreach.states import Audience, Rating, Standing, Verdict

WAITING_RULE = (
    "名额满了，您排在候补。有人取消，就按报名先后自动递补，会告诉您；"
    "空出的名额坐不下前面一组的，先给后面坐得下的。不想等了，打开门票取消。"
)


def public_events() -> QuerySet[PublicEvent]:
    """What is put up and still to come, the next one first."""
    today = timezone.localdate()
    return PublicEvent.objects.filter(withdrawn_at=None, held_on__gte=today).select_related("org")


def past_events() -> QuerySet[PublicEvent]:
    """What was put up and is over, the last one first."""
    today = timezone.localdate()
    past = PublicEvent.objects.filter(withdrawn_at=None, held_on__lt=today).select_related("org")
    return past.order_by("-held_on", "-pk")


def copy_of(event: OutreachEvent) -> PublicEvent | None:
    return PublicEvent.objects.filter(event_id=event.pk, withdrawn_at=None).first()


def window_of(event: OutreachEvent | PublicEvent) -> Window:
    """Whether the event takes registrations at this moment."""
    now = timezone.localtime()
    return rules.window(
        event.capacity, event.opens_at, event.closes_at, event.held_on, now, event.cancelled_at
    )


_LET_IN = Exists(Scan.objects.filter(registration=OuterRef("pk"), verdict=Verdict.ADMITTED, undone_at=None))


def registrations(by: Actor, *, event: OutreachEvent) -> QuerySet[Registration]:
    """Everybody who registered, each with ``came``: whether the door let them in."""
    found: QuerySet[Registration] = Registration.objects.visible_to(by).filter(event=event)
    return found.annotate(came=_LET_IN)


def audience(by: Actor, *, event: OutreachEvent, to: Audience) -> QuerySet[Registration]:
    everybody = registrations(by, event=event)
    if to == Audience.CAME:
        return everybody.filter(_LET_IN)
    if to == Audience.ABSENT:
        return everybody.filter(~_LET_IN, standing=Standing.HELD)
    if to == Audience.WAITING:
        return everybody.filter(standing=Standing.WAITING)
    return everybody.exclude(standing=Standing.CANCELLED)


def tickets(event: OutreachEvent) -> QuerySet[Registration]:
    """The tickets that the door lets in."""
    found: QuerySet[Registration] = Registration.objects.filter(event=event, standing=Standing.HELD)
    return found.order_by("pk")


def admission(registration: Registration) -> Scan | None:
    """When and where somebody came in."""
    return registration.scans.filter(verdict=Verdict.ADMITTED, undone_at=None).first()


def ahead(registration: Registration) -> int:
    """How many parties wait before this one."""
    waiting = Registration.objects.filter(event_id=registration.event_id, standing=Standing.WAITING)
    return waiting.filter(pk__lt=registration.pk).count()


@dataclass(frozen=True)
class Arrivals:
    """People, not tickets: let in, of them without a ticket, still inside, and how many are expected."""

    arrived: int
    walked_in: int
    inside: int
    expected: int


def arrivals(event: OutreachEvent) -> Arrivals:
    counted = Scan.objects.filter(event=event, undone_at=None).aggregate(
        arrived=Sum("people", filter=Q(verdict=Verdict.ADMITTED), default=0),
        walked_in=Sum("people", filter=Q(verdict=Verdict.ADMITTED, registration=None), default=0),
        left=Sum("people", filter=Q(verdict=Verdict.LEFT), default=0),
        back=Sum("people", filter=Q(verdict=Verdict.BACK), default=0),
    )
    taken = OutreachEvent.objects.filter(pk=event.pk).values_list("taken", flat=True).get()
    inside = counted["arrived"] - counted["left"] + counted["back"]
    return Arrivals(counted["arrived"], counted["walked_in"], max(0, inside), taken)


def arrived(event: OutreachEvent) -> int:
    return arrivals(event).arrived


def first_admissions(scans: Iterable[Scan]) -> dict[int, Scan]:
    """Of the tickets that these scans name, how each was let in."""
    named = {scan.registration_id for scan in scans if scan.verdict == Verdict.TWICE}
    found = Scan.objects.filter(registration__in=named, verdict=Verdict.ADMITTED, undone_at=None)
    return {scan.registration_id: scan for scan in found}


def ticket_addresses(registrations: Sequence[Registration]) -> dict[int, str]:
    """The page of each ticket, by the registration."""
    found = links.of(Purpose.TICKET, [one.pk for one in registrations])
    return {pk: reverse("public:ticket", args=[link.token]) for pk, link in found.items()}


def reader_of(registration: Registration) -> Reader:
    """How somebody who registered is told: by e-mail, else by phone."""
    mail = "@" in registration.contact
    return Reader(
        org=registration.org,
        name=registration.name,
        user_id=registration.user_id,
        address=registration.contact if mail else "",
        phone="" if mail else registration.contact,
    )


@dataclass(frozen=True)
class Opinions:
    """What those who came said: how many were asked, how many answered, and how often each rating was given."""

    asked: int
    answered: int
    counts: tuple[tuple[Rating, int], ...]

    @property
    def mean(self) -> float | None:
        total = sum(number for _, number in self.counts)
        return sum(int(one) * number for one, number in self.counts) / total if total else None


def opinions(by: Actor, event: OutreachEvent) -> Opinions:
    asked = Feedback.objects.visible_to(by).filter(event=event)
    given = dict(asked.exclude(rating=None).order_by().values_list("rating").annotate(number=Count("id")))
    return Opinions(
        asked=asked.count(),
        answered=sum(given.values()),
        counts=tuple((rating, given.get(rating.value, 0)) for rating in reversed(Rating)),
    )


def feedback_reader(asked: Feedback) -> Reader:
    """How the school, or somebody who came, is asked what they thought."""
    if asked.registration:
        return reader_of(asked.registration)
    school = asked.event.school
    return Reader(asked.org, (school.contact or school.name)[:40], phone=school.phone)


def feedback_by_hand(by: Actor, event: OutreachEvent) -> list[tuple[Feedback, str]]:
    """Who has not said anything and has no e-mail address, with the page to be handed on to them."""
    waiting = Feedback.objects.visible_to(by).filter(event=event, given_at=None)
    asked = [
        one
        for one in waiting.select_related("org", "event__school", "registration__org").order_by("pk")
        if not feedback_reader(one).address
    ]
    found = links.of(Purpose.FEEDBACK, [one.pk for one in asked])
    return [(one, found[one.pk].get_absolute_url()) for one in asked if one.pk in found]


def feedback(by: Actor, event: OutreachEvent) -> QuerySet[Feedback]:
    """What was said, the newest first."""
    found: QuerySet[Feedback] = Feedback.objects.visible_to(by).filter(event=event).exclude(given_at=None)
    return found.order_by("-given_at")


def next_number(by: Actor, campaign_id: int) -> str:
    """A number for the next event: one more than there are, or than the greatest of its kind."""
    used = set(
        OutreachEvent.objects.visible_to(by).filter(campaign=campaign_id).values_list("number", flat=True)
    )
    return next(
        name for at in range(len(used) + 1, 2 * len(used) + 3) if (name := f"KP-{at:02d}") not in used
    )


def ics(event: OutreachEvent, title: str) -> bytes:
    """The event as an iCalendar file; without a time it lasts the whole day."""
    entry = Entry()
    entry.add("uid", f"outreach-{event.pk}@hearth")
    entry.add("dtstamp", event.updated_at)
    entry.add("summary", title)
    entry.add("location", event.whereabouts)
    if event.cancelled_at:
        entry.add("status", "CANCELLED")
    if event.starts is None:
        entry.add("dtstart", event.held_on)
    else:
        entry.add("dtstart", _moment(event.held_on, event.starts))
        if event.ends:
            entry.add("dtend", _moment(event.held_on, event.ends))
    calendar = Calendar()
    calendar.add("prodid", "-//Hearth//outreach//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _moment(day: datetime.date, at: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, at, timezone.get_default_timezone())
