"""A quantity in the text with its bounds: what stands before and after a number says how far it may lie from it."""

from dataclasses import dataclass
from decimal import Decimal

from hearth.engines.figures import approximations, numerals
from hearth.engines.figures.model import Approx, FigureType
from hearth.engines.figures.units import Unit

_RECENT = 12
"""近两年 are the last two; 近四十年 are nearly forty."""


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity in the text, before it is given a noun."""

    start: int
    end: int
    type: FigureType
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    approx: Approx


def bounded(
    text: str,
    at: int,
    floor: int,
    end: int,
    values: tuple[Decimal, Decimal],
    unit: Unit,
    *,
    over: bool,
    otherwise: Approx = Approx.EXACT,
) -> Found:
    """Add what stands before and after, and take the bounds from it."""
    before, start = approximations.before(text, at, floor)
    after, end = _after(text, end, unit)
    low, high = values
    if low != high:
        return Found(start, end, unit.type, None, low, high, unit.name, Approx.RANGE)
    approx = Approx.OVER if over else after or before or otherwise
    recent = unit.name in ("年", "个月") and low <= _RECENT
    if recent and before is Approx.NEAR and approx is Approx.NEAR:
        approx = Approx.EXACT
    floor_value, ceiling = approximations.bounds(low, approx)
    return Found(start, end, unit.type, low, floor_value, ceiling, unit.name, approx)


def _after(text: str, at: int, unit: Unit) -> tuple[Approx | None, int]:
    """A bare 内 limits spans of time and measures only."""
    approx, end = approximations.after(text, at)
    if (
        end - at == 1
        and text[at] == "内"
        and unit.type not in (FigureType.TIMESPAN, FigureType.MEASURE, FigureType.MONEY)
    ):
        return None, at
    return approx, end


def value_of(numeral: str) -> Decimal | None:
    span = numerals.value_of(numeral)
    return span.low if span and span.low == span.high else None
