"""What is done once a day: by whoever works first, once, and not before the hour."""

import datetime

import pytest

from hearth.apps.jobs import tasks
from hearth.apps.jobs.models import Round

pytestmark = pytest.mark.django_db
EARLY = datetime.datetime(2020, 6, 12, 7, 29, tzinfo=datetime.UTC)
MORNING = datetime.datetime(2020, 6, 12, 7, 31, tzinfo=datetime.UTC)


@pytest.fixture
def done(monkeypatch) -> list[datetime.date]:
    days: list[datetime.date] = []

    def fail(_day: datetime.date) -> None:
        raise ValueError("没有期限")

    monkeypatch.setattr(tasks, "_daily", {"look": days.append, "fail": fail})
    return days


def test_nothing_is_done_before_the_hour(done):
    assert tasks.do_rounds(EARLY) == []
    assert done == []


def test_a_round_is_made_once_a_day_and_again_the_next_day(done):
    assert tasks.do_rounds(MORNING) == ["look"]
    assert tasks.do_rounds(MORNING) == []
    assert tasks.do_rounds(MORNING + datetime.timedelta(days=1)) == ["look"]
    assert done == [datetime.date(2020, 6, 12), datetime.date(2020, 6, 13)]


def test_a_round_that_fails_keeps_its_reason_and_is_not_tried_again_that_day(done):
    tasks.do_rounds(MORNING)
    assert Round.objects.get(name="fail").trouble == "没有期限"
    assert "fail" not in tasks.do_rounds(MORNING)
