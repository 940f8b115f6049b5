"""Which measures may stand behind a number that somebody typed, the best first, and whether the best says otherwise.

A measure is weighed by what is said around the number (its name and definition), by its unit, by its value, by whether
its field was named just before, and by whether another number of the text is more like it. Measured by
``./hearth bench offers``.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.apps.papers.figures.places import Loose
from hearth.apps.papers.figures.values import Form
from hearth.engines import figures as engine
from hearth.engines.figures import likeness as words

VALUE = 2.0
UNIT = 1.5
NAME = 3.0
DEFINITION = 1.0
FIELD = 0.8
LEFT_TO_ANOTHER = 0.5
"""How much of the lead that another number of the text has over this one is taken off."""

DENIES = 0.4
"""Likeness from which a measure whose value differs says that the number is wrong."""

DENIES_CLEARLY = 0.5
"""How far the next measure must stay behind the one that says so."""

NEAR_UNIT = 0.7
ALIKE = (
    {"人", "名", "位"},
    {"次", "人次"},
    {"场", "次", "场次"},
    {"家", "个", "所"},
    {"件", "项", "条", "篇", "个"},
    {"册", "本"},
    {"份", "张"},
)
_DATED = frozenset({engine.FigureType.DATE, engine.FigureType.DATERANGE, engine.FigureType.TIME})
_DAYS_APART = 30
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[，,：:]")
_REACH = 120
_FIELD_REACH = 200


@dataclass(frozen=True)
class Known:
    """A measure with its value now, and the true forms of it; none while it has no records."""

    key: str
    name: str
    definition: str
    value: Value | None
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Offer:
    """A measure that may be meant: how well it fits, whether its value is what is written, how like its name or
    definition is to what is said, and whether it counts in the same unit."""

    known: Known
    score: float
    agrees: bool
    likeness: float
    same_unit: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded yet, so that its value says nothing against another."""
        return self.known.value is not None and self.known.value.number == 0


@dataclass(frozen=True)
class Ranking:
    """What a number may mean, the best first. ``denied`` tells that the best, and it alone, says another value."""

    offers: tuple[Offer, ...]

    @property
    def denied(self) -> bool:
        if not self.offers:
            return False
        best, *rest = self.offers
        if best.agrees or best.is_empty or not best.same_unit or best.likeness < DENIES:
            return False
        return all(one.score <= best.score - DENIES_CLEARLY for one in rest if not one.is_empty)


def rank(text: str, numbers: Sequence[Loose], known: Sequence[Known]) -> tuple[Ranking, ...]:
    """For each of the unbacked numbers of a text the measures that may be meant. Work grows with numbers times measures."""
    reading = engine.read(text)
    measured = [one for one in known if one.value and one.forms]
    rows = [_row(text, reading.figures, at, measured) for at in range(len(reading.figures))]
    leads = _leads(rows)
    at = {figure.start: place for place, figure in enumerate(reading.figures)}
    return tuple(
        _ranking(at[number.start], rows, leads) if number.start in at else Ranking(()) for number in numbers
    )


def _leads(rows: Sequence[Mapping[str, Offer]]) -> dict[str, list[tuple[float, int]]]:
    """For each measure the two numbers that it fits best: score and place."""
    found: dict[str, list[tuple[float, int]]] = {}
    for at, row in enumerate(rows):
        for key, offer in row.items():
            found[key] = sorted([*found.get(key, ()), (offer.score, at)], reverse=True)[:2]
    return found


def _ranking(
    place: int, rows: Sequence[Mapping[str, Offer]], leads: Mapping[str, list[tuple[float, int]]]
) -> Ranking:
    """The offers of one number, less what another number of the text is more like."""
    found = []
    for key, offer in rows[place].items():
        elsewhere = next((score for score, at in leads[key] if at != place), offer.score)
        less = LEFT_TO_ANOTHER * max(0.0, elsewhere - offer.score)
        found.append(replace(offer, score=offer.score - less))
    return Ranking(tuple(sorted(found, key=lambda one: (-one.score, one.known.key))))


