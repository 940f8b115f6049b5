"""Reading a text: every numeral becomes part of a figure or of a trap."""

import re
from dataclasses import replace
from datetime import date

from hearth.engines.figures import clock, dates, quantities, traps
from hearth.engines.figures.approximations import plain
from hearth.engines.figures.characters import RUN, one_width
from hearth.engines.figures.model import Approx, Figure, FigureType, Reading, Trap, TrapKind
from hearth.engines.figures.nouns import members_of, noun_of

_STARTS = re.compile(RUN.pattern + "|[首半双]")


def read(text: str, *, today: date | None = None) -> Reading:
    """Find every figure and trap in one pass.

    ``today`` resolves 去年 and 今年 before a month; without it such dates are relative (``Y-1-10``). Time is linear in the text.
    Nothing is raised, whatever the text. Conventions: README.
    """
    flat = one_width(text)
    figures: list[Figure] = []
    found_traps: list[Trap] = []
    floor = 0
    start = _STARTS.search(flat)
    while start:
        found = _account(flat, start, floor, today)
        following = start.end() if found is None else found.end
        if found:
            found = replace(found, text=text[found.start : found.end])
            floor = found.end
        if isinstance(found, Figure):
            figures.append(found)
        elif found:
            found_traps.append(found)
        start = _STARTS.search(flat, following)
    return Reading(_with_nouns(flat, figures), tuple(found_traps))


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
    """The figure or trap of the numeral at ``start``; None for 首, 半 and 双 that say nothing."""
    at = start.start()
    if (
        not flat[at].isdecimal()
        and flat[at] not in "首半双"
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
    if isinstance(quantity, quantities.Found):
        return _figure(quantity)
    if quantity:
        return _trap(quantity)
    return None if flat[at] in "首半双" else Trap(at, start.end(), "", TrapKind.WORD)


def _trap(trapped: tuple[int, int, TrapKind]) -> Trap:
    start, end, kind = trapped
    return Trap(start, end, "", kind)


def _figure(found: quantities.Found) -> Figure:
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
        time = clock.find(flat, day.end, floor, dated=True)
        if time:
            return Figure(day.start, time.end, "", FigureType.TIME, day.value + time.value)
    kind = FigureType.DATERANGE if day.ranged else FigureType.DATE
    return Figure(day.start, day.end, "", kind, day.value, approx=day.approx)


def _timed(flat: str, at: int, floor: int) -> Figure | None:
    time = clock.find(flat, at, floor, dated=False)
    return Figure(time.start, time.end, "", FigureType.TIME, time.value) if time else None


def _with_nouns(flat: str, figures: list[Figure]) -> tuple[Figure, ...]:
    """Give each figure its noun and members, looking no further than its neighbours."""
    named = []
    for place, figure in enumerate(figures):
        floor = figures[place - 1].end if place else 0
        ceiling = figures[place + 1].start if place + 1 < len(figures) else len(flat)
        members, scope = members_of(flat, figure, floor)
        noun = noun_of(flat, figure, floor, ceiling)
        named.append(replace(figure, noun=noun, members=members, member_scope=scope))
    return tuple(named)
