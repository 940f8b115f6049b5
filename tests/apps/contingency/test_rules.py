"""How an arrangement is moved, said and kept."""

import datetime

import pytest

from hearth.apps.contingency.rules import Arrangement, line

DAY = datetime.date(2026, 6, 6)
NINE, TEN, ELEVEN = (datetime.time(hour) for hour in (9, 10, 11))
BEFORE = Arrangement(DAY, NINE, TEN, "操场")
MOMENT = datetime.datetime(2026, 6, 5, 14, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("held_on", "starts", "ends", "place", "said"),
    [
        (None, None, None, "礼堂", "6月6日 09:00—10:00 礼堂"),
        (DAY + datetime.timedelta(days=1), None, None, "", "6月7日 09:00—10:00 操场"),
        (None, TEN, None, "", "6月6日 10:00—11:00 操场"),
        (None, TEN, datetime.time(12), "", "6月6日 10:00—12:00 操场"),
        (None, datetime.time(23, 30), None, "", "6月6日 23:30 操场"),
    ],
)
def test_what_is_not_given_stays_and_a_new_beginning_keeps_the_length(held_on, starts, ends, place, said):
    assert BEFORE.moved(held_on, starts, ends, place).said == said


def test_an_arrangement_is_kept_whole():
    for one in (BEFORE, Arrangement(DAY, None, None, ""), Arrangement(DAY, NINE, ELEVEN, "礼堂", MOMENT)):
        assert Arrangement.from_json(one.as_json) == one


def test_each_change_is_said_in_a_line():
    hall = BEFORE.moved(None, None, None, "礼堂")
    off = Arrangement(DAY, NINE, TEN, "操场", MOMENT)

    assert line("专场", BEFORE, hall) == "专场：原定 6月6日 09:00—10:00 操场，改为 6月6日 09:00—10:00 礼堂。"
    assert line("专场", BEFORE, off) == "专场（原定 6月6日 09:00—10:00 操场）取消。"
    assert line("专场", off, BEFORE) == "专场照常举行：6月6日 09:00—10:00 操场。"
