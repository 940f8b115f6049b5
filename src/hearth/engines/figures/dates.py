"""Dates and ranges of dates: 2020年6月12日, 5月28日-29日, 5月下旬至6月上旬, 去年10月, 2024-11-23, 二〇二〇年."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from hearth.engines.figures.model import Approx
from hearth.engines.figures.numerals import SEPARATOR, value_of
from hearth.engines.figures.units import PATTERN as UNIT

_SPOKEN_DAY = "三十一?|[廿卅][一二三四五六七八九]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_NUMBER = rf"(?:3[01]|[12]\d|0?[1-9]|{_SPOKEN_DAY})"
_MONTH_NUMBER = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR_NUMBER = (
    r"(?:[一两二]千零[一二三四五六七八九十]{1,3}(?=年)"
    r"|(?:1[89]|20|21)\d\d|1[0-7]\d[1-9](?=年)|0\d(?=年)|[一二][〇零○一二三四五六七八九]{3})"
)
_YEAR = re.compile(rf"({_YEAR_NUMBER})(?:年(?!级|龄|轻)度?|(?=(?:{SEPARATOR}|[、和与]){_YEAR_NUMBER}年))")
_MONTH = re.compile(rf"({_MONTH_NUMBER})(?:月份?|(?=(?:、|{SEPARATOR}){_MONTH_NUMBER}月))")
_DAY = re.compile(rf"({_DAY_NUMBER})(?:[日号]|(?=(?:{SEPARATOR}|、){_DAY_NUMBER}[日号]))")
_BARE_DAY = re.compile(
    rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|[廿卅][一二三四五六七八九]?|二十[一二三四五六七八九]?|十[一二三四五六七八九])"
    rf"(?:日|号(?=之?前|上午|下午|晚|早上|起|{SEPARATOR}{_DAY_NUMBER}[日号])|(?=(?:{SEPARATOR}|、){_DAY_NUMBER}[日号](?!内|以内)))(?!内|以内|之内|游|报|均|益|常|趋|元|币)"
)
_NUMERIC = re.compile(r"((?:19|20)\d\d|1\d{3}(?=[-/]))([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?!\2\d)")
_MONTH_OF_YEAR = r"((?:19|20)\d\d)\.(0[1-9]|1[0-2])"
_DOTTED_MONTH = re.compile(
    rf"{_MONTH_OF_YEAR}(?:{SEPARATOR}{_MONTH_OF_YEAR})?(?![\d.%‰万亿千百余多几~-]|[至到]\d|\s?{UNIT})"
)
_NUMERIC_END = re.compile(
    rf"{SEPARATOR}(?:((?:19|20)\d\d)([-/.]))?(?:(\d{{1,2}})([-/.]))?(\d{{1,2}})(?![\d\w.]|[-/]\d)"
)
_YEAR_ALONE = re.compile(rf"(?:19[5-9]|20[0-4])\d(?=[\u4e00-\u9fff])(?!余|多|几|[十百千万亿]|{UNIT})")
_DECADE = re.compile(
    r"(?:(?P<century>1\d|2[01]|十[五六七八九]|二十一?)世纪)?(?P<decade>[1-9]0|[二三四五六七八九]?十)年代"
)
_LAST_CENTURY = re.compile("上个?世纪$")
_SEPARATED = re.compile(SEPARATOR)
_BEGUN = re.compile("(?:起|上午|下午|白天|夜间|夜里|晚上|晚间?|凌晨|清晨|早晨|傍晚|中午)起?(?=[至到~-])")
_QUARTER = re.compile(rf"(?:([一二三四1-4])(?:季度)?{SEPARATOR}第?)?([一二三四1-4])季度")
_ENDS = re.compile(r"之?前后|左右|(?:之|以)?前(?!往|来|夕|期|后|述|提|列|不久|三|两|五|十|\d)")

THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "初": (1, 10),
    "底": (31, 31),
    "末": (31, 31),
}
"""Parts of a month as first and last day; 31 stands for the last day of the month."""

YEAR_PARTS: dict[str, tuple[int, ...]] = {"底": (12, 31), "末": (12, 31), "初": (1,)}
"""Parts of a year as the month, or month and day, they mean."""

RELATIVE_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "次年": 1, "翌年": 1}
"""Words before a month that name its year by the year of writing."""

RELATIVE_MONTHS = {
    "上上月": -2,
    "上月": -1,
    "本月": 0,
    "当月": 0,
    "这月": 0,
    "下月": 1,
    "下下月": 2,
}
"""Words before a day that name its month by the day of writing, without the 个 that some are said with."""

_PART = re.compile(f"(?:{'|'.join(sorted(THIRDS, key=len, reverse=True))})(?![一二三四五六七八九十])")
_RELATIVE_MONTH = re.compile(r"((?:上上|上|下下|下)个?|这个|[本当])月的?$")
_YEAR_PART = re.compile("|".join(YEAR_PARTS))


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as the text names it.

    ``last`` is the last day when it names several; ``year`` may be relative to the year of writing (``Y-1``, ``Y``).
    """

    year: str = ""
    month: int | None = None
    day: int | None = None
    last: int | None = None

    def iso(self, *, last: bool = False) -> str:
        """``2020-06-12``, ``2020``, ``--06-12``, ``---17``; with ``last`` the last day of several."""
        day = self.last if last and self.last else self.day
        month = "" if self.month is None else f"{self.month:02d}"
        if day is None:
            return f"{self.year}-{month}" if self.year and month else self.year or f"--{month}"
        if not month:
            return f"---{day:02d}"
        return f"{self.year or '-'}-{month}-{day:02d}"

    def follows(self, other: "Day") -> bool:
        """Whether this is the day after the other in the same month, or the month after it in the same year."""
        if self.day is None and other.day is None:
            return None not in (self.month, other.month) and (self.month or 0) == (other.month or 0) + 1
        return self.month == other.month and (self.day or 0) == (other.day or 0) + 1

    def inherit(self, earlier: "Day") -> "Day":
        """Fill what a range says once: 6日-8日 of 2021年11月."""
        if self.year or (self.month is None and self.day is None):
            return self
        if self.month is not None:
            return replace(self, year=earlier.year)
        return replace(self, year=earlier.year, month=earlier.month)


