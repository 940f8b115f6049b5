import io
import re
import time
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.tables import Column, Kind, Table

SOON = 1.0
"""Seconds of computing within which every hostile file is refused."""

VISITS = Table(
    name="走访",
    columns=(
        Column(name="编号", required=True, unique=True),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="人数", kind=Kind.INTEGER, minimum=0, aliases=("走访人数",)),
        Column(name="状态", kind=Kind.CHOICE, choices=("收集", "办理中", "已办结"), default="收集"),
        Column(name="单位"),
    ),
    unique_together=(("日期", "单位"),),
)
HEADER = ["编号", "日期", "人数", "状态", "单位"]


def faults_of(arrival, *tables):
    started = time.process_time()
    with pytest.raises(Refused) as refusal:
        read_xlsx(arrival, tables or [VISITS])
    assert time.process_time() - started < SOON
    return [fault.text.removeprefix(arrival.name) for fault in refusal.value.faults]


def test_reads_typed_rows_with_their_numbers(workbook_file):
    arrival = workbook_file(
        {
            "走访": [
                ["编号*", " 日 期 ", "走访人数", "状态", "单位"],
                ["V1", date(2020, 5, 28), 3, "办理中", "云州市科协"],
                [],
                [" V2\u3000", "2020年5月29日", "１２", None, None],
            ]
        }
    )
    reading = read_xlsx(arrival, [VISITS])
    first, second = reading.of(VISITS)
    assert dict(first.values) == {
        "编号": "V1",
        "日期": date(2020, 5, 28),
        "人数": 3,
        "状态": "办理中",
        "单位": "云州市科协",
    }
    assert (first.file, first.sheet, first.number, second.number) == ("走访.xlsx", "走访", 2, 4)
    assert (second["编号"], second["日期"], second["人数"]) == ("V2", date(2020, 5, 29), 12)
    assert (second["状态"], second["单位"]) == ("收集", None)
    assert reading.notices == ()
    with pytest.raises(TypeError):
        first.values["编号"] = "V9"


def test_reads_a_file_from_the_disk(workbook_file, tmp_path):
    path = tmp_path / "走访.xlsx"
    path.write_bytes(workbook_file({"走访": [HEADER, ["V1", date(2020, 5, 28)]]}).data)
    assert [row["编号"] for row in read_xlsx(path, [VISITS]).of(VISITS)] == ["V1"]


def test_every_fault_is_told_at_once(workbook_file):
    arrival = workbook_file(
        {
            "走访": [
                HEADER,
                ["V1", "2020-02-30", "十二", "办结了", "甲"],
                [None, date(2020, 5, 28), -1, None, "乙"],
                ["V3", date(2020, 5, 28), 2.5, None, "丙"],
                ["V3", date(2020, 5, 28), 1, None, "丙"],
            ]
        }
    )
    assert faults_of(arrival) == [
        "“走访”第 2 行“日期”：“2020-02-30”应为历法上有的日期，如 2020-06-12。2020 年 2 月没有 30 日。",
        "“走访”第 2 行“人数”：“十二”应为数字，如 12。",
        "“走访”第 2 行“状态”：“办结了”应为“收集”“办理中”“已办结”之一。是不是“已办结”？",
        "“走访”第 3 行“编号”：没有填，应为文字。",
        "“走访”第 3 行“人数”：“-1”应为不小于 0 的整数。",
        "“走访”第 4 行“人数”：“2.5”应为整数，如 12。",
        "“走访”第 5 行“编号”：“V3”应为不重复的内容。第 4 行已经有了，请改正或删去一行。",
        "“走访”第 5 行“日期、单位”：“2020-05-28、丙”应为不重复的内容。第 4 行已经有了，请改正或删去一行。",
    ]


