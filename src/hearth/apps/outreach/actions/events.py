"""Planning outreach events, correcting them, putting a copy where anyone may read it."""

import datetime
import secrets
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.links import actions as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.outreach.actions.registering import copy_places, move_up
from hearth.apps.outreach.actions.steps import OutreachRefused, constraints_explained, may_record
from hearth.apps.outreach.actions.telling import tell_all
from hearth.apps.outreach.models import OutreachEvent, PublicEvent

WHEN_AND_WHERE = ("held_on", "starts", "ends", "place")
COPIED = (
    "org",
    "name",
    *WHEN_AND_WHERE,
    "about",
    "capacity",
    "taken",
    "opens_at",
    "closes_at",
    "cancelled_at",
)


class EventChanges(TypedDict, total=False):
    """What may be corrected in an outreach event."""

    name: str
    school: Organisation
    held_on: datetime.date
    starts: datetime.time | None
    ends: datetime.time | None
    place: str
    person: Person
    about: str
    attendance: int | None
    capacity: int | None
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None


@transaction.atomic
def plan_event(
    *,
    campaign: Campaign,
    number: str,
    name: str,
    school: Organisation,
    held_on: datetime.date,
    starts: datetime.time | None = None,
    ends: datetime.time | None = None,
    place: str = "",
    person: Person,
    about: str = "",
    attendance: int | None = None,
    capacity: int | None = None,
    opens_at: datetime.datetime | None = None,
    closes_at: datetime.datetime | None = None,
    by: Actor,
) -> OutreachEvent:
    may_record(by)
    with constraints_explained(number):
        event: OutreachEvent = OutreachEvent.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            name=name,
            school=school,
            held_on=held_on,
            starts=starts,
            ends=ends,
            place=place,
            person=person,
            about=about,
            attendance=attendance,
            capacity=capacity,
            opens_at=opens_at,
            closes_at=closes_at,
        )
    audit.record("登记科普活动", event, by=by)
    return event


@transaction.atomic
def amend_event(*, event: OutreachEvent, by: Actor, **changes: Unpack[EventChanges]) -> OutreachEvent:
    """Correct an event. Its public copy follows, those who wait get new places, and a new time or place is told to all."""
    may_record(by)
    with constraints_explained(event.number):
        event = campaigns.amend(record=event, changes=changes, verb="更正科普活动", by=by)
    move_up(event, by=by)
    _copy(event)
    if any(name in changes for name in WHEN_AND_WHERE):
        tell_all(
            event,
            f"有变动：{event}",
            "时间或地点改了，请看新的时间和地点。不能来的，请取消，让给候补的人。",
            by=by,
        )
    return event


@transaction.atomic
def rearrange(
    *,
    event: OutreachEvent,
    held_on: datetime.date,
    starts: datetime.time | None,
    ends: datetime.time | None,
    place: str,
    cancelled_at: datetime.datetime | None,
    by: Actor,
) -> OutreachEvent:
    """Move an event to another time or place, cancel it, or let it take place after all. Its public copy follows.

    Nobody is told: whoever asks for it tells everybody once.
    """
    may_record(by)
    changes = {
        "held_on": held_on,
        "starts": starts,
        "ends": ends,
        "place": place,
        "cancelled_at": cancelled_at,
    }
    with constraints_explained(event.number):
        event = campaigns.amend(record=event, changes=changes, verb="变更安排", by=by)
    _copy(event)
    return event


@transaction.atomic
def publish_event(*, event: OutreachEvent, by: Actor) -> PublicEvent:
    """Let anyone read of the event, and register when it has places."""
    may_record(by)
    shown = PublicEvent.objects.filter(event_id=event.pk).first() or PublicEvent(
        event_id=event.pk, address=secrets.token_urlsafe(9)
    )
    shown.withdrawn_at = None
    _fill(shown, event)
    audit.record("公开", event, by=by, address=shown.address)
    return shown


@transaction.atomic
def withdraw_event(*, event: OutreachEvent, by: Actor) -> PublicEvent:
    """Take the public copy down at once; tickets stay valid."""
    may_record(by)
    shown = PublicEvent.objects.filter(event_id=event.pk, withdrawn_at=None).first()
    if shown is None:
        raise OutreachRefused(f"{event}现在没有公开，不用撤下。")
    shown.withdrawn_at = timezone.now()
    shown.save(update_fields=["withdrawn_at", "changed_at"])
    catalogue.take_down(copy=shown)
    audit.record("撤下", event, by=by)
    return shown


@transaction.atomic
def open_door(*, event: OutreachEvent, by: Actor) -> Link:
    """The address of the door page, the same for every door; it ends the day after the event."""
    may_record(by)
    until = event.held_on + datetime.timedelta(days=1)
    holder = links.Holder(event.pk, event.org, f"门口 {event}"[:80])
    link = links.give(purpose=Purpose.DOOR, to=[holder], about=event, until=until, by=by)[event.pk]
    if link.ends_on != until:  # the event was moved to another day
        Link.objects.filter(pk=link.pk).update(ends_on=until)
        link.refresh_from_db()
    return link


def _copy(event: OutreachEvent) -> None:
    shown = PublicEvent.objects.filter(event_id=event.pk).first()
    if shown is not None:
        _fill(shown, event)


def _fill(shown: PublicEvent, event: OutreachEvent) -> None:
    for field in COPIED:
        setattr(shown, field, getattr(event, field))
    shown.school = event.school.name
    shown.save()
    copy_places(event)
    if shown.withdrawn_at is None:
        _list(shown, event)


def _list(shown: PublicEvent, event: OutreachEvent) -> None:
    page = catalogue.Page(
        kind=catalogue.Kind.EVENT,
        title=shown.name,
        organ=shown.org.name,
        text=f"{shown.held_on:%Y年%-m月%-d日} {shown.whereabouts}\n{shown.about}".strip(),
        published_at=shown.published_at,
        subject=event.campaign_id,
    )
    catalogue.put(copy=shown, page=page)