@dataclass(frozen=True, slots=True)
class Found:
    """A date or range in the text: where, its value, how exactly, and the first day as it is named."""

    start: int
    end: int
    value: str
    ranged: bool
    approx: Approx = Approx.EXACT
    day_known: bool = False
    named: Day | None = None


def find(text: str, at: int, floor: int, today: date | None, *, after: Found | None = None) -> Found | None:
    """The date whose first numeral stands at ``at``; ``floor`` is where earlier findings end.

    ``after`` is the day from which this one is the end; what it says of year and month need not be said again.
    """
    if after:
        return _end(text, at, after)
    return (
        _decade(text, at, floor)
        or _quarter(text, at, floor)
        or _numeric(text, at)
        or _dotted_month(text, at)
        or _this_month(text, at, floor, today)
        or _written(text, at, floor, today)
        or _year_alone(text, at)
    )


def _end(text: str, at: int, after: Found) -> Found | None:
    last, end = _day(text, at, "", bare=True)
    if last is None or after.named is None:
        return None
    last = last.inherit(after.named)
    return Found(at, end, last.iso(), ranged=False, day_known=last.day is not None) if _exists(last) else None


def days_in(year: str, month: int) -> int:
    """The length of a month; February of an unknown year has 28 days."""
    return (
        calendar.monthrange(int(year), month)[1]
        if year.isdecimal()
        else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )


