"""A pasted table as statements: lists, two columns, cross tables; what is not understood is named with its cure."""

import io

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hearth.lib import quantities, statements
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.lib.statements import Statement, read


def said(pasted: str) -> list[tuple]:
    """Name, value, unit, scope and date of every statement, empty ones left out at the end."""
    rows = [(one.name, one.value, one.unit, one.scope, one.date) for one in read(pasted).statements]
    return [row[: max(at for at, part in enumerate(row, 1) if part)] for row in rows]


def faults(pasted: str) -> list[str]:
    return [fault.text for fault in read(pasted).faults]


@pytest.mark.parametrize(
    "pasted",
    [
        "项目\t数量\n科普展板\t33块\n读本\t1,000 册\n",
        "科普展板\t33块\n读本\t1000册",
        "科普展板：33块\n读本：1,000册",
        "科普展板 33块\n读本 1000册",
        "项目,数量,单位\n科普展板,33,块\n读本,1000,册\n",
        "| 项目 | 数量 |\n|---|---|\n| 科普展板 | 33块 |\n| 读本 | 1000册 |",
        "活动情况\t\n项目\t数量\n1.科普展板（块）\t３３\n2.读本（册）\t1000",
        "单位：块\t\n项目\t数量\n科普展板\t33\n读本\t1000册",
        "科普展板\t33块\t读本\t1000册",
        "序号\t名称\t数值\t计量单位\t备注\n1\t科普展板\t33\t块\t好\n2\t读本\t1000\t册\t",
    ],
)
def test_a_list_is_read_however_it_is_written(pasted: str) -> None:
    assert said(pasted) == [("科普展板", 33, "块"), ("读本", 1000, "册")]


def test_rows_of_places_are_scopes_and_their_sum_has_none() -> None:
    pasted = (
        "县区\t场次\t参加人数（人）\t经费/万元\n石桥区\t3\t300\t1.2\n云岭区\t4\t500\t—\n合计\t7\t800\t1.2"
    )
    assert said(pasted) == [
        ("场次", 3, "场次", "石桥区"),
        ("参加人数", 300, "人", "石桥区"),
        ("经费", 1.2, "万元", "石桥区"),
        ("场次", 4, "场次", "云岭区"),
        ("参加人数", 500, "人", "云岭区"),
        ("场次", 7, "场次"),
        ("参加人数", 800, "人"),
        ("经费", 1.2, "万元"),
    ]


def test_columns_of_years_are_dates() -> None:
    assert said("项目\t2019年\t2020年\n服务企业（家）\t20\t23\n") == [
        ("服务企业", 20, "家", None, "2019年"),
        ("服务企业", 23, "家", None, "2020年"),
    ]


def test_columns_of_places_are_scopes() -> None:
    assert said("项目\t石桥区\t云岭区\t合计\n受众人数\t100\t200\t300") == [
        ("受众人数", 100, "人", "石桥区"),
        ("受众人数", 200, "人", "云岭区"),
        ("受众人数", 300, "人"),
    ]


def test_a_header_of_two_rows_names_its_columns_with_both() -> None:
    pasted = "地区\t科普活动\t\t培训\n\t男\t女\t男\n石桥区\t1\t2\t3"
    assert [row[0] for row in said(pasted)] == ["科普活动男", "科普活动女", "培训男"]


def test_a_label_left_out_below_a_merged_cell_is_the_one_above() -> None:
    pasted = "县区\t项目\t数量\n石桥区\t展板\t3块\n\t读本\t5册"
    assert said(pasted) == [("展板", 3, "块", "石桥区"), ("读本", 5, "册", "石桥区")]


def test_dates_of_rows_are_said_and_tell_when_the_others_were() -> None:
    pasted = "活动\t日期\t参加人数\n对接会\t2020年6月12日\t213"
    assert said(pasted) == [
        ("对接会日期", "2020-06-12"),
        ("对接会参加人数", 213, "人", None, "2020年6月12日"),
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("33", (33, "", "")),
        ("-3", (-3, "", "")),
        ("1,234.50元", (1234.5, "", "元")),
        ("3.2亿元", (3.2, "亿", "元")),
        ("￥500", (500, "", "元")),
        ("６３．５％", (63.5, "", "%")),
        ("2百万元", (200, "万", "元")),
        ("2020/6/1", ("2020-06-01", "", "")),
        ("2020年5月28日-29日", ("2020-05-28/2020-05-29", "", "")),
        ("2020-05-21至2020-06-10", ("2020-05-21/2020-06-10", "", "")),
        ("2020年6月", ("2020-06", "", "")),
    ],
)
def test_a_cell_is_read(cell: str, value: tuple) -> None:
    found = quantities.parse(cell)
    assert isinstance(found, quantities.Quantity)
    assert (found.value, found.scale, found.unit) == value


