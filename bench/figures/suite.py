"""The Chinese cases of Recognizers-Text's shared suite, with that suite's conventions mapped onto the engine's.

The suite has general Chinese, spaces between characters included, and counts every numeral as a number. What differs is
mapped here: spaces are taken out, units are cut off numbers and ranks, 百分点 is written as percent, ranges give no share.
Cases that are not supported in Python by the suite's own marks are left out.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.figures.moments import Moment, moments

from hearth.engines.figures import Approx, Figure, FigureType, Reading, Trap, TrapKind, read
from hearth.engines.figures.characters import CHINESE, numeral_spans, one_width
from hearth.engines.figures.numerals import scan
from hearth.engines.figures.units import UNITS
from hearth.engines.figures.words import KINDS

Answer = tuple[int, int, str]
"""Start, end (exclusive) and value of a result; the value empty where the suite gives none."""

_CURRENCIES = {
    "元": "Chinese yuan", "人民币": "Chinese yuan", "美元": "United States dollar", "日元": "Japanese yen", "欧元": "Euro",
    "英镑": "British pound", "港元": "Hong Kong dollar", "新台币": "New Taiwan dollar", "比特币": "Bitcoin",
    "韩元": "South Korean won",
}  # fmt: skip
_BEHIND = "余多几分之点个成折百又万亿"
_SPACE = re.compile(
    rf"(?<=[0-9]) (?=[0-9] ?折)|(?<=[{CHINESE}0-9{_BEHIND}%])[ \t]+(?=[{CHINESE}{_BEHIND}%负])"
    rf"|(?<=[{CHINESE}分之又])[ \t]+(?=[0-9])"
)
_POWER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+|\^[+-]{0,2}\d+)")
_MIXED = re.compile(r"(?<![\d/])(?:(\d+) )?(\d+)/(\d+)(?![\d/])")
_THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)k(?![A-Za-z])")
_ALONE = frozenset("是而这那和与及还就也都的之分又种，。、；：！？ ,.;:!?()（）")
_FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾")
_COIN = re.compile(r"美元|美刀|美金|日元|欧元|英镑|港元|块钱")


_DATES = ("datetimeV2.date", "datetimeV2.daterange")


@dataclass(frozen=True)
class Result:
    """How many of a model's cases were right, and the others."""

    model: str
    right: int
    cases: int
    failed: tuple[str, ...]


def measure(folder: Path) -> list[Result]:
    """The models of which the engine has the matter."""
    found = [_measured(folder / f"{model}.json", model, answers) for model, answers in MODELS.items()]
    return [*found, dates_of_datetimes(folder / "DateTimeModel.json")]


def _measured(file: Path, model: str, answers: Callable[[str], Iterator[Answer]]) -> Result:
    cases = [case for case in json.loads(file.read_text(encoding="utf-8-sig")) if _is_supported(case)]
    failed = []
    for case in cases:
        given, wanted = sorted(answers(case["Input"])), sorted(map(_wanted, case["Results"]))
        if not _agree(given, wanted):
            failed.append(f"{case['Input']!r} wanted {wanted} gave {given}")
    return Result(model, len(cases) - len(failed), len(cases), tuple(failed))


def _is_supported(case: dict[str, Any]) -> bool:
    return "python" not in f"{case.get('NotSupported', '')}{case.get('NotSupportedByDesign', '')}".lower()


def _wanted(result: dict[str, Any]) -> Answer:
    end = result["End"] + 1 if "End" in result else result["Start"] + result["Length"]
    resolution = result.get("Resolution") or {}
    value = f"{resolution.get('value')}"
    return result["Start"], end, f"{value} {resolution['unit']}" if "unit" in resolution else value


def _agree(given: Sequence[Answer], wanted: Sequence[Answer]) -> bool:
    return len(given) == len(wanted) and all(
        one[:2] == other[:2] and _same(one[2], other[2]) for one, other in zip(given, wanted, strict=True)
    )


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    (number, _, unit), (asked, _, asked_unit) = one.partition(" "), other.partition(" ")
    try:
        first, second = float(number.rstrip("%")), float(asked.rstrip("%"))
    except ValueError:
        return False
    return unit == asked_unit and abs(first - second) <= 1e-9 * max(1.0, abs(second))


@dataclass(frozen=True)
class _Squeezed:
    """A text without the spaces inside its numerals, and where each character stood."""

    text: str
    places: tuple[int, ...]

    def answer(self, start: int, end: int, value: str) -> Answer:
        return self.places[start], self.places[end - 1] + 1, value


def _squeezed(text: str) -> _Squeezed:
    flat = one_width(text)
    out = {place for found in _SPACE.finditer(flat) for place in range(*found.span())}
    kept = [place for place in range(len(flat)) if place not in out]
    return _Squeezed("".join(flat[place] for place in kept), tuple(kept))


