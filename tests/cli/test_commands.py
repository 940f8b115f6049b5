"""The commands that people script against: what goes in, what comes out, and the exit code."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from hearth.config.environment import HOME
from hearth.engines import gongwen
from tests.engines.gongwen.drawn_papers import Notice


def run(*words: object, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hearth.cli", *map(str, words)],
        **{"env": {**os.environ, "PYTHONPATH": str(HOME / "src")}, **options},
        capture_output=True,
        text=True,
        check=False,
    )


def lines(place: Path, *objects: dict[str, object]) -> Path:
    place.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in objects), encoding="utf-8")
    return place


@pytest.fixture
def demands(tmp_path: Path) -> Path:
    return lines(
        tmp_path / "demands.jsonl",
        {"id": "D1", "title": "水泥窑尾气脱硝", "text": "水泥熟料生产线窑尾氮氧化物超标，求低温脱硝催化剂"},
        {
            "id": "D2",
            "title": "茶叶烘干含水率在线检测",
            "text": "烘干机出口茶叶含水率波动大，求近红外在线检测",
        },
    )


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    return lines(
        tmp_path / "offers.jsonl",
        {"id": "O1", "title": "低温脱硝催化剂", "text": "适用于水泥窑尾气的低温脱硝催化剂", "owner": "甲"},
        {
            "id": "O2",
            "title": "近红外含水率检测仪",
            "text": "茶叶、烟叶烘干过程含水率近红外在线检测",
            "owner": "乙",
        },
        {"id": "O3", "title": "桥梁健康监测", "text": "斜拉索索力长期监测", "owner": "甲"},
    )


def test_match_ranks_with_reasons(demands: Path, offers: Path) -> None:
    done = run("match", demands, offers, "--top", 2)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["demand"], one["offer"]) for one in found if one["rank"] == 1] == [
        ("D1", "O1"),
        ("D2", "O2"),
    ]
    assert found[0]["reasons"][0]["words"]


def test_match_by_owner(demands: Path, offers: Path) -> None:
    found = [json.loads(line) for line in run("match", demands, offers, "--by", "owner").stdout.splitlines()]
    assert {(one["demand"], one["owner"]) for one in found if one["rank"] == 1} == {
        ("D1", "甲"),
        ("D2", "乙"),
    }


def test_match_scores_given_pairs_in_their_order(demands: Path, offers: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("demand\toffer\nD2\tO1\nD1\tO1\n", encoding="utf-8")
    done = run("match", demands, offers, "--pairs", pairs)
    header, *rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert header == ["demand", "offer", "score"]
    assert [row[:2] for row in rows] == [["D2", "O1"], ["D1", "O1"]]
    assert float(rows[1][2]) > float(rows[0][2])


def test_match_takes_excel(demands: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "名称", "简介", "单位"])
    book.active.append(["O1", "低温脱硝催化剂", "适用于水泥窑尾气", "甲"])
    book.save(tmp_path / "offers.xlsx")
    assert json.loads(run("match", demands, tmp_path / "offers.xlsx").stdout.splitlines()[0])["offer"] == "O1"


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"id": "1"', "第 1 行"), ('{"id": "1", "title": "名称"}', "第 1 行“text”"), ("[1]", "第 1 行")],
)
def test_match_names_a_bad_line(demands: Path, tmp_path: Path, text: str, said: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(text, encoding="utf-8")
    done = run("match", demands, bad)
    assert done.returncode == 2
    assert said in done.stderr


EVENT = {
    "slots": [{"label": "09:00"}, {"label": "09:20"}, {"label": "09:40"}],
    "tables": 2,
    "participants": [{"id": "a", "name": "甲厂"}, {"id": "b", "name": "乙厂"}, {"id": "x", "name": "许工"}],
    "meetings": [{"id": "1", "a": "a", "b": "x"}, {"id": "2", "a": "b", "b": "x"}],
}


def test_timetable_answers_with_the_proven_bound(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps(EVENT), encoding="utf-8")
    done = run("timetable", event, "--seconds", 10)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["status"], found["breaks"], found["bound"], len(found["meetings"])) == ("optimal", 0, 0, 2)


def test_timetable_that_cannot_be_names_whom_and_answers_no(tmp_path: Path) -> None:
    participants = [*EVENT["participants"][:2], {"id": "x", "name": "许工", "unavailable": [1, 2]}]
    event = tmp_path / "event.json"
    event.write_text(
        json.dumps({**EVENT, "participants": participants}, ensure_ascii=False), encoding="utf-8"
    )
    done = run("timetable", event, "--seconds", 10, "--out", tmp_path / "out.json")
    assert done.returncode == 1
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert found["status"] == "infeasible"
    assert "许工" in found["conflicts"][0]["text"]


def test_figures_gives_offsets_of_code_points(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("𠀀现场展出展板30余块，一是认真。", encoding="utf-8")
    done = run("figures", text)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    (figure,) = found["figures"]
    assert (figure["start"], figure["end"], figure["text"]) == (7, 11, "30余块")
    assert (figure["low"], figure["high"], figure["unit"]) == (30, 40, "块")
    assert [trap["kind"] for trap in found["traps"]] == ["listing"]


def test_figures_against_facts_answers_no_when_one_is_wrong(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("现场展出科普展板30余块。", encoding="utf-8")
    right = lines(tmp_path / "right.jsonl", {"key": "boards", "name": "科普展板", "value": 33, "unit": "块"})
    wrong = lines(tmp_path / "wrong.jsonl", {"key": "boards", "name": "科普展板", "value": 28, "unit": "块"})
    assert run("figures", text, "--facts", right).returncode == 0
    done = run("figures", text, "--facts", wrong)
    assert done.returncode == 1
    assert json.loads(done.stdout)["judgements"][0]["verdict"] == "contradicted"


def test_figures_against_a_table_answers_as_against_facts(tmp_path: Path) -> None:
    text, table = tmp_path / "text.txt", tmp_path / "table.csv"
    text.write_text("展出科普展板30余块。技术需求40项，其中达成意向16项，占45%。", encoding="utf-8")
    table.write_text("项目,数量\n科普展板,28块\n", encoding="utf-8")
    done = run("figures", text, "--facts", table)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert (found["judgements"][0]["verdict"], found["judgements"][0]["fact"]) == ("contradicted", "R2C2")
    assert [(one["text"], one["right"]) for one in found["arithmetic"]] == [("45%", 40)]


def test_figures_with_a_table_that_is_not_understood_names_the_cell(tmp_path: Path) -> None:
    text, table = tmp_path / "text.txt", tmp_path / "table.csv"
    text.write_text("展出科普展板30余块。", encoding="utf-8")
    table.write_text("项目,数量\n科普展板,三十块\n读本,5册\n", encoding="utf-8")
    done = run("figures", text, "--facts", table)
    assert done.returncode == 2
    assert "table.csv 第 2 行“数量”：“三十块”应为准确的数" in done.stderr


SOURCE = """---
文种：总结
机关：甲市科协
成文日期：2020-06-20
---
# 活动总结

