"""Shares: 百分之九十八点五, 三分之一, 1/3, 四成, 九折, 一半, 翻一番."""

import re
from decimal import Decimal

from hearth.engines.figures import approximations, numerals
from hearth.engines.figures.bounds import Found, bounded, value_of
from hearth.engines.figures.characters import CHINESE, DIGITS
from hearth.engines.figures.model import Approx, FigureType
from hearth.engines.figures.numerals import NUMERAL, SEPARATOR
from hearth.engines.figures.units import Unit

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
_FOLD = re.compile(r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})番(?!五次)")
_PART_OF_TWO = re.compile("一半(?!天|年|个|小时|会|以上是)")


def find(text: str, at: int, floor: int) -> Found | None:
    """百分之九十八点五, 三分之一, 1/3, 四成, 一半, 翻一番."""
    if text[at] == "一" and (found := _PART_OF_TWO.match(text, at)):
        return _share(text, at, floor, found, Decimal("0.5"), Decimal(100))
    if not _SHARE_AHEAD.match(text, at):
        return None
    if found := _PER.match(text, at):
        base = Decimal(_PER_BASES[found["base"]]) * (1000 if found["k"] else 1)
        return _per(text, at, floor, found, base)
    if found := _FRACTION.match(text, at):
        whole, part = value_of(found["n"] or found["n2"]), value_of(found["m"] or found["m2"])
        return _share(
            text, at, floor, found, None if not whole or part is None else part / whole, Decimal(100)
        )
    if between := _tenths_between(text, at):
        return between
    if found := _TENTHS.match(text, at):
        tenths = Decimal("0.5") if found["n"] == "半" else value_of(found["n"])
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
    return bounded(text, at, floor, found.end(), (span.low * base, span.high * base), unit, over=False)


def _folds(text: str, at: int, floor: int) -> Found | None:
    """翻一番, 翻了近两番: twice, nearly four times."""
    found = _FOLD.match(text, at)
    begin = approximations.before(text, at, floor)[1]
    if not found or not text[max(floor, begin - 2) : begin].rstrip("了").endswith("翻"):
        return None
    fold = value_of(found["n"])
    if not fold or fold != int(fold) or fold >= 20:
        return None
    times = Decimal(2) ** int(fold)
    return bounded(text, at, floor, found.end(), (times, times), Unit("倍", FigureType.PERCENT), over=False)


def _tenths_between(text: str, at: int) -> Found | None:
    """一至两成, 1~2成, 三四成: between so many percent."""
    if not (found := _TENTHS_BETWEEN.match(text, at)):
        return None
    ends = found["pair"] or (found["a"], found["b"])
    low, high = (value_of(one) for one in ends)
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
    value = value_of(found["n"])
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
    return bounded(text, at, floor, found.end(), (value * factor, value * factor), unit, over=over)
