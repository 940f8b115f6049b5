"""Whether the facts bear out the figures of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from hearth.engines.figures import units
from hearth.engines.figures.model import Approx, Figure, FigureType, Number, Reading
from hearth.engines.figures.reading import read

SUPPORTS = 0.4
"""Likeness of names from which a fact that fits supports a figure."""

CONTRADICTS = 0.6
"""Likeness from which a fact that does not fit contradicts it."""

_TIE = 0.1
_CLEAR = 0.02
_FAR = 0.2
_DATED = frozenset({FigureType.DATE, FigureType.DATERANGE, FigureType.TIME})
_UNIT_LIKENESS = {True: 1.0, False: 0.9}
_SCALES = {"万": 10**4, "亿": 10**8}
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_SAYS_NOTHING = re.compile(r"[\W_]+")
_DECIMALS = re.compile(r"\d[\d,]*\.(\d+)")


class Verdict(Enum):
    """What the facts say of a figure."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known: its stable key, name (参会人数), value and unit (names as written, 万元 included).

    Dates are ISO strings, ranges ``a/b``. ``synonyms`` are other names; ``scope`` is whose number it is (云川县),
    preferred where the sentence names it, as is ``date``.
    """

    key: str
    name: str
    value: Number | str
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    date: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one figure: the fact it rests on, other facts it may mean, and a sentence that says why."""

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

    A fact is a candidate when its unit is compatible and its name is like the noun and the words around the figure (share of
    the name's characters and pairs of characters found there). Work grows with figures times facts.
    """
    judgements = []
    for place, figure in enumerate(reading.figures):
        floor = reading.figures[place - 1].end if place else 0
        ceiling = reading.figures[place + 1].start if place + 1 < len(reading.figures) else len(text)
        judgements.append(_judgement(figure, _surroundings(text, figure, floor, ceiling), facts))
    return tuple(judgements)


def fits(figure: Figure, fact: Fact) -> bool:
    """Whether the fact's value lies in the bounds of the figure; a printed decimal may be rounded (63.6% for 63.64%)."""
    quantity = _quantity(fact)
    if quantity is None:
        return isinstance(figure.value, str) and _date_fits(figure.value, str(fact.value))
    if isinstance(figure.value, str):
        return False
    value, _ = quantity
    low = None if figure.low is None else Decimal(str(figure.low))
    high = None if figure.high is None else Decimal(str(figure.high))
    if figure.approx is Approx.OVER:
        return (low is None or low < value) and (high is None or value < high)
    slack = _rounding(figure) if figure.approx is Approx.EXACT else Decimal(0)
    return (low is None or low - slack <= value) and (high is None or value <= high + slack)


def _judgement(figure: Figure, around: tuple[str, str], facts: Sequence[Fact]) -> Judgement:
    found = [
        _Candidate(fact, _likeness(figure, fact, around), fits(figure, fact))
        for fact in _in_scope(facts, around[1])
        if _comparable(figure, fact)
    ]
    wanted = 0.0 if figure.type in _DATED else SUPPORTS
    found = [one for one in found if one.likeness >= (wanted if one.fits else CONTRADICTS)]
    found.sort(key=lambda one: (-one.likeness, not one.fits, one.fact.key))
    if not found:
        why = f"没有名称和单位都与“{figure.text}”相符的事实"
        return Judgement(figure, Verdict.UNSUPPORTED, None, (), why)
    tied = [one for one in found if one.likeness >= found[0].likeness - _TIE]
    return _weigh(figure, tied, tuple(one.fact for one in found))


def _in_scope(facts: Sequence[Fact], sentence: str) -> Sequence[Fact]:
    """Facts whose scope and date the sentence names, with those that have none; all when it names none."""
    for hint in ("scope", "date"):
        if any(getattr(fact, hint) and getattr(fact, hint) in sentence for fact in facts):
            facts = [fact for fact in facts if (getattr(fact, hint) or "") in sentence]
    return facts


def _weigh(figure: Figure, tied: list[_Candidate], candidates: tuple[Fact, ...]) -> Judgement:
    best = tied[0]
    fitting = [one for one in tied if one.fits]
    if not fitting:
        return Judgement(figure, Verdict.CONTRADICTED, best.fact, candidates, _denial(figure, best.fact))
    clear = len(tied) == 1 or best.likeness - tied[1].likeness > _CLEAR
    if len(fitting) == len(tied) or (best.fits and clear) or figure.type in _DATED:
        fact = fitting[0].fact
        why = f"“{figure.text}”与“{fact.name}”（{_value(fact)}）相符"
        return Judgement(figure, Verdict.SUPPORTED, fact, candidates, why)
    names = "、".join(f"“{one.fact.name}”（{_value(one.fact)}）" for one in tied)
    why = f"“{figure.text}”可能指{names}，其中只有{len(fitting)}个相符"
    return Judgement(figure, Verdict.AMBIGUOUS, None, candidates, why)


def _denial(figure: Figure, fact: Fact) -> str:
    return f"“{figure.text}”与“{fact.name}”不符，记录是{_value(fact)}"


def _value(fact: Fact) -> str:
    return f"{fact.value}{fact.unit}"


def _comparable(figure: Figure, fact: Fact) -> bool:
    quantity = _quantity(fact)
    if quantity is None or figure.type in _DATED:
        return quantity is None and figure.type in _DATED
    return not quantity[1] or not figure.unit or units.alike(figure.unit, quantity[1])


def _quantity(fact: Fact) -> tuple[Decimal, str] | None:
    """Value and unit of a fact in canonical units, 万元 in 元; None for dates and words. A written number ("25名") is read."""
    if isinstance(fact.value, str):
        figures = read(fact.value + fact.unit).figures
        if len(figures) != 1 or isinstance(figures[0].value, str | None):
            return None
        return Decimal(str(figures[0].value)), figures[0].unit
    scale = next((scale for scale in _SCALES if fact.unit.startswith(scale)), "")
    unit = units.unit_of(fact.unit.removeprefix(scale))
    return Decimal(str(fact.value)) * _SCALES.get(scale, 1), unit.name


def _likeness(figure: Figure, fact: Fact, around: tuple[str, str]) -> float:
    near, sentence = around
    names = (fact.name, *fact.synonyms)
    best = max(_found_in(name, figure.noun + " " + near) + _FAR * _found_in(name, sentence) for name in names)
    quantity = _quantity(fact)
    same_unit = quantity is None or quantity[1] == figure.unit
    return min(1.0, best) * _UNIT_LIKENESS[same_unit]


def _found_in(name: str, words: str) -> float:
    """Share of the name's characters and pairs of characters that occur, half and half."""
    plain_name = _SAYS_NOTHING.sub("", name)
    if not plain_name:
        return 0.0
    singles = sum(one in words for one in plain_name) / len(plain_name)
    pairs = [plain_name[place : place + 2] for place in range(len(plain_name) - 1)]
    return (singles + sum(pair in words for pair in pairs) / len(pairs)) / 2 if pairs else singles


def _surroundings(text: str, figure: Figure, floor: int, ceiling: int) -> tuple[str, str]:
    """The words between the neighbouring figures, and the whole sentence; both within 120 characters."""
    begin, end = max(0, figure.start - 120), min(len(text), figure.end + 120)
    starts = [found.end() for found in _SENTENCE.finditer(text, begin, figure.start)]
    stop = _SENTENCE.search(text, figure.end, end)
    first, last = starts[-1] if starts else begin, stop.start() if stop else end
    near = text[max(first, floor) : figure.start] + " " + _before_comma(text[figure.end : min(last, ceiling)])
    return near, text[first:last]


def _before_comma(words: str) -> str:
    return re.split("[，,]", words, maxsplit=1)[0]


def _rounding(figure: Figure) -> Decimal:
    """Half a unit of the last printed decimal, in canonical units; nothing for a whole number."""
    found = _DECIMALS.search(figure.text)
    if not found or not isinstance(figure.value, int | float):
        return Decimal(0)
    printed = Decimal(found[0].replace(",", ""))
    scale = Decimal(str(figure.value)) / printed if printed else Decimal(1)
    return scale * Decimal(5).scaleb(-len(found[1]) - 1)


def _date_fits(said: str, known: str) -> bool:
    """Whether a date as far as it is named (``--06-12``, ``2020``) agrees with an ISO date or range."""
    first, _, last = known.partition("/")
    said_first, _, said_last = said.partition("/")
    if said_last:
        return (_agrees(said_first, first) and _agrees(said_last, last or first)) or _within(
            said_first, said_last, first, last or first
        )
    return _agrees(said, first) and (not last or _agrees(said, last))


def _agrees(said: str, known: str) -> bool:
    day, _, time = said.partition("T")
    if time and not known.partition("T")[2].startswith(time):
        return False
    year, month, number = _parts(day)
    parts = known[:10].split("-")
    return all(
        not asked or asked == given for asked, given in zip((year, month, number), parts, strict=False)
    )


def _parts(day: str) -> tuple[str, str, str]:
    """Year, month and day of ``2020-06-12``, ``2020``, ``--06-12``, ``---17``; empty where not named."""
    if day.startswith("---"):
        return "", "", day[3:]
    if day.startswith("--"):
        month, _, number = day[2:].partition("-")
        return "", month, number
    if day.startswith("Y"):
        return "", day[-2:], ""
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    return year, month, number


def _within(low: str, high: str, first: str, last: str) -> bool:
    """旬 and other coarse ranges hold the days between."""
    first_parts, last_parts = (known[:10].split("-") for known in (first, last))
    (year, *start), (end_year, *end) = _parts(low), _parts(high)
    if not all((*start, *end)) or len(first_parts) < 3 or len(last_parts) < 3:
        return False
    same_year = (not year or year == first_parts[0]) and (not end_year or end_year == last_parts[0])
    return same_year and start <= first_parts[1:] and last_parts[1:] <= end
