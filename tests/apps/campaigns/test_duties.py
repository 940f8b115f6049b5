"""Duties: who is told of them, how they pass to the deputy, how they stand for whoever directs, and where a reminder is filed."""

import dataclasses
import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from icalendar import Calendar

from hearth.apps.audit.models import Event
from hearth.apps.campaigns import actions, queries, rules, tasks
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.rules import Risk
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Person
from hearth.apps.files import actions as files
from hearth.apps.messages.models import Message
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build()
    with scope(house.province.path):
        yield house


@pytest.fixture
def campaign(house: House) -> Campaign:
    return building.start(house)


def entrust(house: House, campaign: Campaign, **more) -> Duty:
    told = {
        "part": Part.PLAN,
        "task": "写方案",
        "lead": house.city,
        "person": house.person,
        "deputy": house.deputy,
        "due": timezone.localdate(),
        **more,
    }
    return actions.entrust(campaign=campaign, by=house.officer(), **told)


def told() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("name", "subject"))


def test_who_gets_a_task_and_who_stands_in_is_told(house: House, campaign: Campaign):
    duty = entrust(house, campaign)

    assert duty.number == "FG-001"
    assert told() == [("赵一", "请您负责：写方案"), ("钱二", "请您代理：写方案")]


def test_the_same_person_cannot_stand_in_for_himself(house: House, campaign: Campaign):
    with pytest.raises(CampaignRefused, match="另一个人"):
        entrust(house, campaign, deputy=house.person)
    assert (Duty.objects.count(), told()) == (0, [])


def test_moved_to_another_part_a_task_keeps_its_person_and_nobody_is_told(house: House, campaign: Campaign):
    duty = entrust(house, campaign)
    before = told()

    moved = actions.amend_duty(duty=duty, part=Part.VISITS, lead=house.county, by=house.officer())

    assert (moved.person, moved.deputy) == (house.person, house.deputy)
    assert told() == before


def test_another_person_is_told_and_so_is_the_one_before(house: House, campaign: Campaign):
    duty = entrust(house, campaign, deputy=None)

    actions.amend_duty(duty=duty, person=house.deputy, by=house.officer())

    assert told()[1:] == [("钱二", "请您负责：写方案"), ("赵一", "不再由您负责：写方案")]


def test_a_new_deadline_is_told_to_both(house: House, campaign: Campaign):
    duty = entrust(house, campaign)

    actions.amend_duty(duty=duty, due=duty.due + datetime.timedelta(days=1), by=house.officer())

    assert told()[2:] == [("赵一", "期限改了：写方案"), ("钱二", "期限改了：写方案")]


def test_handed_over_and_back_a_task_is_as_before(house: House, campaign: Campaign):
    duty = entrust(house, campaign)

    handed = actions.hand_over(duties=[duty], why="出差", by=house.officer())[0]
    assert (handed.person, handed.deputy) == (house.deputy, house.person)
    assert told()[2:] == [("钱二", "移交给您：写方案"), ("赵一", "已移交：写方案")]

    back = actions.hand_over(duties=[handed], why="回来了", by=house.officer())[0]
    assert (back.person, back.deputy) == (house.person, house.deputy)


def test_without_a_deputy_nothing_is_handed_over(house: House, campaign: Campaign):
    first, alone = entrust(house, campaign), entrust(house, campaign, task="收材料", deputy=None)

    with pytest.raises(CampaignRefused, match="收材料”没有代理人"):
        actions.hand_over(duties=[first, alone], why="出差", by=house.officer())

    first.refresh_from_db()
    assert first.person == house.person


def test_a_reminder_is_filed_on_the_task_itself(house: House, campaign: Campaign):
    duty = entrust(house, campaign, due=timezone.localdate() - datetime.timedelta(days=1))

    tasks.remind_of_duties(timezone.localdate())

    filed = Event.objects.get(thing="campaigns.duty", thing_id=str(duty.pk), verb="提醒")
    assert filed.detail == {"to": ["赵一", "钱二"]}


def test_a_file_is_evidence(house: House, campaign: Campaign):
    by = house.officer()
    with scope(house.city.path):
        kept = files.keep(name="签收单.pdf", data=b"%PDF-1.4\n%%EOF\n", by=by)
        done = actions.finish(duty=entrust(house, campaign), evidence="", file=kept, by=by)
        board = queries.board(campaign, on=timezone.localdate(), by=by)

    assert done.state == DutyState.DONE
    assert board.proven == (done,)


TODAY = datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "state", "has_deputy", "risks"),
    [
        (3, DutyState.RUNNING, True, (Risk.CLOSE,)),
        (4, DutyState.RUNNING, True, ()),
        (7, DutyState.WAITING, True, (Risk.NOT_BEGUN,)),
        (8, DutyState.WAITING, True, ()),
        (30, DutyState.WAITING, False, (Risk.ALONE,)),
        (0, DutyState.WAITING, False, (Risk.CLOSE, Risk.ALONE)),
    ],
)
def test_what_may_come_late(days: int, state: DutyState, has_deputy: bool, risks: tuple):
    assert rules.risks(state, TODAY + datetime.timedelta(days=days), has_deputy, TODAY) == risks


def test_the_board_tells_late_from_endangered_and_proven_from_bare(house: House, campaign: Campaign):
    by, today = house.officer(), timezone.localdate()
    late = entrust(house, campaign, due=today - datetime.timedelta(days=1))
    near = entrust(house, campaign, due=today)
    calm = entrust(house, campaign, due=today + datetime.timedelta(days=30))
    proven = actions.finish(duty=entrust(house, campaign), evidence="签收单", by=by)
    bare = actions.finish(duty=entrust(house, campaign), evidence="", by=by)

    board = queries.board(campaign, on=today, by=by)

    assert (board.late, board.calm, board.proven, board.bare) == ((late,), (calm,), (proven,), (bare,))
    assert [one.duty for one in board.at_risk] == [near]


def test_a_person_sees_his_own_across_campaigns_and_those_he_stands_in_for(house: House, campaign: Campaign):
    today = timezone.localdate()
    other = building.start(house, "另一个活动")
    late = entrust(house, campaign, due=today - datetime.timedelta(days=1))
    soon = entrust(house, other, due=today + datetime.timedelta(days=7))
    later = entrust(house, other, due=today + datetime.timedelta(days=8))

    mine = queries.load_of(house.person, by=house.officer())
    his = queries.load_of(house.deputy, by=house.officer())

    assert (mine.late, mine.soon, mine.later) == ((late,), (soon,), (later,))
    assert his.standing_in == (late, soon, later)


def test_the_calendar_has_each_deadline_as_a_day(house: House, campaign: Campaign):
    duty = entrust(house, campaign)

    entry = Calendar.from_ical(queries.calendar_of([duty])).walk("VEVENT")[0]

    assert str(entry["summary"]) == "到期：写方案"
    assert entry.decoded("dtstart") == duty.due


def test_who_gives_a_task_to_himself_is_not_told(house: House, campaign: Campaign):
    user = get_user_model().objects.create(username="own")
    Person.objects.filter(pk=house.person.pk).update(user=user)
    by = dataclasses.replace(house.officer(), user_id=user.pk)
    own = Person.objects.get(pk=house.person.pk)

    actions.entrust(
        campaign=campaign, part=Part.PLAN, task="写", lead=house.city, person=own, due=campaign.ends, by=by
    )

    assert told() == []
