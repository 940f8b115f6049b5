"""Pages of the contingency plan and of duties: what is refused keeps what was typed, numbers are shown on request."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.models import Duty, Level
from hearth.apps.contingency.models import PlanB, Resource, Switch
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Role
from hearth.apps.outreach.models import OutreachEvent
from hearth.apps.papers import actions as papers
from hearth.apps.papers import queries as papers_queries
from hearth.apps.papers.models import Paper
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def things(db) -> Filled:
    things = filled.build(build())
    with scope(things.house.city.path):
        OutreachEvent.objects.update(held_on=timezone.localdate() + datetime.timedelta(days=1))
        Person.objects.filter(pk=things.house.deputy.pk).update(phone="13900007777")
    return things


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def sheet(officer: Client, things: Filled) -> tuple[str, str]:
    address = reverse("desk:plan_b_switch", args=[things.plan.pk])
    page = officer.get(address).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert seen
    return address, seen[1]


def test_looking_at_the_sheet_changes_nothing(things: Filled, officer: Client):
    sheet(officer, things)

    with scope(things.house.city.path):
        assert Switch.objects.count() == 1  # the drill that was there
        assert OutreachEvent.objects.get().place == ""


def test_a_pull_without_a_reason_is_asked_for_one_and_keeps_the_message(things: Filled, officer: Client):
    address, seen = sheet(officer, things)

    answer = officer.post(address, {"seen": seen, "why": "", "message": "请进礼堂"})

    assert answer.status_code == 422
    assert "请进礼堂" in answer.content.decode()


def test_a_sheet_that_is_out_of_date_is_shown_anew(things: Filled, officer: Client):
    address, seen = sheet(officer, things)
    with scope(things.house.city.path):
        OutreachEvent.objects.update(place="操场")

    answer = officer.post(address, {"seen": seen, "why": "雨", "message": ""})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "再看一遍" in text
    assert seen not in text


def test_numbers_to_call_are_masked_until_somebody_asks_and_that_is_recorded(things: Filled, officer: Client):
    address, seen = sheet(officer, things)
    page = officer.post(address, {"seen": seen, "why": "雨", "message": ""}, follow=True)
    assert "13900007777" not in page.content.decode()
    with scope(things.house.city.path):
        switch = Switch.objects.get(is_drill=False)

    shown = officer.post(reverse("desk:switch_calls", args=[switch.pk])).content.decode()

    assert 'href="tel:13900007777"' in shown
    with scope(things.house.city.path):
        assert Event.objects.filter(thing="contingency.switch", verb="查看电话").count() == 1


def test_nobody_is_called_about_a_switch_that_was_undone_before(things: Filled, officer: Client):
    address, seen = sheet(officer, things)
    officer.post(address, {"seen": seen, "why": "下雨", "message": "改在礼堂"})
    with scope(things.house.city.path):
        pulled = Switch.objects.get(is_drill=False)
    page = reverse("desk:switch", args=[pulled.pk])
    assert [call.is_undo for call in officer.get(page).context["calls"]] == [False, False]
    assert reverse("desk:switch", args=[pulled.pk]) in officer.get(address).content.decode()

    officer.post(reverse("desk:switch_undo", args=[pulled.pk]), {"why": "雨停了"})

    assert [call.is_undo for call in officer.get(page).context["calls"]] == [True, True]


def test_a_resource_is_kept_shown_and_dropped(things: Filled, officer: Client):
    plan = reverse("desk:contingency", args=[things.campaign.pk])
    new = reverse("desk:resource_new", args=[things.campaign.pk])
    assert officer.post(new, {"name": ""}).status_code == 422

    page = officer.post(new, {"name": "发电机", "who": "何静", "phone": "13900008888"}, follow=True)

    assert "发电机" in page.content.decode()
    assert "13900008888" not in officer.get(plan).content.decode()
    with scope(things.house.city.path):
        pk = Resource.objects.get(name="发电机").pk
    assert "13900008888" in officer.post(reverse("desk:resource_reveal", args=[pk])).content.decode()
    assert (
        "发电机”去掉了"
        in officer.post(reverse("desk:resource_drop", args=[pk]), follow=True).content.decode()
    )


def test_a_level_is_set_and_amended_and_a_taken_rank_is_said(things: Filled, officer: Client):
    new = reverse("desk:level_new", args=[things.campaign.pk])
    told = {
        "name": "特级",
        "rank": "1",
        "trigger": "红色预警",
        "lead": things.house.person.pk,
        "measures": "停办",
    }

    refused = officer.post(new, told)
    assert refused.status_code == 422
    assert "这个次序已经有一个级别" in refused.content.decode()
    officer.post(new, {**told, "rank": "9"})
    with scope(things.house.city.path):
        level = Level.objects.get(name="特级")
    officer.post(reverse("desk:level_amend", args=[level.pk]), {**told, "rank": "9", "set_on": "2026-05-16"})

    with scope(things.house.city.path):
        level.refresh_from_db()
    assert level.set_on == datetime.date(2026, 5, 16)
    assert "5月16日定" in officer.get(reverse("desk:contingency", args=[things.campaign.pk])).content.decode()


def test_a_change_without_a_content_is_refused_in_words(things: Filled, officer: Client):
    with scope(things.house.city.path):
        plan = PlanB.objects.get()
    address = reverse("desk:plan_b_prepare", args=[plan.pk])
    again = {"activity": f"outreachevent-{things.event.pk}", "what": "moved", "place": "礼堂"}

    assert "已经准备了变更" in officer.post(address, again).content.decode()
    with scope(things.house.city.path):
        dropped = plan.changes.get().pk
    officer.post(reverse("desk:change_drop", args=[dropped]))
    assert "至少填一项" in officer.post(address, {**again, "place": ""}).content.decode()


def test_a_duty_done_without_anything_to_show_is_asked_for_it(things: Filled, officer: Client):
    answer = officer.post(reverse("desk:duty_finish", args=[things.duty.pk]), {"evidence": ""})

    assert answer.status_code == 422
    assert "传一个文件" in answer.content.decode()


def test_everything_of_somebody_who_is_away_goes_to_the_deputies(things: Filled, officer: Client):
    address = reverse("desk:person_duties_hand_over", args=[things.house.person.pk])

    page = officer.post(address, {"why": "住院"}, follow=True).content.decode()

    assert "赵一的 1 件任务移交给各自的代理人了" in page
    with scope(things.house.city.path):
        assert Duty.objects.get().person == things.house.deputy


def test_a_plan_begins_with_the_duties_and_all_organs_that_issue_it(things: Filled, officer: Client):
    with scope(things.house.province.path):
        things.campaign.partners.add(things.house.sister)
    form = officer.get(reverse("desk:paper_new"), {"campaign": things.campaign.pk, "kind": "plan"})
    assert 'value="plan" selected' in form.content.decode()

    page = officer.post(
        reverse("desk:paper_new"), {"campaign": things.campaign.pk, "kind": "plan"}, follow=True
    )

    assert page.status_code == 200
    with scope(things.house.city.path):
        paper = Paper.objects.get()
    assert "机关：试验甲市科协、试验乙市科协" in paper.source
    assert "[[分工表]]" in paper.source
    assert "{{分工任务.FG-1}}" in paper.expanded
    with scope(things.house.city.path):
        papers.submit(paper=paper, by=things.by)
        needed = papers_queries.countersigns_of(Paper.objects.get())
    assert [one.organ for one in needed] == ["试验乙市科协"]
