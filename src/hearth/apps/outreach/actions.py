"""Planning outreach events, and moving materials so that the ledger always adds up."""

import datetime
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, Sum

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.files.models import File
from hearth.apps.outreach import rules
from hearth.apps.outreach.models import Holding, Material, Movement, OutreachEvent
from hearth.apps.outreach.states import EFFECT_ON_EVENT, EFFECT_ON_STOCK, Direction, MaterialKind


class OutreachRefused(Exception):
    """Something that cannot be recorded of outreach; the message says what would be right."""


class EventChanges(TypedDict, total=False):
    """What may be corrected in an outreach event."""

    name: str
    school: Organisation
    held_on: datetime.date
    place: str
    person: Person
    attendance: int | None


@transaction.atomic
def plan_event(
    *,
    campaign: Campaign,
    number: str,
    name: str,
    school: Organisation,
    held_on: datetime.date,
    place: str = "",
    person: Person,
    attendance: int | None = None,
    by: Actor,
) -> OutreachEvent:
    _may_record(by)
    with _constraints_explained(number):
        event: OutreachEvent = OutreachEvent.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            name=name,
            school=school,
            held_on=held_on,
            place=place,
            person=person,
            attendance=attendance,
        )
    audit.record("登记科普活动", event, by=by)
    return event


@transaction.atomic
def amend_event(*, event: OutreachEvent, by: Actor, **changes: Unpack[EventChanges]) -> OutreachEvent:
    _may_record(by)
    return campaigns.amend(record=event, changes=changes, verb="更正科普活动", by=by)


@transaction.atomic
def register(
    *, campaign: Campaign, number: str, name: str, kind: MaterialKind, unit: str, by: Actor
) -> Material:
    """Open the account of a material; its stock begins at nothing."""
    _may_record(by)
    with _constraints_explained(number):
        material: Material = Material.objects.create(
            org=campaign.org, campaign=campaign, number=number, name=name, kind=kind, unit=unit
        )
    audit.record("登记物料", material, by=by)
    return material


@transaction.atomic
def move(
    *,
    material: Material,
    number: str,
    moved_on: datetime.date,
    direction: Direction,
    quantity: int,
    event: OutreachEvent | None = None,
    signed_for: str = "",
    slip: str = "",
    evidence: File | None = None,
    by: Actor,
) -> Movement:
    """Write one line of the ledger. OutreachRefused when more would move than is there."""
    _may_record(by)
    _refuse_wrong_place(material, direction, event)
    # every movement of a material waits here, so what is read below stays true until the end
    material = Material.objects.select_for_update().get(pk=material.pk)
    _refuse_wrong_quantity(material, direction, quantity, _balance(material, event))
    with _constraints_explained(number):
        movement: Movement = Movement.objects.create(
            org=material.org,
            campaign_id=material.campaign_id,
            number=number,
            moved_on=moved_on,
            material=material,
            direction=direction,
            quantity=quantity,
            event=event,
            signed_for=signed_for,
            slip=slip,
            evidence=evidence,
        )
        _count(material, event, direction, quantity)
    audit.record(str(direction.label), movement, by=by)
    return movement


@transaction.atomic
def amend_movement(*, movement: Movement, quantity: int, by: Actor) -> Movement:
    """Correct the quantity of a line; stock and event follow. OutreachRefused when later lines rest on the old one."""
    _may_record(by)
    material = Material.objects.select_for_update().get(pk=movement.material_id)
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    was, direction = movement.quantity, Direction(movement.direction)
    _refuse_wrong_quantity(material, direction, quantity, _balance(material, movement.event), was)
    movement.quantity = quantity
    with _constraints_explained(movement.number):
        movement.save()
        _count(material, movement.event, direction, quantity - was)
    audit.record("更正数量", movement, by=by, was=was, now=quantity)
    return movement


def _balance(material: Material, event: OutreachEvent | None) -> rules.Balance:
    if event is None:
        return rules.Balance(in_stock=material.in_stock)
    holding = Holding.objects.filter(event=event, material=material).first()
    came = Movement.objects.filter(event=event, material=material).aggregate(
        out=Sum("quantity", filter=Q(direction=Direction.OUT), default=0),
        shown=Max("quantity", filter=Q(direction=Direction.SHOWN), default=0),
    )
    return rules.Balance(
        in_stock=material.in_stock,
        at_event=holding.quantity if holding else 0,
        taken_out=came["out"],
        most_shown=came["shown"],
    )


def _count(material: Material, event: OutreachEvent | None, direction: Direction, change: int) -> None:
    # F: the database adds, so that its constraints see every movement even where the lock was missed
    Material.objects.filter(pk=material.pk).update(
        in_stock=F("in_stock") + EFFECT_ON_STOCK.get(direction, 0) * change
    )
    if event is not None and direction in EFFECT_ON_EVENT:
        holding, _ = Holding.objects.get_or_create(
            event=event, material=material, defaults={"org": material.org}
        )
        Holding.objects.filter(pk=holding.pk).update(
            quantity=F("quantity") + EFFECT_ON_EVENT[direction] * change
        )


def _refuse_wrong_place(material: Material, direction: Direction, event: OutreachEvent | None) -> None:
    if direction == Direction.IN and event is not None:
        raise OutreachRefused("入库不写科普活动；从活动现场拿回来的，方向选“退回”。")
    if direction != Direction.IN and event is None:
        raise OutreachRefused(f"{direction.label}要写明是哪一场科普活动。")
    if event is not None and event.campaign_id != material.campaign_id:
        raise OutreachRefused(f"“{material}”和“{event}”不属于同一个活动，请选本活动的物料。")


def _refuse_wrong_quantity(
    material: Material, direction: Direction, quantity: int, balance: rules.Balance, was: int = 0
) -> None:
    objection = rules.objection(direction, quantity, material.unit, balance, was)
    if objection:
        raise OutreachRefused(f"“{material}”{objection}。")


def _may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise OutreachRefused(f"{by.name} 的角色不能登记科普活动和物料，请干事或联络员来做。")


@contextmanager
def _constraints_explained(number: str) -> Generator[None, None, None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_number_once" in str(error):
            raise OutreachRefused(f"编号“{number}”已经用过，请换一个。") from error
        if "never_negative" in str(error):
            raise OutreachRefused("库存刚刚被别人动用，已经不够。请刷新后按现有数量再办。") from error
        raise