def _row(text: str, figures: Sequence[engine.Figure], at: int, known: Sequence[Known]) -> dict[str, Offer]:
    figure = figures[at]
    fitting = [one for one in known if _may_be(figure, one)]
    if not fitting:
        return {}
    said = words.spoken(figure, _around(text, figures, at))
    wide = text[max(0, figure.start - _FIELD_REACH) : figure.end + _FIELD_REACH // 8]
    before = words.spoken(figure, words.Surroundings(wide, "", wide))
    named = {field: words.likeness(before, (field,)) for field in {_field(one) for one in fitting}}
    return {one.key: _offer(text, figure, said, named[_field(one)], one) for one in fitting}


def _field(one: Known) -> str:
    """走访 of 走访.人数."""
    return one.name.partition(".")[0]


def _offer(text: str, figure: engine.Figure, said: words.Spoken, named: float, one: Known) -> Offer:
    assert one.value is not None
    field, _, what = one.name.partition(".")
    name = words.likeness(said, (f"{field}{what}", what))
    definition = words.likeness(said, (one.definition,))
    worth, unit = _value_worth(figure, one), _unit_worth(text, figure, one.value.unit)
    score = VALUE * worth + UNIT * unit + NAME * name + DEFINITION * definition + FIELD * named
    return Offer(one, score, worth == 1.0, max(name, definition), unit > 0 or one.value.start is not None)


def _around(text: str, figures: Sequence[engine.Figure], at: int) -> words.Surroundings:
    """The words between the neighbouring numbers, and the sentence."""
    figure = figures[at]
    floor = figures[at - 1].end if at else 0
    ceiling = figures[at + 1].start if at + 1 < len(figures) else len(text)
    begin, end = max(0, figure.start - _REACH), min(len(text), figure.end + _REACH)
    starts = [found.end() for found in _SENTENCE.finditer(text, begin, figure.start)]
    stop = _SENTENCE.search(text, figure.end, end)
    first, last = starts[-1] if starts else begin, stop.start() if stop else end
    after = _CLAUSE.split(text[figure.end : min(last, ceiling)], maxsplit=1)[0]
    return words.Surroundings(text[max(first, floor) : figure.start], after, text[first:last])


def _may_be(figure: engine.Figure, one: Known) -> bool:
    """Whether both are of one kind: a year of a year, a day of a day, a rank of a rank, a count of no percentage."""
    assert one.value is not None
    if figure.type in _DATED:
        year = isinstance(figure.value, str) and re.fullmatch(r"\d{4}", figure.value)
        dated = one.value.shape in (Shape.DATE, Shape.SPAN, Shape.MOMENT)
        return one.value.shape is Shape.YEAR if year else dated
    return figure.type is _type_of(one.forms[0].text)


@lru_cache(maxsize=1024)
def _type_of(written: str) -> engine.FigureType | None:
    figures = engine.read(written).figures
    return figures[0].type if figures else None


def _value_worth(figure: engine.Figure, one: Known) -> float:
    """1 when the value is what is written, else at most 0.5, less the farther it is."""
    assert one.value is not None
    if one.value.start is not None:
        return 1.0 if _is_said(figure, one) else 0.5 * _nearness_of_days(figure, one.value)
    if one.value.number is None or one.value.shape is Shape.YEAR:
        return float(_is_said(figure, one))
    if figure.low is None:
        return 0.0
    value, low = one.value.number, figure.low
    high = max(value, low) if figure.high is None else figure.high
    if low <= value <= high:
        return 1.0
    size = max(abs(value), abs(low), abs(high), 1)
    return max(0.0, 0.5 - min(abs(value - low), abs(value - high)) / size)


def _is_said(figure: engine.Figure, one: Known) -> bool:
    return any(figure.text in (form.text, f"{form.text}间") for form in one.forms)


def _nearness_of_days(figure: engine.Figure, value: Value) -> float:
    """1 for the same days of the year, 0 for days half a month apart."""
    said = [_day_of_year(part) for part in str(figure.value).split("/")]
    days = [value.start, value.end or value.start]
    gaps = [
        abs(one - _ordinal(day)) for one, day in zip(said * 2, days, strict=False) if one is not None and day
    ]
    return max(0.0, 1 - sum(gaps) / _DAYS_APART) if len(gaps) == len(days) else 0.0


def _day_of_year(part: str) -> int | None:
    found = re.search(r"(\d\d)-(\d\d)(?:T.*)?$", part)
    return int(found[1]) * 31 + int(found[2]) if found else None


def _ordinal(day: datetime.date) -> int:
    return day.month * 31 + day.day


def _unit_worth(text: str, figure: engine.Figure, unit: str) -> float:
    """1 for the unit that is written (also one that only the measure knows), less for one that people use for it."""
    if figure.unit == unit or (unit and text.startswith(unit, figure.end - len(figure.unit))):
        return float(bool(unit))
    return NEAR_UNIT if any(figure.unit in group and unit in group for group in ALIKE) else 0.0
