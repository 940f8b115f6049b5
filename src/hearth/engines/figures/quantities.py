"""Counts, money, percentages, measures and ordinals: a numeral with what stands around it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from hearth.engines.figures import approximations, numerals, units
from hearth.engines.figures.characters import CHINESE, DIGITS, MULTIPLIERS
from hearth.engines.figures.model import Approx, FigureType, TrapKind, Trapped
from hearth.engines.figures.numerals import NUMERAL, SCALE, SEPARATOR
from hearth.engines.figures.units import Unit


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
_SHARE_AHEAD = re.compile(rf"[半点.k0-9{CHINESE}至到~-]{{1,60}}(?:分之|[成折番/])")
_PER = re.compile(rf"(?P<base>百万|万万|百|佰|千|仟|万)分之(?P<n>{NUMERAL})(?P<k>k(?![A-Za-z]))?")
_PER_BASES = {
    "百": "1",
    "佰": "1",
    "千": "0.1",
    "仟": "0.1",
    "万": "0.01",
    "百万": "0.0001",
    "万万": "0.000001",
}
_DISCOUNT = re.compile(
    r"(?P<n>\d(?:\.\d{1,2})?|\d\d|[一二三四五六七八九两叁肆伍陆柒捌玖](?:点[一二三四五六七八九])?|(?P<tens>[一二三四五六七八九])(?P<ones>[一二三四五六七八九]))折"
    r"(?!页|叠|扣率|线|射|磨|腾|合|算|旧|返|中|断|子|服|桂)"
)
_FRACTION = re.compile(
    rf"(?P<n>{numerals.SPOKEN})分之(?P<m>{numerals.SPOKEN})(?!决赛)|(?P<m2>\d{{1,3}})/(?P<n2>\d{{1,3}})(?![\d/])"
)
_TENTHS = re.compile(
    r"(?P<n>十|10|[一二两三四五六七八九](?:点[一二三四五六七八九])?|\d(?:\.\d)?|半)成(?P<half>半|[一二三四五六七八九])?(?!立|功|员|果|品|本|绩|长|效|交|套|熟|都|人|就)(?P<over>[多余])?"
)
_TENTHS_BETWEEN = re.compile(
    rf"(?P<a>[一二三四五六七八九]|\d(?:\.\d)?){SEPARATOR}(?P<b>十|[一二两三四五六七八九]|\d(?:\.\d)?)[成折](?!立|功|员|果|品|本|绩|长)"
    r"|(?P<pair>[一二三四五六七八九]{2})成(?!立|功|员|果|品|本|绩|长)"
)
_COINS = re.compile(rf"(?:又?(?P<tenths>{NUMERAL})角)?(?:又?(?P<cents>{NUMERAL})(?:美分|分|日本[銭钱]))?")
_FOLD = re.compile(r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})番(?!五次)")
_ORDINAL = re.compile(rf"(?P<n>{NUMERAL})(?P<unit>{units.PATTERN}|号(?!召))?")
_FOREMOST = re.compile(
    rf"(?P<n>{NUMERAL})(?:(?P<unit>[名位])(?!同学|代表)|(?=[,，。;；、)]|$|行列|为[^了止]))"
)
_FIRSTS = re.compile(
    "首(?P<unit>个|次|届|批|家|位|名|项|条|座|期|场|支|所|台|例|款|部|本|站|轮|年|日|周|月)(?!诊|要|府|脑)"
)
_SEVERAL = re.compile(r"[数几]$")
_TEENS = re.compile(rf"十数(?P<unit>{units.PATTERN})")
_PART_OF_TWO = re.compile("一半(?!天|年|个|小时|会|以上是)")
_TOLERANCE = re.compile(
    rf"(?P<a>\d{{1,9}}(?:\.\d{{1,6}})?)?±(?P<b>\d{{1,9}}(?:\.\d{{1,6}})?)\s?(?P<unit>{units.PATTERN})?"
)
_UPWARDS = re.compile(r"(?<!以)(?:[上过]|(?<![形完建达组构造集生变做年促落分])成)$")
_NEGATIVE = re.compile(r"负$|(?<![0-9A-Za-z%℃年月日时])-$")
_SIXTIETHS = {"小时": "分", "分钟": "秒", "分": "秒"}
_LESSER = re.compile(rf"(?P<n>{NUMERAL})(?P<unit>分钟?(?![别类布组之])|秒钟?)")
_RECENT = 12
"""近两年 are the last two; 近四十年 are nearly forty."""

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
        or _percentage(text, at, floor)
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
    value = _value(found["a"]) if found else None
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


def _percentage(text: str, at: int, floor: int) -> Found | None:
    """百分之九十八点五, 三分之一, 1/3, 四成, 一半, 翻一番."""
    if text[at] == "一" and (found := _PART_OF_TWO.match(text, at)):
        return _share(text, at, floor, found, Decimal("0.5"), Decimal(100))
    if not _SHARE_AHEAD.match(text, at):
        return None
    if found := _PER.match(text, at):
        base = Decimal(_PER_BASES[found["base"]]) * (1000 if found["k"] else 1)
        return _per(text, at, floor, found, base)
    if found := _FRACTION.match(text, at):
        whole, part = _value(found["n"] or found["n2"]), _value(found["m"] or found["m2"])
        return _share(
            text, at, floor, found, None if not whole or part is None else part / whole, Decimal(100)
        )
    if between := _tenths_between(text, at):
        return between
    if found := _TENTHS.match(text, at):
        tenths = Decimal("0.5") if found["n"] == "半" else _value(found["n"])
        half = _tenth(found["half"])
        over = found["over"] is not None
        return _share(
            text, at, floor, found, None if tenths is None else tenths + half, Decimal(10), over=over
        )
    if (found := _DISCOUNT.match(text, at)) and text[max(floor, at - 1) : at] not in ("第", "对"):
        return _share(text, at, floor, found, _discount(found), Decimal(10))
    return _folds(text, at, floor)


def _per(text: str, at: int, floor: int, found: re.Match[str], base: Decimal) -> Found | None:
    """百分之九十八点五; 百分之三四 lies between 3 % and 4 %."""
    if not (span := numerals.value_of(found["n"])):
        return None
    unit = Unit("%", FigureType.PERCENT)
    return _bounded(text, at, floor, found.end(), (span.low * base, span.high * base), unit, over=False)


def _folds(text: str, at: int, floor: int) -> Found | None:
    """翻一番, 翻了近两番: twice, nearly four times."""
    found = _FOLD.match(text, at)
    begin = approximations.before(text, at, floor)[1]
    if not found or not text[max(floor, begin - 2) : begin].rstrip("了").endswith("翻"):
        return None
    fold = _value(found["n"])
    if not fold or fold != int(fold) or fold >= 20:
        return None
    times = Decimal(2) ** int(fold)
    return _bounded(text, at, floor, found.end(), (times, times), Unit("倍", FigureType.PERCENT), over=False)


def _tenths_between(text: str, at: int) -> Found | None:
    """一至两成, 1~2成, 三四成: between so many percent."""
    if not (found := _TENTHS_BETWEEN.match(text, at)):
        return None
    ends = found["pair"] or (found["a"], found["b"])
    low, high = (_value(one) for one in ends)
    if low is None or high is None or low >= high:
        return None
    return Found(at, found.end(), FigureType.PERCENT, None, low * 10, high * 10, "%", Approx.RANGE)


def _tenth(word: str | None) -> Decimal:
    """七成半 is 75 %, 七成六 is 76 %."""
    return Decimal("0.5") if word == "半" else Decimal(DIGITS[word]) / 10 if word else Decimal(0)


def _discount(found: re.Match[str]) -> Decimal | None:
    """九折 is 90 % of the price, 五五折 and 72折 are 55 % and 72 %."""
    if found["tens"]:
        return Decimal(DIGITS[found["tens"]]) + Decimal(DIGITS[found["ones"]]) / 10
    value = _value(found["n"])
    return value / 10 if value is not None and value >= 10 else value


def _share(
    text: str,
    at: int,
    floor: int,
    found: re.Match[str],
    value: Decimal | None,
    factor: Decimal,
    *,
    over: bool = False,
) -> Found | None:
    if value is None:
        return None
    unit = Unit("%", FigureType.PERCENT)
    return _bounded(text, at, floor, found.end(), (value * factor, value * factor), unit, over=over)


def _ordinal(text: str, at: int, floor: int) -> Found | None:
    """第四个, 第十二届, 全省第三, 前三名, 首次."""
    if text[at] == "首":
        found = _FIRSTS.match(text, at)
        return _rank(at, found.end(), Decimal(1), found["unit"]) if found else None
    if text[max(floor, at - 1) : at] == "前" and (found := _FOREMOST.match(text, at)):
        first = _value(found["n"])
        return None if first is None else _rank(at - 1, found.end(), first, found["unit"] or "")
    if text[max(floor, at - 1) : at] != "第" or not (found := _ORDINAL.match(text, at)):
        return None
    rank = _value(found["n"])
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
    return _bounded(text, at, floor, found.end(), (half, half), unit, over=False)


def _several(text: str, at: int, floor: int) -> Found | None:
    """数百名, 几十家: from two to ten of the multiplier. 上百人, 过万人: at least. 十数位: like 十余位."""
    if text[at] not in MULTIPLIERS:
        return None
    if teens := _TEENS.match(text, at):
        unit = units.unit_of(teens["unit"])
        return _bounded(text, at, floor, teens.end(), (Decimal(10), Decimal(10)), unit, over=True)
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
        return _bounded(text, at, floor, end, values, unit, over=False, otherwise=Approx.ABOUT)
    if (
        span.bare
        and not over
        and unit.type is FigureType.COUNT
        and unit.name
        and unit.name not in units.ROUNDLY
    ):
        return None
    if span.bare and not over and unit.type in (FigureType.COUNT, FigureType.MEASURE):
        return _bounded(text, at, floor, end, values, unit, over=False, otherwise=Approx.ABOUT)
    return _bounded(text, at, floor, end, values, unit, over=over)


def _coins(text: str, at: int) -> tuple[int, Decimal] | None:
    """6角三分 behind 50元: where they end and what they add."""
    found = _COINS.match(text, at)
    if not found or found.end() == at:
        return None
    tenths, cents = (_value(found[name]) if found[name] else Decimal(0) for name in ("tenths", "cents"))
    return None if tenths is None or cents is None else (found.end(), tenths / 10 + cents / 100)


def _lasting(
    text: str, at: int, unit: Unit, values: tuple[Decimal, Decimal]
) -> tuple[int, Unit, tuple[Decimal, Decimal]] | None:
    """4小时20分钟, 3分20秒: one span of time, in the smallest unit named."""
    low, high = values
    end = at
    while (found := _LESSER.match(text, end)) and _SIXTIETHS.get(unit.name) == found["unit"][0]:
        less = _value(found["n"])
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
        return _bounded(
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


def _bounded(
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


def _value(numeral: str) -> Decimal | None:
    span = numerals.value_of(numeral)
    return span.low if span and span.low == span.high else None


def _scale(scale: str | None) -> Decimal:
    return numerals.scale_of(scale) if scale else Decimal(1)
