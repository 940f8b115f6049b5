"""The main job from files to proven papers, as ./hearth demo does it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hearth.config.environment import HOME
from hearth.engines import gongwen
from hearth.lib.sheets import read_xlsx
from hearth.lib.tables import Column, Table

# The figures of the one real summary that the project came from, each as that text shows it.
SEED = {
    "2020年": 6,
    "2024-11-23 21:00:48": 1,
    "2215字": 2,
    "5月下旬至6月上旬": 1,
    "5月30日前后": 1,
    "5月30日": 1,
    "5月28日-29日": 1,
    "25名": 1,
    "5月29日": 1,
    "第四个": 1,
    "30余块": 1,
    "1000册": 1,
    "2000份": 1,
    "2000个": 1,
    "6月12日": 1,
    "200余人": 1,
    "近两年": 1,
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "hearth.cli", "demo", "--out", str(folder)],
        env={**os.environ, "PYTHONPATH": str(HOME / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "summary.docx" in done.stdout
    return folder


def test_everything_is_written(out: Path) -> None:
    papers = {f"{name}.docx" for name in ("plan", "notice", "letter", "agreement", "summary")}
    assert papers | {"matches.xlsx", "timetable.xlsx", "calendars", "provenance.json"} == {
        place.name for place in out.iterdir()
    }
    assert len(list((out / "calendars").glob("*.ics"))) > 50


def test_every_figure_of_the_seed_stands_in_the_summary_with_records_behind_it(out: Path) -> None:
    figures = json.loads((out / "provenance.json").read_text(encoding="utf-8"))["summary.docx"]["figures"]
    texts = [figure["text"] for figure in figures]
    assert {text: texts.count(text) for text in SEED} == SEED
    assert sum(SEED.values()) >= 22
    assert [figure["name"] for figure in figures if not figure["records"]] == []


def test_the_summary_counts_its_own_characters(out: Path) -> None:
    text = gongwen.verify((out / "summary.docx").read_bytes()).text
    assert "全文共2215字" in text


def test_matches_say_why(out: Path) -> None:
    table = Table(name="推荐", columns=tuple(Column(name=name) for name in MATCH_COLUMNS))
    rows = read_xlsx(out / "matches.xlsx", (table,)).of(table)
    assert len(rows) >= 400
    assert all(row["理由"] for row in rows)


def test_a_secret_demand_leaves_as_its_public_summary_and_offers_name_their_owner(out: Path) -> None:
    table = Table(name="推荐", columns=tuple(Column(name=name) for name in MATCH_COLUMNS))
    rows = read_xlsx(out / "matches.xlsx", (table,)).of(table)
    secret = {str(row["需求"]) for row in rows if row["需求编号"] == "XQ-005"}
    assert secret == {"高转速精密轴承降低发热和振动"}
    assert {row["单位"] for row in rows if row["供给编号"] == "CG-001"} == {"东澜工大"}
    assert all(str(row["理由"]).count("需求内容保密") <= 1 for row in rows)


MATCH_COLUMNS = ("需求编号", "需求", "企业", "名次", "供给编号", "供给", "类别", "单位", "分", "理由", "分派")


def test_nobody_is_in_two_places(out: Path) -> None:
    columns = ("时段", "止", "桌", "企业", "专家", "议题", "指定")
    table = Table(name="洽谈时间表", columns=tuple(Column(name=name) for name in columns))
    rows = read_xlsx(out / "timetable.xlsx", (table,)).of(table)
    assert len(rows) > 60
    for side in ("企业", "专家", "桌"):
        taken = [(row["时段"], row[side]) for row in rows]
        assert len(set(taken)) == len(taken)
