"""A value is written in the style asked for, or refused when that would be untrue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.figures import (
    STYLES,
    Approx,
    UntrueStyle,
    read,
    shown,
    shown_date,
    shown_ordinal,
    shown_range,
)


@pytest.mark.parametrize(
    ("value", "unit", "style", "written"),
    [
        (1000, "册", None, "1000册"),
        (33, "块", "余", "30余块"),
        (213, "人", "余", "200余人"),
        (213, "人", "多", "200多人"),
        (12345, "人次", "余", "1.2万余人次"),
        (486, "名", "近", "近500名"),
        (486, "名", "约", "约500名"),
        (2613, "人", "左右", "2600人左右"),
        (1234, "人", "超过", "超过1200人"),
        (1234, "人", "不少于", "不少于1200人"),
        (1000, "人", "以上", "1000人以上"),
        (26_800_000, "元", "万", "2680万元"),
        (320_000_000, "元", "亿", "3.2亿元"),
        (4385, "人", "千分位", "4,385人"),
        (212, "支", "中文", "二百一十二支"),
        (2, "个", "中文", "两个"),
        (40, "%", "成", "四成"),
        (98.5, "%", "百分之", "百分之九十八点五"),
    ],
)
def test_a_style_writes(value, unit, style, written):
    assert shown(value, unit, style) == written


@pytest.mark.parametrize(
    ("value", "unit", "style"),
    [
        (30, "块", "余"),
        (7, "块", "余"),
        (500, "名", "近"),
        (1000, "人", "超过"),
        (99, "元", "万"),
        (45, "%", "成"),
        (2.5, "吨", "中文"),
    ],
)
def test_an_untrue_style_is_refused_with_what_is_true(value, unit, style):
    with pytest.raises(UntrueStyle, match=f"应写作{value}{unit}") as refused:
        shown(value, unit, style)
    assert (refused.value.value, refused.value.style) == (value, style)


def test_an_unknown_style_is_refused_with_the_known_ones():
    with pytest.raises(UntrueStyle, match="没有这种写法，可用：余、多"):
        shown(10, "个", "许多")


@pytest.mark.parametrize("style", [None, *(style for style in STYLES if style not in ("成", "百分之"))])
@given(value=st.integers(min_value=1, max_value=10**9))
def test_what_is_written_reads_back_to_bounds_that_hold_the_value(style, value):
    try:
        text = shown(value, "人", style)
    except UntrueStyle:
        return
    figures = read(f"共{text}。").figures
    assert len(figures) == 1
    (figure,) = figures
    if figure.approx is Approx.OVER:
        assert figure.low < value < figure.high
    assert figure.low is None or figure.low <= value
    assert figure.high is None or value <= figure.high


@pytest.mark.parametrize("value", [213, 486, 1234, 99_999])
@pytest.mark.parametrize("style", ["余", "近", "约"])
def test_ordinary_numbers_have_every_ordinary_style(value, style):
    assert shown(value, "人", style)


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (None, "6月12日"),
        ("年", "2020年6月12日"),
        ("年月", "2020年6月"),
        ("旬", "6月中旬"),
        ("前后", "6月12日前后"),
    ],
)
def test_a_date_is_written(style, written):
    assert shown_date("2020-06-12", style) == written


def test_several_days_are_all_written():
    around = {"first": "2020-05-29", "last": "2020-05-31"}
    assert shown_date("2020-05-30", **around) == "5月29日-31日"
    assert shown_date("2020-05-30", "前后", **around) == "5月30日前后"


@pytest.mark.parametrize("style", ["前后", "旬", "年月"])
def test_days_far_apart_are_not_about_one(style):
    with pytest.raises(UntrueStyle, match="应写作5月20日至6月5日"):
        shown_date("2020-05-30", style, first="2020-05-20", last="2020-06-05")


@pytest.mark.parametrize(
    ("start", "end", "style", "written"),
    [
        ("2020-05-28", "2020-05-29", None, "5月28日-29日"),
        ("2020-05-28", "2020-05-29", "至", "5月28日至29日"),
        ("2020-05-28", "2020-06-02", "至", "5月28日至6月2日"),
        ("2020-05-28", "2020-05-28", "至", "5月28日"),
        ("2020-05-25", "2020-06-08", "旬", "5月下旬至6月上旬"),
        ("2020-05-21", "2020-05-31", "旬", "5月下旬"),
        ("2020-05-25", "2020-06-08", "年", "2020年5月25日至6月8日"),
        ("2020-12-25", "2021-01-08", None, "2020年12月25日-2021年1月8日"),
        ("2020-12-25", "2021-01-08", "旬", "2020年12月下旬至2021年1月上旬"),
    ],
)
def test_a_range_is_written(start, end, style, written):
    assert shown_range(start, end, style) == written


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_a_date_with_its_year_reads_back(day):
    figures = read(shown_date(day.isoformat(), "年")).figures
    assert [figure.value for figure in figures] == [day.isoformat()]


def test_a_range_that_ends_before_it_begins_is_refused():
    with pytest.raises(UntrueStyle, match="结束不能早于开始"):
        shown_range("2020-06-02", "2020-06-01")


@pytest.mark.parametrize(
    ("write", "days"), [(shown_date, ("2020-06-12",)), (shown_range, ("2020-06-12", "2020-06-13"))]
)
def test_an_unknown_style_of_dates_is_refused(write, days):
    with pytest.raises(UntrueStyle, match="没有这种写法"):
        write(*days, "农历")


def test_an_ordinal_is_written_in_chinese():
    assert (shown_ordinal(4, "个"), shown_ordinal(12, "届"), shown_ordinal(3)) == (
        "第四个",
        "第十二届",
        "第三",
    )


def test_ranks_begin_with_one():
    with pytest.raises(UntrueStyle, match="序数从一起"):
        shown_ordinal(0)
