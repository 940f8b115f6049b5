"""Two connections take out the last boards."""

import pytest
from django.db.models import QuerySet

from hearth.apps.outreach import actions
from hearth.apps.outreach.actions import OutreachRefused, materials
from hearth.apps.outreach.models import Material, Movement
from hearth.apps.outreach.states import Direction
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building, races
from tests.apps.outreach import stocks


@pytest.fixture
def taken(committed: str, monkeypatch: pytest.MonkeyPatch):
    """Lets two connections each take out all ten boards; gives what they raised and what is in stock then."""
    house = houses.build()
    with scope(house.city.path):
        stock = stocks.build(house)
        stock.move(Direction.IN, 10)

    def take(number: str) -> object:
        return actions.move(
            material=stock.boards,
            number=number,
            moved_on=building.day(30),
            direction=Direction.OUT,
            quantity=10,
            event=stock.event,
            by=stock.by,
        )

    def run() -> tuple[list[Exception | None], int, int]:
        monkeypatch.setattr(
            materials, "_refuse_wrong_quantity", races.meeting(materials._refuse_wrong_quantity)
        )
        raised = races.together(house.city.path, lambda: take("LS-甲"), lambda: take("LS-乙"))
        with scope(house.city.path):
            out = Movement.objects.filter(direction=Direction.OUT).count()
            return raised, Material.objects.get().in_stock, out

    return run


def test_one_takes_the_last_boards_and_the_other_is_told_how_many_are_left(taken) -> None:
    raised, in_stock, out = taken()
    assert [type(error) for error in sorted(raised, key=bool)] == [type(None), OutreachRefused]
    assert "最多 0 块" in str(sorted(raised, key=bool)[1])
    assert (in_stock, out) == (0, 1)


def test_where_the_lock_is_missed_the_database_refuses(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    raised, in_stock, out = taken()
    assert "库存刚刚被别人动用" in str(sorted(raised, key=bool)[1])
    assert (in_stock, out) == (0, 1)


def test_control_without_lock_and_constraint_stock_goes_below_nothing(
    taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("outreach_material", "stock_never_negative")
    assert taken() == ([None, None], -10, 2)
