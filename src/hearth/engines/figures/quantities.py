"""Counts, money, percentages, measures and ordinals: a numeral with what stands around it."""

import re
from dataclasses import replace
from decimal import Decimal

from hearth.engines.figures import approximations, numerals, shares, units
from hearth.engines.figures.bounds import Found, bounded, value_of
from hearth.engines.figures.characters import MULTIPLIERS
from hearth.engines.figures.model import Approx, FigureType, TrapKind, Trapped
from hearth.engines.figures.numerals import NUMERAL, SCALE, SEPARATOR
from hearth.engines.figures.units import Unit

_OVER = "[余多几来]"
_IN_WORDS = r"(?:\([壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{1,20}\))?"
_QUANTITY = re.compile(
    rf"(?P<a>{NUMERAL}){_IN_WORDS}(?P<aover>{_OVER})?(?P<ascale>(?<={_OVER}){SCALE})?"
    rf"(?:(?P<aunit>{units.PATTERN})?{SEPARATOR}(?P<b>{NUMERAL})(?P<bover>{_OVER})?(?P<bscale>(?<={_OVER}){SCALE})?)?"
    rf"(?P<plus>\+)?\s?(?P<unit>(?:个(?P<mid>[多余半])(?:月|小时|星期|世纪|学期)|{units.PATTERN}))?(?P<tail>[多余半](?!数|导|年|天))?"
)
_FIRST_ONLY = re.compile(
    rf"(?P<a>{NUMERAL})(?P<aover>{_OVER})?(?P<ascale>(?<={_OVER}){SCALE})?(?P<plus>\+)?\s?"
    rf"(?P<unit>(?:个(?P<mid>[多余半])(?:月|小时|星期|世纪|学期)|{units.PATTERN}))?(?P<tail>[多余半](?!数|导|年|天))?"
)
_NEIGHBOUR = rf"[、和与及]\s?{NUMERAL}"
_LENDS_ITS_UNIT = re.compile(rf"(?:{_NEIGHBOUR}){{0,4}}{_NEIGHBOUR}{_OVER}?(?P<unit>{units.PATTERN})")
_HALF = re.compile(r"半(?:个(?=月|小时|学期|世纪|多月))?(?P<unit>年|天|月|小时|学期|世纪)")
_COINS = re.compile(rf"(?:又?(?P<tenths>{NUMERAL})角)?(?:又?(?P<cents>{NUMERAL})(?:美分|分|日本[銭钱]))?")
_ORDINAL = re.compile(rf"(?P<n>{NUMERAL})(?P<unit>{units.PATTERN}|号(?!召))?")
_FOREMOST = re.compile(
    rf"(?P<n>{NUMERAL})(?:(?P<unit>[名位])(?!同学|代表)|(?=[,，。;；、)]|$|行列|为[^了止]))"
)
_FIRSTS = re.compile(
    "首(?P<unit>个|次|届|批|家|位|名|项|条|座|期|场|支|所|台|例|款|部|本|站|轮|年|日|周|月)(?!诊|要|府|脑)"
)
_SEVERAL = re.compile(r"[数几]$")
_TEENS = re.compile(rf"十数(?P<unit>{units.PATTERN})")
_TOLERANCE = re.compile(
    rf"(?P<a>\d{{1,9}}(?:\.\d{{1,6}})?)?±(?P<b>\d{{1,9}}(?:\.\d{{1,6}})?)\s?(?P<unit>{units.PATTERN})?"
)
_UPWARDS = re.compile(r"(?<!以)(?:[上过]|(?<![形完建达组构造集生变做年促落分])成)$")
_NEGATIVE = re.compile(r"负$|(?<![0-9A-Za-z%℃年月日时])-$")
_SIXTIETHS = {"小时": "分", "分钟": "秒", "分": "秒"}
_LESSER = re.compile(rf"(?P<n>{NUMERAL})(?P<unit>分钟?(?![别类布组之])|秒钟?)")
_APPORTIONED = 16
"""How far before a number 分别 may stand for it to share the unit of the next."""

