"""./hearth timetable: an event in, a timetable with its proven bound out."""

import dataclasses
import json
import sys
from pathlib import Path

from python_calamine import load_workbook
from rich.console import Console
from rich.progress import Progress, TextColumn

from hearth.engines import timetabling as engine
from hearth.lib import archives
from hearth.lib.arrivals import Arrival


def timetable(event: Path, seconds: float, seed: int, fairness: int | None, out: Path | None) -> int:
    wanted = read(event)
    if fairness is not None:
        wanted = dataclasses.replace(wanted, fairness=fairness)
    with Progress(TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as progress:
        line = progress.add_task("正在排", total=None)

        def report(now: engine.Progress) -> bool:
            best = "还没有排出" if now.best is None else f"空等 {now.best} 次"
            progress.update(line, description=f"{best}，最少 {now.bound or 0} 次，{now.seconds:.0f} 秒")
            return True

        result = engine.solve(wanted, seconds=seconds, seed=seed, progress=report)
    text = json.dumps(engine.as_json(result), ensure_ascii=False)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")
    return 0 if result.status in (engine.Status.OPTIMAL, engine.Status.FEASIBLE) else 1


def read(path: Path) -> engine.Event:
    """An event from .json, .xlsx (sheets 时段、参会方、洽谈、设置) or the literature's .dzn."""
    if path.suffix == ".xlsx":
        return _from_xlsx(path)
    text = path.read_text(encoding="utf-8-sig")
    return engine.read_dzn(text) if path.suffix == ".dzn" else engine.read_json(text)


def _from_xlsx(path: Path) -> engine.Event:
    archives.check(Arrival.at(path), archives.Kind.XLSX)
    book = load_workbook(str(path))
    sheets: dict[str, engine.Rows] = {
        name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names
    }
    for name in ("时段", "参会方", "洽谈"):
        if name not in sheets:
            raise engine.BadEvent(f"没有“{name}”这张表", "请补上：时段、参会方、洽谈，可有设置", path.name)
    settings = {str(row[0]).strip(): row[1] for row in sheets.get("设置", []) if len(row) > 1}
    return engine.from_rows(
        participants=sheets["参会方"],
        meetings=sheets["洽谈"],
        slots=sheets["时段"],
        tables=_whole(settings.get("洽谈桌"), len(sheets["洽谈"])),
        fairness=_whole(settings.get("空等上限"), 2),
    )


def _whole(value: object, otherwise: int) -> int:
    if value in (None, ""):
        return otherwise
    try:
        return int(float(str(value)))
    except ValueError:
        raise engine.BadEvent(f"“{value}”不是整数", "请填一个数，如 14", "工作表“设置”") from None
