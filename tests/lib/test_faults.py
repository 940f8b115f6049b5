import pytest

from hearth.lib.faults import MOST_KEPT, Fault, Findings, Notice, Refused


def test_a_fault_names_file_sheet_row_column_and_what_would_be_right():
    fault = Fault(file="走访.xlsx", sheet="名单", row=14, column="人数", found="十二", wanted="数字，如 12")
    assert fault.text == "走访.xlsx“名单”第 14 行“人数”：“十二”应为数字，如 12。"


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (
            Fault(file="a.csv", row=2, column="姓名", wanted="文字"),
            "a.csv 第 2 行“姓名”：没有填，应为文字。",
        ),
        (
            Fault(file="a.xls", found="旧版", wanted=".xlsx 文件", cure="另存再传"),
            "a.xls：“旧版”应为 .xlsx 文件。另存再传。",
        ),
        (Fault(file="a.csv", cure="文件是空的"), "a.csv：文件是空的。"),
        (Fault(file="a.csv", found="宏", cure="请去掉"), "a.csv：“宏”。请去掉。"),
    ],
)
def test_a_fault_says_only_what_it_knows(fault, text):
    assert fault.text == text


def test_foreign_text_stays_on_one_short_line():
    fault = Fault(file="a.csv", found="一\n二\u202e\x00三" + "长" * 100, wanted="数字")
    assert "\n" not in fault.text
    assert "\u202e" not in fault.text
    assert len(fault.text) < 70


def test_a_refusal_shows_some_and_counts_all():
    refusal = Refused([Fault(file="a.csv", row=n, cure="不对") for n in range(1, 31)])
    lines = refusal.text(most=2).splitlines()
    assert lines == [
        "a.csv 第 1 行：不对。",
        "a.csv 第 2 行：不对。",
        "另有 28 处，一共 30 处。",
        "全部没有导入，改好再传。",
    ]
    assert str(refusal) == refusal.text()


def test_a_refusal_without_a_fault_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        Refused([])


def test_findings_gather_over_files_and_refuse_once():
    findings = Findings()
    findings.add(Fault(file="a.csv", cure="甲"))
    with findings.gathered():
        raise Refused([Fault(file="b.csv", cure="乙"), Fault(file="b.csv", cure="丙")])
    with pytest.raises(Refused) as refusal:
        findings.settle()
    assert [fault.cure for fault in refusal.value.faults] == ["甲", "乙", "丙"]
    assert refusal.value.count == 3


def test_findings_keep_a_bounded_number_and_count_the_rest():
    findings = Findings()
    with findings.gathered():
        raise Refused([Fault(file="a.csv", cure="甲")], count=MOST_KEPT * 2)
    for _ in range(MOST_KEPT):
        findings.add(Fault(file="b.csv", cure="乙"))
    with pytest.raises(Refused) as refusal:
        findings.settle()
    assert len(refusal.value.faults) == MOST_KEPT
    assert refusal.value.count == MOST_KEPT * 3


def test_nothing_found_settles_quietly():
    Findings().settle()


def test_a_notice_is_one_line():
    assert Notice(file="a.csv", said="按 GBK 读取").text == "a.csv：按 GBK 读取。"
