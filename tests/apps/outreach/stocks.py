"""Boards and booklets of an invented campaign."""

from dataclasses import dataclass

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.outreach import actions
from hearth.apps.outreach.models import Material, Movement, OutreachEvent
from hearth.apps.outreach.states import Direction, MaterialKind
from tests.apps.campaigns import building
from tests.apps.houses import House


@dataclass
class Stock:
    campaign: Campaign
    boards: Material
    event: OutreachEvent
    by: Actor
    lines: int = 0

    def move(self, direction: Direction, quantity: int) -> Movement:
        self.lines += 1
        return actions.move(
            material=self.boards,
            number=f"LS-{self.lines}",
            moved_on=building.day(30),
            direction=direction,
            quantity=quantity,
            event=None if direction == Direction.IN else self.event,
            by=self.by,
        )

    def in_stock(self) -> int:
        return Material.objects.get(pk=self.boards.pk).in_stock


def build(house: House) -> Stock:
    """To be called inside the city's scope: a stock of nothing yet."""
    by, campaign = house.officer(), building.start(house)
    boards = actions.register(
        campaign=campaign, number="WL-1", name="试验展板", kind=MaterialKind.BOARD, unit="块", by=by
    )
    event = actions.plan_event(
        campaign=campaign,
        number="KP-1",
        name="试验专场",
        school=house.county,
        held_on=building.day(30),
        person=house.person,
        by=by,
    )
    return Stock(campaign, boards, event, by)
