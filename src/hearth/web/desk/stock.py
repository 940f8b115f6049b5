"""How the materials of a campaign stand: what came in, went out, was given, came back, got lost, and lies where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.outreach import queries
from hearth.apps.outreach.models import Material
from hearth.apps.outreach.states import Direction


@dataclass(frozen=True)
class Account:
    """One material. ``at_events`` was taken out and neither given, brought back nor lost."""

    material: Material
    came_in: int
    out: int
    given: int
    returned: int
    lost: int

    @property
    def at_events(self) -> int:
        return self.out - self.given - self.returned - self.lost


def accounts(campaign: Campaign, by: Actor) -> tuple[Account, ...]:
    """Every material in its order: two questions, however long the ledger is."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = queries.movements(by, campaign=campaign).order_by().values_list("material_id", "direction")
    for material_id, direction, quantity in rows.annotate(quantity=Sum("quantity")):
        sums[material_id][direction] = quantity
    return tuple(_account(one, sums[one.pk]) for one in queries.materials(by, campaign=campaign))


def _account(material: Material, moved: dict[str, int]) -> Account:
    return Account(
        material=material,
        came_in=moved[Direction.IN],
        out=moved[Direction.OUT],
        given=moved[Direction.GIVEN],
        returned=moved[Direction.RETURNED],
        lost=moved[Direction.LOST],
    )
