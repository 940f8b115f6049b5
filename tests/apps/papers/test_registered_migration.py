"""Papers that were issued under a number before there was a 发文登记."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.papers import actions, queries
from hearth.apps.papers.models import Paper, Registration
from hearth.apps.papers.states import State
from hearth.lib.wall import scope
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

register = import_module("hearth.apps.papers.migrations.0007_registered").register


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        yield desk


def issued_before(desk: Desk, *numbers: str) -> list[Paper]:
    """Papers as they were before: with a number and without a registration."""
    papers = [desk.signed(desks.source()) for _ in numbers]
    for paper, number in zip(papers, numbers, strict=True):
        Paper.objects.filter(pk=paper.pk).update(
            state=State.ISSUED, issued_at=timezone.now() - timedelta(days=9), number=number
        )
        paper.refresh_from_db()
    return papers


def registered() -> list[tuple[str, int | None, bool]]:
    rows = Registration.objects.order_by("paper_id")
    return [(row.number, row.serial, row.series is not None) for row in rows]


def told() -> dict[str, Any]:
    return Event.objects.get(verb="补登发文登记").detail


def test_old_papers_are_registered_as_of_their_issue(desk: Desk) -> None:
    paper, _ = issued_before(desk, "甲科发〔2020〕3号", "第5期")
    register(apps, None)
    assert registered() == [("甲科发〔2020〕3号", 3, True), ("第5期", None, False)]
    row = Registration.objects.get(paper=paper)
    assert (row.recipients, row.given_by, row.given_at) == ("各县区科协", "系统升级", paper.issued_at)
    assert told() == {"补登": 2, "重号": [], "缺号": []}


def test_the_series_goes_on_after_them_and_has_no_gap(desk: Desk) -> None:
    issued_before(desk, "甲科发〔2020〕3号", "甲科发〔2020〕16号")
    register(apps, None)
    assert desk.issued(desks.source("甲科发〔2020〕号")).number == "甲科发〔2020〕17号"
    assert [(one.given, one.missing) for one in queries.series_of(desk.officer)] == [(1, 0)]


def test_a_number_in_two_spellings_is_told_and_kept_as_it_is(desk: Desk) -> None:
    issued_before(desk, "甲科发〔2020〕3号", "甲科发〔2020〕第3号")
    register(apps, None)
    assert registered() == [("甲科发〔2020〕3号", 3, True), ("甲科发〔2020〕第3号", None, False)]
    assert told()["重号"] == ["甲科发〔2020〕第3号"]


def test_a_series_in_use_goes_on_after_the_highest_and_its_gap_is_told(desk: Desk) -> None:
    issued_before(desk, "甲科发〔2020〕9号")
    desk.issued(desks.source("甲科发〔2020〕号"))
    register(apps, None)
    assert desk.issued(desks.source("甲科发〔2020〕号")).number == "甲科发〔2020〕10号"
    assert told()["缺号"] == ["甲科发〔2020〕1至9号中缺7个"]


def test_papers_that_were_not_issued_or_have_a_registration_are_left_alone(desk: Desk) -> None:
    desk.signed(desks.source("甲科发〔2020〕8号"))
    desk.issued(desks.source("甲科发〔2020〕1号"))
    register(apps, None)
    assert registered() == [("甲科发〔2020〕1号", 1, True)]
    assert not Event.objects.filter(verb="补登发文登记").exists()


def test_a_number_of_a_registered_paper_cannot_be_given_again(desk: Desk) -> None:
    issued_before(desk, "甲科发〔2020〕3号")
    register(apps, None)
    with pytest.raises(actions.PaperRefused, match="已经用在"):
        desk.issued(desks.source("甲科发〔2020〕3号"))


def test_running_it_twice_changes_nothing(desk: Desk) -> None:
    issued_before(desk, "甲科发〔2020〕3号")
    register(apps, None)
    register(apps, None)
    assert registered() == [("甲科发〔2020〕3号", 3, True)]
