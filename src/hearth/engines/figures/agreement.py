"""Whether a recorded value lies in what a figure says: bounds, units, rounding, dates as far as they are named."""

import re
from decimal import Decimal
from functools import lru_cache

from hearth.engines.figures import units
from hearth.engines.figures.approximations import has_decimals, printed_place
from hearth.engines.figures.characters import one_width
from hearth.engines.figures.facts import Fact
from hearth.engines.figures.model import Approx, Figure, FigureType
from hearth.engines.figures.reading import read

DATED = frozenset({FigureType.DATE, FigureType.DATERANGE, FigureType.TIME})
"""Types of figures whose value is a date or time."""

_RELATIVE = re.compile(r"Y(?:[+-]\d+)?(?:-(\d\d))?(?:-(\d\d))?")
_FRACTION = re.compile("(?<![百千万])分之|[/／]")
_ROUGHLY = Decimal("0.5")
_SCALES = {"万": 10**4, "亿": 10**8}


def fits(figure: Figure, fact: Fact) -> bool:
    """Whether the fact's value lies in the bounds of the figure; a printed decimal may be rounded (63.6% for 63.64%)."""
    known = quantity(fact)
    if known is None:
        return isinstance(figure.value, str) and _date_fits(figure.value, str(fact.value))
    if isinstance(figure.value, str):
        return False
    value, unit = known
    value *= units.factor(unit, figure.unit) or 1
    low = None if figure.low is None else Decimal(str(figure.low))
    high = None if figure.high is None else Decimal(str(figure.high))
    if figure.approx is Approx.OVER:
        return (low is None or low < value) and (high is None or value < high)
    slack = _slack(figure) if figure.approx is Approx.EXACT else Decimal(0)
    return (low is None or low - slack <= value) and (high is None or value <= high + slack)


def _slack(figure: Figure) -> Decimal:
    """How far a figure may be rounded: half of its last printed decimal; 三分之一 to a whole percent."""
    if has_decimals(figure):
        return printed_place(figure) / 2
    return _ROUGHLY if isinstance(figure.value, float) and _FRACTION.search(figure.text) else Decimal(0)


def comparable(figure: Figure, fact: Fact) -> bool:
    """Whether the two speak of the same kind of thing: a date of a date, 人 of 名, 公里 of 米."""
    known = quantity(fact)
    if known is None or figure.type in DATED:
        return known is None and figure.type in DATED
    unit = known[1]
    return (
        not unit
        or not figure.unit
        or units.alike(figure.unit, unit)
        or units.factor(unit, figure.unit) is not None
    )


@lru_cache(maxsize=4096)
def quantity(fact: Fact) -> tuple[Decimal, str] | None:
    """Value and unit of a fact in canonical units, 万元 in 元; None for dates and words. A written number ("25名") is read."""
    if isinstance(fact.value, str):
        figures = read(fact.value + fact.unit).figures
        if len(figures) != 1 or isinstance(figures[0].value, str | None):
            return None
        return Decimal(str(figures[0].value)), figures[0].unit
    written = one_width(fact.unit)
    scale = next((scale for scale in _SCALES if written.startswith(scale)), "")
    unit = units.unit_of(written.removeprefix(scale))
    return Decimal(str(fact.value)) * _SCALES.get(scale, 1), unit.name


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
    if found := _RELATIVE.fullmatch(day):
        return "", found[1] or "", found[2] or ""
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
