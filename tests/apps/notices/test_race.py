"""The association and the county answer the same notice at the same moment."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from hearth.apps.audit.models import Event
from hearth.apps.directory.states import Kind
from hearth.apps.notices import actions
from hearth.apps.notices.actions import NoticeRefused, answering
from hearth.apps.notices.models import Return
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building, races

Run = Callable[[], tuple[list[Exception | None], int]]


@pytest.fixture
def both(committed: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Lets two connections answer; gives what they raised and how often an answer was recorded."""
    house = houses.build()
    with scope(house.city.path):
        actions.issue(
            campaign=building.start(house),
            number="TZ-1",
            title="关于学习的通知",
            issuer=house.city,
            issued_on=building.day(29),
            receivers=[Kind.COUNTY],
            due=building.day(5, 6),
            by=house.leader(),
        )
        returned = Return.objects.get()

    def answer(people: int) -> Return:
        return actions.answer(
            returned=returned,
            said={"sessions": "1", "people": str(people), "outreach_events": "0"},
            by=house.officer(),
        )

    def run() -> tuple[list[Exception | None], int]:
        monkeypatch.setattr(answering, "refuse_answer", races.meeting(answering.refuse_answer))
        raised = races.together(house.city.path, lambda: answer(40), lambda: answer(50))
        with scope(house.city.path):
            return raised, Event.objects.filter(verb="报送").count()

    return run


def test_one_answer_stands_and_the_other_is_told(both: Run) -> None:
    raised, answers = both()
    assert {type(error) for error in raised} == {type(None), NoticeRefused}
    assert answers == 1


def test_without_the_lock_the_database_still_keeps_one_answer(
    both: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    raised, answers = both()
    assert {type(error) for error in raised} == {type(None), IntegrityError}
    assert answers == 1


def test_control_without_lock_and_keys_the_answer_is_doubled(
    both: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    for table, key in (("notices_answer", "answer_once"), ("notices_version", "version_once")):
        races.drop_constraint(table, key)
    assert both() == ([None, None], 2)