_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_ONE_OF_SOME = re.compile(r"(?:共|仅|各|另|达|计|为期|历时|只|限|增加|减少|新增|第)$")
_EVERY = ("每", "任")
_ROUGHLY = ("左右", "上下")
_ENDS_CLAUSE = re.compile(r"[、，,。；;！!？?）)\s]|$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def find(text: str, at: int, floor: int) -> Found | Trapped | None:
    """The quantity whose numeral stands at ``at``; a trap when it counts nothing (一名 as 'a')."""
    found = _below_zero(text, at) if text.startswith("零下", at) else _found(text, at, floor)
    return _read_as(found) if isinstance(found, Found) and found.unit in units.READ_AS else found


def _found(text: str, at: int, floor: int) -> Found | Trapped | None:
    return (
        _tolerance(text, at, floor)
        or shares.find(text, at, floor)
        or _ordinal(text, at, floor)
        or _half(text, at, floor)
        or _several(text, at, floor)
        or _counted(text, at, floor)
    )


def _read_as(found: Found) -> Found:
    """5‰ as 0.5 %, 三刻钟 as 45 minutes."""
    unit, size = units.READ_AS[found.unit]
    value, low, high = (
        None if one is None else one * Decimal(size) for one in (found.value, found.low, found.high)
    )
    return replace(found, value=value, low=low, high=high, unit=unit)


def _below_zero(text: str, at: int) -> Found | None:
    """零下5摄氏度."""
    found = _FIRST_ONLY.match(text, at + 2)
    value = value_of(found["a"]) if found else None
    if not found or value is None or units.unit_of(found["unit"] or "").name != "摄氏度":
        return None
    unit = units.unit_of(found["unit"])
    return Found(at, found.end("unit"), unit.type, -value, -value, -value, unit.name, Approx.EXACT)


def _tolerance(text: str, at: int, floor: int) -> Found | None:
    """20±2℃ is 20 between 18 and 22, ±0.03毫米 lies on both sides of nothing."""
    begin = at - 1 if text[max(floor, at - 1) : at] == "±" else at
    found = _TOLERANCE.match(text, begin)
    if not found:
        return None
    unit = units.unit_of(found["unit"] or "")
    middle, slack = Decimal(found["a"] or 0), Decimal(found["b"])
    value = middle if found["a"] else None
    end = found.end("unit") if found["unit"] else found.end("b")
    if not found["a"]:
        end = approximations.after(text, end)[1]
    return Found(begin, end, unit.type, value, middle - slack, middle + slack, unit.name, Approx.RANGE)


def _ordinal(text: str, at: int, floor: int) -> Found | None:
    """第四个, 第十二届, 全省第三, 前三名, 首次."""
    if text[at] == "首":
        found = _FIRSTS.match(text, at)
        return _rank(at, found.end(), Decimal(1), found["unit"]) if found else None
    if text[max(floor, at - 1) : at] == "前" and (found := _FOREMOST.match(text, at)):
        first = value_of(found["n"])
        return None if first is None else _rank(at - 1, found.end(), first, found["unit"] or "")
    if text[max(floor, at - 1) : at] != "第" or not (found := _ORDINAL.match(text, at)):
        return None
    rank = value_of(found["n"])
    return None if rank is None else _rank(at - 1, found.end(), rank, found["unit"] or "")


def _rank(start: int, end: int, rank: Decimal, unit: str) -> Found:
    return Found(start, end, FigureType.ORDINAL, rank, rank, rank, units.unit_of(unit).name, Approx.EXACT)


def _half(text: str, at: int, floor: int) -> Found | None:
    """半年, 半个月."""
    found = _HALF.match(text, at)
    if not found or text[max(floor, at - 1) : at] in ("上", "下", "前", "后", "大"):
        return None
    unit = units.unit_of("个月" if found["unit"] == "月" else found["unit"])
    half = Decimal("0.5")
    return bounded(text, at, floor, found.end(), (half, half), unit, over=False)


def _several(text: str, at: int, floor: int) -> Found | None:
    """数百名, 几十家: from two to ten of the multiplier. 上百人, 过万人: at least. 十数位: like 十余位."""
    if text[at] not in MULTIPLIERS:
        return None
    if teens := _TEENS.match(text, at):
        unit = units.unit_of(teens["unit"])
        return bounded(text, at, floor, teens.end(), (Decimal(10), Decimal(10)), unit, over=True)
    found = _FIRST_ONLY.match(text, at)
    span = numerals.value_of(found["a"]) if found else None
    if not found or not span or (not span.bare and found["a"][0] != "十"):
        return None
    unit = units.unit_of(found["unit"] or "")
    if _SEVERAL.search(text, max(floor, at - 1), at):
        low, high = span.low * 2, span.low * 10
        return Found(at - 1, found.end(), unit.type, None, low, high, unit.name, Approx.RANGE)
    if found["unit"] and not found["aover"] and _UPWARDS.search(text, max(floor, at - 1), at):
        value = span.low
        return Found(at - 1, found.end(), unit.type, value, value, None, unit.name, Approx.MIN)
    return None


def _counted(text: str, at: int, floor: int) -> Found | Trapped | None:
    found = _QUANTITY.match(text, at)
    if found and found["b"] and ((not found["unit"] and not _same_script(found)) or _is_change(text, at)):
        found = _FIRST_ONLY.match(text, at)
    if not found:
        return None
    group = found.groupdict()
    if group.get("b"):
        return _between(at, found)
    return _one(text, at, floor, found) if found["unit"] else _lent(text, at, floor, found)


def _lent(text: str, at: int, floor: int, found: re.Match[str]) -> Found | Trapped | None:
    """分别提高2.1和4.7个百分点: a number without a unit has that of the last in its row, and its 万 or 亿."""
    quantity = _one(text, at, floor, found)
    apportioned = "." in found["a"] or "分别" in text[max(0, at - _APPORTIONED) : at]
    if not apportioned or not isinstance(quantity, Found) or quantity.unit or quantity.value is None:
        return quantity
    row = _LENDS_ITS_UNIT.match(text, quantity.end)
    if not row:
        return quantity
    unit = units.unit_of(row["unit"])
    last = _last_numeral(row)
    scale = _shared_scale(found["a"], last)
    value, low, high = (
        None if one is None else one * scale for one in (quantity.value, quantity.low, quantity.high)
    )
    return replace(quantity, type=unit.type, value=value, low=low, high=high, unit=unit.name)


def _last_numeral(row: re.Match[str]) -> str:
    said = row[0][: row.start("unit") - row.start()].rstrip("余多几来")
    return said[max(said.rfind(one) for one in "、和与及") + 1 :].strip()


def _same_script(found: re.Match[str]) -> bool:
    return (
        found["a"][0].isdecimal()
        and found["b"][0].isdecimal()
        and bool(found["aunit"] or "." in found["b"] or found["b"][-1] in "万亿%")
    )


def _is_change(text: str, at: int) -> bool:
    """由1.9万到2.4万 names two figures, not a range."""
    return text[max(0, at - 1) : at] in ("由", "从")


def _between(at: int, found: re.Match[str]) -> Found | None:
    """15至20人, 20万-30万元, 20-30万元, 10%至20%."""
    first, second = numerals.value_of(found["a"]), numerals.value_of(found["b"])
    if first is None or second is None:
        return None
    unit = units.unit_of(found["unit"] or found["aunit"] or "")
    low = first.low * _scale(found["ascale"])
    high = second.high * _scale(found["bscale"])
    shared = _shared_scale(found["a"], found["b"])
    if low * shared < high:
        low *= shared
    if low >= high:
        return None
    end = _trim(found)
    return Found(at, end, unit.type, None, low, high, unit.name, Approx.RANGE)


def _shared_scale(first: str, second: str) -> Decimal:
    """The multiplier a range says once: 20-30万."""
    if not first[-1].isdecimal():
        return Decimal(1)
    scale = second[len(second.rstrip("百千万亿")) :]
    return _scale(scale)


def _one(text: str, at: int, floor: int, found: re.Match[str]) -> Found | Trapped | None:
    span = numerals.value_of(found["a"])
    if span is None:
        return None
    unit = _unit(found)
    if signed := _signed(text, at, floor, found, span, unit):
        return signed
    tailed = found["tail"] is not None and (
        unit.type is FigureType.TIMESPAN or (unit.name == "倍" and found["tail"] != "半")
    )
    half = Decimal("0.5") if (tailed and found["tail"] == "半") or found["mid"] == "半" else Decimal(0)
    over = found["aover"] in tuple("余多几") or (tailed and not half) or (found["mid"] or "") in tuple("多余")
    scale = _scale(found["ascale"])
    end = found.end("tail") if tailed else _trim(found)
    if unit.type is FigureType.MONEY and not over and (coins := _coins(text, end)):
        end, half = coins
    values = (span.low * scale + half, span.high * scale + half)
    if unit.name in _SIXTIETHS and (lasting := _lasting(text, end, unit, values)):
        end, unit, values = lasting
    if not _asserts(text, at, floor, found, span, unit, end):
        return None if not unit.name or unit.type is not FigureType.COUNT else (at, end, TrapKind.INDEF)
    if found["aover"] == "来":
        return bounded(text, at, floor, end, values, unit, over=False, otherwise=Approx.ABOUT)
    if (
        span.bare
        and not over
        and unit.type is FigureType.COUNT
        and unit.name
        and unit.name not in units.ROUNDLY
    ):
        return None
    if span.bare and not over and unit.type in (FigureType.COUNT, FigureType.MEASURE):
        return bounded(text, at, floor, end, values, unit, over=False, otherwise=Approx.ABOUT)
    return bounded(text, at, floor, end, values, unit, over=over)


def _coins(text: str, at: int) -> tuple[int, Decimal] | None:
    """6角三分 behind 50元: where they end and what they add."""
    found = _COINS.match(text, at)
    if not found or found.end() == at:
        return None
    tenths, cents = (value_of(found[name]) if found[name] else Decimal(0) for name in ("tenths", "cents"))
    return None if tenths is None or cents is None else (found.end(), tenths / 10 + cents / 100)


def _lasting(
    text: str, at: int, unit: Unit, values: tuple[Decimal, Decimal]
) -> tuple[int, Unit, tuple[Decimal, Decimal]] | None:
    """4小时20分钟, 3分20秒: one span of time, in the smallest unit named."""
    low, high = values
    end = at
    while (found := _LESSER.match(text, end)) and _SIXTIETHS.get(unit.name) == found["unit"][0]:
        less = value_of(found["n"])
        if less is None or less >= 60:
            break
        low, high, end = low * 60 + less, high * 60 + less, found.end()
        unit = units.unit_of("分钟" if found["unit"][0] == "分" else "秒")
    return None if end == at or low != high else (end, unit, (low, high))


def _signed(
    text: str, at: int, floor: int, found: re.Match[str], span: numerals.Span, unit: Unit
) -> Found | None:
    """-3.5%, 负10; ￥500: a sign before the numeral belongs to the figure."""
    if span.low != span.high:
        return None
    currency = _CURRENCY.get(text[max(floor, at - 1) : at], "")
    if currency and not found["unit"]:
        return bounded(
            text, at - 1, floor, _trim(found), (span.low, span.low), units.unit_of(currency), over=False
        )
    signed = unit.type is FigureType.PERCENT or unit.name in ("", "摄氏度")
    if signed and _NEGATIVE.search(text, max(floor, at - 2), at):
        end = _trim(found)
        return Found(at - 1, end, unit.type, -span.low, -span.low, -span.low, unit.name, Approx.EXACT)
    return None


def _unit(found: re.Match[str]) -> Unit:
    if found["mid"]:
        return units.unit_of(found["unit"].replace(found["mid"], ""))
    return units.unit_of(found["unit"] or "")


def _asserts(
    text: str, at: int, floor: int, found: re.Match[str], span: numerals.Span, unit: Unit, end: int
) -> bool:
    """Whether a numeral counts: an Arabic one always, a Chinese one with a unit, 一名 only where it is stressed."""
    numeral = found["a"]
    if numeral[0].isdecimal():
        return True
    if not found["unit"]:
        stressed = found["aover"] or (
            span.low >= 10
            and (approximations.before(text, at, floor)[0] or text.startswith(_ROUGHLY, found.end("a")))
        )
        return bool(stressed) or (
            len(numeral) > 2
            and span.low >= 20
            and (numeral[-1] in "万亿" or not _HAN.match(text, found.end("a")))
        )
    if numeral != "一" or found["aover"] or unit.type is not FigureType.COUNT:
        return True
    if text[max(floor, at - 1) : at] in _EVERY:
        return False
    if approximations.before(text, at, floor)[0] or _ONE_OF_SOME.search(text, max(floor, at - 2), at):
        return True
    return bool(_ENDS_CLAUSE.match(text, end)) and bool(_HAN.match(text, max(floor, at - 1), at))


def _trim(found: re.Match[str]) -> int:
    """The end without a tail that belongs to no span of time, and without a loose space."""
    if found["unit"]:
        return found.end("unit")
    names = (
        ("plus", "bscale", "bover", "b", "ascale", "aover", "a")
        if "b" in found.re.groupindex
        else ("plus", "ascale", "aover", "a")
    )
    if found["plus"]:
        return found.end("plus") - 1
    return max(found.end(name) for name in names)


def _scale(scale: str | None) -> Decimal:
    return numerals.scale_of(scale) if scale else Decimal(1)
