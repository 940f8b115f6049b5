"""Two connections add children to the same organisation at the same moment."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from hearth.apps.directory import actions
from hearth.apps.directory.models import Organisation, OrganisationQuerySet
from hearth.apps.directory.states import Kind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import races

Run = Callable[[], tuple[list[Exception | None], list[str]]]


@pytest.fixture
def both(committed: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Lets two connections each add a county; gives what they raised and the paths of the counties then."""
    house = houses.build()

    def add(name: str) -> Organisation:
        return actions.add_organisation(
            parent=house.sister,
            code=name,
            name=f"试验{name}",
            short_name=name,
            kind=Kind.COUNTY,
            by=house.officer(house.sister),
        )

    def run() -> tuple[list[Exception | None], list[str]]:
        monkeypatch.setattr(OrganisationQuerySet, "last", races.meeting(QuerySet.last))
        raised = races.together(house.sister.path, lambda: add("辰县"), lambda: add("巳县"))
        with scope(house.sister.path):
            return raised, [org.path for org in Organisation.objects.filter(parent=house.sister)]

    return run


def test_each_gets_a_path_of_its_own(both: Run) -> None:
    assert both() == ([None, None], ["0001.0002.0001.", "0001.0002.0002."])


def test_where_the_lock_is_missed_the_database_refuses(both: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    raised, paths = both()
    assert {type(error) for error in raised} == {type(None), IntegrityError}
    assert paths == ["0001.0002.0001."]


def test_control_without_lock_and_constraint_two_share_a_path(
    both: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("directory_organisation", "directory_organisation_path_key")
    assert both() == ([None, None], ["0001.0002.0001.", "0001.0002.0001."])
