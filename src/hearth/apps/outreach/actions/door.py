"""The door: each ticket once, each scan kept once, whatever the network does in between."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.directory.models import Actor
from hearth.apps.outreach import queries, rules
from hearth.apps.outreach.actions.steps import may_record
from hearth.apps.outreach.models import OutreachEvent, Registration, Scan
from hearth.apps.outreach.states import Act, Standing, Verdict

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Done:
    """One thing done at a door. ``said`` is the ticket's code, or for UNDO the key of what is taken back."""

    key: uuid.UUID
    act: Act
    said: str
    at: datetime.datetime
    people: int = 1
    entrance: str = ""
    offline: bool = False


@transaction.atomic
def receive(*, event: OutreachEvent, done: Sequence[Done], by: Actor) -> list[Scan]:
    """Keep what a door sends, in its order; what was sent before gets the same answer and counts nothing again."""
    kept = {one.key: one for one in _kept(event, done)}
    fresh = [one for one in done if one.key not in kept]
    # locked in one order for all doors, so that two of them never wait for each other
    codes = {rules.code(one.said) for one in fresh}
    tickets = {
        ticket.code: ticket
        for ticket in Registration.objects.select_for_update(of=("self",), no_key=True)
        .filter(code__in=codes)
        .select_related("event")
        .order_by("pk")
    }
    for one in fresh:
        if one.key not in kept:
            kept[one.key] = _keep(event, one, tickets.get(rules.code(one.said)))
    if fresh:
        audit.record("门口签到", kept[fresh[0].key], by=by, scans=len(fresh))
    return [kept[one.key] for one in done]


@transaction.atomic
def take_attendance(*, event: OutreachEvent, by: Actor) -> OutreachEvent:
    """Write down as attendance what the door counted."""
    may_record(by)
    arrived = queries.arrived(event)
    return campaigns.amend(
        record=event, changes={"attendance": arrived}, verb="按门口人数登记参加人数", by=by
    )


def _kept(event: OutreachEvent, done: Sequence[Done]) -> list[Scan]:
    found = Scan.objects.filter(event=event, key__in=[one.key for one in done])
    return list(found.select_related("registration"))


def _keep(event: OutreachEvent, one: Done, ticket: Registration | None) -> Scan:
    scan = Scan(
        org=event.org,
        event=event,
        key=one.key,
        act=one.act,
        registration=ticket,
        said=one.said[:80],
        entrance=one.entrance[:20],
        at=one.at,
        offline=one.offline,
    )
    scan.verdict, scan.people = _judge(event, one, ticket)
    try:
        with transaction.atomic():
            scan.save()
    except IntegrityError as error:
        return _after_another_door(scan, error)
    return scan


def _after_another_door(scan: Scan, error: IntegrityError) -> Scan:
    """Another connection was quicker: with the same key it kept this very scan, else it let the ticket in."""
    if "scan_kept_once" in str(error):
        same: Scan = Scan.objects.select_related("registration").get(event_id=scan.event_id, key=scan.key)
        return same
    if "ticket_admitted_once" not in str(error):
        raise error
    scan.verdict, scan.people = Verdict.TWICE, 0
    scan.save()
    return scan


def _judge(event: OutreachEvent, one: Done, ticket: Registration | None) -> tuple[Verdict, int]:
    if one.act == Act.WALK_IN:
        return Verdict.ADMITTED, min(max(one.people, 1), rules.MOST_PARTY)
    if one.act == Act.UNDO:
        return _undo(event, one), 0
    if ticket is None:
        return Verdict.UNKNOWN, 0
    if ticket.event_id != event.pk:
        return Verdict.ELSEWHERE, 0
    if ticket.standing != Standing.HELD:
        return Verdict.NOT_HELD, 0
    inside = _admitted(ticket)
    if one.act == Act.IN:
        return (Verdict.TWICE, 0) if inside else (Verdict.ADMITTED, ticket.party)
    if not inside:
        return Verdict.NOT_IN, 0
    return (Verdict.LEFT, ticket.party) if one.act == Act.OUT else (Verdict.BACK, ticket.party)


def _admitted(ticket: Registration) -> bool:
    return Scan.objects.filter(registration=ticket, verdict=Verdict.ADMITTED, undone_at=None).exists()


def _undo(event: OutreachEvent, one: Done) -> Verdict:
    """Take back a mistaken scan: only what counted somebody in, out or back in."""
    try:
        key = uuid.UUID(one.said)
    except ValueError:
        return Verdict.UNKNOWN
    counted = (Verdict.ADMITTED, Verdict.LEFT, Verdict.BACK)
    found = Scan.objects.filter(event=event, key=key, verdict__in=counted, undone_at=None)
    return Verdict.UNDONE if found.update(undone_at=timezone.now()) else Verdict.UNKNOWN
