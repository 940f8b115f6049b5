"""Two brokers match at the same moment, and controls without the lock and without the constraint."""

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from hearth.apps.exchange import actions
from hearth.apps.exchange.models import Match
from hearth.lib.wall import scope
from tests.apps.campaigns.races import drop_constraint, meeting, together, unlocked
from tests.apps.exchange import building


@pytest.fixture
def x(committed):
    return building.build()


def both(x, monkeypatch) -> list[Exception | None]:
    monkeypatch.setattr(actions, "_known", meeting(actions._known))
    act = lambda: actions.match_all(campaign=x.campaign, by=x.by)  # noqa: E731
    return together(x.house.city.path, act, act)


def matches(x) -> int:
    with scope(x.house.city.path):
        return Match.objects.count()


def test_the_lock_lets_both_through_with_every_match_once(x, monkeypatch):
    assert both(x, monkeypatch) == [None, None]
    assert matches(x) == 6


def test_without_the_lock_the_constraint_stops_one(x, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    raised = both(x, monkeypatch)
    assert [type(error) for error in raised if error] == [IntegrityError]
    assert matches(x) == 6


def test_without_lock_and_constraint_every_match_is_doubled(x, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    drop_constraint("exchange_match", "match_once")
    assert both(x, monkeypatch) == [None, None]
    assert matches(x) == 12
