"""Numerals: Arabic (4,385 · 3.2亿 · 1亿2千万) and Chinese (两百一十二 · 一万三 · 二〇二〇), to a value and back."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hearth.engines.figures.characters import CHINESE, DIGITS, MULTIPLIERS

_THOUSAND = "千(?![米克瓦卡伏焦帕])"  # 3千米 is 3 km, not 3000 m
SCALE = rf"(?:[十百万亿]|{_THOUSAND}){{1,3}}"
ARABIC = (
    r"(?:\d{1,3}(?:[,，]\d{3}){1,5}(?![\d,])|\d{1,15}(?!\d))(?:\.\d{1,8})?"
    rf"(?:{SCALE}(?:\d{{1,4}}[百千万]{{1,2}}){{0,2}})?"
)
SPOKEN = rf"(?:[{CHINESE.replace('千', '')}]|{_THOUSAND}){{1,20}}(?:点[{''.join(DIGITS)}]{{1,8}}(?![时分]))?"
NUMERAL = rf"(?:{ARABIC}|{SPOKEN})"
"""Pattern of one numeral. Every repetition is bounded, so a match costs constant time."""

SEPARATOR = r"\s?(?:--|-|~|至|到)\s?"
"""Pattern of what stands between the two ends of a range, in text of one width."""

_ARABIC_PART = re.compile(r"([\d,，]+(?:\.\d+)?)([十百千万亿]*)")
_NUMBER_WORDS = "零一二三四五六七八九"
_RANK_WORDS = ("", "十", "百", "千")
_SECTION_WORDS = ("", "万", "亿", "万亿")


@dataclass(frozen=True, slots=True)
class Span:
    """The values a numeral stands for: one (``low == high``) or, for 四五十 or 两三百, two ends.

    ``bare`` says it is a multiplier alone, such as 百 or 百万; 十 and 十万 are numbers like others.
    """

    low: Decimal
    high: Decimal
    bare: bool = False


def value_of(numeral: str) -> Span | None:
    """What a numeral means; None when it is not well formed (三百二千, 一一)."""
    if numeral[0].isdecimal():
        return _exactly(_arabic(numeral))
    whole, _, decimals = numeral.partition("点")
    if decimals:
        return _with_decimals(_positive(whole), decimals)
    if all(one in MULTIPLIERS for one in whole):
        bare = _bare(whole)
        return None if bare is None else Span(bare, bare, bare=whole[0] != "十")
    return _two_neighbours(whole) or _exactly(_positive(whole))


def scale_of(scale: str) -> Decimal:
    """The product of multipliers: 百万 is 1000000."""
    return Decimal(10) ** sum(MULTIPLIERS[one] for one in scale)


def spoken(value: int) -> str:
    """A whole number below 10^16 in Chinese numerals: 212 is 二百一十二. Raises ValueError outside that."""
    if not 0 <= value < 10**16:
        raise ValueError("中文数字只写零到一亿亿以内的整数")
    if value == 0:
        return "零"
    sections = [value // 10 ** (4 * place) % 10**4 for place in range(4)]
    written = ""
    for place in reversed(range(4)):
        section = sections[place]
        if section == 0:
            continue
        gap = written and (section < 1000 or sections[place + 1] == 0)
        unit = "万" if place == 3 and sections[2] else _SECTION_WORDS[place]
        written += ("零" if gap else "") + _section_words(section) + unit
    return written.removeprefix("一") if written.startswith("一十") else written


def _arabic(numeral: str) -> Decimal:
    return sum(
        (
            Decimal(number.replace(",", "").replace("，", "")) * scale_of(scale)
            for number, scale in _ARABIC_PART.findall(numeral)
        ),
        Decimal(0),
    )


def _with_decimals(whole: Decimal | None, decimals: str) -> Span | None:
    tail = Decimal("0." + "".join(str(DIGITS[one]) for one in decimals))
    return None if whole is None else _exactly(whole + tail)


def _bare(multipliers: str) -> Decimal | None:
    known = {"十", "百", "千", "万", "亿", "十万", "百万", "千万", "十亿", "百亿", "千亿", "万亿"}
    return scale_of(multipliers) if multipliers in known else None


def _two_neighbours(numeral: str) -> Span | None:
    """七八 · 四五十 · 两三百 · 十七八: two digits in a row that follow each other."""
    for place in range(len(numeral) - 1):
        first, second = DIGITS.get(numeral[place]), DIGITS.get(numeral[place + 1])
        if first is None or second is None:
            continue
        if len(numeral) > 2 and all(one in DIGITS for one in numeral):
            return None
        if not 0 < first < second or (second - first != 1 and (first, second) != (3, 5)):
            return None
        low = _positive(numeral[: place + 1] + numeral[place + 2 :])
        high = _positive(numeral[:place] + numeral[place + 1 :])
        return None if low is None or high is None else Span(low, high)
    return None


def _exactly(value: Decimal | None) -> Span | None:
    return None if value is None else Span(value, value)


def _positive(numeral: str) -> Decimal | None:
    if all(one in DIGITS for one in numeral):
        return _digit_by_digit(numeral)
    for big in ("亿", "万"):
        head, found, tail = numeral.rpartition(big)
        if found:
            return _split(head, MULTIPLIERS[big], tail)
    return _section(numeral)


def _digit_by_digit(numeral: str) -> Decimal | None:
    """二〇二〇; two plain digits such as 一一 are no number."""
    if len(numeral) > 1 and not (len(numeral) >= 4 or "〇" in numeral or "○" in numeral):
        return None
    return Decimal("".join(str(DIGITS[one]) for one in numeral))


def _split(head: str, power: int, tail: str) -> Decimal | None:
    upper = _positive(head) if head else None
    if upper is None:
        return None
    lower = _rest(tail, power)
    return None if lower is None else upper * 10**power + lower


def _rest(tail: str, power: int) -> Decimal | None:
    """What follows 万 or 亿: nothing, a section, or the single digit of 一万三 (13000)."""
    if not tail:
        return Decimal(0)
    if len(tail) == 1 and tail in DIGITS:
        return Decimal(DIGITS[tail] * 10 ** (power - 1))
    value = _positive(tail.lstrip("零〇")) if tail.strip("零〇") else None
    return value if value is not None and value < 10**power else None


def _section(numeral: str) -> Decimal | None:
    """Up to 千: descending multipliers, 零 skipped, a colloquial last digit (两千四百五 is 2450)."""
    total, rank, digit, zero = 0, 4, None, False
    for one in numeral:
        if one in MULTIPLIERS:
            power = MULTIPLIERS[one]
            if power >= rank or (digit is None and not (power == 1 and rank in (2, 4))):
                return None
            total, rank, digit, zero = total + (1 if digit is None else digit) * 10**power, power, None, False
        elif DIGITS[one] == 0:
            if digit is not None:
                return None
            zero = True
        elif digit is not None:
            return None
        else:
            digit = DIGITS[one]
    if digit is not None:
        total += digit * 10 ** (rank - 1) if rank in (2, 3) and not zero else digit
    return Decimal(total)


def _section_words(section: int) -> str:
    written = ""
    for rank in reversed(range(4)):
        digit = section // 10**rank % 10
        if digit:
            gap = written and section // 10 ** (rank + 1) % 10 == 0
            written += ("零" if gap else "") + _NUMBER_WORDS[digit] + _RANK_WORDS[rank]
    return written
