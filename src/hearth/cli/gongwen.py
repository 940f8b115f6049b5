"""./hearth gongwen and verify: a source to a Word file, and back to the question whether its numbers are true."""

import json as jsons
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from hearth.cli.figures import read_facts
from hearth.config.environment import Environment
from hearth.engines import figures as reading
from hearth.engines import gongwen as engine
from hearth.engines.gongwen import importing
from hearth.lib import office, seals
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Fault, Refused

WORDS = {
    engine.Status.OK: "属实",
    engine.Status.EDITED: "被改",
    engine.Status.MOVED: "前后文变了",
    engine.Status.LOST: "不见了",
    engine.Status.NO_RECORD: "没有记录",
}
SIGNATURES = {
    engine.Signature.VALID: "有效",
    engine.Signature.FORGED: "不符",
    engine.Signature.ABSENT: "没有",
    engine.Signature.UNCHECKED: "未核对",
}


@dataclass(frozen=True)
class Extras:
    """What may be given beside a source: where the PDF goes, the facts for its figures, a calibrated profile."""

    pdf: Path | None = None
    facts: Path | None = None
    profile: Path | None = None


def gongwen(source: Path, out: Path, extras: Extras) -> None:
    paper = engine.parse(_text(source))
    known = read_facts(extras.facts) if extras.facts else []
    paper = engine.fill(paper, [_figure(slot, known, source) for slot in paper.slots])
    pictures = _pictures(paper, source)
    out.write_bytes(engine.write(paper, key=key(), profile=chosen_profile(extras.profile), pictures=pictures))
    if extras.pdf:
        extras.pdf.write_bytes(as_pdf(Arrival.at(out)))


def read_back(docx: Path, out: Path) -> None:
    """A Word file as a source to edit; what could not be carried over is said, pictures lie beside the source."""
    found = importing.source_of(docx.read_bytes())
    out.write_text(found.source, encoding="utf-8")
    for name, data in found.pictures.items():
        (out.parent / name).write_bytes(data)
    console = Console(stderr=True, highlight=False)
    for note in found.notes:
        console.print(f"{out.name} 第 {note.line} 行：{note.what}。{note.cure}。", markup=False)


def calibrate(out: Path, profile: Path | None) -> None:
    """Write the pages that are printed and measured; with a profile, to check it."""
    out.write_bytes(engine.calibration_page(chosen_profile(profile)))


def chosen_profile(file: Path | None) -> engine.Profile:
    """The one given, else the house's own, else the grid of the standard."""
    place = file or Environment.read().profile
    if file is None and not place.exists():
        return engine.GRID
    return engine.read_profile(_text(place))


def _pictures(paper: engine.Paper, source: Path) -> dict[str, bytes]:
    """The pictures that the source names, from its own folder."""
    found = {}
    for picture in (one for one in paper.blocks if isinstance(one, engine.Picture)):
        place = source.parent / picture.name
        if Path(picture.name).name != picture.name or not place.is_file():
            cure = f"没有“{picture.name}”这个图片，请把它放在原文旁边"
            raise Refused([Fault(file=source.name, row=picture.line, cure=cure)])
        found[picture.name] = place.read_bytes()
    return found


def verify(file: Path, *, as_json: bool) -> int:
    """Judge every figure of a Word file. 0 when all are as issued and nothing is unbacked, else 1."""
    found = engine.verify(file.read_bytes(), key=key())
    loose = untraced(found)
    good = found.ok and not loose
    if as_json:
        sys.stdout.write(jsons.dumps(_as_json(file, found, loose, good=good), ensure_ascii=False) + "\n")
    else:
        _print(file, found, loose, good=good)
    return 0 if good else 1


def as_pdf(docx: Arrival) -> bytes:
    """A Word file as LibreOffice prints it. Raises office.NoOffice and office.NotConverted."""
    return office.find().to_pdf([docx])[0]


def untraced(found: engine.Verification) -> tuple[reading.Figure, ...]:
    """The numbers of a document that stand in no figure and in no declared rule."""
    anchored = [(span.start, span.end) for span in (*found.spans, *found.fixed)]
    return tuple(
        figure
        for figure in reading.read(found.text).figures
        if not any(start < figure.end and figure.start < end for start, end in anchored)
    )


def _figure(slot: engine.Slot, known: Sequence[reading.Fact], source: Path) -> engine.Figure:
    fact = next((fact for fact in known if slot.key in (fact.key, fact.name, *fact.synonyms)), None)
    if fact is None:
        cure = f"没有叫“{slot.key}”的事实，请用 --facts 给出"
        raise Refused([Fault(file=source.name, row=slot.line, column=f"第 {slot.column} 列", cure=cure)])
    try:
        text = (
            str(fact.value)
            if isinstance(fact.value, str)
            else reading.shown(fact.value, fact.unit, slot.style)
        )
    except reading.UntrueStyle as error:
        raise Refused([Fault(file=source.name, row=slot.line, cure=str(error))]) from error
    return engine.Figure(
        index=slot.index, id=f"f{slot.index:03d}", key=fact.key, name=fact.name, text=text, records=1
    )


def key() -> bytes:
    """The key with which this house signs ledgers."""
    return seals.seal(Environment.read().secret_key, seals.LEDGER)


def _text(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([Fault(file=source.name, cure="不是 UTF-8 的文本文件，请另存为 UTF-8 再试")]) from None


def _as_json(
    file: Path, found: engine.Verification, loose: Sequence[reading.Figure], *, good: bool
) -> dict[str, Any]:
    return {
        "file": str(file),
        "ok": good,
        "signature": found.signature.value,
        "authority": found.authority.value,
        "figures": [
            {
                "id": one.id,
                "key": one.key,
                "name": one.name,
                "status": one.status.value,
                "expected": one.expected,
                "found": one.found,
                "place": one.place,
            }
            for one in (*found.figures, *found.altered)
        ],
        "untraced": [{"start": one.start, "end": one.end, "text": one.text} for one in loose],
    }


def _print(file: Path, found: engine.Verification, loose: Sequence[reading.Figure], *, good: bool) -> None:
    console = Console(highlight=False)
    table = Table("指标", "写作", "现在", "结论", "前后文", title=file.name)
    for one in (*found.figures, *found.altered):
        table.add_row(one.name or one.id, one.expected, one.found, WORDS[one.status], one.place)
    console.print(table)
    for number in loose:
        around = found.text[max(0, number.start - 8) : number.end + 8].replace("\n", " ")
        console.print(f"没有依据：{number.text}（…{around}…）", markup=False)
    right = sum(one.status is engine.Status.OK for one in found.figures)
    console.print(
        f"{'●' if good else '◆'} {len(found.figures)} 个数字，{right} 个属实，"
        f"{len(loose)} 处没有依据；签名{SIGNATURES[found.signature]}。",
        markup=False,
    )