def numbers(text: str) -> Iterator[Answer]:
    """Every numeral that is no part of a word, whatever it counts."""
    squeezed = _squeezed(text)
    flat = squeezed.text
    words = [
        trap
        for trap in read(flat).traps
        if trap.text in KINDS and trap.kind in (TrapKind.WORD, TrapKind.IDIOM)
    ]
    position = 0
    while position < len(flat):
        found = _number(flat, position)
        word = next((trap for trap in words if trap.start <= position < trap.end), None)
        if word and not _is_counted(word.text) and not (found and found[1] > word.end):
            position = word.end
        elif found:
            start, end, value = found
            yield squeezed.answer(start, end, str(float(value)))
            position = end
        else:
            position += 1


def _is_counted(word: str) -> bool:
    """一对 and 一双 are set phrases in papers and numbers here."""
    return len(word) == 2 and word[0] in "一两" and word[1] in "对双只个"


def _number(flat: str, at: int) -> tuple[int, int, Fraction] | None:
    if found := _POWER.match(flat, at):
        return at, found.end(), Fraction(_powered(found[0]))
    if (found := _MIXED.match(flat, at)) and int(found[3]):
        return at, found.end(), int(found[1] or 0) + Fraction(int(found[2]), int(found[3]))
    signed = flat[at] in "-负" and (not at or not flat[at - 1].isalnum() or flat[at] == "负")
    end, value = _whole(flat, at + signed)
    if end == at + signed:
        return None
    if signed:
        return at, end, -value
    return (at, end, value) if _counts(flat, at, end) else None


def _powered(numeral: str) -> float:
    if "e" in numeral:
        return float(numeral)
    base, _, power = numeral.partition("^")
    return float(base) ** float(power.replace("--", "").replace("+", ""))


def _whole(flat: str, at: int) -> tuple[int, Fraction]:
    """A numeral with what may follow it: 打, k, 分之, 又."""
    if found := _THOUSANDS.match(flat, at):
        return found.end(), Fraction(found[1]) * 1000
    end, value = _scanned(flat, at)
    if end == at:
        return at, Fraction(0)
    if flat.startswith("分之", end) and (end - at > 1 or flat[at] not in "百千万"):
        minus = flat[end + 2 : end + 3] == "负"
        stop, part = _scanned(flat, end + 2 + minus)
        if stop > end + 2 + minus and value:
            return stop, part / value * (-1 if minus else 1)
    if flat.startswith("又", end):
        stop, part = _whole(flat, end + 1)
        if stop > end + 1 and 0 < part < 1:
            return stop, value + part
    if flat.startswith("打", end) and not re.match("[算造击开扮动破]", flat[end + 1 : end + 2]):
        return end + 1, value * 12
    return end, value


def _scanned(flat: str, at: int) -> tuple[int, Fraction]:
    end, value = scan(flat, at)
    return end, Fraction(Decimal(value))


def _counts(flat: str, at: int, end: int) -> bool:
    """A digit alone counts where something is counted or nothing follows; money is no plain number."""
    if flat[at:end] in ("百", "千", "万", "亿", "佰", "仟") or (flat[at] == "." and flat[at - 1 : at] == "."):
        return False
    if end - at > 1 or flat[at].isascii() or flat[at] == "十":
        return not (_COIN.match(flat, end) and end - at == 1)
    following, before = flat[end : end + 1], flat[at - 1 : at]
    if flat[at] in _FINANCIAL:
        return not before or (before in "是，。 " and (not following or following in _ALONE))
    if _COIN.match(flat, end):
        return False
    return (
        not following
        or following in _ALONE
        or following in UNITS
        or following in "打双"
        or following in CHINESE
    )


def shares(text: str) -> Iterator[Answer]:
    """Percentages, 成, 折 and 百分点; of a range only the end that carries the sign."""
    squeezed = _squeezed(text)
    flat = squeezed.text
    if flat.startswith("http", max(0, flat.find("http"))) and "://" in flat:
        return
    for figure in read(flat).figures:
        if figure.type is not FigureType.PERCENT or figure.unit == "倍":
            continue
        start, end = figure.start, figure.end
        if figure.approx is Approx.RANGE:
            sign = re.search(r"(?<=[-~至到])\d+(?:\.\d+)?%$", figure.text)
            if sign:
                yield squeezed.answer(start + sign.start(), end, sign[0])
            continue
        yield squeezed.answer(start, end, f"{figure.value}%")
    for found in re.finditer(r"(?<=打)[对半]折", flat):
        yield squeezed.answer(*found.span(), "50%")


def ranks(text: str) -> Iterator[Answer]:
    """第一名 without its unit."""
    flat = one_width(text)
    for found in re.finditer("第", flat):
        end, value = scan(flat, found.end())
        if end > found.end():
            yield found.start(), end, str(value)


