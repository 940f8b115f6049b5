"""Starting a campaign: from nothing, as one before went, or because a notice from above asks for it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.models import Campaign, Duty, Level
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Role
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
NEW = {
    "name": "新活动",
    "theme": "",
    "starts": "2021-05-21",
    "ends": "2021-06-10",
    "basis": "",
    "parts": [Part.OUTREACH, Part.NOTICES, Part.CONTINGENCY],
}


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def started(things: Filled) -> Campaign:
    with scope(things.house.province.path):
        return Campaign.objects.select_related("previous").get(name="新活动")


def test_a_campaign_from_nothing_shows_the_parts_that_were_chosen(things: Filled, officer: Client):
    page = officer.post(reverse("desk:campaign_start"), NEW, follow=True).content.decode()
    assert "活动建好了" in page
    tabs = page.split("活动各部分")[1].split("</nav>")[0]
    assert "科普活动" in tabs
    assert "走访慰问" not in tabs
    assert started(things).parts == ["contingency", "notices", "outreach"]


def test_a_name_typed_with_its_year_says_the_year_once(things: Filled, officer: Client):
    officer.post(reverse("desk:campaign_start"), {**NEW, "name": "2021年新活动"})
    assert str(started(things)) == "2021年新活动"


def test_a_date_before_the_first_is_told_and_nothing_is_started(things: Filled, officer: Client):
    answer = officer.post(reverse("desk:campaign_start"), {**NEW, "ends": "2021-05-01"})
    assert answer.status_code == 422
    assert "早于起" in answer.content.decode()
    with scope(things.house.city.path):
        assert not Campaign.objects.filter(name="新活动").exists()


def test_as_the_one_before_duties_are_shifted_and_levels_rest(things: Filled, officer: Client):
    before = things.campaign
    address = f"{reverse('desk:campaign_start')}?before={before.pk}"
    form = officer.get(address).content.decode()
    assert f'value="{before.name}"' in form

    officer.post(address, NEW)

    with scope(things.house.city.path):
        made = started(things)
        duty = Duty.objects.get(campaign=made)
        assert (duty.task, duty.state) == (things.duty.task, DutyState.WAITING)
        assert duty.due == things.duty.due + datetime.timedelta(days=365)
        assert duty.person == things.duty.person
        assert [level.in_force_since for level in Level.objects.filter(campaign=made)] == [None]
    assert made.previous == before


def test_what_the_one_before_left_open_stands_on_its_page_until_it_is_done(things: Filled, officer: Client):
    officer.post(f"{reverse('desk:campaign_start')}?before={things.campaign.pk}", NEW)
    page = reverse("desk:campaign", args=[started(things).pk])
    left = officer.get(page).content.decode().split("上一次没办完的")[1].split("</section>")[0]
    assert things.duty.task in left
    assert str(things.case) in left
    assert str(things.suggestion) in left

    with scope(things.house.city.path):
        actions.finish(duty=things.duty, evidence="照片", by=things.by)
    left = officer.get(page).content.decode().split("上一次没办完的")[1].split("</section>")[0]
    assert things.duty.task not in left


def test_a_part_that_is_left_out_leaves_its_duties_behind(things: Filled, officer: Client):
    officer.post(
        f"{reverse('desk:campaign_start')}?before={things.campaign.pk}", {**NEW, "parts": [Part.VISITS]}
    )
    with scope(things.house.city.path):
        assert not Duty.objects.filter(campaign=started(things)).exists()
        assert not Level.objects.filter(campaign=started(things)).exists()


def test_a_notice_from_above_becomes_a_campaign_with_its_report_as_a_duty(things: Filled):
    county = visitor(Role.OFFICER, things.house.county)
    address = f"{reverse('desk:campaign_start')}?notice={things.returned.pk}"
    assert "关于组织学习讨论" in county.get(address).content.decode()
    with scope(things.house.county.path):
        person = Person.objects.create(org=things.house.county, name="吴五", kind="cadre")

    missing = county.post(address, {**NEW, "report": "报送情况"})
    assert missing.status_code == 422
    county.post(address, {**NEW, "report": "报送情况", "person": person.pk, "basis": "通知"})

    with scope(things.house.county.path):
        duty = Duty.objects.get(campaign=started(things))
        assert (duty.task, duty.person, duty.due) == ("报送情况", person, things.returned.due)


def test_somebody_elses_notice_and_campaign_are_not_found(things: Filled):
    sister = visitor(Role.OFFICER, things.house.sister)
    for query in (f"notice={things.returned.pk}", f"before={things.campaign.pk}"):
        assert sister.get(f"{reverse('desk:campaign_start')}?{query}").status_code == 404
