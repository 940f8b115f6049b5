"""Two people pull the same plan B at the same moment."""

from types import NoneType

import pytest
from django.db.models import QuerySet

from hearth.apps.contingency import queries
from hearth.apps.contingency.actions import SwitchRefused, switching
from hearth.apps.contingency.models import Switch
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import races
from tests.apps.contingency import storms


@pytest.fixture
def both_pull(committed: str, monkeypatch: pytest.MonkeyPatch):
    """Lets two connections pull at once; gives what they raised and how many switches there are."""
    house = houses.build()
    with scope(house.city.path):
        storm = storms.build(house)
        mark = queries.outlook(storm.plan, by=storm.by).mark

    def run() -> tuple[list[type], int]:
        monkeypatch.setattr(switching, "_refuse_standing", races.meeting(switching._refuse_standing))
        act = lambda: storm.pull(storm.plan, seen=mark)  # noqa: E731
        raised = races.together(house.city.path, act, act)
        with scope(house.city.path):
            return sorted(
                (type(one) for one in raised), key=lambda kind: kind.__name__
            ), Switch.objects.count()

    return run


def test_one_pulls_and_the_other_is_told_to_look_again(both_pull) -> None:
    assert both_pull() == ([NoneType, SwitchRefused], 1)


def test_where_the_lock_is_missed_the_database_refuses(both_pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("contingency_switch", "switch_number_once")
    assert both_pull() == ([NoneType, SwitchRefused], 1)


def test_control_without_lock_and_constraint_it_is_pulled_twice(
    both_pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("contingency_switch", "switch_number_once")
    races.drop_index("plan_pulled_once")
    assert both_pull() == ([NoneType, NoneType], 2)