def _numeric(text: str, at: int) -> Found | None:
    found = _NUMERIC.match(text, at)
    if not found:
        return None
    year, month, day = found[1], int(found[3]), int(found[4])
    if not (1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        return None
    first = Day(year, month, day)
    if until := _numeric_end(text, found, first):
        return until
    return Found(at, found.end(), first.iso(), ranged=False, day_known=True)


def _dotted_month(text: str, at: int) -> Found | None:
    """1983.05, 2006.07-2010.09: months as the life of a person lists them."""
    found = _DOTTED_MONTH.match(text, at)
    if not found:
        return None
    first, last = f"{found[1]}-{found[2]}", f"{found[3]}-{found[4]}" if found[3] else ""
    if last and last <= first:
        return None
    return Found(at, found.end(), f"{first}/{last}" if last else first, ranged=bool(last))


def _numeric_end(text: str, first: re.Match[str], day: Day) -> Found | None:
    """2021.6.12-6.20, 2021/6/12-2021/7/1: the last day, of which year and month may be left out."""
    found = _NUMERIC_END.match(text, first.end())
    if not found or any(mark not in (None, first[2]) for mark in (found[2], found[4])):
        return None
    month = int(found[3]) if found[3] else day.month
    last = Day(found[1] or day.year, month, int(found[5]))
    if not 1 <= (month or 0) <= 12 or not last.day or not _exists(last) or last.iso() <= day.iso():
        return None
    return Found(first.start(), found.end(), f"{day.iso()}/{last.iso()}", ranged=True, day_known=True)


def _this_month(text: str, at: int, floor: int, today: date | None) -> Found | None:
    """本月十日, 上个月的3号, 下次的12号: a day of the month of writing or one beside it, known by ``today``."""
    named = _RELATIVE_MONTH.search(text, max(floor, at - 6), at)
    found = _DAY.match(text, at) if named or text.endswith("次的", floor, at) else None
    if not found:
        return None
    day = Day(day=_small(found[0].rstrip("日号")))
    if today and named:
        offset = RELATIVE_MONTHS[f"{named[1].replace('个', '')}月"]
        months = today.year * 12 + today.month - 1 + offset
        day = replace(day, year=str(months // 12), month=months % 12 + 1)
    if not _exists(day):
        return None
    start = named.start() if named else at
    approx, end = _approximately(text, found.end())
    return Found(start, end, day.iso(), ranged=False, approx=approx, day_known=True, named=day)


def _decade(text: str, at: int, floor: int) -> Found | None:
    """20世纪60年代 and 上世纪九十年代: ten years."""
    found = _DECADE.match(text, at)
    last = _LAST_CENTURY.search(text, max(floor, at - 4), at) if found else None
    if not found or not (found["century"] or last):
        return None
    century = _small(found["century"]) - 1 if found["century"] else 19
    first = century * 100 + _small(found["decade"])
    return Found(
        last.start() if last and not found["century"] else at,
        found.end(),
        f"{first}/{first + 9}",
        ranged=True,
    )


def _quarter(text: str, at: int, floor: int) -> Found | None:
    year = _YEAR.match(text, at)
    start = year.end() if year and year[0].endswith(("年", "度")) else at
    start += text.startswith(("第", "前"), start)
    found = _QUARTER.match(text, start)
    if not found:
        return None
    last = 3 * _quarter_of(found[2]) + 3
    so_far = text[start - 1 : start] == "前" and found[2] not in "一1"
    first = 1 if so_far else 3 * _quarter_of(found[1] or found[2]) + 1
    name = _digits(year[1]) if year and start > at else ""
    value = f"{Day(name, first).iso()}/{Day(name, last).iso()}"
    begin = at - 1 if at > floor and start == at and (so_far or text[at - 1 : at] == "第") else at
    return Found(begin, found.end(), value, ranged=True)


def _quarter_of(digit: str) -> int:
    return "一二三四1234".index(digit) % 4


def _year_alone(text: str, at: int) -> Found | None:
    """2020全国科普日: a year that stands before a noun without 年."""
    found = _YEAR_ALONE.match(text, at)
    return Found(at, found.end(), found[0], ranged=False) if found else None


def _written(text: str, at: int, floor: int, today: date | None) -> Found | None:
    first, end = _day(text, at, "", bare=_may_be_bare(text, at))
    if first is None:
        return None
    start = at
    relative = RELATIVE_YEARS.get(text[max(floor, at - 2) : at]) if first.month and not first.year else None
    if relative is not None:
        start, first = at - 2, replace(first, year=_relative(relative, today))
    if not _exists(first):
        return Found(start, _without_day(text, at), replace(first, day=None).iso(), ranged=False)
    ranged = _range(text, end, first) or _enumeration(text, end, first)
    if ranged:
        last, end = ranged
        return Found(
            start, end, f"{first.iso()}/{last.iso(last=True)}", ranged=True, day_known=last.day is not None
        )
    approx, end = _approximately(text, end)
    value = f"{first.iso()}/{first.iso(last=True)}" if first.last else first.iso()
    return Found(start, end, value, first.last is not None, approx, first.day is not None, first)


def _without_day(text: str, at: int) -> int:
    """Where a date that no calendar has ends without its day: 2019年2月 of 2019年2月29日."""
    return text.index("月", at) + 1


def _day(text: str, at: int, year: str, *, bare: bool) -> tuple[Day | None, int]:
    """Read year, month and day as far as they stand here. ``bare`` allows a day without a month."""
    position, month, day, last = at, None, None, None
    if found := _YEAR.match(text, position):
        year, position = _digits(found[1]), found.end()
        if part := _YEAR_PART.match(text, position):
            return Day(year, *YEAR_PARTS[part[0]]), part.end()
    if found := _MONTH.match(text, position):
        month, position = _small(found[1]), found.end()
        if part := _PART.match(text, position):
            first, last_day = (min(bound, days_in(year, month)) for bound in THIRDS[part[0]])
            return Day(year, month, first, None if first == last_day else last_day), part.end()
    if (month or bare) and (found := (_DAY if month else _BARE_DAY).match(text, position)):
        day = _small(found[0].rstrip("日号"))
        position = found.end()
    return (None, at) if position == at else (Day(year, month, day, last), position)


def _range(text: str, at: int, first: Day) -> tuple[Day, int] | None:
    separator = _SEPARATED.match(text, _begun(text, at) if first.day else at)
    if not separator:
        return None
    second, end = _day(text, separator.end(), "", bare=first.day is not None)
    if second is None or (first.year and not first.month and not second.year):
        return None
    second = second.inherit(first)
    return (second, end) if _exists(second) else None


def _begun(text: str, at: int) -> int:
    """Past what may stand between the first day of a range and its 至: 3月1日起至, 18日夜间至."""
    found = _BEGUN.match(text, at)
    return found.end() if found else at


def _enumeration(text: str, at: int, first: Day) -> tuple[Day, int] | None:
    """5月29日、30日 and 5、6月: days or months in a row make a range."""
    last, end = first, at
    while text.startswith("、", end):
        second, after = _day(text, end + 1, "", bare=first.day is not None)
        if second is None or second.year or not second.inherit(first).follows(last):
            break
        last, end = second.inherit(first), after
    return (last, end) if last is not first and _exists(last) else None


def _approximately(text: str, at: int) -> tuple[Approx, int]:
    found = _ENDS.match(text, at)
    if not found:
        return Approx.EXACT, at
    return (Approx.ABOUT if found[0][-1] in "后右" else Approx.MAX), found.end()


def _may_be_bare(text: str, at: int) -> bool:
    """A day without a month is no date in 提前30日 and 满30日."""
    return text[max(0, at - 1) : at] not in tuple("满近约逾超每共第") and text[max(0, at - 2) : at] not in (
        "提前",
        "不少",
        "为期",
        "历时",
        "持续",
        "保持",
        "间隔",
        "至少",
    )


def _exists(day: Day) -> bool:
    return not (day.month and day.day) or day.day <= (
        29 if not day.year and day.month == 2 else days_in(day.year, day.month)
    )


def _relative(offset: int, today: date | None) -> str:
    if today:
        return str(today.year + offset)
    return "Y" if offset == 0 else f"Y{offset:+d}"


def _digits(year: str) -> str:
    """The year as written; 08年 is 2008."""
    exact = value_of(year)
    assert exact
    return str(exact.low if len(year) > 2 else 2000 + exact.low)


def _small(numeral: str) -> int:
    exact = value_of(numeral)
    assert exact
    return int(exact.low)
