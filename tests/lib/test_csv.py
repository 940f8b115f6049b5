import codecs
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_csv
from hearth.lib.tables import Column, Kind, Table

RETURNS = Table(
    name="报送",
    columns=(
        Column(name="单位", required=True, unique=True),
        Column(name="日期", kind=Kind.DATE),
        Column(name="人数", kind=Kind.INTEGER, minimum=0),
        Column(name="心得"),
    ),
    most_rows=50,
)
TEXT = "单位,日期,人数,心得\n石桥区科协,2020年6月1日,１２,很受鼓舞\n"


def read(data, name="报送.csv"):
    return read_csv(Arrival(name, data), RETURNS)


def faults_of(data, name="报送.csv"):
    with pytest.raises(Refused) as refusal:
        read(data, name)
    return [fault.text for fault in refusal.value.faults]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace("单位,", "单位*,").replace(",", ";").encode(),
    ],
)
def test_reads_every_usual_text(data):
    reading = read(data)
    (row,) = reading.of(RETURNS)
    assert dict(row.values) == {
        "单位": "石桥区科协",
        "日期": date(2020, 6, 1),
        "人数": 12,
        "心得": "很受鼓舞",
    }
    assert (row.file, row.sheet, row.number) == ("报送.csv", "", 2)
    assert reading.notices == ()


@pytest.mark.parametrize(("encoding", "unit"), [("gbk", "石桥区科协"), ("gb18030", "㐀𠀀镇科协")])
def test_gbk_is_read_and_said(encoding, unit):
    reading = read(TEXT.replace("石桥区科协", unit).encode(encoding))
    assert reading.of(RETURNS)[0]["单位"] == unit
    assert [notice.text for notice in reading.notices] == [
        "报送.csv：不是 UTF-8 编码，已按 GBK（GB18030）读取；如有乱码，请另存为“CSV UTF-8”再传。"
    ]


def test_quoted_delimiters_quotes_and_line_breaks():
    rows = read('单位,心得\n"甲,乙","第一行\n""第二行"""\n丙,丁\n'.encode()).of(RETURNS)
    assert [(row["单位"], row["心得"], row.number) for row in rows] == [
        ("甲,乙", '第一行\n"第二行"', 2),
        ("丙", "丁", 3),
    ]


def test_a_table_of_one_column():
    assert [row["单位"] for row in read("单位\n甲\n\n乙".encode()).of(RETURNS)] == ["甲", "乙"]


def test_rows_that_are_short_and_rows_that_are_long():
    assert read("单位,人数\n甲\n".encode()).of(RETURNS)[0]["人数"] is None
    assert read("单位,人数\n甲,1,,\n".encode()).of(RETURNS)[0]["人数"] == 1
    assert faults_of("单位,人数\n甲,1,200\n".encode()) == [
        "报送.csv 第 2 行：比表头多出几格：表头 2 列，这一行 3 列。"
    ]


def test_formulas_are_refused_and_other_signs_are_text():
    assert faults_of("单位,人数\n=HYPERLINK(1),=1+1\n".encode()) == [
        "报送.csv 第 2 行“单位”：“=HYPERLINK(1)”应为填好的值，不是公式。"
        "请在表格里选择性粘贴为“数值”，另存再传。",
        "报送.csv 第 2 行“人数”：“=1+1”应为填好的值，不是公式。请在表格里选择性粘贴为“数值”，另存再传。",
    ]
    assert read("单位\n@甲\n".encode()).of(RETURNS)[0]["单位"] == "@甲"


def test_faults_and_repeats_name_their_rows():
    assert faults_of("单位,人数\n甲,-1\n甲,2\n".encode()) == [
        "报送.csv 第 2 行“人数”：“-1”应为不小于 0 的整数。",
        "报送.csv 第 3 行“单位”：“甲”应为不重复的内容。第 2 行已经有了，请改正或删去一行。",
    ]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "报送.csv", "文件是空的"),
        (b"\xef\xbb\xbf", "报送.csv", "这张表是空的"),
        (b"PK\x03\x04rest", "报送.csv", "“压缩包”应为 .csv 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "报送.csv", "“旧版 Office 文件”应为 .csv 文件"),
        (b"<html><table>", "报送.csv", "“网页”应为 .csv 文件"),
        (TEXT.encode(), "报送.xlsx", "“.xlsx”应为 .csv 文件"),
        (b"\xff\xff\xff\x80", "报送.csv", "认不出的编码"),
        (TEXT.encode() + b"\0", "报送.csv", "认不出的编码"),
        (TEXT.encode("utf-16")[:-1], "报送.csv", "认不出的编码"),
        ('单位\n"甲\n乙'.encode(), "报送.csv", "引号没有配对"),
        (b"a" * 200_000, "报送.csv", "一格太长"),
        (("单位\n" + "甲\n" * 60).encode(), "报送.csv", "一张表最多读 50 行"),
        (("单位\n甲" + "," * 300 + "乙").encode(), "报送.csv", "一行超过 256 列"),
    ],
)
def test_what_is_no_such_text(data, name, said):
    (fault,) = faults_of(data, name)
    assert said in fault


@pytest.mark.parametrize("sign", [b",", b"\n", b"\r\n", b";\n"])
def test_millions_of_empty_cells_are_refused_fast(sign):
    started = time.process_time()
    (fault,) = faults_of(sign * (18 * 1024 * 1024 // len(sign)))
    assert time.process_time() - started < 1.0
    assert "格子或文字太多" in fault


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data)
    except Refused as refusal:
        assert refusal.faults


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        read(("单位,心得\n" + text).encode("utf-8", "replace"))
    except Refused as refusal:
        assert refusal.faults
