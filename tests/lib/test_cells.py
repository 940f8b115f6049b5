from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.cells import Mismatch, parse
from hearth.lib.tables import Column, Kind, Row, Table

moment = datetime.fromisoformat

INTEGER = Column(name="人数", kind=Kind.INTEGER, minimum=0)
DECIMAL = Column(name="面积", kind=Kind.DECIMAL)
MONEY = Column(name="金额", kind=Kind.MONEY)
DATE = Column(name="日期", kind=Kind.DATE)
TIME = Column(name="时间", kind=Kind.TIME)
MOMENT = Column(name="时刻", kind=Kind.DATETIME)
STATE = Column(name="状态", kind=Kind.CHOICE, choices=("未开始", "进行中", "已完成"))
FLAG = Column(name="公开", kind=Kind.FLAG)
PHONE = Column(name="电话", kind=Kind.PHONE)
TEXT = Column(name="备注", longest=20)


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (INTEGER, 12.0, 12),
        (INTEGER, "１２", 12),
        (INTEGER, " 1,200 ", 1200),
        (INTEGER, "\u300012\u3000", 12),
        (INTEGER, -0.0, 0),
        (DECIMAL, 0.1 + 0.2, Decimal("0.3")),
        (DECIMAL, "-3.50", Decimal("-3.50")),
        (MONEY, "￥1,200.5", Decimal("1200.50")),
        (MONEY, 12.0, Decimal("12.00")),
        (DATE, "2020-06-12", date(2020, 6, 12)),
        (DATE, "2020/6/12", date(2020, 6, 12)),
        (DATE, "2020年6月12日", date(2020, 6, 12)),
        (DATE, "２０２０－６－１２", date(2020, 6, 12)),
        (DATE, date(2020, 6, 12), date(2020, 6, 12)),
        (DATE, moment("2020-06-12 00:00:00"), date(2020, 6, 12)),
        (DATE, 43994.0, date(2020, 6, 12)),
        (DATE, "2020-02-29", date(2020, 2, 29)),
        (TIME, "8:10", time(8, 10)),
        (TIME, "08：10：30", time(8, 10, 30)),
        (TIME, time(8, 9, 59, 999_700), time(8, 10)),
        (TIME, timedelta(hours=8), time(8)),
        (TIME, 0.5, time(12)),
        (MOMENT, "2020-06-12 08:10", moment("2020-06-12 08:10:00")),
        (MOMENT, "2020-06-12T08:10:05", moment("2020-06-12 08:10:05")),
        (MOMENT, "2020年6月12日8:10", moment("2020-06-12 08:10:00")),
        (MOMENT, moment("2020-06-12 08:09:59.999600"), moment("2020-06-12 08:10:00")),
        (MOMENT, date(2020, 6, 12), moment("2020-06-12 00:00")),
        (MOMENT, 43994.5, moment("2020-06-12 12:00:00")),
        (STATE, "进行中", "进行中"),
        (STATE, "\u3000已完成 ", "已完成"),
        (FLAG, "是", True),
        (FLAG, "Ｎ", False),
        (FLAG, 1.0, True),
        (FLAG, False, False),
        (PHONE, 13800000000.0, "13800000000"),
        (PHONE, "０００-0000-0001", "000-0000-0001"),
        (TEXT, 12.0, "12"),
        (TEXT, 1.5, "1.5"),
        (TEXT, date(2020, 6, 12), "2020-06-12"),
        (TEXT, moment("2020-06-12 08:10:00"), "2020-06-12 08:10"),
        (TEXT, True, "是"),
        (TEXT, "\ufeff\u3000=1+2\r\n第二行\u200b", "=1+2\n第二行"),
        (TEXT, "\u3000", None),
    ],
)
def test_accepts(column, raw, value):
    found = parse(column, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("column", "raw", "mismatch"),
    [
        (INTEGER, "十二", Mismatch("十二", "数字，如 12")),
        (INTEGER, "12人", Mismatch("12人", "数字，如 12", "只写 12，单位写在表头或备注里")),
        (INTEGER, "1,20", Mismatch("1,20", "数字，如 12")),
        (INTEGER, 2.5, Mismatch("2.5", "整数，如 12")),
        (INTEGER, -3.0, Mismatch("-3", "不小于 0 的整数")),
        (INTEGER, True, Mismatch("是", "数字，如 12")),
        (INTEGER, date(2020, 6, 12), Mismatch("2020-06-12", "数字，如 12")),
        (MONEY, 1.005, Mismatch("1.005", "金额，最多两位小数，如 1200.50")),
        (MONEY, "12万元", Mismatch("12万元", "金额，如 1200.50", "只写 12，单位写在表头或备注里")),
        (
            DATE,
            "2020-02-30",
            Mismatch("2020-02-30", "历法上有的日期，如 2020-06-12", "2020 年 2 月没有 30 日"),
        ),
        (DATE, "2020.6.12", Mismatch("2020.6.12", "日期，如 2020-06-12", "请写成 2020-06-12")),
        (DATE, 20200612.0, Mismatch("20200612", "日期，如 2020-06-12", "请写成 2020-06-12")),
        (DATE, 2020.0, Mismatch("2020", "日期，如 2020-06-12")),
        (DATE, "43994", Mismatch("43994", "日期，如 2020-06-12")),
        (DATE, "6月12日", Mismatch("6月12日", "日期，如 2020-06-12")),
        (DATE, "0020-06-12", Mismatch("0020-06-12", "1900 到 2100 年的日期，如 2020-06-12")),
        (DATE, moment("2020-06-12 08:00:00"), Mismatch("2020-06-12 08:00", "日期，不带时刻，如 2020-06-12")),
        (TIME, "25:00", Mismatch("25:00", "一天之内的时刻，如 08:30")),
        (TIME, "上午", Mismatch("上午", "时刻，如 08:30")),
        (TIME, timedelta(hours=30), Mismatch("1 day, 6:00:00", "时刻，如 08:30")),
        (MOMENT, "2020-06-12", Mismatch("2020-06-12", "日期和时刻，如 2020-06-12 08:30")),
        (STATE, "完成", Mismatch("完成", "“未开始”“进行中”“已完成”之一", "是不是“已完成”")),
        (STATE, "甲", Mismatch("甲", "“未开始”“进行中”“已完成”之一")),
        (FLAG, "也许", Mismatch("也许", "“是”或“否”")),
        (PHONE, "见名片", Mismatch("见名片", "电话号码，如 000-0000-0001")),
        (TEXT, "长" * 21, Mismatch("长" * 21, "不超过 20 字的文字", "现在有 21 字")),
    ],
)
def test_refuses_and_says_what_would_be_right(column, raw, mismatch):
    assert parse(column, raw) == mismatch


