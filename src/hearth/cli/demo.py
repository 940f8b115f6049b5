"""./hearth demo: the main job without a browser, in a database of its own that is gone afterwards."""

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from hearth.cli import gongwen, house
from hearth.cli.loading import Report, steps
from hearth.engines import gongwen as engine
from hearth.lib import workbooks
from hearth.lib.tables import Column, Kind

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor
    from hearth.apps.papers.models import Paper

PAPERS = ("plan", "notice", "letter", "agreement", "summary")
STEPS = 27


def demo(out: Path, seconds: float) -> int:
    """Write everything into ``out``. 0 when every figure of every paper verifies, else 1."""
    from hearth.config.database import temporary

    out.mkdir(parents=True, exist_ok=True)
    with house.opened(), temporary(f"hearth_demo_{os.getpid()}"), steps("演示", STEPS) as report:
        written = _work(out, seconds, report)
    return _verdict(written)


def _work(out: Path, seconds: float, report: Report) -> list[Path]:
    from hearth.apps.directory.models import Actor
    from hearth.cli import example
    from hearth.cli.serving import EXAMPLE
    from hearth.lib.wall import scope

    loaded = example.load(EXAMPLE, report, seconds=seconds)
    with scope(loaded.campaign.org.path):
        report("匹配结果")
        _matches(out, loaded.campaign)
        report("时间表和日历")
        _timetable(out, loaded.campaign, Actor.house(loaded.campaign.org))
        return _papers(out, loaded.campaign, report)


def _matches(out: Path, campaign: "Campaign") -> None:
    from hearth.apps.exchange.models import Match
    from hearth.apps.exchange.rules import outward

    columns = (
        Column(name="需求编号"),
        Column(name="需求"),
        Column(name="企业"),
        Column(name="名次", kind=Kind.INTEGER),
        Column(name="供给编号"),
        Column(name="供给"),
        Column(name="类别"),
        Column(name="单位"),
        Column(name="分", kind=Kind.DECIMAL),
        Column(name="理由"),
        Column(name="分派"),
    )
    found = Match.objects.filter(campaign=campaign).select_related("demand__org", "offer__provider")
    rows = (
        (
            one.demand.number,
            outward(
                title=one.demand.title,
                secrecy=one.demand.secrecy,
                public_summary=one.demand.public_summary,
            ),
            one.demand.org.short_name,
            one.rank,
            one.offer.number,
            one.offer.title,
            one.offer.get_kind_display(),
            one.offer.provider.short_name,
            round(one.score, 4),
            "；".join(reason["text"] for reason in one.reasons),
            "是" if one.assigned else "",
        )
        for one in found.order_by("demand__number", "rank").iterator()
    )
    sheet = workbooks.Sheet(title="推荐", columns=columns, rows=rows)
    (out / "matches.xlsx").write_bytes(workbooks.write([sheet]))


def _timetable(out: Path, campaign: "Campaign", by: "Actor") -> None:
    """The timetable as Excel, and a calendar for each participant."""
    from hearth.apps.meetings import queries
    from hearth.apps.meetings.models import Forum

    forum = Forum.objects.get(campaign=campaign)
    columns = (
        Column(name="时段", kind=Kind.TIME),
        Column(name="止", kind=Kind.TIME),
        Column(name="桌", kind=Kind.INTEGER),
        Column(name="企业"),
        Column(name="专家"),
        Column(name="议题"),
        Column(name="指定"),
    )
    rows = (
        (one.starts, one.ends, one.table, one.company, one.expert, one.topic, "是" if one.fixed else "")
        for one in queries.lines(forum, by)
    )
    sheet = workbooks.Sheet(title="洽谈时间表", columns=columns, rows=rows)
    (out / "timetable.xlsx").write_bytes(workbooks.write([sheet]))
    calendars = out / "calendars"
    calendars.mkdir(exist_ok=True)
    for participant in queries.participants(forum, by):
        name = str(participant).replace("/", "／")
        (calendars / f"{name}.ics").write_bytes(queries.ics(participant, by))


def _papers(out: Path, campaign: "Campaign", report: Report) -> list[Path]:
    from hearth.apps.papers import gongwen as door
    from hearth.apps.papers.models import Paper

    found = {_file_of(paper): paper for paper in Paper.objects.filter(subject_id=campaign.pk)}
    written, provenance = [], {}
    for name in PAPERS:
        report(name)
        paper = found[name]
        place = out / f"{name}.docx"
        place.write_bytes(door.word(paper))
        written.append(place)
        provenance[place.name] = _provenance(paper, place)
    text = json.dumps(provenance, ensure_ascii=False, indent=1)
    (out / "provenance.json").write_text(text + "\n", encoding="utf-8")
    return written


def _file_of(paper: "Paper") -> str:
    """plan for the notice that issues the plan, else the paper's kind."""
    return "plan" if "实施方案" in paper.title else str(paper.kind)


def _provenance(paper: "Paper", place: Path) -> dict[str, Any]:
    from hearth.apps.papers import queries

    return {
        "title": paper.title,
        "sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
        "figures": [
            {
                "id": figure.token,
                "key": figure.key,
                "name": figure.name,
                "text": figure.text,
                "value": figure.value,
                "definition": figure.definition,
                "records": [
                    {
                        "record": f"{row.thing}:{row.thing_id}",
                        "label": row.label,
                        "amount": row.amount,
                        "sha256": row.fingerprint,
                    }
                    for row in figure.records.all()
                ],
            }
            for figure in queries.figures_of(paper)
        ],
    }


def _verdict(written: list[Path]) -> int:
    console = Console(highlight=False)
    table = Table("公文", "数字", "属实", "没有依据", "签名", title="校验")
    good = True
    for place in written:
        found = engine.verify(place.read_bytes(), key=gongwen.key())
        loose = gongwen.untraced(found)
        right = sum(one.status is engine.Status.OK for one in found.figures)
        good &= found.ok and not loose
        signature = gongwen.SIGNATURES[found.signature]
        table.add_row(place.name, str(len(found.figures)), str(right), str(len(loose)), signature)
        for number in loose:
            console.print(f"{place.name} 没有依据：{number.text}", markup=False)
    console.print(table)
    return 0 if good else 1
