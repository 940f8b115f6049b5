"""./hearth figures: every number of a text, and whether the facts bear it out."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hearth.engines import figures as engine
from hearth.lib import lines, statements
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Fault, Refused

TABLES = frozenset({".xlsx", ".csv", ".tsv", ".txt"})


def figures(files: Sequence[Path], facts: Path | None) -> int:
    """Write a line for each file. Exit code 1 when a fact contradicts a number, or the numbers beside it do."""
    known = read_facts(facts) if facts else []
    wrong = False
    for file in files:
        text = _text(file)
        reading = engine.read(text)
        line: dict[str, Any] = {"file": str(file), **engine.as_json(reading)}
        if facts:
            judgements = engine.judge(text, reading, known)
            slips = engine.check_arithmetic(text, reading)
            line["judgements"] = [_judgement(one) for one in judgements]
            line["arithmetic"] = [_slip(one) for one in slips]
            wrong |= bool(slips) or any(one.verdict is engine.Verdict.CONTRADICTED for one in judgements)
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


def read_facts(path: Path) -> list[engine.Fact]:
    """Facts from jsonl (key, name, value, unit, optional synonyms, date, scope), or from a table."""
    return _from_table(path) if path.suffix.lower() in TABLES else list(_from_lines(path))


def _from_table(path: Path) -> list[engine.Fact]:
    """What a sheet says, as the public page understands it. Raises Refused for cells that say nothing."""
    understood = statements.read_file(Arrival.at(path))
    if understood.faults:
        raise Refused(understood.faults)
    for notice in understood.notices:
        sys.stderr.write(f"{notice.text}\n")
    return [
        engine.Fact(one.key, one.name, one.value, one.unit, one.synonyms, one.date, one.scope)
        for one in understood.statements
    ]


def _from_lines(path: Path) -> list[engine.Fact]:
    found = []
    for number, one in lines.read(path):
        if not isinstance(one.get("key"), str) or "value" not in one:
            raise Refused([Fault(file=path.name, row=number, wanted='有 "key" 和 "value" 的对象')])
        found.append(
            engine.Fact(
                key=one["key"],
                name=one.get("name") or one["key"],
                value=one["value"],
                unit=one.get("unit") or "",
                synonyms=tuple(one.get("synonyms") or ()),
                date=one.get("date"),
                scope=one.get("scope"),
            )
        )
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([Fault(file=file.name, cure="不是 UTF-8 的文本文件，请另存为 UTF-8 再试")]) from None


def _judgement(one: engine.Judgement) -> dict[str, Any]:
    return {
        "start": one.figure.start,
        "end": one.figure.end,
        "text": one.figure.text,
        "verdict": one.verdict.value,
        "fact": one.fact.key if one.fact else None,
        "candidates": [fact.key for fact in one.candidates],
        "why": one.why,
    }


def _slip(one: engine.Relation) -> dict[str, Any]:
    return {
        "start": one.figure.start,
        "end": one.figure.end,
        "text": one.figure.text,
        "kind": one.kind.value,
        "sources": [
            {"start": source.start, "end": source.end, "text": source.text} for source in one.sources
        ],
        "right": one.right,
        "why": one.why,
    }
