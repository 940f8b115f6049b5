"""Numerals: Arabic (4,385 · 3.2亿 · 1亿2千万) and Chinese (两百一十二 · 一万三 · 二〇二〇), to a value and back."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hearth.engines.figures.characters import CHINESE, DIGITS, MULTIPLIERS, TENS

_THOUSAND = "千(?![米克瓦卡伏焦帕])"  # 3千米 is 3 km, not 3000 m
SCALE = rf"(?:[十百万亿]|{_THOUSAND}){{1,3}}"
_MIXED = (
    rf"\d{{1,4}}{SCALE}(?:零?\d{{1,4}}[百千万]{{1,2}}){{0,2}}"
    r"(?:(?:零\d{1,3}|\d{4}|(?<=[百千万亿])\d)(?![\d年月.,:]))?"  # 1亿2345万6789
)
ARABIC = (
    rf"(?:{_MIXED}|"
    r"(?:\d{1,3}(?:(?:,|(?<![$¥￥€£]\d)(?<![$¥￥€£]\d\d)，)\d{3}){1,5}(?![\d,])|\d{1,15}(?!\d))(?:\.\d{1,20})?"
    rf"(?:k(?=个|元|人|%)|{SCALE})?)"
)
SPOKEN = rf"(?:[{CHINESE.replace('千', '')}]|{_THOUSAND}){{1,40}}(?:点[{''.join(DIGITS)}]{{1,12}}(?![时分]))?"
NUMERAL = rf"(?:{ARABIC}|{SPOKEN})"
"""Pattern of one numeral. Every repetition is bounded, so a match costs constant time."""

SEPARATOR = r"\s?(?:--|-|~|至|到)\s?"
"""Pattern of what stands between the two ends of a range, in text of one width."""

_LONGEST = 60
_DECIMAL = "".join(one for one in DIGITS if one != "两")
_TOKEN = re.compile(
    r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d,])|\d{1,30})(?:\.\d{1,20})?|\.\d{1,20}"
    rf"|[{CHINESE}]|点[{_DECIMAL}]{{1,12}}(?![时分])|[余多几]|k"
)
_DIGIT = f"[{''.join(DIGITS)}]"
_DIGIT_BY_DIGIT = re.compile(
    rf"(?={_DIGIT}*[〇零○]){_DIGIT}{{3,8}}(?![{CHINESE}])|[一二]{_DIGIT}{{3}}(?![{CHINESE}])"
)
_NUMBER_WORDS = "零一二三四五六七八九"
_PLAIN_RANKS = str.maketrans("拾佰仟", "十百千")
_RANK_WORDS = ("", "十", "百", "千")
_SECTION_WORDS = ("", "万", "亿", "万亿")
_BARE = frozenset("十百千") | {f"{few}{many}" for few in ("", *"十百千") for many in _SECTION_WORDS[1:]}
"""What may stand without a digit before it: 百, 千万, 十万亿."""


@dataclass(frozen=True, slots=True)
class Span:
    """The values a numeral stands for: one (``low == high``) or, for 四五十 or 两三百, two ends.

    ``bare`` says it is a multiplier alone, such as 百 or 百万; 十 and 十万 are numbers like others.
    """

    low: Decimal
    high: Decimal
    bare: bool = False


@lru_cache(maxsize=4096)
def value_of(numeral: str) -> Span | None:
    """What a numeral means; None when it is not well formed (三百二千, 一一)."""
    if numeral.isascii() and numeral.isdecimal():
        return Span(Decimal(numeral), Decimal(numeral))
    if all(one in MULTIPLIERS for one in numeral):
        bare = _bare(numeral)
        return None if bare is None else Span(bare, bare, bare=numeral[0] not in "十拾")
    found = _two_neighbours(numeral)
    if found:
        return found
    end, value = scan(numeral)
    return Span(value, value) if end == len(numeral) else None


def scan(text: str, at: int = 0) -> tuple[int, Decimal]:
    """Where the numeral that begins at ``at`` ends, and its value; ``at`` itself when none does.

    Mixed scripts (1亿2千万, 7万5千), powers on powers (四万亿, 10万万), 余 and 几 inside (五百余万: the round number).
    """
    if found := _DIGIT_BY_DIGIT.match(text, at):
        return found.end(), Decimal("".join(str(DIGITS[one]) for one in found[0]))
    reader = _Reader()
    position, end, value = at, at, Decimal(0)
    while position < len(text) and position - at < _LONGEST:
        token = _TOKEN.match(text, position)
        if not token or not reader.take(token[0], text[token.end() : token.end() + 1]):
            break
        position = token.end()
        if reader.complete:
            end, value = position, reader.value()
    return end, value


class _Reader:
    """Takes the tokens of one numeral and knows its value so far.

    ``groups`` are the finished groups (value, power of its 万 or 亿); ``section`` is the group in progress, ``digit`` the
    number that waits for its multiplier.
    """

    def __init__(self) -> None:
        self.groups: list[tuple[Decimal, int]] = []
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.rank, self.last = 4, 0
        self.zero = self.complete = self.decimal = False
        self.spoken = False

    def take(self, piece: str, following: str) -> bool:
        """Whether the piece continues the numeral; a piece that does not is not taken."""
        if piece[0].isdecimal() or piece[0] == ".":
            taken = self.digit is None and not self.decimal
            self.digit = Decimal(piece.replace(",", "").replace("，", ""))
            self.spoken, self.complete = len(piece) == 1, True
            return taken
        if piece == "k":
            return self._small(3) if self.digit is not None else False
        if piece[0] == "点":
            return self._fraction(piece)
        if piece in "余多几":
            return following in MULTIPLIERS and (piece == "几" or self.complete)
        if piece in MULTIPLIERS:
            power = MULTIPLIERS[piece]
            return self._small(power) if power < 4 else self._big(power)
        if piece in TENS:
            return self._figure(TENS[piece]) and self._small(1)
        return self._figure(DIGITS[piece])

    def value(self) -> Decimal:
        """The value of what was taken; a last digit alone stands for the next lower place (两千四百五)."""
        total = sum((value for value, _ in self.groups), self.section)
        if self.digit is None:
            return total
        lower = self.spoken and not self.zero and self.last >= 2 and self.digit < 10
        return total + (self.digit * Decimal(10) ** (self.last - 1) if lower else self.digit)

    def _figure(self, value: int) -> bool:
        if self.digit is not None or self.decimal:
            return False
        if value == 0:
            self.complete = not (self.groups or self.section or self.zero)
            self.zero = True
            return True
        self.digit, self.spoken, self.complete = Decimal(value), True, True
        return True

    def _small(self, power: int) -> bool:
        opens = self.digit is None and (not self.section or self.zero) and (power == 1 or not self.last)
        if power >= self.rank or (self.digit is None and not opens) or self.decimal:
            return False
        self.section += (self.digit or 1) * Decimal(10) ** power
        self.digit, self.rank, self.last, self.zero, self.complete = None, power, power, False, True
        return True

    def _big(self, power: int) -> bool:
        group = self.section + (self.digit or 0)
        if not group and self.digit is None and not (self.groups and self.last >= 4):
            return False
        while self.groups and self.groups[-1][1] <= power and (not group or self.groups[-1][1] < power):
            group += self.groups.pop()[0]
        self.groups.append((group * Decimal(10) ** power, power))
        self.section, self.digit, self.rank, self.last = Decimal(0), None, 4, power
        self.zero, self.complete, self.decimal = False, True, False
        return True

    def _fraction(self, piece: str) -> bool:
        if not self.complete or self.decimal:
            return False
        tail = Decimal("0." + "".join(str(DIGITS[one]) for one in piece[1:]))
        whole = self.value()
        self.groups, self.section, self.digit = [], whole + tail, None
        self.decimal = True
        return True


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


def _bare(multipliers: str) -> Decimal | None:
    return scale_of(multipliers) if multipliers.translate(_PLAIN_RANKS) in _BARE else None


def _two_neighbours(numeral: str) -> Span | None:
    """七八 · 四五十 · 两三百 · 十七八: two digits in a row that follow each other, before any 点."""
    for place in range(numeral.find("点") % len(numeral)):
        first, second = DIGITS.get(numeral[place]), DIGITS.get(numeral[place + 1])
        if first is None or second is None:
            continue
        if len(numeral) > 2 and all(one in DIGITS for one in numeral):
            return None
        if not 0 < first < second or (second - first != 1 and (first, second) != (3, 5)):
            return None
        lower, higher = numeral[: place + 1] + numeral[place + 2 :], numeral[:place] + numeral[place + 1 :]
        (end, low), (_, high) = scan(lower), scan(higher)
        return Span(low, high) if end == len(lower) else None
    return None


def _section_words(section: int) -> str:
    written = ""
    for rank in reversed(range(4)):
        digit = section // 10**rank % 10
        if digit:
            gap = written and section // 10 ** (rank + 1) % 10 == 0
            written += ("零" if gap else "") + _NUMBER_WORDS[digit] + _RANK_WORDS[rank]
    return written
