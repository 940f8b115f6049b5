import io
import re
import time as clock
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.lib.arrivals import Arrival
from hearth.lib.cells import plain
from hearth.lib.sheets import read_xlsx
from hearth.lib.tables import Column, Kind, Table
from hearth.lib.workbooks import LONGEST_TEXT, Sheet, write

NOTE = Column(name="说明")
COLUMNS = (
    Column(name="编号", required=True),
    Column(name="人数", kind=Kind.INTEGER),
    Column(name="面积", kind=Kind.DECIMAL),
    Column(name="金额", kind=Kind.MONEY),
    Column(name="日期", kind=Kind.DATE),
    Column(name="时间", kind=Kind.TIME),
    Column(name="时刻", kind=Kind.DATETIME),
    Column(name="公开", kind=Kind.FLAG),
    Column(name="电话", kind=Kind.PHONE),
)
ROW = (
    "V1",
    12,
    Decimal("1.5"),
    Decimal("1200.50"),
    date(2020, 6, 12),
    time(8, 10),
    datetime.fromisoformat("2020-06-12 08:10:59"),
    True,
    "000-0000-0001",
)
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example","点这里")',
    "+86",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    " =1+1",
    "{=1+1}",
    "'=1+1",
    "=",
]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(*values):
    return write([Sheet(title="表", columns=(NOTE,), rows=[(value,) for value in values])])


def read_back(data, columns=(NOTE,)):
    table = Table(name="表", columns=columns)
    return [tuple(row.values.values()) for row in read_xlsx(Arrival("表.xlsx", data), [table]).of(table)]


def test_what_is_written_is_read_again():
    data = write([Sheet(title="表", columns=COLUMNS, rows=[ROW, ("V2", *[None] * 8)])])
    assert read_back(data, COLUMNS) == [ROW, ("V2", *[None] * 8)]


def test_dates_numbers_and_text_carry_their_format():
    sheet = opened(write([Sheet(title="表", columns=COLUMNS, rows=[ROW])])).active
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "0",
        "General",
        "#,##0.00",
        "yyyy-mm-dd",
        "hh:mm",
        "yyyy-mm-dd hh:mm:ss",
        "@",
        "@",
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n", "d", "d", "d", "s", "s"]


def test_the_header_stays_in_sight_and_columns_are_as_wide_as_their_text():
    data = write(
        [Sheet(title="表", columns=(NOTE, COLUMNS[0]), rows=[("云州市科学技术协会", "V1"), ("长" * 99, "")])]
    )
    sheet = opened(data).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert [cell.value for cell in sheet[1]] == ["说明", "编号*"]
    assert sheet["A1"].font.bold
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (60, 8)


def test_several_sheets_keep_their_order():
    data = write([Sheet(title=title, columns=(NOTE,), rows=[]) for title in ("走访", "困难", "建议")])
    assert opened(data).sheetnames == ["走访", "困难", "建议"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula(text):
    data = texts(text)
    cell = opened(data).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text.replace("\r", "\n"))
    if plain(text) == text:
        assert read_back(data) == [(text,)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", [hostile for hostile in HOSTILE if hostile[0] not in " {'"])
def test_text_that_looks_like_a_formula_is_marked_so_editing_keeps_it_text(text):
    assert opened(texts(text)).active["A2"].quotePrefix


def test_a_library_left_to_itself_would_write_the_formula():
    """The control: without our care the same text is a live formula."""
    book = openpyxl.Workbook()
    book.active.append(["=1+1"])
    stream = io.BytesIO()
    book.save(stream)
    assert opened(stream.getvalue()).active["A1"].data_type == "f"


def test_a_hostile_header_is_text_too():
    data = write([Sheet(title="表", columns=(Column(name="=1+1"),), rows=[])])
    assert opened(data).active["A1"].data_type == "s"


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=10))
@settings(max_examples=40, deadline=None)
def test_any_text_survives(values):
    rows = read_back(texts(*(f"x{value}x" for value in values)))
    kept = [re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060\ufffe\uffff]", "", v) for v in values]
    assert rows == [
        (f"x{value.replace(chr(13) + chr(10), chr(10)).replace(chr(13), chr(10))}x",) for value in kept
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(-(10**14), 10**14),
            st.dates(date(1900, 3, 1), date(2100, 12, 31)),
            st.datetimes(datetime.fromisoformat("1951-01-01"), datetime.fromisoformat("2099-12-31")),
            st.times(),
        ),
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_number_and_date_survives(rows):
    columns = tuple(column for column in COLUMNS if column.name in {"人数", "日期", "时刻", "时间"})
    full = [
        (number, day, clock_time.replace(microsecond=0), moment.replace(microsecond=0))
        for number, day, moment, clock_time in rows
    ]
    data = write([Sheet(title="表", columns=columns, rows=full)])
    assert read_back(data, columns) == full


def test_what_a_spreadsheet_cannot_hold_exactly_is_written_as_text():
    sheet = opened(texts(1234567890123456789, Decimal("NaN"), date(1900, 1, 5))).active
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [
        "1234567890123456789",
        "NaN",
        "1900-01-05",
    ]


def test_text_that_is_too_long_says_that_it_was_cut():
    value = opened(texts("长" * (LONGEST_TEXT + 1))).active["A2"].value
    assert len(value) == LONGEST_TEXT
    assert value.endswith("…（后略）")


def test_the_same_sheets_give_the_same_bytes(monkeypatch):
    first = write([Sheet(title="表", columns=COLUMNS, rows=[ROW])])
    later = clock.time() + 100_000
    monkeypatch.setattr(clock, "time", lambda: later)
    assert write([Sheet(title="表", columns=COLUMNS, rows=[ROW])]) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_memory_does_not_grow_with_the_rows():
    def rows(count):
        return ((f"第 {n} 条",) for n in range(count))

    def peak(count):
        tracemalloc.start()
        write([Sheet(title="表", columns=(NOTE,), rows=rows(count))])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8000) < peak(1000) + 200_000


@pytest.mark.parametrize("title", ["", "长" * 32, "a/b", "a:b", "[a]", "a?", "'a"])
def test_titles_no_spreadsheet_accepts(title):
    with pytest.raises(ValueError, match="is no title"):
        Sheet(title=title, columns=(NOTE,), rows=[])


def test_wrong_calls_are_errors():
    sheet = Sheet(title="表", columns=(NOTE,), rows=[])
    with pytest.raises(ValueError, match="at least one sheet"):
        write([])
    with pytest.raises(ValueError, match="same title"):
        write([sheet, sheet])
    with pytest.raises(ValueError, match="at least one column"):
        Sheet(title="表", columns=(), rows=[])
    with pytest.raises(ValueError, match="row 1 has 2 values, not 1"):
        write([Sheet(title="表", columns=(NOTE,), rows=[("甲", "乙")])])
    with pytest.raises(ValueError, match="time zone"):
        texts(datetime(2020, 6, 12, tzinfo=UTC))
