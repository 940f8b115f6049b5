"""The ledger of materials: what it refuses, what a correction does, and that it adds up."""

from collections.abc import Iterator

import pytest

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import Movement
from hearth.apps.outreach.states import Direction, MaterialKind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.outreach import stocks
from tests.apps.outreach.stocks import Stock


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def stock(house: houses.House) -> Iterator[Stock]:
    with scope(house.city.path):
        yield stocks.build(house)


@pytest.fixture
def shown(stock: Stock) -> Stock:
    """Thirty boards came in, twelve went to the event and were shown, ten came back, one broke."""
    stock.move(Direction.IN, 30)
    stock.move(Direction.OUT, 12)
    stock.move(Direction.SHOWN, 12)
    stock.move(Direction.RETURNED, 10)
    stock.move(Direction.LOST, 1)
    return stock


def line(stock: Stock, direction: Direction) -> Movement:
    found: Movement = Movement.objects.get(direction=direction)
    return found


def test_an_event_adds_up(shown: Stock) -> None:
    (row,) = queries.reconcile(shown.event, by=shown.by)
    assert (row.out, row.shown, row.given, row.returned, row.lost) == (12, 12, 0, 10, 1)
    assert (row.still_there, row.counted, row.adds_up) == (1, 1, True)
    assert shown.in_stock() == 28


@pytest.mark.parametrize(
    ("direction", "quantity", "said"),
    [
        (Direction.OUT, 29, "最多 28 块：库里只有这么多"),
        (Direction.GIVEN, 2, "最多 1 块：活动现场只有这么多"),
        (Direction.RETURNED, 2, "最多 1 块"),
        (Direction.LOST, 2, "最多 1 块"),
        (Direction.SHOWN, 2, "最多 1 块"),
        (Direction.IN, 0, "至少 1 块"),
    ],
)
def test_no_more_moves_than_is_there(shown: Stock, direction: Direction, quantity: int, said: str) -> None:
    lines, events = Movement.objects.count(), Event.objects.count()
    with pytest.raises(OutreachRefused, match=said):
        shown.move(direction, quantity)
    assert (Movement.objects.count(), Event.objects.count(), shown.in_stock()) == (lines, events, 28)


@pytest.mark.parametrize(
    ("direction", "quantity", "in_stock", "still_there"),
    [
        (Direction.IN, 40, 38, 1),
        (Direction.OUT, 13, 27, 2),
        (Direction.RETURNED, 11, 29, 0),
        (Direction.LOST, 2, 28, 0),
        (Direction.SHOWN, 9, 28, 1),
    ],
)
def test_a_correction_moves_stock_and_event_along(
    shown: Stock, direction: Direction, quantity: int, in_stock: int, still_there: int
) -> None:
    actions.amend_movement(movement=line(shown, direction), quantity=quantity, by=shown.by)
    (row,) = queries.reconcile(shown.event, by=shown.by)
    assert (shown.in_stock(), row.still_there, row.adds_up) == (in_stock, still_there, True)
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.detail["now"]) == ("更正数量", quantity)


@pytest.mark.parametrize(
    ("direction", "quantity", "said"),
    [
        (Direction.IN, 1, "至少 2 块：入库以后已经出库这么多"),
        (Direction.OUT, 11, "至少 12 块：活动现场已经展出这么多"),
        (Direction.OUT, 41, "最多 40 块：库里只有这么多"),
        (Direction.RETURNED, 12, "最多 11 块"),
        (Direction.SHOWN, 13, "最多 12 块"),
        (Direction.LOST, 0, "至少 1 块"),
    ],
)
def test_no_correction_takes_away_what_later_lines_rest_on(
    shown: Stock, direction: Direction, quantity: int, said: str
) -> None:
    with pytest.raises(OutreachRefused, match=said):
        actions.amend_movement(movement=line(shown, direction), quantity=quantity, by=shown.by)
    assert shown.in_stock() == 28


def test_what_was_given_out_keeps_its_taking_out(stock: Stock) -> None:
    stock.move(Direction.IN, 10)
    stock.move(Direction.OUT, 10)
    stock.move(Direction.GIVEN, 8)
    with pytest.raises(OutreachRefused, match="至少 8 块：出库以后已经发放"):
        actions.amend_movement(movement=line(stock, Direction.OUT), quantity=7, by=stock.by)


def test_a_used_number_is_refused_and_moves_nothing(shown: Stock) -> None:
    shown.lines -= 1
    with pytest.raises(OutreachRefused, match=r"编号“LS-5”已经用过"):
        shown.move(Direction.OUT, 1)
    assert shown.in_stock() == 28


def test_an_arrival_names_no_event_and_all_else_does(stock: Stock) -> None:
    def move(direction: Direction, event: object) -> None:
        actions.move(
            material=stock.boards,
            number="LS-9",
            moved_on=building.day(30),
            direction=direction,
            quantity=1,
            event=event,  # type: ignore[arg-type]
            by=stock.by,
        )

    with pytest.raises(OutreachRefused, match="入库不写科普活动"):
        move(Direction.IN, stock.event)
    with pytest.raises(OutreachRefused, match="要写明是哪一场"):
        move(Direction.OUT, None)


def test_materials_stay_within_their_campaign(house: houses.House, stock: Stock) -> None:
    other = actions.register(
        campaign=building.start(house, "别的活动"),
        number="WL-1",
        name="别的展板",
        kind=MaterialKind.BOARD,
        unit="块",
        by=stock.by,
    )
    stock.boards = other
    with pytest.raises(OutreachRefused, match="不属于同一个活动"):
        stock.move(Direction.OUT, 1)


def test_an_event_is_corrected_and_the_fields_are_audited(stock: Stock) -> None:
    event = actions.amend_event(event=stock.event, attendance=420, place="操场", by=stock.by)
    assert (event.attendance, event.place, event.name) == (420, "操场", "试验专场")
    last = Event.objects.first()
    assert last is not None
    assert last.detail == {"fields": ["attendance", "place"]}


def test_a_broker_records_nothing(house: houses.House, stock: Stock) -> None:
    stock.by = Actor(org=house.city, role=Role.BROKER, user_id=None, name="经纪人丙")
    with pytest.raises(OutreachRefused, match="经纪人丙 的角色不能登记"):
        stock.move(Direction.IN, 1)


def test_lists_are_searched_and_filtered_within_the_tree(house: houses.House, shown: Stock) -> None:
    by = shown.by
    assert [m.direction for m in queries.movements(by, direction="lost")] == ["lost"]
    assert queries.movements(by, search="LS-3").get().direction == "shown"
    assert queries.movements(by, material=shown.boards, event=shown.event).count() == 4
    assert queries.events(by, search="子县").count() == 1
    assert queries.materials(by, kind="gift").count() == 0
    assert queries.materials(by, campaign=shown.campaign, search="展板").count() == 1
    assert queries.events(house.officer(house.county)).count() == 0


def test_lists_ask_the_same_number_of_questions_for_more_rows(
    house: houses.House, shown: Stock, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len([str(movement) for movement in queries.movements(shown.by)]) == 5
    with django_assert_num_queries(3):  # type: ignore[operator]
        queries.reconcile(shown.event, by=shown.by)