@pytest.mark.parametrize(
    ("cell", "cure"),
    [
        ("30余块", "是约数，请填记录里的实数"),
        ("近500人", "是约数，请填记录里的实数"),
        ("三十块", "请写阿拉伯数字"),
        ("6月12日", "请写上年份"),
        ("2020-02-30", ""),
        ("12,34", ""),
    ],
)
def test_a_cell_that_is_not_exact_says_how_to_mend_it(cell: str, cure: str) -> None:
    found = quantities.parse(cell)
    assert isinstance(found, quantities.Unclear)
    assert found.cure == cure


def test_a_wrong_cell_is_named_and_the_others_are_read() -> None:
    pasted = "项目\t数量\n展板\t30余块\n读本\t1000册\n\t5"
    assert said(pasted) == [("读本", 1000, "册")]
    assert faults(pasted) == [
        "表格 第 2 行“数量”：“30余块”应为准确的数，如 33、33块、1.2万元、63.5%。是约数，请填记录里的实数。",
        "表格 第 4 行“数量”：“5”。这一行没有名称，不知道是什么的数字。请在前面一列填上。",
    ]


@pytest.mark.parametrize(
    ("pasted", "fault"),
    [
        ("", "表格：表格是空的。请把表格里的格子复制过来。"),
        (
            "甲\t乙\n丙\t丁",
            "表格：没有找到数字。表里至少要有一列名称和一列数字，如“科普展板”和“33块”。",
        ),
        ("a\t1\n" * 2001, "表格：有 2001 行，最多读 2000 行。请只留文中用到的。"),
        ("a" + "\t1" * 30, "表格 第 1 行：超过 30 列。请只留文中用到的列。"),
    ],
)
def test_what_is_no_table_is_refused_with_a_cure(pasted: str, fault: str) -> None:
    assert faults(pasted) == [fault]
    assert said(pasted) == []


def test_more_statements_than_asked_for_are_left_out_and_told() -> None:
    found = read("甲\t1\n乙\t2\n丙\t3", most=2)
    assert len(found.statements) == 2
    assert found.faults[0].text == "表格 第 3 行：一共 3 个数字，只读前 2 个。请只留文中用到的。"


def test_a_column_that_is_not_used_is_told() -> None:
    found = read("活动\t地点\t人数\n开幕式\t体育馆\t300")
    assert [one.text for one in found.notices] == ["表格：“地点”这一列不是数字，没有用。"]


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_says_what_its_cells_say_when_pasted() -> None:
    data = workbook(("项目", "数量", "单位"), ("科普展板", 33, "块"))
    found = statements.read_file(Arrival("表.xlsx", data)).statements
    assert found == (Statement("科普展板", 33, "块", 2, 2),)
    csv = Arrival("表.csv", "项目,数量,单位\n科普展板,33,块\n".encode("gbk"))
    assert statements.read_file(csv).statements == found


def test_a_formula_is_named_and_not_believed() -> None:
    data = workbook(("项目", "数量"), ("展板", 33), ("合计", "=B2"))
    found = statements.read_file(Arrival("表.xlsx", data))
    assert [one.value for one in found.statements] == [33]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "数量")]


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(Refused, match=r"应为 \.csv 文件"):
        statements.read_file(Arrival("表.pdf", b"%PDF-1.7"))


@example("0\n:\n%")  # a heading over cells that all count as empty
@given(st.text(alphabet='项目数量年月日单位块人册0123456789.,%（）\t\n|：:" -—', max_size=200))
def test_whatever_is_pasted_is_read_or_refused(pasted: str) -> None:
    found = read(pasted)
    assert found.statements or found.faults
    assert all(one.name for one in found.statements)
    assert len({one.key for one in found.statements}) == len(found.statements)
