"""How the figures engine measures up: reading, traps, nouns, the public suite, seeded errors, speed, and its peers.

Expects in the data folder (or its folder figures/) gold.jsonl and seed.jsonl, a document a line
{"id","text","figures":[{"start","end","type","value","lo","hi","unit","noun","approx"}],"traps":[{"start","end"}]}, and
recognizers/ with the cases of Recognizers-Text. The peers run in an environment of their own, .hearth/bench/figures, made
with HEARTH_BENCH_PEERS=1 (from the package index); without it the table says that they were not measured.
Run:  ./hearth bench figures --data DIR        HEARTH_BENCH_PEERS=1 ./hearth bench figures --data DIR
"""

import json
import random
import sys
from pathlib import Path
from time import process_time
from typing import Any

from bench.figures import generated, ledger, peers, reading, suite

from hearth.engines.figures import Verdict, read

_SIZES = (100_000, 1_000_000, 10_000_000)
_SHOWN = 30
_TEXTS = Path(__file__).with_name("texts") / "fresh.jsonl"
_SPLIT = 4
_MUST = {"gold": "98.5", "seed": "100"}

Row = tuple[str, str, str, str]


def main(data: Path | None) -> int:
    """Print the table and what went wrong; 2 when there is no data."""
    folder = _folder(data) if data else None
    if folder is None or not (folder / "gold.jsonl").is_file():
        print("Give the folder of annotated .jsonl files: ./hearth bench figures --data DIR", file=sys.stderr)
        return 2
    sets = {file.stem: _documents(file) for file in sorted(folder.glob("*.jsonl"))} | _fresh()
    failures: list[str] = []
    rows = [
        *_read(sets, failures),
        *_suite(folder, failures),
        *_judged("gold", sets["gold"], 5, failures),
        *_judged("fresh, unseen", sets["fresh, unseen"], 1, []),
        *_speed(sets["gold"]),
    ]
    _print(rows)
    peers.main(sets)
    for failure in failures[:_SHOWN]:
        print(failure)
    return 0


def _read(sets: dict[str, list[dict[str, Any]]], failures: list[str]) -> list[Row]:
    scores = {name: reading.measure(documents) for name, documents in sets.items()}
    rows = []
    for name, score in scores.items():
        detail = f"precision {score.precision:.1f}, recall {score.recall:.1f}, {score.wanted} figures"
        rows.append((f"{name}: F1", f"{score.f1:.1f}", _MUST.get(name, ""), detail))
        if name != "fresh, unseen":
            failures += [f"{name}: {error}" for error in score.errors]
    texts = list(generated.texts())
    left = sum(len(read(text).unexplained(text)) for text in texts)
    unexplained = ", ".join(f"{score.unexplained} {name}" for name, score in scores.items())
    rows.append(
        ("numerals unexplained", f"{unexplained}, {left} generated", "0", f"{len(texts)} generated texts")
    )
    rows += [
        _shares("traps hit", "hit", "traps", "1 %", scores),
        _shares("head noun exact", "nouns", "wanted", "92 %", scores),
        _shares("head noun, with more or fewer words", "near", "wanted", "", scores),
        _shares("shared enumerations exact", "members", "lists", "", scores),
    ]
    return rows


def _shares(what: str, part: str, whole: str, must: str, scores: dict[str, reading.Score]) -> Row:
    """One share over all sets that have such annotation, a number a set."""
    counts = {name: (getattr(one, part), getattr(one, whole)) for name, one in scores.items()}
    shares = " · ".join(f"{100 * some / every:.1f} %" for some, every in counts.values() if every)
    detail = ", ".join(f"{some} of {every} {name}" for name, (some, every) in counts.items() if every)
    return what, shares, must, detail


def _fresh() -> dict[str, list[dict[str, Any]]]:
    """The texts beside this file in two halves: errors of one were learned from, of the other only counted."""
    documents = _documents(_TEXTS)
    order = sorted(document["id"] for document in documents)
    random.Random(_SPLIT).shuffle(order)
    learned = set(order[: len(order) // 2])
    return {
        "fresh, learned from": [one for one in documents if one["id"] in learned],
        "fresh, unseen": [one for one in documents if one["id"] not in learned],
    }


def _suite(folder: Path, failures: list[str]) -> list[Row]:
    if not (folder / "recognizers").is_dir():
        return [("public suite", "not measured", "", "no folder recognizers")]
    results = suite.measure(folder / "recognizers")
    rows = [
        (one.model, f"{100 * one.right / one.cases:.1f} %", "", f"{one.right} of {one.cases}")
        for one in results
    ]
    for name, part, must in (
        ("numbers together", results[:4], "99 %"),
        ("dates together", results[4:], "95 %"),
    ):
        right, cases = sum(one.right for one in part), sum(one.cases for one in part)
        rows.append((name, f"{100 * right / cases:.1f} %", must, f"{right} of {cases}"))
    failures += [f"{one.model}: {failure}" for one in results for failure in one.failed]
    return rows


def _judged(name: str, documents: list[dict[str, Any]], rounds: int, failures: list[str]) -> list[Row]:
    outcomes = ledger.measure(documents, rounds)
    for condition, verdicts in ledger.ALARMS.items():
        for verdict in verdicts:
            failures += [
                f"{condition} {verdict.value}: {error}"
                for error in ledger.errors(documents, condition, verdict)
            ]
    detail = {
        condition: ", ".join(f"{count} {verdict}" for verdict, count in one.verdicts.items())
        for condition, one in outcomes.items()
    }
    supported = Verdict.SUPPORTED.value
    return [
        (
            f"{name}: needless alarms",
            f"{100 - outcomes['right'].share(supported):.2f} %",
            "2 %",
            detail["right"],
        ),
        (
            f"{name}: silent pass, a fact wrong",
            f"{outcomes['wrong'].share(supported):.2f} %",
            "0.5 %",
            detail["wrong"],
        ),
        (
            f"{name}: silent, a fact missing",
            f"{outcomes['missing'].share(supported):.2f} %",
            "",
            detail["missing"],
        ),
    ]


def _speed(documents: list[dict[str, Any]]) -> list[Row]:
    text = "\n".join(document["text"] for document in documents)
    speeds = []
    for size in _SIZES:
        long = (text * (size // len(text) + 1))[:size]
        begun = process_time()
        read(long)
        speeds.append(f"{size / (process_time() - begun):,.0f}")
    sizes = ", ".join(f"{size:,}" for size in _SIZES)
    return [("characters a second", " · ".join(speeds), "100,000", f"texts of {sizes} characters")]


def _print(rows: list[Row]) -> None:
    print(f"{'what':<37}{'measured':<42}{'must':<9}of")
    for what, measured, must, detail in rows:
        print(f"{what:<37}{measured:<42}{must:<9}{detail}")


def _folder(data: Path) -> Path:
    return data / "figures" if (data / "figures").is_dir() else data


def _documents(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
