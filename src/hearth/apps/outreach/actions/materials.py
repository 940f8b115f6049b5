"""Moving materials so that the ledger always adds up; keeping some for an event; explaining what is left."""

import datetime

from django.db import transaction
from django.db.models import F, Max, Q, Sum

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.files.models import File
from hearth.apps.outreach import rules
from hearth.apps.outreach.actions.steps import OutreachRefused, constraints_explained, may_record
from hearth.apps.outreach.models import Holding, Material, Movement, OutreachEvent
from hearth.apps.outreach.states import EFFECT_ON_EVENT, EFFECT_ON_STOCK, Direction, MaterialKind


@transaction.atomic
def register(
    *, campaign: Campaign, number: str, name: str, kind: MaterialKind, unit: str, by: Actor
) -> Material:
    """Open the account of a material; its stock begins at nothing."""
    may_record(by)
    with constraints_explained(number):
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
    may_record(by)
    _refuse_wrong_place(material, direction, event)
    # every movement of a material waits here, so what is read below stays true until the end
    material = Material.objects.select_for_update().get(pk=material.pk)
    _refuse_wrong_quantity(material, direction, quantity, _balance(material, event))
    with constraints_explained(number):
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
        if event is not None and direction == Direction.OUT:
            _use_reservation(material, event, quantity)
        _count(material, event, direction, quantity)
    audit.record(str(direction.label), movement, by=by)
    return movement


@transaction.atomic
def amend_movement(*, movement: Movement, quantity: int, by: Actor) -> Movement:
    """Correct the quantity of a line; stock and event follow. OutreachRefused when later lines rest on the old one."""
    may_record(by)
    material = Material.objects.select_for_update().get(pk=movement.material_id)
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    was, direction = movement.quantity, Direction(movement.direction)
    _refuse_wrong_quantity(material, direction, quantity, _balance(material, movement.event), was)
    movement.quantity = quantity
    with constraints_explained(movement.number):
        movement.save()
        _count(material, movement.event, direction, quantity - was)
    audit.record("更正数量", movement, by=by, was=was, now=quantity)
    return movement


@transaction.atomic
def reserve(*, material: Material, event: OutreachEvent, quantity: int, by: Actor) -> Holding:
    """Keep this much of the stock for an event, in the place of what was kept for it before; 0 gives it back."""
    may_record(by)
    _refuse_wrong_place(material, Direction.OUT, event)
    material = Material.objects.select_for_update().get(pk=material.pk)
    holding = _holding(material, event)
    most = rules.most(Direction.OUT, _balance(material, event))
    assert most is not None
    if quantity > most.quantity:
        raise OutreachRefused(f"“{material}”最多 {most.quantity} {material.unit}：{most.because}。")
    with constraints_explained(material.number):
        _reserve(material, holding, quantity - holding.reserved)
    holding.refresh_from_db()
    audit.record("预留物料", event, by=by, material=material.number, quantity=quantity)
    return holding


@transaction.atomic
def explain(*, material: Material, event: OutreachEvent, explanation: str, by: Actor) -> Holding:
    """Say why some of a material still lie at an event; one more movement, and it has to be said again."""
    may_record(by)
    if not explanation.strip():
        raise OutreachRefused("差多少，要写明为什么，例如“留给学校图书室，有收条”。")
    held = Holding.objects.select_for_update()
    holding: Holding | None = held.filter(event=event, material=material).first()
    if holding is None or not holding.quantity:
        raise OutreachRefused(f"“{material}”在这一场已经对上，不用说明。")
    holding.explained, holding.explanation = holding.quantity, explanation.strip()
    holding.save()
    audit.record("说明差异", event, by=by, material=material.number, quantity=holding.quantity)
    return holding


def _use_reservation(material: Material, event: OutreachEvent, quantity: int) -> None:
    """What leaves for an event is first what was kept for it."""
    holding = _holding(material, event)
    if holding.reserved:
        _reserve(material, holding, -min(quantity, holding.reserved))


def _reserve(material: Material, holding: Holding, change: int) -> None:
    Material.objects.filter(pk=material.pk).update(reserved=F("reserved") + change)
    Holding.objects.filter(pk=holding.pk).update(reserved=F("reserved") + change)


def _holding(material: Material, event: OutreachEvent) -> Holding:
    found, _ = Holding.objects.get_or_create(event=event, material=material, defaults={"org": material.org})
    holding: Holding = found
    return holding


def _balance(material: Material, event: OutreachEvent | None) -> rules.Balance:
    if event is None:
        return rules.Balance(in_stock=material.in_stock, kept=material.reserved)
    holding = Holding.objects.filter(event=event, material=material).first()
    came = Movement.objects.filter(event=event, material=material).aggregate(
        out=Sum("quantity", filter=Q(direction=Direction.OUT), default=0),
        shown=Max("quantity", filter=Q(direction=Direction.SHOWN), default=0),
    )
    return rules.Balance(
        in_stock=material.in_stock,
        kept=material.reserved - (holding.reserved if holding else 0),
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
        holding = _holding(material, event)
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
