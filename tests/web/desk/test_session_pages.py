"""Meetings that study a campaign: recorded at the desk, chosen where suggestions are handled, written up as minutes."""

import pytest
from django.test import Client
from django.urls import reverse

from hearth.apps.campaigns.models import Session, Suggestion
from hearth.apps.campaigns.states import Handling
from hearth.apps.directory.states import Role
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
MEETING = {
    "name": "主席办公会议",
    "held_on": "2026-05-08",
    "chair": "孙玉兰",
    "attending": "市科协、市科技局",
    "decisions": "原则同意实施方案；由科普部修改后报审\n# 经费从年度预算列支",
}


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def recorded(things: Filled, officer: Client, **changes: str) -> Session:
    officer.post(reverse("desk:session_new", args=[things.campaign.pk]), {**MEETING, **changes})
    with scope(things.house.city.path):
        return Session.objects.get(campaign=things.campaign, name="主席办公会议")


def test_a_meeting_gets_the_next_number_of_its_campaign(things: Filled, officer: Client) -> None:
    held = recorded(things, officer)
    assert (held.number[:3], held.chair, held.place) == ("HY-", "孙玉兰", "")


def test_without_decisions_nothing_is_recorded_and_what_was_typed_stays(
    things: Filled, officer: Client
) -> None:
    answer = officer.post(
        reverse("desk:session_new", args=[things.campaign.pk]), {**MEETING, "decisions": " "}
    )
    assert answer.status_code == 422
    assert "孙玉兰" in answer.content.decode()


def test_minutes_hold_each_decision_and_the_suggestions_that_the_meeting_handled(
    things: Filled, officer: Client
) -> None:
    held = recorded(things, officer)
    said = {"handling": "adopted", "clause": "二、（三）", "decided_in": held.pk}
    officer.post(reverse("desk:suggestion_handle", args=[things.suggestion.pk]), said)
    assert "展板多办几场" in officer.get(reverse("desk:session", args=[held.pk])).content.decode()

    answer = officer.post(reverse("desk:session_minutes", args=[held.pk]))
    with scope(things.house.city.path):
        paper = Paper.objects.get(kind=Kind.MINUTES, subject=things.campaign.subject)
    assert answer["Location"] == reverse("desk:paper", args=[paper.pk])
    page = officer.get(answer["Location"]).content.decode()
    for words in ("孙玉兰主持召开主席办公会议", "由科普部修改后报审。", "经费从年度预算列支。", "5月8日"):
        assert words in page
    assert "二、（三）" in page
    assert "展板多办几场" in page


def test_a_suggestion_that_is_handled_without_a_meeting_names_none(things: Filled, officer: Client) -> None:
    held = recorded(things, officer)
    address = reverse("desk:suggestion_handle", args=[things.suggestion.pk])
    officer.post(address, {"handling": "adopted", "clause": "一", "decided_in": held.pk})
    officer.post(address, {"handling": "declined", "answer": "经费不够", "decided_in": ""})
    with scope(things.house.city.path):
        found = Suggestion.objects.get(pk=things.suggestion.pk)
    assert (found.handling, found.decided_in) == (Handling.DECLINED, None)


def test_a_meeting_that_is_not_of_the_campaign_cannot_be_chosen(things: Filled, officer: Client) -> None:
    address = reverse("desk:suggestion_handle", args=[things.suggestion.pk])
    answer = officer.post(address, {"handling": "adopted", "clause": "一", "decided_in": "999999"})
    assert answer.status_code == 422


def test_only_who_records_sees_the_button_and_may_record(things: Filled) -> None:
    auditor = visitor(Role.AUDITOR, things.house.city)
    address = reverse("desk:session_new", args=[things.campaign.pk])
    assert (
        address not in auditor.get(reverse("desk:consultation", args=[things.campaign.pk])).content.decode()
    )
    assert auditor.get(address).status_code == 403
