"""Two papers of one organ are issued at the same moment."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from hearth.apps.papers import actions
from hearth.apps.papers.actions import numbering
from hearth.apps.papers.models import Paper, Series
from hearth.lib.wall import as_owner, scope
from tests.apps.campaigns import races
from tests.apps.papers import desks

Run = Callable[[], tuple[list[Exception | None], list[str]]]


class Stopped(Exception):
    """What makes the first of two issues roll back."""


@pytest.fixture
def desk(committed: str) -> desks.Desk:
    desk = desks.build()
    with scope(desk.house.city.path):
        actions.open_series(code="甲科发", year=2020, last=6, by=desk.officer)
    return desk


@pytest.fixture
def both(desk: desks.Desk, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Lets two connections issue a paper each; gives what they raised and the numbers that stand then."""
    path = desk.house.city.path
    with scope(path):
        papers = [desk.signed(desks.source("甲科发〔2020〕号")) for _ in range(2)]

    def run() -> tuple[list[Exception | None], list[str]]:
        monkeypatch.setattr(numbering, "_serial", races.meeting(numbering._serial))
        acts = [lambda paper=paper: actions.issue(paper=paper, by=desk.officer) for paper in papers]
        raised = races.together(path, *acts)
        with scope(path):
            return raised, sorted(Paper.objects.exclude(number="").values_list("number", flat=True))

    return run


def test_each_paper_gets_the_next_number(both: Run) -> None:
    assert both() == ([None, None], ["甲科发〔2020〕7号", "甲科发〔2020〕8号"])


def test_an_issue_that_is_rolled_back_leaves_no_gap(
    desk: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has its number and is then undone; the second waited for it and gets the same one."""
    path = desk.house.city.path
    with scope(path):
        first, second = (desk.signed(desks.source("甲科发〔2020〕号")) for _ in range(2))
    monkeypatch.setattr(numbering, "_serial", races.meeting(numbering._serial))

    def undone() -> None:
        assert actions.issue(paper=first, by=desk.officer).number.startswith("甲科发〔2020〕")
        raise Stopped

    def issued() -> None:
        actions.issue(paper=second, by=desk.officer)

    raised = races.together(path, undone, issued)
    assert [type(error) for error in raised] == [Stopped, type(None)]
    with scope(path):
        assert [paper.number for paper in Paper.objects.exclude(number="")] == ["甲科发〔2020〕7号"]
        assert Series.objects.get().last == 7


def test_where_the_lock_is_missed_the_database_refuses(both: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    raised, numbers = both()
    assert {type(error) for error in raised} == {type(None), IntegrityError}
    assert numbers == ["甲科发〔2020〕7号"]


def test_control_without_lock_and_constraints_two_papers_share_a_number(
    both: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    races.drop_constraint("papers_registration", "serial_given_once")
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("DROP INDEX paper_number_once")
    assert both() == ([None, None], ["甲科发〔2020〕7号", "甲科发〔2020〕7号"])
