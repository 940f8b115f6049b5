"""What a stamped PDF says, what a notice costs, and which events are alike; without a database."""

import datetime
from decimal import Decimal

import pytest

from hearth.apps.notices.rules import alike, burden, drafts, stamped
from hearth.apps.notices.rules.alike import Line
from hearth.apps.notices.rules.fields import STUDY, Field, Form
from hearth.apps.notices.states import FieldKind, StampStanding

NUMBERS = {"sessions": Decimal(3), "people": Decimal(1168)}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("学习讨论场次（场） 3  参加人数：1,168 人 科普活动场次 2", StampStanding.AGREES),
        ("学习讨论场次 3 参加人数 1186 人次", StampStanding.DIFFERS),
        ("学习讨论场次 3 以上情况属实特此报送", StampStanding.DIFFERS),
        ("学习讨论场次 参加人数 3 1168 盖章", StampStanding.DIFFERS),
        ("  \n", StampStanding.UNREAD),
    ],
)
def test_a_stamped_pdf_is_laid_beside_the_numbers(text: str, standing: StampStanding) -> None:
    assert stamped.standing(text, stamped.compare(text, STUDY, NUMBERS)) == standing


@pytest.mark.parametrize(
    ("due", "warnings"),
    [
        (datetime.date(2026, 9, 11), []),
        (datetime.date(2026, 9, 4), ["期限太短：从下发到 9月4日只有 3 个工作日，一般不少于 5 个。"]),
        (datetime.date(2026, 9, 12), ["期限 9月12日是周六，请改到工作日。"]),
        (datetime.date(2026, 10, 1), ["期限 10月1日是法定节假日，请改到工作日。"]),
    ],
)
def test_a_deadline_too_short_or_on_a_free_day_is_said(due: datetime.date, warnings: list[str]) -> None:
    found = burden.weigh(STUDY, organisations=84, issued_on=datetime.date(2026, 9, 1), due=due)
    assert list(found.warnings) == warnings


def test_the_burden_is_minutes_times_organisations_and_what_is_known_costs_little() -> None:
    known = Field(key="a", label="场次", kind=FieldKind.WHOLE, known="outreach.events")
    form = Form((known, Field(key="b", label="体会", kind=FieldKind.LONG)))
    found = burden.weigh(form, organisations=60, issued_on=datetime.date(2026, 9, 1), due=None)
    assert (found.fields, found.known, found.minutes, found.hours) == (2, 1, 15.5, 15.5)


def line(returned: int, name: str, day: int, place: str = "") -> Line:
    return Line(
        returned,
        f"0001.{returned:04}.",
        f"单位{returned}",
        "events",
        0,
        name,
        datetime.date(2020, 6, day),
        place,
    )


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (line(2, "科学家精神宣讲进社区活动", 2), 1),
        (line(2, "科学家精神宣讲进社区活动", 3), 0),
        (line(2, "防汛知识开放日", 1), 0),
        (line(1, "科学家精神主题宣讲进社区", 1), 0),
        (line(2, "科学家精神宣讲进社区活动", 1, "水文站"), 0),
    ],
)
def test_events_are_alike_by_name_and_day_and_not_against_their_place(other: Line, found: int) -> None:
    first = line(1, "科学家精神主题宣讲进社区", 1, "文化广场")
    assert len(alike.pairs([first, other])) == found


@pytest.mark.parametrize(
    ("base", "mine", "kept", "said", "clashes"),
    [
        ({}, {"a": "1"}, {}, {"a": "1"}, {}),
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, {}),
        ({"a": "1"}, {"a": ""}, {"a": "1"}, {}, {}),
        ({"a": "1"}, {"a": "3"}, {"a": "2"}, {"a": "2"}, {"a": "2"}),
        ({}, {"b": "1"}, {"a": "2"}, {"a": "2", "b": "1"}, {}),
    ],
)
def test_a_window_writes_only_what_it_changed(base, mine, kept, said, clashes) -> None:
    assert drafts.merge(base, mine, kept) == drafts.Merged(said, clashes)