发放读本{{科普.读本}}，展出展板{{科普.展板|余}}。
"""
FACTS = (
    {"key": "outreach.booklets", "name": "科普.读本", "value": 1000, "unit": "册"},
    {"key": "outreach.boards", "name": "科普.展板", "value": 33, "unit": "块"},
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    source = tmp_path / "paper.md"
    source.write_text(SOURCE, encoding="utf-8")
    out = tmp_path / "paper.docx"
    done = run("gongwen", source, "--out", out, "--facts", lines(tmp_path / "facts.jsonl", *FACTS))
    assert done.returncode == 0, done.stderr
    return out


def edited(paper: Path, old: str, new: str) -> Path:
    place = paper.with_name("edited.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(paper) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(name, data)
    place.write_bytes(out.getvalue())
    return place


def test_a_written_paper_verifies(paper: Path) -> None:
    done = run("verify", paper, "--json")
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert [(one["found"], one["status"]) for one in found["figures"]] == [("1000册", "ok"), ("30余块", "ok")]
    assert found["signature"] == "valid"
    assert run("verify", paper).returncode == 0


def test_a_word_file_is_read_back_as_the_source_it_came_from(paper: Path, tmp_path: Path) -> None:
    source, again = tmp_path / "again.md", tmp_path / "again.docx"
    assert run("gongwen", paper, "--out", source).returncode == 0
    text = source.read_text(encoding="utf-8")
    assert "发放读本{{outreach.booklets}}" in text
    assert run("gongwen", source, "--out", again, "--facts", tmp_path / "facts.jsonl").returncode == 0
    assert run("verify", again).returncode == 0


def test_a_calibration_page_is_written_and_what_was_measured_on_it_moves_the_paper(
    paper: Path, tmp_path: Path
) -> None:
    page, moved, measured = tmp_path / "page.docx", tmp_path / "moved.docx", tmp_path / "profile.yaml"
    measured.write_text("每页行数: 21\n", encoding="utf-8")
    assert run("gongwen", "--calibration", "--out", page).returncode == 0
    assert "版式校准页" in gongwen.verify(page.read_bytes()).text
    asked = ("--facts", tmp_path / "facts.jsonl", "--profile", measured)
    assert run("gongwen", tmp_path / "paper.md", "--out", moved, *asked).returncode == 0
    assert gongwen.verify(moved.read_bytes()).text == gongwen.verify(paper.read_bytes()).text
    assert moved.read_bytes() != paper.read_bytes()
    measured.write_text("每页行数: 二十二\n", encoding="utf-8")
    refused = run("gongwen", tmp_path / "paper.md", "--out", moved, *asked)
    assert (refused.returncode, "“每页行数”不是数字" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [(">1000册<", ">1800册<", "edited"), ("发放读本", "未发读本", "moved")],
)
def test_an_edit_is_told_and_answers_no(paper: Path, old: str, new: str, status: str) -> None:
    done = run("verify", edited(paper, old, new), "--json")
    assert done.returncode == 1
    assert status in [one["status"] for one in json.loads(done.stdout)["figures"]]


def test_a_number_typed_into_the_file_is_told(paper: Path) -> None:
    done = run("verify", edited(paper, "，展出展板", "给500名学生，展出展板"), "--json")
    assert done.returncode == 1
    assert [one["text"] for one in json.loads(done.stdout)["untraced"]] == ["500名"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{科普.读本}}", "{{科普.读本", "第 8 行"),
        ("科普.读本", "科普.无此", "没有叫“科普.无此”的事实"),
        ("展板|余", "展板|近", "近"),
    ],
)
def test_a_source_that_cannot_be_written_says_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    source = tmp_path / "paper.md"
    source.write_text(SOURCE.replace(old, new), encoding="utf-8")
    done = run(
        "gongwen", source, "--out", tmp_path / "o.docx", "--facts", lines(tmp_path / "f.jsonl", *FACTS)
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "o.docx").exists()


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no zip")
    done = run("verify", bad)
    assert done.returncode == 2
    assert done.stderr.strip()


def test_a_missing_file_and_an_unknown_command_are_wrong_use(tmp_path: Path) -> None:
    assert run("verify", tmp_path / "none.docx").returncode == 2
    assert run("dance").returncode == 2


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    place = tmp_path / "来文.pdf"
    place.write_bytes(Notice().pdf())
    return place


def test_the_layout_of_a_pdf_is_measured_and_told_in_a_table(drawn: Path) -> None:
    done = run("verify", drawn, "--layout")
    assert done.returncode == 0, done.stdout
    assert "来文.pdf（文件格式）" in done.stdout
    assert "0 项不符 GB/T 9704-2012。" in done.stdout


def test_a_departure_is_told_with_its_cure_and_answers_no(drawn: Path) -> None:
    drawn.write_bytes(Notice(left=31.0).pdf())
    done = run("verify", drawn, "--layout")
    assert done.returncode == 1
    assert "◆ 第 1 页订口（版心左边缘）：把左边距设为 28 mm。" in done.stdout


def test_the_layout_as_json_has_a_row_for_each_clause(drawn: Path) -> None:
    done = run("verify", drawn, "--layout", "--json")
    said = json.loads(done.stdout)
    assert (said["ok"], said["form"], said["pages"]) == (True, "文件", 3)
    margin = next(row for row in said["findings"] if row["what"] == "订口（版心左边缘）")
    assert (margin["clause"], margin["wanted"], margin["verdict"], margin["cure"]) == (
        "5.2.1",
        "28 mm",
        "ok",
        "",
    )


def test_a_word_file_without_libreoffice_is_told_the_cure(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\n文种：总结\n---\n# 总结\n正文。", encoding="utf-8")
    assert run("gongwen", source, "--out", tmp_path / "a.docx").returncode == 0
    without = {**os.environ, "PYTHONPATH": str(HOME / "src"), "HEARTH_OFFICE": "/nowhere"}
    done = run("verify", tmp_path / "a.docx", "--layout", env=without)
    assert done.returncode == 2
    assert "请安装 LibreOffice" in done.stderr


def test_what_is_neither_word_nor_pdf_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("正文", encoding="utf-8")
    done = run("verify", place, "--layout")
    assert (done.returncode, "应为 .docx 文件" in done.stderr) == (2, True)
