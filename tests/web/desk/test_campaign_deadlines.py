"""How deadlines are said, and where a part lies in the calendar."""

import datetime

import pytest

from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.queries import PartProgress
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Person
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.web.desk import calendar, deadlines
from hearth.web.ui.parts import Shape

DUE = datetime.date(2020, 6, 5)


def duty(due: datetime.date = DUE, state: DutyState = DutyState.WAITING, name: str = "赵一") -> Duty:
    return Duty(part=Part.VISITS, due=due, state=state, person=Person(name=name))


@pytest.mark.parametrize(
    ("days", "shape", "text"),
    [
        (-3, Shape.WAIT, "未开始"),
        (-2, Shape.SOON, "还剩 2 天"),
        (0, Shape.SOON, "今天到期"),
        (1, Shape.LATE, "迟 1 天"),
        (365, Shape.LATE, "迟 365 天"),
        (366, Shape.LATE, "迟 1 年多"),
        (800, Shape.LATE, "迟 2 年多"),
    ],
)
def test_an_open_duty_is_said_by_its_days(days: int, shape: Shape, text: str):
    said = deadlines.of_duty(duty(), DUE + datetime.timedelta(days=days))

    assert (said.shape, said.text) == (shape, text)


def test_a_done_duty_is_never_late():
    said = deadlines.of_duty(duty(state=DutyState.DONE), DUE + datetime.timedelta(days=9))

    assert said.shape == Shape.DONE


@pytest.mark.parametrize(
    ("state", "due", "days", "shape", "text"),
    [
        (ReturnState.SENT, DUE, 9, Shape.DONE, "已报"),
        (ReturnState.OPEN, DUE, -9, Shape.WAIT, "未到期"),
        (ReturnState.OPEN, DUE, 2, Shape.LATE, "迟 2 天"),
        (ReturnState.SENT_BACK, DUE, -1, Shape.SOON, "退回修改"),
        (ReturnState.SENT_BACK, DUE, 2, Shape.LATE, "退回修改，迟 2 天"),
        (ReturnState.OPEN, None, 9, Shape.WAIT, "没有签收"),
    ],
)
def test_a_return_is_said_by_its_state_and_days(
    state: ReturnState, due: datetime.date | None, days: int, shape: Shape, text: str
):
    said = deadlines.of_return(Return(state=state, due=due), DUE + datetime.timedelta(days=days))

    assert (said.shape, said.text) == (shape, text)


def part(first: datetime.date = DUE, last: datetime.date | None = None) -> PartProgress:
    return PartProgress(Part.VISITS, "赵一", first, last or first, done=1, total=3, late=0)


def drawn(*parts: PartProgress, on: datetime.date = DUE) -> calendar.Calendar:
    campaign = Campaign(starts=datetime.date(2020, 6, 3), ends=datetime.date(2020, 6, 10))
    return calendar.of(campaign, parts, on)


def test_the_calendar_begins_on_a_monday_and_ends_with_a_week():
    found = drawn(part())

    assert found.weeks == (datetime.date(2020, 6, 1), datetime.date(2020, 6, 8))
    assert found.marks == ("6/1", "6/8")


def test_a_part_reaches_from_its_first_deadline_to_its_last():
    span = drawn(part(DUE, datetime.date(2020, 6, 8))).spans[0]

    assert (span.left, span.width) == (28.57, 28.57)


@pytest.mark.parametrize(("on", "today"), [(DUE, 28.57), (datetime.date(2024, 1, 1), None)])
def test_today_is_drawn_only_inside_the_calendar(on: datetime.date, today: float | None):
    assert drawn(part(), on=on).today == today


def test_a_long_calendar_marks_few_weeks_and_never_its_end():
    found = drawn(part(datetime.date(2020, 9, 14)))

    assert len(found.weeks) == 16
    assert [mark for mark in found.marks if mark] == ["6/1", "6/22", "7/13", "8/3", "8/24"]
