"""Two connections take the last place; two doors let the same ticket in."""

import uuid

import pytest
from django.db.models import QuerySet

from hearth.apps.outreach.actions import door, registering
from hearth.apps.outreach.models import OutreachEvent, Registration, Scan
from hearth.apps.outreach.states import Standing, Verdict
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import races
from tests.apps.outreach import visits


@pytest.fixture
def last_place(committed: str, monkeypatch: pytest.MonkeyPatch):
    """Lets two connections each take the last two places; gives what they raised, places taken, parties that hold some."""
    house = houses.build()
    with scope(house.city.path):
        opening = visits.build(house, capacity=2)

    def run() -> tuple[list[Exception | None], int, int]:
        monkeypatch.setattr(registering, "_refuse_closed", races.meeting(registering._refuse_closed))
        raised = races.together(
            house.city.path,
            lambda: opening.come(2, "a@example.cn"),
            lambda: opening.come(2, "b@example.cn"),
        )
        with scope(house.city.path):
            held = Registration.objects.filter(standing=Standing.HELD).count()
            return raised, OutreachEvent.objects.get().taken, held

    return run


def test_one_party_gets_the_last_places_and_the_other_waits(last_place) -> None:
    assert last_place() == ([None, None], 2, 1)


def test_where_the_lock_is_missed_the_database_refuses(last_place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    assert last_place() == ([None, None], 2, 1)


def test_control_without_lock_and_constraint_places_are_oversold(
    last_place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("outreach_outreachevent", "places_never_oversold")
    assert last_place() == ([None, None], 4, 2)


@pytest.fixture
def same_ticket(committed: str, monkeypatch: pytest.MonkeyPatch):
    """Lets two doors scan one ticket at once; gives the verdicts and the people counted in."""
    house = houses.build()
    with scope(house.city.path):
        opening = visits.build(house)
        code = opening.come(2).code

    def run(*keys: uuid.UUID) -> tuple[list[Exception | None], list[str], int]:
        monkeypatch.setattr(door, "_judge", races.meeting(door._judge))
        acts = [lambda key=key: opening.scan(code, key=key) for key in keys]
        raised = races.together(house.city.path, *acts)
        with scope(house.city.path):
            scans = Scan.objects.all()
            return raised, sorted(scan.verdict for scan in scans), sum(scan.people for scan in scans)

    return run


def test_two_doors_let_a_ticket_in_once(same_ticket) -> None:
    found = same_ticket(uuid.uuid4(), uuid.uuid4())
    assert found == ([None, None], [Verdict.ADMITTED, Verdict.TWICE], 2)


def test_where_the_lock_of_the_ticket_is_missed_the_database_refuses(same_ticket, monkeypatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    found = same_ticket(uuid.uuid4(), uuid.uuid4())
    assert found == ([None, None], [Verdict.ADMITTED, Verdict.TWICE], 2)


def test_control_without_lock_and_constraint_a_ticket_is_let_in_twice(same_ticket, monkeypatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_index("ticket_admitted_once")
    found = same_ticket(uuid.uuid4(), uuid.uuid4())
    assert found == ([None, None], [Verdict.ADMITTED, Verdict.ADMITTED], 4)


def test_one_scan_sent_twice_at_once_is_kept_once(same_ticket, monkeypatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    key = uuid.uuid4()
    assert same_ticket(key, key) == ([None, None], [Verdict.ADMITTED], 2)
