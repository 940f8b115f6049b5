"""Whether the facts bear out the figures of a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from hearth.engines.figures.agreement import DATED, comparable, fits, quantity
from hearth.engines.figures.facts import Fact
from hearth.engines.figures.likeness import Spoken, Surroundings, likeness, spoken
from hearth.engines.figures.model import Figure, Reading

SUPPORTS = 0.15
"""Likeness from which a fact that fits supports a figure."""

SUPPORTS_BY_CHANCE = 0.25
"""The same for a small number or wide bounds, which many facts fit by chance."""

BEARS = 0.4
"""Likeness from which a fact that fits a figure is taken to be that figure's."""

CONTRADICTS = 0.45
"""Likeness from which a fact that does not fit contradicts it."""

_FARTHER = 0.15
"""How much less like than the best a fact may be and still be what is meant."""

_BELONGS = 0.2
"""How much more like another figure makes a fact that figure's and not this one's."""

_BORNE = 0.15
"""How much less like than this figure another may be that the fact bears out, to leave it to that one."""

_CLEAR = 0.02
_SMALL = 10
_UNIT_APART = 0.92
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[，,：:]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


class Verdict(Enum):
    """What the facts say of a figure."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one figure: the fact it rests on, the facts it may mean (best first), and a sentence that says why."""

    figure: Figure
    verdict: Verdict
    fact: Fact | None
    candidates: tuple[Fact, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    fact: Fact
    likeness: float
    fits: bool


def judge(text: str, reading: Reading, facts: Sequence[Fact]) -> tuple[Judgement, ...]:
    """A verdict for every figure of ``reading``, in its order. ``text`` is the text that was read.

    A fact is a candidate when its unit is compatible and its name (or a synonym) is like what stands around the figure.
    A fact that is much more like another figure is left to that one. Work grows with figures times facts.
    """
    rows = []
    floor = 0
    for place, figure in enumerate(reading.figures):
        ceiling = reading.figures[place + 1].start if place + 1 < len(reading.figures) else len(text)
        around = _surroundings(text, figure, floor, ceiling)
        rows.append((figure, _candidates(figure, spoken(figure, around), _in_scope(facts, around.sentence))))
        floor = floor if figure.type in DATED else figure.end
    best, borne = _strongest(found for _, found in rows), _strongest(_fitting(found) for _, found in rows)
    return tuple(
        _judgement(
            figure, [one for one in found if _is_meant(one, best[one.fact.key], borne.get(one.fact.key, 0.0))]
        )
        for figure, found in rows
    )


def _strongest(rows: Iterable[Iterable[_Candidate]]) -> dict[str, float]:
    """By key, how like a fact is to the figure that it is most like."""
    best: dict[str, float] = {}
    for found in rows:
        for one in found:
            best[one.fact.key] = max(best.get(one.fact.key, 0.0), one.likeness)
    return best


def _fitting(found: Iterable[_Candidate]) -> list[_Candidate]:
    return [one for one in found if one.fits]


def _is_meant(one: _Candidate, best: float, borne: float) -> bool:
    """Not when the fact is far more like another figure, nor when it bears out another that it is about as like."""
    return one.likeness >= best - _BELONGS and (
        one.fits or borne < one.likeness - _BORNE or borne < SUPPORTS_BY_CHANCE
    )


def _candidates(figure: Figure, said: Spoken, facts: Sequence[Fact]) -> list[_Candidate]:
    found = []
    for fact in facts:
        if comparable(figure, fact):
            known = quantity(fact)
            factor = 1.0 if known is None or known[1] == figure.unit else _UNIT_APART
            found.append(
                _Candidate(fact, factor * likeness(said, (fact.name, *fact.synonyms)), fits(figure, fact))
            )
    found.sort(key=lambda one: (-one.likeness, not one.fits, one.fact.key))
    return found


def _judgement(figure: Figure, found: list[_Candidate]) -> Judgement:
    fitting_from = 0.0 if figure.type in DATED else SUPPORTS_BY_CHANCE if _by_chance(figure) else SUPPORTS
    found = [one for one in found if one.likeness >= (fitting_from if one.fits else CONTRADICTS)]
    if not found:
        why = f"没有名称和单位都与“{figure.text}”相符的事实"
        return Judgement(figure, Verdict.UNSUPPORTED, None, (), why)
    meant = [one for one in found if one.likeness >= found[0].likeness - _FARTHER]
    return _weigh(figure, meant, tuple(one.fact for one in found))


def _by_chance(figure: Figure) -> bool:
    return isinstance(figure.value, int | float) and abs(figure.value) <= _SMALL


def _weigh(figure: Figure, meant: list[_Candidate], candidates: tuple[Fact, ...]) -> Judgement:
    best = meant[0]
    fitting = [one for one in meant if one.fits]
    if not fitting:
        return Judgement(figure, Verdict.CONTRADICTED, best.fact, candidates, _denial(figure, best.fact))
    rivals = [one for one in meant if not one.fits and one.likeness > fitting[0].likeness - _CLEAR]
    if not rivals or figure.type in DATED:
        fact = fitting[0].fact
        why = f"“{figure.text}”与“{fact.name}”（{_value(fact)}）相符"
        return Judgement(figure, Verdict.SUPPORTED, fact, candidates, why)
    names = "、".join(f"“{one.fact.name}”（{_value(one.fact)}）" for one in meant)
    why = f"“{figure.text}”可能指{names}，其中只有{len(fitting)}个相符"
    return Judgement(figure, Verdict.AMBIGUOUS, None, candidates, why)


def _in_scope(facts: Sequence[Fact], sentence: str) -> Sequence[Fact]:
    """Facts whose scope and date the sentence names, with those that have none; all when it names none.

    A fact of another year than the one the sentence names is none of them.
    """
    for hint in ("scope", "date"):
        if any(getattr(fact, hint) and getattr(fact, hint) in sentence for fact in facts):
            facts = [fact for fact in facts if (getattr(fact, hint) or "") in sentence]
    years = set(_YEAR.findall(sentence))
    return [
        fact
        for fact in facts
        if not years or not fact.date or fact.date[:4] in years or not fact.date[:4].isdecimal()
    ]


def _denial(figure: Figure, fact: Fact) -> str:
    return f"“{figure.text}”与“{fact.name}”不符，记录是{_value(fact)}"


def _value(fact: Fact) -> str:
    return f"{fact.value}{fact.unit}"


def _surroundings(text: str, figure: Figure, floor: int, ceiling: int) -> Surroundings:
    """The words between the neighbouring figures, and the whole sentence; both within 120 characters."""
    begin, end = max(0, figure.start - 120), min(len(text), figure.end + 120)
    starts = [found.end() for found in _SENTENCE.finditer(text, begin, figure.start)]
    stop = _SENTENCE.search(text, figure.end, end)
    first, last = starts[-1] if starts else begin, stop.start() if stop else end
    after = _CLAUSE.split(text[figure.end : min(last, ceiling)], maxsplit=1)[0]
    return Surroundings(text[max(first, floor) : figure.start], after, text[first:last])
