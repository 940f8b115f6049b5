"""How values are formed from records: sums, different values, first days and spans."""

from collections.abc import Iterator

import pytest

from hearth.apps.measures.queries import measure
from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.apps.outreach.states import Direction
from hearth.apps.visits import actions as visits
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.outreach import stocks
from tests.apps.outreach.stocks import Stock


@pytest.fixture
def stock(db: None) -> Iterator[Stock]:
    """One person visited on two days, and boards shown at an event."""
    house = houses.build()
    with scope(house.city.path):
        stock = stocks.build(house)
        for number in (1, 3):
            visits.record(
                campaign=stock.campaign,
                number=f"ZF-{number}",
                visited_on=building.day(27 + number),
                person=house.person,
                unit=house.enterprise,
                leader="领导乙",
                progress="样机已经做出来",
                by=stock.by,
            )
        stock.move(Direction.IN, 30)
        stock.move(Direction.OUT, 12)
        stock.move(Direction.SHOWN, 12)
        yield stock


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("走访.人数", Value(Shape.COUNT, number=1, unit="名")),
        ("走访.困难", Value(Shape.COUNT, number=0, unit="件")),
        ("走访.日期", Value(Shape.SPAN, start=building.day(28), end=building.day(30))),
        ("科普.展板", Value(Shape.COUNT, number=12, unit="块")),
        ("科普.读本", Value(Shape.COUNT, number=0, unit="册")),
        ("科普.学校", Value(Shape.COUNT, number=1, unit="所")),
        ("慰问信.刊登日", None),
    ],
)
def test_a_value_is_formed_from_the_records(stock: Stock, name: str, value: Value | None) -> None:
    assert measure(name, stock.campaign.pk).value == value


def test_each_record_tells_what_it_contributes(stock: Stock) -> None:
    measured = measure("科普.展板", stock.campaign.pk)
    assert [measured.measure.amount(record) for record in measured.records] == [12]
