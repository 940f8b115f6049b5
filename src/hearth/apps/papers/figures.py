"""The door to the figures engine: how a measured value is written, and which numbers in a prose nothing backs."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.engines import figures as engine

UntrueStyle = engine.UntrueStyle


@dataclass(frozen=True)
class Loose:
    """A number in the prose that no figure backs: ``start`` and ``end`` count code points of the plain text."""

    start: int
    end: int
    text: str
    unit: str = ""
    noun: str = ""
    low: float | None = None
    high: float | None = None
    approx: str = engine.Approx.EXACT.value


@dataclass(frozen=True)
class Form:
    """A true way to write a value: the style's word, empty for the exact number, and the number so written."""

    style: str
    text: str


# what the editor offers; every style of the engine may be written by hand
OFFERED_STYLES = {
    Shape.COUNT: ("", "余", "近", "约"),
    Shape.DATE: ("", "年", "旬", "前后"),
    Shape.SPAN: ("", "至", "旬"),
}
STYLE_OF = {engine.Approx.OVER: "余", engine.Approx.NEAR: "近", engine.Approx.ABOUT: "约"}
ALIKE = (
    {"人", "名", "位"},
    {"次", "人次"},
    {"场", "次"},
    {"家", "个", "所"},
    {"件", "项", "条", "篇"},
    {"册", "本"},
)


def forms(value: Value) -> tuple[Form, ...]:
    """Every offered way to write this value that is true of it."""
    found: dict[str, Form] = {}
    for style in OFFERED_STYLES.get(value.shape, ("",)):
        try:
            form = Form(style, show(value, style or None))
        except UntrueStyle:
            continue
        if form.text != f"{style}{show(value, None)}" or not style:  # 约33块 says no more than 33块
            found.setdefault(form.text, form)
    return tuple(found.values())


def form_like(number: Loose, offered: Sequence[Form]) -> Form:
    """Of the true forms the one that speaks as the number does: the same words, else the same kind of rounding."""
    wanted = STYLE_OF.get(engine.Approx(number.approx), "")
    return next(
        (form for form in offered if form.text == number.text),
        next((form for form in offered if form.style == wanted), offered[0]),
    )


def fit(number: Loose, around: str, name: str, value: Value) -> float:
    """How well a measure fits a number: its value within the bounds counts most, then the unit, then the words near it."""
    return 3 * _value_fits(number, value) + 2 * _unit_fits(number.unit, value.unit) + _named(name, around)


def _value_fits(number: Loose, value: Value) -> float:
    if value.number is None:
        return float(any(form.text == number.text for form in forms(value)))
    low = value.number if number.low is None else number.low
    high = value.number if number.high is None else number.high
    if low <= value.number <= high:
        return 1.0
    size = max(abs(value.number), abs(low), abs(high), 1)
    return max(0.0, 0.5 - min(abs(value.number - low), abs(value.number - high)) / size)


def _unit_fits(one: str, other: str) -> float:
    if one == other:
        return float(bool(one))
    return 0.7 if any(one in group and other in group for group in ALIKE) else 0.0


def _named(name: str, around: str) -> float:
    """The share of the characters of a measure's name that stand near the number."""
    said = set(name) - set(".·的")
    return len(said & set(around)) / len(said) if said else 0.0


def show(value: Value, style: str | None) -> str:
    """Write a value in a style (``余``, ``旬`` …). Raises UntrueStyle when that would not be true."""
    match value.shape:
        case Shape.WRITTEN:
            return value.written
        case Shape.COUNT:
            return engine.shown(value.number or 0, value.unit, style)
        case Shape.YEAR:
            return f"{value.number}年"
        case Shape.ORDINAL:
            return engine.shown_ordinal(value.number or 0, value.unit)
        case Shape.MOMENT:
            assert value.start is not None
            return f"{value.start:%Y-%m-%d %H:%M:%S}"
        case Shape.DATE:
            assert value.start is not None
            first, last = value.around or (value.start, value.start)
            return engine.shown_date(
                value.start.isoformat(), style, first=first.isoformat(), last=last.isoformat()
            )
        case Shape.SPAN:
            assert value.start is not None
            assert value.end is not None
            return engine.shown_range(value.start.isoformat(), value.end.isoformat(), style)


def loose(text: str, anchored: Sequence[tuple[int, int]]) -> tuple[Loose, ...]:
    """The figures read in ``text`` that lie in none of the ``anchored`` spans (start, end)."""
    return tuple(
        _loose(figure)
        for figure in engine.read(text).figures
        if not any(start < figure.end and figure.start < end for start, end in anchored)
    )


def _loose(figure: engine.Figure) -> Loose:
    return Loose(
        figure.start,
        figure.end,
        figure.text,
        figure.unit,
        figure.noun,
        figure.low,
        figure.high,
        figure.approx.value,
    )


@dataclass(frozen=True)
class Place:
    """A stretch of one line of a source; ``line`` and ``column`` count from 1, ``around`` is what stands near it."""

    line: int
    column: int
    text: str
    around: str


_SLOT = re.compile(
    r"\{\{\s*(?:规定\s*[：:]\s*(?P<fixed>[^{}]*?)|(?P<key>[^{}|｜]*?)\s*(?:[|｜]\s*(?P<style>[^{}]*?)\s*)?)\}\}"
)
_NEAR = 16


def places_of(
    numbers: Sequence[Loose], source: str, taken: Sequence[tuple[str, str, str]]
) -> tuple[Place | None, ...]:
    """Where in the source each unbacked number stands; None for one that a listing brings. ``taken``: key or name,
    style and text of the filled slots."""
    texts = {(key, style): text for key, style, text in taken}
    found: dict[str, deque[Place]] = defaultdict(deque)
    for place in _loose_places(source, texts):
        found[place.text].append(place)
    return tuple(found[number.text].popleft() if found[number.text] else None for number in numbers)


def _loose_places(source: str, texts: dict[tuple[str, str], str]) -> Iterator[Place]:
    fences = 0
    for at, line in enumerate(source.split("\n"), 1):
        if line.strip() == "---" and fences < 2:
            fences += 1
        elif fences >= 2 and line.strip() and not line.strip().startswith("[["):
            yield from _loose_in_line(line, at, texts)


def _loose_in_line(line: str, at: int, texts: dict[tuple[str, str], str]) -> Iterator[Place]:
    printed, columns, backed = _printed_line(line, texts)
    for number in loose(printed, backed):
        first, last = columns[number.start], columns[number.end - 1] + 1
        near = printed[max(0, number.start - _NEAR) : number.end + _NEAR // 2]
        yield Place(at, first + 1, line[first:last], f"{number.noun}{near}")


def _printed_line(
    line: str, texts: dict[tuple[str, str], str]
) -> tuple[str, list[int], list[tuple[int, int]]]:
    """A line as printed, the source column of each of its characters, and the stretches that something backs."""
    printed = ""
    columns: list[int] = []
    backed: list[tuple[int, int]] = []
    done = len(line) - len(line.lstrip("# \t\u3000"))
    for slot in [*_SLOT.finditer(line), None]:
        until = slot.start() if slot else len(line)
        printed += line[done:until]
        columns += range(done, until)
        if slot is None:
            break
        key = (slot["key"] or "").strip()
        text = slot["fixed"] or texts.get((key, slot["style"] or ""), "") or slot[0]
        backed.append((len(printed), len(printed) + len(text)))
        printed += text
        columns += [slot.start()] * len(text)
        done = slot.end()
    return printed, columns, backed
