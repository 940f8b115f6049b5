"""./hearth match: rank offers for demands, or score given pairs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from hearth.engines.matching import By, Demand, Match, Offer, rank, score_pairs
from hearth.lib import lines
from hearth.lib.arrivals import Arrival
from hearth.lib.delimited import decoded
from hearth.lib.faults import Fault, Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.tables import Column, Table

T = TypeVar("T", Demand, Offer)
SHEET = Table(
    name="表",
    columns=(
        Column(name="id", aliases=("编号",), required=True, unique=True),
        Column(name="title", aliases=("名称", "标题"), required=True),
        Column(name="text", aliases=("简介", "内容", "主要问题")),
        Column(name="owner", aliases=("单位", "所属人")),
        Column(name="keywords", aliases=("关键词",)),
        Column(name="fields", aliases=("领域",)),
    ),
)


def match(demands: Path, offers: Path, top: int, by: str, pairs: Path | None) -> None:
    how = _how(by)
    wanted, offered = read(demands, Demand), read(offers, Offer)
    if pairs:
        _score(wanted, offered, pairs, how)
    else:
        lines.write((_line(found) for found in rank(wanted, offered, top=top, by=how)), sys.stdout)


def read(path: Path, kind: type[T]) -> list[T]:
    """Demands or offers from .jsonl or .xlsx."""
    if path.suffix == ".xlsx":
        rows = read_xlsx(path, (SHEET,)).of(SHEET)
        return [kind(**_fields(dict(row.values))) for row in rows]
    found = []
    for number, one in lines.read(path):
        missing = [name for name in ("id", "title", "text") if not isinstance(one.get(name), str)]
        if missing:
            raise Refused([Fault(file=path.name, row=number, column=missing[0], wanted="一段文字")])
        found.append(kind(**_fields(one)))
    return found


def _fields(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"],
        "title": one["title"],
        "text": one.get("text") or "",
        "owner": one.get("owner") or "",
        "keywords": _several(one.get("keywords")),
        "fields": _several(one.get("fields")),
    }


def _several(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(
            part.strip() for part in value.replace("；", "、").replace(";", "、").split("、") if part.strip()
        )
    return tuple(str(part) for part in value or ())


def _how(by: str) -> By:
    try:
        return By(by)
    except ValueError:
        raise Refused([Fault(file="--by", found=by, wanted="offer 或 owner")]) from None


def _line(found: Match) -> dict[str, Any]:
    return {
        "demand": found.demand,
        **({"offer": found.offer} if found.offer else {"owner": found.owner}),
        "rank": found.rank,
        "score": round(found.score, 6),
        "reasons": [
            {"kind": one.kind.value, "text": one.text, "words": list(one.words), "share": round(one.share, 4)}
            for one in found.reasons
        ],
    }


def _score(demands: list[Demand], offers: list[Offer], path: Path, by: By) -> None:
    """Write the rows of a tab-separated file again with a column ``score``."""
    rows = list(_pairs(path))
    pairs = [(row[1][0], row[1][1]) for row in rows[1:]]
    for header in rows[:1]:
        print("\t".join([*header[1], "score"]))  # noqa: T201  # the command's output
    for (_, row), score in zip(rows[1:], score_pairs(demands, offers, pairs, by=by), strict=True):
        print("\t".join([*row, f"{score:.6f}"]))  # noqa: T201  # the command's output


def _pairs(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = decoded(Arrival.at(path)).characters
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            row = line.split("\t")
            if len(row) < 2:
                raise Refused([Fault(file=path.name, row=number, wanted="两列：需求和供给，用 TAB 隔开")])
            yield number, row
