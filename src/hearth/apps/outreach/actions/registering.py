"""Registering for an event: places that are never oversold, a waiting list that moves up by itself, tickets."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.links import actions as links
from hearth.apps.links import queries as given
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import queries, rules
from hearth.apps.outreach.actions.steps import OutreachRefused, may_record
from hearth.apps.outreach.actions.telling import tell
from hearth.apps.outreach.models import OutreachEvent, PublicEvent, Registration
from hearth.apps.outreach.rules import Window
from hearth.apps.outreach.states import Standing, Verdict
from hearth.lib import constraints

_MOVED_UP = "前面有人取消，名额已经给您留好。不能来了，请打开门票取消，让给后面的人。"
_HELD = "进门时请出示门票上的二维码。不能来了，请打开门票取消，让给候补的人。"
_CLOSED = {
    Window.NONE: "这一场不用报名。",
    Window.EARLY: "报名还没有开始，请到时候再来。",
    Window.CLOSED: "报名已经截止。",
    Window.CANCELLED: "这一场已经取消，不能再报名。",
}


@transaction.atomic
def sign_up(
    *,
    event: OutreachEvent,
    name: str,
    unit: str,
    contact: str,
    party: int = 1,
    user_id: int | None = None,
    by: Actor,
) -> Registration:
    """Give a party its places, or a place in the waiting list when they do not suffice, and tell it its ticket.

    OutreachRefused when the event takes no registrations now, or this phone or e-mail has one already.
    """
    known = rules.contact(contact)
    if not known:
        raise OutreachRefused("电话应为数字，如 13900000000；邮箱应有 @，如 name@example.cn。")
    if not 1 <= party <= rules.MOST_PARTY:
        raise OutreachRefused(f"一次可以报 1—{rules.MOST_PARTY} 人。人数更多，请分开报，或打电话给主办单位。")
    event = _locked(event.pk)
    _refuse_closed(event, party)
    registration = Registration(
        org=event.org, event=event, user_id=user_id, name=name, unit=unit, contact=known, party=party
    )
    registration.standing = Standing.HELD if _take(event, party) else Standing.WAITING
    registration.code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))
    cure = f"“{known}”已经报过这一场。要改人数，请打开报名时给的链接，先取消再报。"
    with constraints.explained({"registered_once": cure}, OutreachRefused):
        registration.save()
    _give_ticket(registration, by)
    copy_places(event)
    audit.record("报名", registration, by=by, party=party, standing=str(registration.standing))
    return registration


@transaction.atomic
def give_up(*, registration: Registration, by: Actor) -> Registration:
    """Cancel a registration; its places go to those who wait, in their order. One that came stays."""
    event = _locked(registration.event_id)
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if registration.standing == Standing.CANCELLED:
        return registration
    if registration.scans.filter(verdict=Verdict.ADMITTED, undone_at=None).exists():
        raise OutreachRefused("这张票已经进过场，不能再取消。")
    held = registration.standing == Standing.HELD
    registration.standing, registration.cancelled_at = Standing.CANCELLED, timezone.now()
    registration.save()
    if held:
        OutreachEvent.objects.filter(pk=event.pk).update(taken=F("taken") - registration.party)
        event.refresh_from_db()
    move_up(event, by=by)
    copy_places(event)
    audit.record("取消报名", registration, by=by)
    return registration


@transaction.atomic
def renew_ticket(*, registration: Registration, by: Actor) -> Link:
    """A new address for somebody whose old one got into other hands."""
    may_record(by)
    link = given.of(Purpose.TICKET, [registration.pk])[registration.pk]
    return links.renew(link=link, by=by)


def move_up(event: OutreachEvent, *, by: Actor) -> list[Registration]:
    """Give free places to those who wait, in the order of registering; a party that does not fit lets the next one go first."""
    moved: list[Registration] = []
    waiting = Registration.objects.filter(
        event=event, event__cancelled_at=None, standing=Standing.WAITING
    ).select_related("org")
    if not waiting.exists():
        return moved
    locked = _locked(event.pk)
    for registration in waiting.order_by("pk"):
        if _take(locked, registration.party):
            registration.standing, registration.moved_up_at = Standing.HELD, timezone.now()
            registration.save()
            moved.append(registration)
    event.taken = locked.taken
    tell(moved, f"有名额了：{event}", _MOVED_UP, by)
    return moved


def copy_places(event: OutreachEvent) -> None:
    """What the public page says of free places, as it stands in this transaction."""
    taken = OutreachEvent.objects.filter(pk=event.pk).values_list("taken", flat=True).get()
    waiting = Registration.objects.filter(event=event, standing=Standing.WAITING).count()
    PublicEvent.objects.filter(event_id=event.pk).update(
        taken=taken, waiting=waiting, changed_at=timezone.now()
    )


def _locked(pk: int) -> OutreachEvent:
    """The event, for which every other registering and cancelling waits; the door, which only refers to it, does not."""
    event: OutreachEvent = (
        OutreachEvent.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=pk)
    )
    return event


def _refuse_closed(event: OutreachEvent, party: int) -> None:
    state = queries.window_of(event)
    if state != Window.OPEN:
        raise OutreachRefused(_CLOSED[state])
    if party > (event.capacity or 0):
        raise OutreachRefused(f"这一场一共 {event.capacity} 个名额，坐不下 {party} 人。请少报几位。")


def _take(event: OutreachEvent, party: int) -> bool:
    """Take places of a locked event. The database's own check stands behind it, should the lock be missed."""
    if event.capacity is None or event.taken + party > event.capacity:
        return False
    try:
        with transaction.atomic():
            OutreachEvent.objects.filter(pk=event.pk).update(taken=F("taken") + party)
    except IntegrityError:
        return False
    event.taken += party
    return True


def _give_ticket(registration: Registration, by: Actor) -> None:
    links.give(
        purpose=Purpose.TICKET,
        to=[links.Holder(registration.pk, registration.org, registration.name)],
        about=registration,
        by=by,
    )
    if registration.standing == Standing.HELD:
        tell([registration], f"报上了：{registration.event}", _HELD, by)
    else:
        tell([registration], f"已排候补：{registration.event}", queries.WAITING_RULE, by)
