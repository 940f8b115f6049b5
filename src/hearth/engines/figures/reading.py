"""Reading a text: every numeral becomes part of a figure or of a trap."""

import re
from dataclasses import replace
from datetime import date

from hearth.engines.figures import clock, dates, quantities, traps
from hearth.engines.figures.approximations import plain
from hearth.engines.figures.bounds import Found
from hearth.engines.figures.characters import RUN, one_width
from hearth.engines.figures.model import Approx, Figure, FigureType, Reading, Trap, TrapKind
from hearth.engines.figures.nouns import members_of, noun_of, noun_shared
from hearth.engines.figures.numerals import SEPARATOR
from hearth.engines.figures.spacing import Close, close

_NO_NUMERALS = "首半双±"
_STARTS = re.compile(RUN.pattern + f"|[{_NO_NUMERALS}]")
_WEEKDAY = re.compile(r"\s?\((?:星期|周|礼拜)[一二三四五六日天]\)")
_SEPARATED = re.compile(SEPARATOR)
_NEAR = 200
_PAID = re.compile(
    r"(?:[费金款]|(?<![名份])额|收入|支出|产值|投资|估值|预算|贷款|利润|利税|税收|成本|补助|补贴|债券|债务)$"
)


def read(text: str, *, today: date | None = None) -> Reading:
    """Find every figure and trap in one pass.

    ``today`` resolves 去年 and 今年 before a month; without it such dates are relative (``Y-1-10``). Time is linear in the text.
    Nothing is raised, whatever the text. Conventions: README.
    """
    closed = close(one_width(text))
    flat = closed.text
    figures: list[Figure] = []
    found_traps: list[Trap] = []
    floor = 0
    start = _STARTS.search(flat)
    while start:
        found = _account(flat, start, floor, today)
        following = start.end() if found is None else found.end
        if found:
            floor = found.end
        if isinstance(found, Figure):
            figures.append(found)
        elif found:
            begin, end = closed.start(found.start), closed.end(found.end)
            found_traps.append(Trap(begin, end, text[begin:end], found.kind))
        start = _STARTS.search(flat, following)
    named = _with_nouns(text, closed, figures)
    return Reading(named if closed.places is None else _moved(named, closed), tuple(found_traps))


def as_json(reading: Reading) -> dict[str, list[dict[str, int | float | str | None]]]:
    """The reading as `./hearth figures` prints it."""
    return {
        "figures": [
            {
                "start": figure.start,
                "end": figure.end,
                "text": figure.text,
                "type": figure.type.value,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "noun": figure.noun,
                "approx": figure.approx.value,
            }
            for figure in reading.figures
        ],
        "traps": [
            {"start": trap.start, "end": trap.end, "text": trap.text, "kind": trap.kind.value}
            for trap in reading.traps
        ],
    }


def _account(flat: str, start: re.Match[str], floor: int, today: date | None) -> Figure | Trap | None:
    """The figure or trap of the numeral at ``start``; None for 首, 半, 双 and ± that say nothing."""
    at = start.start()
    if (
        not flat[at].isdecimal()
        and flat[at] not in _NO_NUMERALS
        and ord(flat[at]) < 0x4E00
        and flat[at] not in "〇○"
    ):
        return Trap(at, start.end(), "", TrapKind.SECTION)
    for rule in traps.FIRST:
        if trapped := rule(flat, at, floor):
            return _trap(trapped)
    found = _dated(flat, at, floor, today) or _timed(flat, at, floor)
    if found:
        return found
    for rule in traps.LAST:
        if trapped := rule(flat, at, floor):
            return _trap(trapped)
    quantity = quantities.find(flat, at, floor)
    if isinstance(quantity, Found):
        return _figure(quantity)
    if quantity:
        return _trap(quantity)
    return None if flat[at] in _NO_NUMERALS else Trap(at, start.end(), "", TrapKind.WORD)