def test_empty_cells_are_no_repeats(workbook_file):
    rows = [HEADER, ["V1", date(2020, 5, 28)], ["V2", date(2020, 5, 28)]]
    assert len(read_xlsx(workbook_file({"走访": rows}), [VISITS]).of(VISITS)) == 2


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        (
            ["编号", "日 其", "人数"],
            ["“走访”第 1 行“日 其”：不认得这一列，是不是“日期”？"],
        ),
        (["编号"], ["“走访”第 1 行“日期”：缺少这一列，请在表头补上。"]),
        (
            ["编号", "日期", "电话"],
            ["“走访”第 1 行“电话”：不认得这一列，认得的列：编号、日期、人数、状态、单位。不要的列请删去。"],
        ),
        (
            ["编号", "日期", "人数", "走访人数"],
            ["“走访”第 1 行“人数”：这一列有两次：C 列和 D 列。请只留一列。"],
        ),
        (
            ["编号", "日期", None, "单位"],
            ["“走访”第 2 行：C 列没有列名，却有内容。请补上列名，或删去这一列。"],
        ),
        (
            ["甲", "乙", "丙"],
            ["“走访”第 1 行：这一行不是表头。第 1 行应为列名：编号、日期、人数、状态、单位。"],
        ),
    ],
)
def test_columns_that_do_not_fit(workbook_file, header, faults):
    row = ["V1", date(2020, 5, 28), 3, "甲"][: len(header)]
    assert faults_of(workbook_file({"走访": [header, row]})) == faults


def test_an_optional_column_may_be_absent(workbook_file):
    (row,) = read_xlsx(workbook_file({"走访": [HEADER[:2], ["V1", date(2020, 5, 28)]]}), [VISITS]).of(VISITS)
    assert (row["人数"], row["状态"]) == (None, "收集")


def test_an_empty_sheet(workbook_file):
    assert faults_of(workbook_file({"走访": []})) == [
        "“走访”：这张表是空的，第 1 行应为列名：编号、日期、人数、状态、单位。"
    ]


def test_a_header_without_rows_is_no_fault(workbook_file):
    assert read_xlsx(workbook_file({"走访": [HEADER]}), [VISITS]).of(VISITS) == ()


def test_a_merged_title_above_the_header(workbook_file):
    arrival = workbook_file({"走访": [["走访名单"], HEADER]}, merged={"走访": "A1:E1"})
    (fault,) = faults_of(arrival)
    assert "表头有合并的单元格" in fault


def test_merged_cells_among_the_rows(workbook_file):
    rows = [HEADER, ["V1", date(2020, 5, 28), 1, None, "甲"], ["V2", date(2020, 5, 29)]]
    arrival = workbook_file({"走访": rows}, merged={"走访": "E2:E3"})
    assert faults_of(arrival) == [
        "“走访”第 2 行“单位”：第 2 到 3 行的这一格是合并的。请取消合并，每一格都填上。"
    ]


def test_formulas_and_their_errors(workbook_file, repack, sheet_xml):
    xml = sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>日期</v></c>'
        '<c r="C1" t="str"><v>人数</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>CONCAT("V",1)</f><v>V1</v></c><c r="B2" t="e"><v>#N/A</v></c>'
        '<c r="C2"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    arrival = repack(workbook_file({"走访": []}), {"xl/worksheets/sheet1.xml": xml})
    assert faults_of(arrival) == [
        '“走访”第 2 行“编号”：“=CONCAT("V",1)”应为填好的值，不是公式。请复制这一格，选择性粘贴为“数值”再传。',
        "“走访”第 2 行“日期”：“#N/A”应为填好的值。这一格算错了，请改成实际的值。",
        "“走访”第 2 行“人数”：“=”应为填好的值，不是公式。请复制这一格，选择性粘贴为“数值”再传。",
    ]


def test_a_formula_without_a_result_is_seen(workbook_file):
    (fault,) = faults_of(workbook_file({"走访": [HEADER, ["V1", date(2020, 5, 28), "=1+1"]]}))
    assert "“=1+1”应为填好的值" in fault


