"""The head of every page: one field that finds by name, and the number of things that wait."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.apps.campaigns.models import Duty
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Kind, Role
from hearth.lib.wall import scope
from hearth.web.desk import waiting
from tests.apps.exchange import building as exchanges
from tests.apps.exchange.building import SECRET_TITLE
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


def found(client, text: str) -> dict[str, list[str]]:
    groups = client.get(reverse("desk:search"), {"q": text}).context["groups"]
    return {str(group.label): [hit.label for hit in group.hits] for group in groups}


def test_a_name_is_found_kind_by_kind(things: Filled):
    officer = visitor(Role.OFFICER, things.house.city)

    assert found(officer, "试验任务1") == {"分工": ["试验任务1"]}
    assert list(found(officer, "试验日活动")) == ["活动"]
    assert found(officer, "子县") == {"组织": ["子县科协"]}
    assert list(found(officer, "关于组织学习讨论")) == ["通知"]
    assert found(officer, "赵一") == {"人员": ["赵一"]}


def test_nothing_beyond_the_wall_and_nothing_without_the_permission(things: Filled):
    assert found(visitor(Role.OFFICER, things.house.sister), "试验任务") == {}
    assert found(visitor(Role.AUDITOR, things.house.city), "试验任务") == {}


def test_a_secret_demand_is_neither_found_nor_named_by_its_title(db):
    exchange = exchanges.build()
    broker = visitor(Role.BROKER, exchange.house.city)

    assert found(broker, SECRET_TITLE) == {}
    assert found(broker, "窑内耐蚀涂层") == {"技术需求": ["窑内耐蚀涂层"]}
    assert found(broker, "粉磨中试线") == {"专家、成果、设施": ["粉磨中试线"]}


def test_of_many_ten_are_shown_with_the_way_to_all(things: Filled):
    by = Actor.house(things.house.city)
    with scope(things.house.city.path):
        for at in range(11):
            directory.add_organisation(
                parent=things.house.city,
                code=f"T{at}",
                name=f"某某学会{at}",
                short_name=f"某学会{at}",
                kind=Kind.SOCIETY,
                by=by,
            )
    answer = visitor(Role.OFFICER, things.house.city).get(reverse("desk:search"), {"q": "某某学会"})

    (group,) = answer.context["groups"]
    assert (len(group.hits), group.more.startswith(reverse("desk:organisations") + "?q=")) == (10, True)


def test_what_is_found_opens(things: Filled):
    officer = visitor(Role.OFFICER, things.house.city)
    groups = officer.get(reverse("desk:search"), {"q": "试验"}).context["groups"]

    hits = [hit.href for group in groups for hit in group.hits]
    assert len(hits) > 3
    assert {officer.get(href).status_code for href in hits} == {200}


def test_what_waits_is_counted_on_every_page_in_one_question(things: Filled):
    officer = visitor(Role.OFFICER, things.house.city)
    with scope(things.house.city.path):
        user = officer.get(reverse("desk:home")).context["user"]
        type(things.house.person).objects.filter(pk=things.house.person.pk).update(user=user)
        by = Actor(things.house.city, Role.OFFICER, user.pk, "干事")
        with CaptureQueriesContext(connection) as asked:
            assert waiting.number(by) == 3
    assert len(asked) == 1
    page = officer.get(reverse("desk:organisations")).content.decode()
    assert "提醒 <b>3</b>" in page
    assert f'action="{reverse("desk:search")}"' in page


def test_a_duty_in_time_does_not_remind(things: Filled):
    officer = visitor(Role.OFFICER, things.house.city)
    user = officer.get(reverse("desk:home")).context["user"]
    with scope(things.house.city.path):
        type(things.house.person).objects.filter(pk=things.house.person.pk).update(user=user)
        Duty.objects.filter(pk=things.duty.pk).update(due="2999-01-01")
        assert waiting.number(Actor(things.house.city, Role.OFFICER, user.pk, "干事")) == 2
