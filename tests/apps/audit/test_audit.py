import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from hearth.apps.audit import actions
from hearth.apps.audit.models import Event
from hearth.lib.wall import as_owner, scope
from tests.apps import houses

CHANGES = (
    "UPDATE audit_event SET who = '别人'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
)


@pytest.fixture
def house(committed):
    return houses.build()


def trail(house) -> list[tuple[str, str]]:
    with scope(house.province.path):
        return list(Event.objects.values_list("who", "verb"))


@pytest.mark.parametrize("change", CHANGES)
def test_the_app_cannot_change_the_trail(house, change):
    before = trail(house)
    with pytest.raises(DatabaseError), scope(house.province.path), connection.cursor() as cursor:
        cursor.execute(change)
    assert trail(house) == before
    assert before


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_cannot_change_the_trail_either(house, change):
    before = trail(house)
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(change)
    assert trail(house) == before


def test_an_event_lives_and_dies_with_its_act(house):
    before = trail(house)
    with pytest.raises(RuntimeError), scope(house.city.path):
        actions.record("试", house.person, by=house.officer())
        raise RuntimeError
    assert trail(house) == before
    with scope(house.city.path):
        actions.record("试", house.person, by=house.officer())
    assert len(trail(house)) == len(before) + 1


def test_an_event_outside_a_transaction_is_refused(house):
    with pytest.raises(RuntimeError, match="in the transaction of its act"):
        actions.record("试", house.person, by=house.officer())


def test_an_event_says_who_did_what_to_what(house):
    with transaction.atomic(), scope(house.city.path):
        event = actions.record("试", house.person, by=house.officer(), why="练习")
    assert (event.who, event.verb, event.thing, event.thing_id, event.label, event.detail) == (
        "干事甲",
        "试",
        "directory.person",
        str(house.person.pk),
        "赵一",
        {"why": "练习"},
    )
    assert (event.org_id, event.org_path) == (house.city.pk, house.city.path)


def test_an_event_of_another_organisation_cannot_be_written_or_read(house):
    with pytest.raises(DatabaseError, match="row-level security"), scope(house.city.path):
        actions.record("试", house.person, by=house.officer(house.sister))
    with scope(house.sister.path):
        assert not Event.objects.filter(org_path__startswith=house.city.path).exists()


def test_without_its_trigger_the_owner_could_change_the_trail(house):
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DROP TRIGGER audit_event_keep ON audit_event")
        cursor.execute(CHANGES[0])
    assert {who for who, _ in trail(house)} == {"别人"}