def test_a_sheet_of_formulas_is_one_fault(workbook_file):
    rows = [HEADER, *([f"V{n}", date(2020, 5, 28), "=1+1"] for n in range(1100))]
    (fault,) = faults_of(workbook_file({"走访": rows}))
    assert "有 1000 格以上是公式" in fault


def test_text_that_looks_like_a_formula_is_text(workbook_file, repack, sheet_xml):
    xml = sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>日期</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c><c r="B2"><v>43979</v></c></row>'
    )
    (row,) = read_xlsx(repack(workbook_file({"走访": []}), {"xl/worksheets/sheet1.xml": xml}), [VISITS]).of(
        VISITS
    )
    assert (row["编号"], row["日期"]) == ("=1+1", date(2020, 5, 28))


def test_sheets_by_name_with_notices_of_the_others(workbook_file):
    arrival = workbook_file({"说明": [["请填第二张表"]], "走访": [HEADER]})
    assert [notice.text for notice in read_xlsx(arrival, [VISITS]).notices] == [
        "走访.xlsx“说明”：不在要读的表里，没有读。"
    ]


def test_the_only_sheet_is_read_whatever_it_is_called(workbook_file):
    reading = read_xlsx(workbook_file({"Sheet1": [HEADER, ["V1", date(2020, 5, 28)]]}), [VISITS])
    assert len(reading.of(VISITS)) == 1
    assert [n.text for n in reading.notices] == ["走访.xlsx“Sheet1”：只有这一张表，当作“走访”读取。"]


def test_missing_sheets_of_several_tables(workbook_file):
    other = Table(name="困难", columns=(Column(name="编号", required=True),))
    optional = Table(name="建议", columns=(Column(name="编号"),), required=False)
    arrival = workbook_file({"走访": [["编号"]], "困难登记": [["编号"]]})
    assert faults_of(arrival, VISITS, other, optional) == [
        "“走访”第 1 行“日期”：缺少这一列，请在表头补上。",
        "：没有“困难”这张表。是不是“困难登记”？请把表名改成“困难”。",
    ]
    assert read_xlsx(workbook_file({"走访": [HEADER], "x": []}), [VISITS, optional]).of(optional) == ()


def test_more_faults_than_are_kept_are_counted(workbook_file):
    narrow = Table(name="表", columns=(Column(name="数", kind=Kind.INTEGER),))
    rows = [["数"], *(["甲"] for _ in range(2500))]
    with pytest.raises(Refused) as refusal:
        read_xlsx(workbook_file({"表": rows}), [narrow])
    assert (refusal.value.count, len(refusal.value.faults)) == (2500, 2000)


HOSTILE_ROWS = {
    "a cell in the last row": (
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "一张表最多读 20000 行",
    ),
    "a cell in the last column": ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "XFD 列还有内容"),
    "two cells far apart": (
        '<row r="1"><c r="IV1"><v>1</v></c></row><row r="9999"><c r="A9999"><v>1</v></c></row>',
        "格子或文字太多",
    ),
    "a cell out of order": (
        '<row r="2"><c r="B2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        "不合规范",
    ),
    "a cell without a place": ('<row r="1"><c><v>1</v></c></row>', "不合规范"),
    "a place out of the world": ('<row r="1"><c r="A99999999999"><v>1</v></c></row>', "不合规范"),
    "a string that is not there": ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "不合规范"),
    "a type nobody knows": ('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>', "不合规范"),
    "an element that does not close": ('<row r="1"><c r="A1"><v>1</v>', "不合规范"),
    "an entity nobody declared": ('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>', "不合规范"),
}


