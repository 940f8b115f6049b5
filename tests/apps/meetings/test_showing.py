"""A forum's public copy: day, place and a few numbers; no word of a demand, an enterprise or an expert."""

import pytest

from hearth.apps.catalogue import queries as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange.models import Demand
from hearth.apps.meetings import actions, queries
from hearth.apps.meetings.actions import ForumRefused
from hearth.lib.wall import scope
from tests.apps.exchange import building as exchanging
from tests.apps.exchange.building import Exchange
from tests.apps.meetings import building


@pytest.fixture
def x(db) -> Exchange:
    built = exchanging.build()
    with scope(built.house.city.path):
        yield built


def test_the_numbers_are_those_of_the_day_it_was_published(x: Exchange):
    forum = building.invited(x)
    with scope(x.house.city.path):
        shown = actions.publish(forum=forum, agreements=3, by=x.by)
        demands = Demand.objects.filter(campaign=x.campaign).count()
    assert (shown.demands, shown.meetings, shown.agreements) == (demands, 2, 3)


def test_no_word_of_a_demand_or_a_party_is_copied(x: Exchange):
    forum = building.invited(x)
    with scope(x.house.city.path):
        shown = actions.publish(forum=forum, agreements=0, by=x.by)
        names = {demand.title for demand in Demand.objects.all()} | {x.house.enterprise.name}
        entry = catalogue.listed().defer(None).get()
    told = f"{[getattr(shown, field.name) for field in shown._meta.fields]}{entry.title}{entry.text}{entry.organ}"
    assert [name for name in names if name in told] == []


def test_withdrawn_it_is_gone(x: Exchange):
    forum = building.open_forum(x)
    with scope(x.house.city.path):
        actions.publish(forum=forum, agreements=0, by=x.by)
        actions.withdraw(forum=forum, by=x.by)
        assert (queries.public_forums().count(), catalogue.listed().count()) == (0, 0)
        with pytest.raises(ForumRefused, match="没有公开"):
            actions.withdraw(forum=forum, by=x.by)


def test_who_does_not_manage_forums_publishes_none(x: Exchange):
    forum = building.open_forum(x)
    with scope(x.house.city.path), pytest.raises(ForumRefused, match="请干事或经纪人"):
        actions.publish(forum=forum, agreements=0, by=Actor(x.house.city, Role.EXPERT, None, "专家"))
