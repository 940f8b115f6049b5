"""A forum in a plan B: its slots, what either side was told of its meetings, and who is told, beyond the wall too."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from hearth.apps.catalogue import queries as catalogue
from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.actions import SwitchRefused
from hearth.apps.contingency.models import Switch
from hearth.apps.contingency.states import What
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Role
from hearth.apps.meetings import actions as meetings
from hearth.apps.meetings import queries as forums
from hearth.apps.meetings.models import Appointment, Forum
from hearth.apps.messages.models import Message
from hearth.lib.wall import scope
from tests.apps.exchange import building as exchange
from tests.apps.exchange.building import Exchange
from tests.apps.meetings import building

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + datetime.timedelta(days=3)


@pytest.fixture
def x() -> Exchange:
    return exchange.build()


@pytest.fixture
def forum(x: Exchange):
    """In three days, with a timetable; the enterprise has somebody with an account."""
    with scope(x.house.city.path):
        user = get_user_model().objects.create(username="boss", name="厂长")
        directory.appoint(user=user, org=x.house.enterprise, role=Role.COMPANY, by=Actor.house(x.house.city))
        building.invited(x)
        Forum.objects.update(held_on=SOON)
        meetings.timetable(forum=Forum.objects.get(), seconds=5, by=x.by)
        yield Forum.objects.get()


def plan(x: Exchange, forum: Forum, what: What, **more):
    made = actions.make_plan(
        campaign=x.campaign,
        name=f"预案{what}",
        trigger="停电",
        set_on=SOON,
        lead=x.house.person,
        message="改了",
        by=x.by,
    )
    actions.prepare(of=made, activity=forum, what=what, by=x.by, **more)
    return made


def pull(x: Exchange, made) -> Switch:
    mark = queries.outlook(made, by=x.by).mark
    return actions.pull(of=made, why="停电", message="改了", seen=mark, by=x.by)


def told_of() -> list[tuple]:
    return sorted(Appointment.objects.values_list("held_on", "starts", "place"))


def test_a_moved_forum_takes_its_slots_and_appointments_along_and_back(x: Exchange, forum: Forum):
    before = told_of()
    assert before

    switch = pull(x, plan(x, forum, What.MOVED, starts=datetime.time(14), place="乙厅"))

    assert [slot.starts.hour for slot in forum.slots.all()] == [14, 14, 15, 15]
    assert {(place, starts >= datetime.time(14)) for _, starts, place in told_of()} == {("乙厅", True)}
    actions.undo(switch=switch, why="来电了", by=x.by)
    assert told_of() == before
    assert [slot.starts.hour for slot in forum.slots.all()] == [9, 9, 10, 10]


def test_a_cancelled_forum_has_no_appointments_until_it_takes_place_after_all(x: Exchange, forum: Forum):
    before = told_of()

    switch = pull(x, plan(x, forum, What.CANCELLED))

    assert told_of() == []
    actions.undo(switch=switch, why="来电了", by=x.by)
    assert told_of() == before


def public_pages() -> tuple[list[tuple], int]:
    """Day and place of every public page, and how many the public search lists."""
    return list(forums.public_forums().values_list("held_on", "place")), catalogue.listed().count()


def test_the_public_page_of_a_cancelled_forum_is_back_when_it_takes_place_after_all(
    x: Exchange, forum: Forum
):
    meetings.publish(forum=forum, agreements=0, by=x.by)
    before = public_pages()
    assert before == ([(SOON, forum.place)], 1)

    switch = pull(x, plan(x, forum, What.CANCELLED))

    assert public_pages() == ([], 0)
    actions.undo(switch=switch, why="来电了", by=x.by)
    assert public_pages() == before


def test_a_public_page_that_somebody_withdrew_stays_withdrawn(x: Exchange, forum: Forum):
    meetings.publish(forum=forum, agreements=0, by=x.by)
    meetings.withdraw(forum=forum, by=x.by)

    switch = pull(x, plan(x, forum, What.CANCELLED))
    actions.undo(switch=switch, why="来电了", by=x.by)

    assert public_pages() == ([], 0)


def test_the_public_search_tells_where_a_moved_forum_is_now(x: Exchange, forum: Forum):
    meetings.publish(forum=forum, agreements=0, by=x.by)

    pull(x, plan(x, forum, What.MOVED, place="乙厅"))

    assert catalogue.listed().defer(None).get().text == "乙厅"


def test_a_forum_that_would_end_on_the_next_day_is_not_moved_at_all(x: Exchange, forum: Forum):
    made = plan(x, forum, What.MOVED, starts=datetime.time(23))

    with pytest.raises(SwitchRefused, match="第二天"):
        pull(x, made)

    assert Switch.objects.count() == 0
    assert [slot.starts.hour for slot in forum.slots.all()] == [9, 9, 10, 10]


def test_who_answers_for_the_enterprise_is_told_and_who_has_only_a_phone_is_called(x: Exchange, forum: Forum):
    Person.objects.filter(pk=x.house.person.pk).update(phone="13900009999")

    switch = pull(x, plan(x, forum, What.MOVED, place="乙厅"))

    assert "厂长" in Message.objects.filter(subject="有变动：试验对接会").values_list("name", flat=True)
    assert switch.told >= 1
    assert switch.to_call == switch.calls.count() > 0


def test_somebody_beyond_the_wall_is_told_in_his_own_scope(x: Exchange, forum: Forum):
    user = get_user_model().objects.create(username="far", name="所联络员")
    with scope(x.house.province.path):
        directory.appoint(user=user, org=x.institute, role=Role.LIAISON, by=Actor.house(x.house.province))
    meetings.arrange(forum=forum, company=x.house.enterprise, organisation=x.institute, topic="钢渣", by=x.by)

    pull(x, plan(x, forum, What.MOVED, place="乙厅"))

    assert "所联络员" not in Message.objects.values_list("name", flat=True)
    with scope(x.institute.path):
        assert Message.objects.get(name="所联络员").subject == "有变动：试验对接会"
