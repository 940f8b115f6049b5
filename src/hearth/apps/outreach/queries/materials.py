"""Questions about materials: events, stock, the ledger, and whether each event's materials add up."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.outreach.models import Holding, Material, Movement, OutreachEvent
from hearth.apps.outreach.states import Direction, MaterialKind

_COUNTED = re.compile(r"(.*?)([0-9]{1,9})")


def events(by: Actor, *, campaign: Campaign | None = None, search: str = "") -> QuerySet[OutreachEvent]:
    found: QuerySet[OutreachEvent] = OutreachEvent.objects.visible_to(by).select_related(
        "school", "person", "campaign"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if search:
        found = found.filter(
            Q(name__contains=search)
            | Q(school__name__contains=search)
            | Q(school__short_name__contains=search)
        )
    return found


def materials(
    by: Actor, *, campaign: Campaign | None = None, kind: str = "", search: str = ""
) -> QuerySet[Material]:
    found: QuerySet[Material] = Material.objects.visible_to(by).select_related("campaign")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if kind in MaterialKind.values:
        found = found.filter(kind=kind)
    return found.filter(name__contains=search) if search else found


def free_number(by: Actor, campaign: Campaign) -> str:
    """A number for the next line of the ledger: the greatest so far, in its own writing, and one more."""
    used = movements(by, campaign=campaign).values_list("number", flat=True)
    counted = [(int(found[2]), found[1], len(found[2])) for one in used if (found := _COUNTED.fullmatch(one))]
    last, prefix, width = max(counted, default=(0, "LS-", 3))
    return f"{prefix}{last + 1:0{width}}"


def movements(
    by: Actor,
    *,
    campaign: Campaign | None = None,
    material: Material | None = None,
    event: OutreachEvent | None = None,
    direction: str = "",
    search: str = "",
) -> QuerySet[Movement]:
    found: QuerySet[Movement] = Movement.objects.visible_to(by).select_related(
        "material", "event", "campaign", "evidence"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if material is not None:
        found = found.filter(material=material)
    if event is not None:
        found = found.filter(event=event)
    if direction in Direction.values:
        found = found.filter(direction=direction)
    if search:
        found = found.filter(
            Q(material__name__contains=search)
            | Q(number__contains=search)
            | Q(signed_for__contains=search)
            | Q(slip__contains=search)
        )
    return found


@dataclass(frozen=True)
class Reconciled:
    """One material at one event: what was taken there and what became of it, and what the running count says."""

    material: Material
    out: int
    shown: int
    given: int
    returned: int
    lost: int
    counted: int
    reserved: int = 0
    explanation: str = ""

    @property
    def still_there(self) -> int:
        return self.out - self.given - self.returned - self.lost

    @property
    def adds_up(self) -> bool:
        """Whether the lines of the ledger say the same as the running count."""
        return self.still_there == self.counted

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left open: all went somewhere, or somebody said why the rest lies there."""
        return self.adds_up and (not self.still_there or bool(self.explanation))


def reconcile(event: OutreachEvent, *, by: Actor) -> tuple[Reconciled, ...]:
    """Per material of an event: out, shown, given out, returned, lost, still there."""
    moved = _sums(by, event)
    held = {one.material_id: one for one in Holding.objects.visible_to(by).filter(event=event)}
    named = {key[0] for key in moved} | {pk for pk, one in held.items() if one.reserved}
    found: QuerySet[Material] = Material.objects.visible_to(by).filter(pk__in=named)
    return tuple(_reconciled(material, moved, held.get(material.pk)) for material in found)


def _reconciled(
    material: Material, moved: dict[tuple[int, Direction], int], held: Holding | None
) -> Reconciled:
    return Reconciled(
        material=material,
        out=moved.get((material.pk, Direction.OUT), 0),
        shown=moved.get((material.pk, Direction.SHOWN), 0),
        given=moved.get((material.pk, Direction.GIVEN), 0),
        returned=moved.get((material.pk, Direction.RETURNED), 0),
        lost=moved.get((material.pk, Direction.LOST), 0),
        counted=held.quantity if held else 0,
        reserved=held.reserved if held else 0,
        # said of another quantity, it says nothing of this one
        explanation=held.explanation if held and held.explained == held.quantity else "",
    )


def _sums(by: Actor, event: OutreachEvent) -> dict[tuple[int, Direction], int]:
    rows = (
        Movement.objects.visible_to(by)
        .filter(event=event)
        .order_by()
        .values_list("material_id", "direction")
        .annotate(quantity=Sum("quantity"))
    )
    return {(material, Direction(direction)): quantity for material, direction, quantity in rows}
