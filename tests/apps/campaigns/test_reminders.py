"""The daily round of duties: who is told before and after a deadline, and who is left in peace."""

import datetime

import pytest
from django.utils import timezone

from hearth.apps.campaigns import actions, tasks
from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import Part
from hearth.apps.messages.models import Message
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House, build

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2020, 5, 20)


@pytest.fixture
def house():
    house = build()
    with scope(house.province.path):
        yield house


@pytest.fixture
def campaign(house: House):
    return building.start(house)


def assign(house: House, campaign, number: str, days: int, **more) -> Duty:
    return actions.assign(
        campaign=campaign,
        number=number,
        part=Part.PLAN,
        task=f"任务{number}",
        lead=house.city,
        person=house.person,
        due=TODAY + datetime.timedelta(days=days),
        by=house.officer(),
        **more,
    )


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("name", "text"))


def test_one_message_names_all_that_is_near(house, campaign):
    for number, days in (("1", 3), ("2", 0), ("3", 2), ("4", 10)):
        assign(house, campaign, number, days)
    tasks.remind_of_duties(TODAY)
    assert told() == [
        ("赵一", "今天到期：任务2（2020年试验日活动）\n还有 3 天：任务1（2020年试验日活动）"),
    ]


def test_a_late_duty_is_told_to_the_deputy_too(house, campaign):
    assign(house, campaign, "1", -1, deputy=house.deputy)
    tasks.remind_of_duties(TODAY)
    assert [name for name, _text in told()] == ["赵一", "钱二"]
    assert "迟了 1 天" in told()[0][1]


def test_what_is_done_and_what_is_archived_reminds_nobody(house, campaign):
    actions.finish(duty=assign(house, campaign, "1", 0), evidence="照片", by=house.officer())
    old = building.start(house, "旧活动")
    assign(house, old, "2", 0)
    type(old).objects.filter(pk=old.pk).update(archived_at=timezone.now())
    tasks.remind_of_duties(TODAY)
    assert told() == []
