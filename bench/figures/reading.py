"""How well the engine reads annotated official prose.

A figure counts as right when span, type, value, both bounds and unit are; a trap as hit when a figure covers some of it.
What annotators may write either way is the same here: ㎡ and 平方米, 日 and 天, 1.2‰ and 0.12 %, 33.33 and 33.333….
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hearth.engines.figures import Figure, Reading, read
from hearth.engines.figures.characters import one_width
from hearth.engines.figures.units import unit_of


@dataclass
class Score:
    """Sums over the documents of one set."""

    wanted: int = 0
    given: int = 0
    right: int = 0
    spans: int = 0
    nouns: int = 0
    near: int = 0
    lists: int = 0
    members: int = 0
    traps: int = 0
    hit: int = 0
    unexplained: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return _share(self.right, self.given)

    @property
    def recall(self) -> float:
        return _share(self.right, self.wanted)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, self.given + self.wanted)


def measure(documents: Sequence[dict[str, Any]]) -> Score:
    """The documents of one set, read and compared."""
    score = Score()
    for document in documents:
        _compare(document, read(document["text"]), score)
    return score


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
    for one, answer in found:
        score.nouns += answer is not None and answer.noun == one["noun"]
        score.near += answer is not None and _near(answer.noun, one["noun"])
        if "enum" in one:
            score.lists += 1
            score.members += answer is not None and list(answer.members) == one["enum"]
    score.traps += len(document["traps"])
    score.unexplained += len(reading.unexplained(text))
    for trap in document["traps"]:
        hit = _covers(reading.figures, trap)
        score.hit += hit
        if hit:
            score.errors.append(f"{document['id']} trap read otherwise: {trap['text']}")
    name = document["id"]
    score.errors += [f"{name} missing {_words(text, one)}" for one in wanted - given]
    score.errors += [f"{name} wrong   {_words(text, one)}" for one in given - wanted]


def _asked(one: dict[str, Any]) -> tuple[object, ...]:
    unit = unit_of(one_width(one["unit"])).name
    return one["start"], one["end"], one["type"], *map(_plain, (one["value"], one["lo"], one["hi"])), unit


def _answered(one: Figure) -> tuple[object, ...]:
    return one.start, one.end, one.type.value, *map(_plain, (one.value, one.low, one.high)), one.unit


def _plain(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _near(given: str, wanted: str) -> bool:
    """Whether one is the other with more or fewer words before or behind it (科普展板 for 展板)."""
    return given == wanted or bool(given and wanted and (given in wanted or wanted in given))


def _words(text: str, one: tuple[Any, ...]) -> str:
    start, end, *rest = one
    return f"{text[max(0, start - 6) : start]}[{text[start:end]}]{text[end : end + 6]} {rest}"


def _covers(found: Iterable[Any], span: dict[str, Any]) -> bool:
    return any(one.start < span["end"] and span["start"] < one.end for one in found)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0
