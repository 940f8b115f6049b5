"""Every save keeps a version that nobody changes; two are compared; an earlier one comes back as a new save."""

import pytest
from django.db import DatabaseError, transaction

from hearth.apps.campaigns import actions as campaigns
from hearth.apps.papers import actions, queries
from hearth.apps.papers.models import Version
from hearth.apps.papers.queries.writing import FigureChange
from hearth.lib.differences import Change, Stretch
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

FIRST = desks.source(body="# 通知\n\n征求意见{{意见.收到}}。\n")
SECOND = FIRST.replace("征求意见", "广泛征求意见")


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        suggest(desk, 1)
        yield desk


def suggest(desk: Desk, number: int) -> None:
    campaigns.receive(
        campaign=desk.campaign,
        number=f"YJ-{number}",
        received_on=building.day(number),
        proposer="赵一",
        from_org=desk.house.county,
        text="意见",
        by=desk.officer,
    )


def kept(paper) -> list[tuple[int, str, str]]:
    return [(one.number, one.why, one.saved_by) for one in queries.versions_of(paper)]


def test_every_save_keeps_a_version_with_who_and_what_for(desk: Desk) -> None:
    paper = desk.draft(FIRST)
    actions.revise(paper=paper, source=SECOND, why="写明范围", by=desk.leader)
    assert kept(paper) == [(2, "写明范围", "领导乙"), (1, "拟稿", "干事甲")]


def test_saving_the_same_keeps_no_second_version(desk: Desk) -> None:
    paper = desk.draft(FIRST)
    actions.revise(paper=paper, source=FIRST, by=desk.officer)
    actions.retake(paper=paper, by=desk.officer)
    assert kept(paper) == [(1, "拟稿", "干事甲")]


def test_figures_taken_again_are_a_version(desk: Desk) -> None:
    paper = desk.draft(FIRST)
    suggest(desk, 2)
    actions.retake(paper=paper, by=desk.officer)
    new, old = queries.versions_of(paper)
    found = queries.compared(old, new)
    assert found.figures == (FigureChange("意见.收到", "1条", "2条"),)
    assert {stretch.change for line in found.lines for stretch in line} == {Change.SAME}


def test_the_words_that_came_and_went_are_marked(desk: Desk) -> None:
    paper = actions.revise(paper=desk.draft(FIRST), source=SECOND, by=desk.officer)
    new, old = queries.versions_of(paper)
    found = queries.compared(old, new)
    assert found.figures == ()
    assert [line for line in found.lines if len(line) > 1] == [
        (Stretch(Change.ADDED, "广泛"), Stretch(Change.SAME, "征求意见{{意见.收到}}。"))
    ]


def test_an_earlier_version_comes_back_as_a_new_save_with_todays_figures(desk: Desk) -> None:
    paper = actions.revise(paper=desk.draft(FIRST), source=SECOND, by=desk.officer)
    suggest(desk, 2)
    actions.restore(version=Version.objects.get(number=1), by=desk.officer)
    newest = queries.versions_of(paper).first()
    assert newest is not None
    assert (newest.number, newest.why, newest.source) == (3, "回到第 1 版", FIRST)
    assert [one["text"] for one in newest.figures] == ["2条"]


def test_a_paper_in_review_goes_back_to_no_version(desk: Desk) -> None:
    paper = actions.revise(paper=desk.draft(FIRST), source=SECOND, by=desk.officer)
    actions.submit(paper=paper, by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="审核"):
        actions.restore(version=Version.objects.get(number=1), by=desk.officer)


@pytest.mark.parametrize("change", [{"source": "x"}, {"saved_by": "x"}, {"number": 9}])
def test_the_database_keeps_a_version_as_it_was_saved(desk: Desk, change: dict) -> None:
    desk.draft(FIRST)
    with pytest.raises(DatabaseError, match="kept as it was saved"), transaction.atomic():
        Version.objects.update(**change)
    with pytest.raises(DatabaseError, match="kept as it was saved"), transaction.atomic():
        Version.objects.all()._raw_delete("default")
