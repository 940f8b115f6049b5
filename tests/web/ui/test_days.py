from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from hearth.web.ui import days


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def test_the_year_is_said_only_when_it_is_another():
    assert days.day(date(2020, 6, 3), 2020) == "6月3日"
    assert days.day(date(2020, 6, 3), 2021) == "2020年6月3日"


def test_without_a_year_this_year_is_expected():
    today = timezone.localdate()

    assert days.day(today) == f"{today.month}月{today.day}日"


def test_a_moment_is_told_by_the_clock_of_the_house():
    assert days.moment(datetime(2026, 6, 12, 5, 30, tzinfo=UTC), 2026) == "6月12日（周五）13:30"


def test_a_moment_after_midnight_belongs_to_the_day_of_the_house():
    assert days.day(datetime(2026, 6, 11, 17, tzinfo=UTC), 2026) == "6月12日"


def test_a_span_says_the_year_once():
    assert days.span(date(2020, 5, 20), date(2020, 6, 12), 2020) == "5月20日—6月12日"
    assert days.span(date(2020, 5, 20), date(2020, 6, 12), 2026) == "2020年5月20日—6月12日"
    assert days.span(date(2020, 12, 20), date(2021, 1, 3), 2020) == "12月20日—2021年1月3日"


def test_a_span_of_one_day_is_a_day():
    assert days.span(date(2020, 5, 20), date(2020, 5, 20), 2020) == "5月20日"
