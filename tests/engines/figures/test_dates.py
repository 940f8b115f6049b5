"""Dates, ranges of dates and times of day."""

from datetime import date

import pytest

from hearth.engines.figures import Approx, FigureType, read


def only(text, today=None):
    figures = read(text, today=today).figures
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("2020年6月12日签约", "2020年6月12日", "date", "2020-06-12"),
        ("二〇二〇年六月十二日", "二〇二〇年六月十二日", "date", "2020-06-12"),
        ("6月12日签约", "6月12日", "date", "--06-12"),
        (
            "自2025年3月1日起至2028年2月29日止",
            "2025年3月1日起至2028年2月29日",
            "daterange",
            "2025-03-01/2028-02-29",
        ),
        ("6月18日夜间至20日有雨", "6月18日夜间至20日", "daterange", "--06-18/--06-20"),
        ("18、19日休会", "18、19日", "daterange", "---18/---19"),
        ("男，1983.05出生", "1983.05", "date", "1983-05"),
        ("2006.07-2010.09在校", "2006.07-2010.09", "daterange", "2006-07/2010-09"),
        ("8点整赴现场", "8点整", "time", "T08:00"),
        ("17日开幕", "17日", "date", "---17"),
        ("2019年", "2019年", "date", "2019"),
        ("2022年6月底", "2022年6月底", "date", "2022-06-30"),
        ("2019年底", "2019年底", "date", "2019-12-31"),
        ("三月份", "三月份", "date", "--03"),
        ("2021.6.12", "2021.6.12", "date", "2021-06-12"),
        ("去年10月启动", "去年10月", "date", "Y-1-10"),
        ("5月28日-29日", "5月28日-29日", "daterange", "--05-28/--05-29"),
        ("2021年11月6日—8日", "2021年11月6日—8日", "daterange", "2021-11-06/2021-11-08"),
        ("9月17-23日", "9月17-23日", "daterange", "--09-17/--09-23"),
        ("5月29日、30日两场"[:9], "5月29日、30日", "daterange", "--05-29/--05-30"),
        ("2月至4月", "2月至4月", "daterange", "--02/--04"),
        ("5、6月", "5、6月", "daterange", "--05/--06"),
        ("2020-2022年", "2020-2022年", "daterange", "2020/2022"),
        ("5月下旬至6月上旬", "5月下旬至6月上旬", "daterange", "--05-21/--06-10"),
        ("2020年2月下旬", "2020年2月下旬", "daterange", "2020-02-21/2020-02-29"),
        ("2021年一季度", "2021年一季度", "daterange", "2021-01/2021-03"),
        ("第四季度", "第四季度", "daterange", "--10/--12"),
        ("17日上午9时30分", "17日上午9时30分", "time", "---17T09:30"),
        ("下午2时", "下午2时", "time", "T14:00"),
        ("会议开到17时", "17时", "time", "T17:00"),
        ("每天8时至17时", "8时至17时", "time", "T08:00/T17:00"),
        ("5月15日零时", "5月15日零时", "time", "--05-15T00:00"),
        ("2至4季度", "2至4季度", "daterange", "--04/--12"),
        ("14:30开会", "14:30", "time", "T14:30"),
        ("8:30-11:30", "8:30-11:30", "time", "T08:30/T11:30"),
        ("2020年初", "2020年初", "date", "2020-01"),
        ("1791年刻本", "1791年", "date", "1791"),
        ("08年", "08年", "date", "2008"),
        ("次年1月15日", "次年1月15日", "date", "Y+1-01-15"),
        ("本月十日", "本月十日", "date", "---10"),
        ("六月廿三日", "六月廿三日", "date", "--06-23"),
        ("一月十日召开", "一月十日", "date", "--01-10"),
        ("前三季度", "前三季度", "daterange", "--01/--09"),
        ("上世纪九十年代", "上世纪九十年代", "daterange", "1990/1999"),
        ("2021.6.12-6.20", "2021.6.12-6.20", "daterange", "2021-06-12/2021-06-20"),
        ("2018/1/10-2018/7/10", "2018/1/10-2018/7/10", "daterange", "2018-01-10/2018-07-10"),
        ("夜班18:00至次日8:00", "18:00至次日8:00", "time", "T18:00/T08:00"),
        ("6日2—3时", "6日2—3时", "time", "---06T02:00/T03:00"),
        ("9月5日8时至6日8时", "9月5日8时至6日8时", "time", "--09-05T08:00/--09-06T08:00"),
        ("6月12日（星期五）下午2:30", "6月12日（星期五）下午2:30", "time", "--06-12T14:30"),
        ("2024-11-23 21:00:48", "2024-11-23 21:00:48", "time", "2024-11-23T21:00:48"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_named(text, span, kind, value):
    figure = only(text)
    assert (figure.text, figure.type, figure.value) == (span, FigureType(kind), value)


@pytest.mark.parametrize(
    ("text", "span", "approx"),
    [
        ("5月30日前后刊登", "5月30日前后", Approx.ABOUT),
        ("4月25日前报送", "4月25日前", Approx.MAX),
        ("16点前取消", "16点前", Approx.MAX),
        ("4时50分许", "4时50分许", Approx.ABOUT),
    ],
)
def test_what_bounds_a_date_belongs_to_it(text, span, approx):
    figure = only(text)
    assert (figure.text, figure.approx) == (span, approx)


def test_a_date_ends_before_a_word_that_begins_alike():
    assert only("5月30日前往检查").text == "5月30日"


def test_the_day_of_writing_resolves_this_month():
    assert only("上月10日启动", date(2023, 1, 1)).value == "2022-12-10"


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("下个月12号开会", "下个月12号", "---12"),
        ("上个月的3号开会", "上个月的3号", "---03"),
        ("下下个月十五号开会", "下下个月十五号", "---15"),
    ],
)
def test_a_day_of_a_month_beside_this_one(text, found, value):
    assert (only(text).text, only(text).value) == (found, value)


def test_the_day_of_writing_resolves_a_month_beside_this_one():
    assert only("下个月12号开会", date(2026, 11, 28)).value == "2026-12-12"


def test_the_day_of_writing_resolves_last_year():
    assert only("去年10月启动", date(2023, 5, 1)).value == "2022-10"


@pytest.mark.parametrize("text", ["2月30日", "13月5日", "2021-02-29"])
def test_a_day_that_does_not_exist_is_no_full_date(text):
    assert all(
        "-02-" not in str(figure.value) and "13-" not in str(figure.value) for figure in read(text).figures
    )


def test_days_counted_are_no_date():
    assert [figure.type for figure in read("30日内答复，提前30日通知").figures] == [FigureType.TIMESPAN] * 2


def test_a_day_and_a_time_on_the_next_line_are_two_figures():
    assert [figure.text for figure in read("6月12日\n8点整 出发").figures] == ["6月12日", "8点整"]


@pytest.mark.parametrize("text", ["单价2019.12元", "合计2008.05万元", "完成2010.11%"])
def test_a_decimal_with_a_unit_is_no_month(text):
    assert [figure.type.value for figure in read(text).figures] != ["date"]