def money(text: str) -> Iterator[Answer]:
    """Amounts with their currency; a currency without amount has no value."""
    flat = one_width(text)
    for figure in read(flat).figures:
        if figure.type is FigureType.MONEY:
            unit = "Dollar" if "$" in figure.text else _CURRENCIES.get(figure.unit, figure.unit)
            yield figure.start, figure.end, f"{figure.value} {unit}"
        elif figure.unit == "块" and not figure.noun:
            yield figure.start, figure.end, f"{figure.value} Chinese yuan"
    for found in re.finditer(rf"(?<![0-9{CHINESE}个])(?:人民币(?![ ]?[0-9{CHINESE}])|美元)", flat):
        yield *found.span(), f"None {_CURRENCIES.get(found[0], 'Chinese yuan')}"


def days(text: str) -> Iterator[Answer]:
    """Days; the suite gives no value."""
    return ((one.start, one.end, "None") for one in dated(text, None) if not one.period)


def periods(text: str) -> Iterator[Answer]:
    """Stretches of days."""
    return ((one.start, one.end, "None") for one in dated(text, None) if one.period)


def dated(text: str, today: date | None) -> list[Moment]:
    """Days and periods as the engine reads them, within the suite's spans; dates outside of any span are answers too."""
    reading = read(text, today=today)
    spans = [one for one in moments(text, today=today) if _is_read(one, reading)]
    alone = [
        Moment(one.start, one.end, one.text, one.type is FigureType.DATERANGE)
        for one in reading.figures
        if one.type in _DATED and not any(span.start < one.end and one.start < span.end for span in spans)
    ]
    return sorted([*spans, *alone], key=lambda one: one.start)


_DATED = (FigureType.DATE, FigureType.DATERANGE)
_TIMELY = (TrapKind.WEEKDAY, TrapKind.TERM)


def _is_read(moment: Moment, reading: Reading) -> bool:
    """Whether the engine takes every numeral of the span for time, and a full day for that day."""
    timely: list[Figure | Trap] = [
        *(one for one in reading.figures if one.type in (*_DATED, FigureType.TIMESPAN, FigureType.TIME)),
        *(one for one in reading.figures if one.type is FigureType.ORDINAL and _is_of_week(one, reading)),
        *(one for one in reading.traps if one.kind in _TIMELY or moment.text.startswith("最后")),
    ]
    inside = [one for one in timely if moment.start <= one.start and _end_of(one) <= moment.end]
    covered = {place for one in inside for place in range(one.start, one.end)}
    numerals = {moment.start + place for span in numeral_spans(moment.text) for place in range(*span)}
    exact = [
        one.value
        for one in inside
        if isinstance(one, Figure) and re.fullmatch(r"\d{4}-\d\d-\d\d", str(one.value))
    ]
    return numerals <= covered and (
        not exact or moment.first is None or moment.period or moment.first.isoformat() in exact
    )


def _is_of_week(ordinal: Figure, reading: Reading) -> bool:
    """第三周, and 第三个的周三."""
    beside = any(one.kind is TrapKind.WEEKDAY and one.start - ordinal.end in (0, 1) for one in reading.traps)
    return ordinal.unit == "周" or beside


def _end_of(one: Figure | Trap) -> int:
    """The suite's spans end before 之前 and 前."""
    return one.end - (len(one.text) - len(re.sub("(?:之|以)?前$", "", one.text)))


MODELS: dict[str, Callable[[str], Iterator[Answer]]] = {
    "NumberModel": numbers,
    "PercentModel": shares,
    "OrdinalModel": ranks,
    "CurrencyModel": money,
    "DateExtractor": days,
    "DatePeriodExtractor": periods,
}
"""Each model of the suite and how its answers are taken from the engine."""


def dates_of_datetimes(file: Path) -> Result:
    """The cases of DateTimeModel whose results are all dates: span, day or period, and first day where it is one and solar."""
    failed, cases = [], 0
    for case in json.loads(file.read_text(encoding="utf-8-sig")):
        if not _is_supported(case) or any(one["TypeName"] not in _DATES for one in case["Results"]):
            continue
        cases += 1
        today = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        given = dated(case["Input"], today)
        if len(given) != len(case["Results"]) or not all(map(_is_the_day, given, case["Results"])):
            failed.append(f"{case['Input']!r} wanted {case['Results']} gave {given}")
    return Result("dates of DateTimeModel", cases - len(failed), cases, tuple(failed))


def _is_the_day(moment: Moment, result: dict[str, Any]) -> bool:
    if (moment.start, moment.end, moment.period) != (
        result["Start"],
        result["End"] + 1,
        result["TypeName"] == _DATES[1],
    ):
        return False
    first, *others = result["Resolution"]["values"]
    asked = first.get("value", first.get("start"))
    known = not others and asked != "not resolved" and not first.get("isLunar")
    return not known or (moment.first is not None and moment.first.isoformat() == asked)