@pytest.mark.parametrize("kind", HOSTILE_ROWS)
def test_hostile_rows(workbook_file, repack, sheet_xml, kind):
    rows, said = HOSTILE_ROWS[kind]
    arrival = repack(workbook_file({"走访": []}), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    (fault,) = faults_of(arrival)
    assert said in fault


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_flood_of_elements(workbook_file, repack, name):
    content = b"<si>%s</si>" % b"".join(b'<t n="%d"/>' % n for n in range(1_300_000))
    (fault,) = faults_of(repack(workbook_file({"走访": [HEADER]}), {name: content}))
    assert "格子或文字太多" in fault


def test_a_huge_declared_rectangle_costs_nothing(workbook_file, repack, sheet_xml):
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>编号</v></c></row>')
    xml = xml.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    (fault,) = faults_of(repack(workbook_file({"走访": []}), {"xl/worksheets/sheet1.xml": xml}))
    assert "缺少这一列" in fault


def test_a_million_styled_empty_rows_cost_little(workbook_file, repack, sheet_xml):
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 20_000))
    arrival = repack(workbook_file({"走访": []}), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    (fault,) = faults_of(arrival)
    assert "这张表是空的" in fault


def test_one_long_shared_string_used_again_and_again(workbook_file, repack, sheet_xml):
    """A few kilobytes that a reader copying strings into cells would unpack to gigabytes."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{namespace}"><si><t>{"长文" * 100_000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5000))
    arrival = repack(
        workbook_file({"走访": [["编号"]]}),
        {"xl/worksheets/sheet1.xml": sheet_xml(rows), "xl/sharedStrings.xml": strings},
    )
    (fault,) = faults_of(arrival)
    assert "格子或文字太多" in fault


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SHAREDSTRINGS.xml"])
@pytest.mark.parametrize("count", ["4294967296", "-1", "many"])
def test_an_announced_number_of_strings_that_cannot_be(workbook_file, repack, name, count):
    """A reader that reserves memory for the announced number would end the whole process."""
    strings = f'<sst uniqueCount="{count}"><si><t>编号</t></si></sst>'.encode()
    (fault,) = faults_of(repack(workbook_file({"走访": [HEADER]}), {name: strings}))
    assert "不合规范" in fault


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b"<!DOCTYPE a><workbook/>"),
        ("xl/workbook.xml", b"<workbook>" + b" " * 2_000_000 + b"</workbook>"),
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/worksheets/sheet1.xml", None),
        ("xl/worksheets/sheet1.xml", b"\xff\xfe<\x00"),
        ("xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId='999999999999'/></cellXfs>"),
    ],
)
def test_damaged_parts(workbook_file, repack, part, content):
    assert faults_of(repack(workbook_file({"走访": [HEADER]}), {part: content}))


def test_two_sheets_of_one_relation(workbook_file, repack):
    arrival = workbook_file({"走访": [HEADER], "困难": [HEADER]})
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        b'<Relationship Id="rId1" Target="worksheets/sheet2.xml"/></Relationships>'
    )
    (fault,) = faults_of(repack(arrival, {"xl/_rels/workbook.xml.rels": rels}))
    assert "不合规范" in fault


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_part_is_read_or_refused_but_never_breaks(workbook_file, repack, data):
    good = workbook_file({"走访": [HEADER, ["V1", date(2020, 5, 28), 3, "收集", "甲"]]})
    with zipfile.ZipFile(io.BytesIO(good.data)) as archive:
        name = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"]))
        content = bytearray(archive.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    try:
        read_xlsx(repack(good, {name: bytes(content)}), [VISITS])
    except Refused as refusal:
        assert refusal.faults


@given(st.lists(st.tuples(st.integers(0, 10**9), st.decimals(-(10**6), 10**6, places=2)), max_size=20))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_survive(workbook_file, rows):
    table = Table(
        name="表",
        columns=(Column(name="数", kind=Kind.INTEGER), Column(name="钱", kind=Kind.MONEY)),
    )
    arrival = workbook_file({"表": [["数", "钱"], *rows]})
    found = [(row["数"], row["钱"]) for row in read_xlsx(arrival, [table]).of(table)]
    assert found == [(count, Decimal(money)) for count, money in rows]


def test_the_wording_has_no_foreign_lines(workbook_file):
    (fault,) = faults_of(workbook_file({"走访": [HEADER, ["V1", "五月\n二十八\t日"]]}))
    assert re.search(r"[\n\t]", fault) is None
