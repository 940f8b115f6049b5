"""./hearth verify --layout: a Word file or a PDF measured against GB/T 9704-2012."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from hearth.cli.gongwen import as_pdf
from hearth.engines.gongwen import checking
from hearth.lib.arrivals import Arrival, Content

WORDS = {
    checking.Verdict.OK: "● 符合",
    checking.Verdict.OFF: "◆ 不符",
    checking.Verdict.NOT_FOUND: "◆ 没找到",
    checking.Verdict.NOT_APPLICABLE: "— 不适用",
}


def verify(file: Path, *, ink: bool, as_json: bool) -> int:
    """Print the table of clauses. 0 when nothing departs from the standard, else 1."""
    arrival = Arrival.at(file)
    reading = checking.Reading.INK if ink else checking.Reading.GRID
    report = checking.check(_pdf(arrival), reading=reading)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(file, report), ensure_ascii=False) + "\n")
    else:
        _print(arrival.name, report)
    return 0 if report.ok else 1


def _pdf(arrival: Arrival) -> bytes:
    return arrival.data if arrival.content is Content.PDF else as_pdf(arrival)


def _as_json(file: Path, report: checking.Report) -> dict[str, object]:
    return {
        "file": str(file),
        "ok": report.ok,
        "form": report.form.value,
        "pages": report.pages,
        "findings": [asdict(finding) for finding in report.findings],
    }


def _print(name: str, report: checking.Report) -> None:
    console = Console(highlight=False)
    table = Table(title=f"{name}（{report.form}格式）")
    for heading in ("条款", "项目", "应为", "实测", "偏差 mm", "结论", "页"):
        table.add_column(heading, overflow="fold")
    for one in report.findings:
        off = "" if one.deviation is None else f"{one.deviation:+.2f}"
        page = "" if one.page is None else str(one.page)
        table.add_row(one.clause, one.what, one.wanted, one.found, off, WORDS[one.verdict], page)
    console.print(table)
    for one in report.departures:
        place = "" if one.page is None else f"第 {one.page} 页"
        console.print(f"◆ {place}{one.what}：{one.cure}。", markup=False)
    measured = sum(one.places for one in report.findings)
    mark = "●" if report.ok else "◆"
    console.print(
        f"{mark} 量了 {measured} 处，{len(report.departures)} 项不符 GB/T 9704-2012。", markup=False
    )