@pytest.mark.parametrize("raw", [1e15, float("inf"), float("nan"), 1.1e17])
@pytest.mark.parametrize("column", [TEXT, PHONE, INTEGER, DATE, TIME, MOMENT, FLAG, STATE])
def test_a_number_whose_digits_the_spreadsheet_lost_is_refused(column, raw):
    mismatch = parse(column, raw)
    assert isinstance(mismatch, Mismatch)
    assert "前 15 位" in mismatch.cure


def test_an_empty_cell_is_the_default_or_missing():
    assert parse(Column(name="人数", kind=Kind.INTEGER, default=0), "") == 0
    assert parse(Column(name="日期", kind=Kind.DATE, required=True), "\u3000") == Mismatch(
        "", "日期，如 2020-06-12"
    )


@pytest.mark.parametrize(
    ("column", "raw", "wanted"),
    [
        (Column(name="分", kind=Kind.INTEGER, minimum=0, maximum=100), 101.0, "0 到 100 之间的整数"),
        (Column(name="分", kind=Kind.DECIMAL, maximum=1), 1.5, "不大于 1 的数字"),
        (
            Column(name="日", kind=Kind.DATE, minimum=date(2020, 5, 1)),
            "2020-04-30",
            "不早于 2020-05-01 的日期",
        ),
        (Column(name="时", kind=Kind.TIME, maximum=time(9, 20)), "09:21", "不晚于 09:20:00 的时刻"),
    ],
)
def test_limits_are_said(column, raw, wanted):
    assert parse(column, raw) == Mismatch(str(raw).removesuffix(".0"), wanted)


@given(
    st.sampled_from([INTEGER, DECIMAL, MONEY, DATE, TIME, MOMENT, STATE, FLAG, PHONE, TEXT]),
    st.one_of(
        st.text(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
        st.from_regex(r"[0-9０-９,.:/年月日\-T ]{1,20}"),
    ),
)
def test_any_cell_gives_a_value_or_a_mismatch(column, raw):
    parse(column, raw)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_written_form_of_a_date_is_read(day):
    forms = [f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日"]
    assert [parse(DATE, form) for form in forms] == [day] * 3


@pytest.mark.parametrize(
    "declare",
    [
        lambda: Column(name="状态", kind=Kind.CHOICE),
        lambda: Column(name="状态", choices=("甲",)),
        lambda: Column(name="人数", kind=Kind.INTEGER, required=True, default=0),
        lambda: Column(name="日期", kind=Kind.DATE, minimum=3),
        lambda: Table(name="表", columns=(TEXT, Column(name="说明", aliases=("备注",)))),
        lambda: Table(name="表", columns=(TEXT,), unique_together=(("备注", "日期"),)),
    ],
)
def test_a_declaration_that_contradicts_itself_is_an_error(declare):
    with pytest.raises(ValueError, match=r"状态|人数|日期|表"):
        declare()


def test_a_row_gives_values_of_the_asked_type():
    row = Row(file="a.csv", sheet="", number=2, values={"人数": 12, "备注": None})
    assert row["人数"] == 12
    assert row.get("人数", int) == 12
    assert row.optional("备注", str) is None
    with pytest.raises(TypeError, match="is empty"):
        row.get("备注", str)
    with pytest.raises(TypeError, match="holds int"):
        row.get("人数", str)


def test_a_row_makes_faults_for_the_rules_of_its_caller():
    row = Row(file="a.csv", sheet="", number=2, values={"单位": "云洲市科协"})
    assert (
        row.fault("单位", wanted="组织表里有的简称", cure="是不是“云州市科协”").text
        == "a.csv 第 2 行“单位”：“云洲市科协”应为组织表里有的简称。是不是“云州市科协”？"
    )