def _trap(trapped: tuple[int, int, TrapKind]) -> Trap:
    start, end, kind = trapped
    return Trap(start, end, "", kind)


def _figure(found: Found) -> Figure:
    return Figure(
        start=found.start,
        end=found.end,
        text="",
        type=found.type,
        value=None if found.value is None else plain(found.value),
        low=None if found.low is None else plain(found.low),
        high=None if found.high is None else plain(found.high),
        unit=found.unit,
        approx=found.approx,
    )


def _dated(flat: str, at: int, floor: int, today: date | None) -> Figure | None:
    day = dates.find(flat, at, floor, today)
    if not day:
        return None
    if day.day_known and not day.ranged and day.approx is Approx.EXACT:
        weekday = _WEEKDAY.match(flat, day.end)
        time = clock.find(flat, weekday.end() if weekday else day.end, floor, dated=True)
        if time:
            return _until(flat, day, time, today)
    kind = FigureType.DATERANGE if day.ranged else FigureType.DATE
    return Figure(day.start, day.end, "", kind, day.value, approx=day.approx)


def _until(flat: str, day: dates.Found, time: clock.Found, today: date | None) -> Figure:
    """A day with its time, or from then until the time of another day: 9月5日8时至6日8时."""
    value = day.value + time.value
    separator = _SEPARATED.match(flat, time.end)
    last = dates.find(flat, separator.end(), separator.end(), today, after=day) if separator else None
    until = clock.find(flat, last.end, last.end, dated=True) if last and last.day_known else None
    if last and until and "/" not in value + until.value + last.value:
        return Figure(day.start, until.end, "", FigureType.TIME, f"{value}/{last.value}{until.value}")
    return Figure(day.start, time.end, "", FigureType.TIME, value, approx=time.approx)


def _timed(flat: str, at: int, floor: int) -> Figure | None:
    time = clock.find(flat, at, floor, dated=False)
    return Figure(time.start, time.end, "", FigureType.TIME, time.value, approx=time.approx) if time else None


def _moved(figures: tuple[Figure, ...], closed: Close) -> tuple[Figure, ...]:
    """The figures where they stand in the text with its spaces."""
    return tuple(
        replace(figure, start=closed.start(figure.start), end=closed.end(figure.end)) for figure in figures
    )


def _with_nouns(text: str, closed: Close, figures: list[Figure]) -> tuple[Figure, ...]:
    """Give each figure its text, noun and members, looking no further than its neighbours."""
    named: list[Figure] = []
    flat = closed.text
    for place, figure in enumerate(figures):
        floor = figures[place - 1].end if place else 0
        ceiling = figures[place + 1].start if place + 1 < len(figures) else len(flat)
        members, scope = members_of(flat, figure, floor)
        shared = noun_shared(flat, figure, figures[place + 1 : place + 3])
        noun = shared or noun_of(flat, figure, ceiling, named[-8:])
        said = text[closed.start(figure.start) : closed.end(figure.end)]
        noun = _as_written(noun, text, closed, figure) if "(" in noun else noun
        figure = _money_without_unit(figure, said, noun)
        named.append(replace(figure, text=said, noun=noun, members=members, member_scope=scope))
    return tuple(named)


def _as_written(noun: str, text: str, closed: Close, figure: Figure) -> str:
    """The noun with the brackets of the text, not those of one width."""
    at = closed.text.find(noun, max(0, figure.start - _NEAR), figure.end + _NEAR)
    return noun if at < 0 else text[closed.start(at) : closed.end(at + len(noun))]


def _money_without_unit(figure: Figure, said: str, noun: str) -> Figure:
    """销售收入十三亿七: a large number without a unit is money where its noun is."""
    is_money = (
        figure.type is FigureType.COUNT and not figure.unit and said[-1] not in "%+" and _PAID.search(noun)
    )
    if not is_money or not any(one in said for one in "万亿"):
        return figure
    return replace(figure, type=FigureType.MONEY, unit="元")
