"""Materials kept for an event, and differences that somebody explains."""

from collections.abc import Iterator

import pytest

from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import Holding, Material, Movement
from hearth.apps.outreach.states import Direction
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.outreach import stocks
from tests.apps.outreach.stocks import Stock


@pytest.fixture
def stock(db: None) -> Iterator[Stock]:
    """Thirty boards, twelve of them kept for another event."""
    house = houses.build()
    with scope(house.city.path):
        found = stocks.build(house)
        found.move(Direction.IN, 30)
        found.other = actions.plan_event(  # type: ignore[attr-defined]
            campaign=found.campaign,
            number="KP-2",
            name="别的专场",
            school=house.county,
            held_on=building.day(31),
            person=house.person,
            by=found.by,
        )
        actions.reserve(material=found.boards, event=found.other, quantity=12, by=found.by)  # type: ignore[attr-defined]
        yield found


def reserved() -> tuple[int, int]:
    return Material.objects.get().reserved, sum(one.reserved for one in Holding.objects.all())


def test_what_is_kept_for_another_event_does_not_leave(stock: Stock) -> None:
    with pytest.raises(OutreachRefused, match="最多 18 块：在库 30，其中 12 留给别的场次"):
        stock.move(Direction.OUT, 19)
    stock.move(Direction.OUT, 18)
    assert (stock.in_stock(), reserved()) == (12, (12, 12))


def test_what_leaves_for_an_event_is_first_what_was_kept_for_it(stock: Stock) -> None:
    stock.event = stock.other  # type: ignore[attr-defined]
    stock.move(Direction.OUT, 10)
    assert reserved() == (2, 2)
    stock.move(Direction.OUT, 5)
    assert (stock.in_stock(), reserved()) == (15, (0, 0))


def test_keeping_again_replaces_and_nothing_gives_back(stock: Stock) -> None:
    actions.reserve(material=stock.boards, event=stock.event, quantity=18, by=stock.by)
    with pytest.raises(OutreachRefused, match="最多 18 块"):
        actions.reserve(material=stock.boards, event=stock.event, quantity=19, by=stock.by)
    actions.reserve(material=stock.boards, event=stock.event, quantity=0, by=stock.by)
    assert reserved() == (12, 12)


def test_an_arrival_is_not_corrected_below_what_is_kept(stock: Stock) -> None:
    with pytest.raises(OutreachRefused, match="至少 12 块：入库以后已经出库和留出这么多"):
        actions.amend_movement(movement=Movement.objects.get(), quantity=11, by=stock.by)


def test_a_difference_is_explained_until_the_next_movement(stock: Stock) -> None:
    stock.move(Direction.OUT, 10)
    stock.move(Direction.RETURNED, 7)
    with pytest.raises(OutreachRefused, match="要写明为什么"):
        actions.explain(material=stock.boards, event=stock.event, explanation=" ", by=stock.by)
    assert [one.is_settled for one in queries.reconcile(stock.event, by=stock.by)] == [False]
    actions.explain(material=stock.boards, event=stock.event, explanation="留在校园橱窗", by=stock.by)
    assert [one.is_settled for one in queries.reconcile(stock.event, by=stock.by)] == [True]
    stock.move(Direction.RETURNED, 1)
    assert [one.is_settled for one in queries.reconcile(stock.event, by=stock.by)] == [False]
    stock.move(Direction.RETURNED, 2)
    with pytest.raises(OutreachRefused, match="已经对上"):
        actions.explain(material=stock.boards, event=stock.event, explanation="多了", by=stock.by)
