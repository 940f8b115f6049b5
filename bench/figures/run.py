"""How well the figures engine reads annotated official prose.

Expects .jsonl files in the data folder (or in its folder figures/), a document a line: {"id","text","figures":[…],
"traps":[…]}, figures as {"start","end","type","value","lo","hi","unit","noun"}, traps as {"start","end"}. A figure counts
as right when span, type, value, both bounds and unit are; a trap as hit when a trap covers some of it and no figure does.
Run:  ./hearth bench figures --data DIR
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any

from hearth.engines.figures import Figure, Reading, read

_HEADING = (
    "set",
    "figures",
    "precision",
    "recall",
    "F1",
    "span",
    "noun",
    "traps hit",
    "unexplained",
    "chars/s",
)
_ROUNDS = 20
_SHOWN = 40


@dataclass
class Score:
    """Sums over the documents of one set."""

    wanted: int = 0
    given: int = 0
    right: int = 0
    spans: int = 0
    nouns: int = 0
    traps: int = 0
    hit: int = 0
    unexplained: int = 0
    errors: list[str] = field(default_factory=list)

    def row(self, name: str, speed: float) -> tuple[str, ...]:
        precision, recall = _share(self.right, self.given), _share(self.right, self.wanted)
        f1 = _share(2 * self.right, self.given + self.wanted)
        return (
            name,
            str(self.wanted),
            *(f"{value:.1f}" for value in (precision, recall, f1, _share(self.spans, self.wanted))),
            f"{self.nouns}/{self.wanted}",
            f"{self.hit}/{self.traps}",
            str(self.unexplained),
            f"{speed:,.0f}",
        )


def main(data: Path | None) -> int:
    """Print the table and what went wrong; 2 when there is no data."""
    files = sorted(_folder(data).glob("*.jsonl")) if data else []
    if not files:
        print("Give the folder of annotated .jsonl files: ./hearth bench figures --data DIR", file=sys.stderr)
        return 2
    print("  ".join(f"{heading:>11}" for heading in _HEADING))
    scores = {file.stem: _measure(file) for file in files}
    for name, (score, speed) in scores.items():
        print("  ".join(f"{cell:>11}" for cell in score.row(name, speed)))
    for name, (score, _) in scores.items():
        for error in score.errors[:_SHOWN]:
            print(f"{name}: {error}")
    return 0


def _folder(data: Path) -> Path:
    return data / "figures" if (data / "figures").is_dir() else data


def _measure(file: Path) -> tuple[Score, float]:
    documents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    score = Score()
    for document in documents:
        _compare(document, read(document["text"]), score)
    text = "\n".join(document["text"] for document in documents) * _ROUNDS
    begun = process_time()
    read(text)
    return score, len(text) / (process_time() - begun)


def _compare(document: dict[str, Any], reading: Reading, score: Score) -> None:
    text = document["text"]
    wanted = Counter(_asked(one) for one in document["figures"])
    given = Counter(_answered(one) for one in reading.figures)
    score.wanted += wanted.total()
    score.given += given.total()
    score.right += (wanted & given).total()
    spans = {(one.start, one.end): one for one in reading.figures}
    found = [(one, spans.get((one["start"], one["end"]))) for one in document["figures"]]
    score.spans += sum(answer is not None for _, answer in found)
    score.nouns += sum(answer is not None and answer.noun == one["noun"] for one, answer in found)
    score.traps += len(document["traps"])
    score.unexplained += len(reading.unexplained(text))
    for trap in document["traps"]:
        hit = _covers(reading.traps, trap) and not _covers(reading.figures, trap)
        score.hit += hit
        if not hit:
            score.errors.append(f"{document['id']} trap read otherwise: {trap['text']}")
    name = document["id"]
    score.errors += [f"{name} missing {_words(text, one)}" for one in wanted - given]
    score.errors += [f"{name} wrong   {_words(text, one)}" for one in given - wanted]


def _asked(one: dict[str, Any]) -> tuple[object, ...]:
    return one["start"], one["end"], one["type"], one["value"], one["lo"], one["hi"], one["unit"]


def _answered(one: Figure) -> tuple[object, ...]:
    return one.start, one.end, one.type.value, one.value, one.low, one.high, one.unit


def _words(text: str, one: tuple[Any, ...]) -> str:
    start, end, *rest = one
    return f"{text[max(0, start - 6) : start]}[{text[start:end]}]{text[end : end + 6]} {rest}"


def _covers(found: Iterable[Any], span: dict[str, Any]) -> bool:
    return any(one.start < span["end"] and span["start"] < one.end for one in found)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
