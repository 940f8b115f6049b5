"""Two connections at the same moment, and controls without the lock and without the constraint."""

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from hearth.apps.audit.actions import record
from hearth.apps.meetings import actions
from hearth.apps.meetings.actions import attending
from hearth.apps.meetings.models import Attendance, Forum, Meeting, Place, Seat
from hearth.lib.wall import scope
from tests.apps.campaigns.races import drop_constraint, meeting, together, unlocked
from tests.apps.exchange import building as exchanging
from tests.apps.meetings import building


@pytest.fixture
def x(committed):
    return exchanging.build()


@pytest.fixture
def forum(x) -> Forum:
    with scope(x.house.city.path):
        return building.invited(x)


def come_at_two_entrances(x, forum: Forum) -> list[Exception | None]:
    def come(entrance: str) -> None:
        actions.check_in(
            forum=forum,
            name="赵一",
            unit="丑厂",
            kind="企业代表",
            entrance=entrance,
            number=entrance,
            by=x.by,
        )

    return together(x.house.city.path, lambda: come("一号门"), lambda: come("二号门"))


def count(x, rows: type) -> int:
    with scope(x.house.city.path):
        return rows.objects.count()


def wait_before_writing(monkeypatch) -> None:
    """Both look for an earlier check-in before either writes its own."""
    monkeypatch.setattr(attending, "Attendance", meeting_class(Attendance))


def meeting_class(rows):
    class Meets:
        objects = rows.objects

        def __new__(cls, **fields):
            return made(**fields)

    made = meeting(rows)
    return Meets


def test_one_person_at_two_entrances_comes_once(x, forum, monkeypatch):
    wait_before_writing(monkeypatch)
    assert come_at_two_entrances(x, forum) == [None, None]
    assert count(x, Attendance) == 1


def test_without_the_lock_the_constraint_stops_the_second(x, forum, monkeypatch):
    wait_before_writing(monkeypatch)
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    raised = come_at_two_entrances(x, forum)
    assert [type(error) for error in raised if error] == [actions.ForumRefused]
    assert count(x, Attendance) == 1


def test_without_lock_and_constraint_one_person_comes_twice(x, forum, monkeypatch):
    wait_before_writing(monkeypatch)
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    drop_constraint("meetings_attendance", "checked_in_once")
    assert come_at_two_entrances(x, forum) == [None, None]
    assert count(x, Attendance) == 2


def take_the_same_table(x, forum: Forum) -> list[Exception | None]:
    """Two writers put two meetings at one table in one slot, past every action."""
    with scope(x.house.city.path):
        slot = building.slot(forum, 1)
        one, other = Meeting.objects.all()

    @meeting
    def ready() -> None: ...

    def place(which: Meeting) -> None:
        ready()
        taken = Place.objects.create(org=forum.org, forum=forum, meeting=which, slot=slot, table=1)
        Seat.objects.create(org=forum.org, place=taken, slot=slot, participant=which.expert)
        record("试", taken, by=x.by)

    return together(x.house.city.path, lambda: place(one), lambda: place(other))


def test_a_table_is_taken_by_one_meeting(x, forum):
    raised = take_the_same_table(x, forum)
    assert [type(error) for error in raised if error] == [IntegrityError]
    assert count(x, Place) == 1


def test_without_the_constraint_a_table_is_taken_twice(x, forum):
    drop_constraint("meetings_place", "table_taken_once")
    assert take_the_same_table(x, forum) == [None, None]
    assert count(x, Place) == 2


def be_in_two_places(x, forum: Forum) -> list[Exception | None]:
    """Both meetings are the enterprise's; two writers put them at two tables of one slot."""
    with scope(x.house.city.path):
        slot = building.slot(forum, 1)
        one, other = Meeting.objects.all()

    @meeting
    def ready() -> None: ...

    def place(which: Meeting, table: int) -> None:
        ready()
        taken = Place.objects.create(org=forum.org, forum=forum, meeting=which, slot=slot, table=table)
        Seat.objects.create(org=forum.org, place=taken, slot=slot, participant=which.company)

    return together(x.house.city.path, lambda: place(one, 1), lambda: place(other, 2))


def test_nobody_is_in_two_places_at_once(x, forum):
    raised = be_in_two_places(x, forum)
    assert [type(error) for error in raised if error] == [IntegrityError]
    assert count(x, Seat) == 1


def test_without_the_constraint_somebody_is_in_two_places(x, forum):
    drop_constraint("meetings_seat", "participant_taken_once")
    assert be_in_two_places(x, forum) == [None, None]
    assert count(x, Seat) == 2


def test_two_timetables_at_once_leave_one(x, forum):
    act = lambda: actions.timetable(forum=forum, seconds=5, by=x.by)  # noqa: E731
    assert together(x.house.city.path, act, act) == [None, None]
    assert (count(x, Place), count(x, Seat)) == (2, 4)
