"""How a known value is written in a paper, never untruly: the inverse of reading.

To add a style for numbers, write a function and put it in ``STYLES``; for dates and ranges in ``DATE_STYLES`` and ``RANGE_STYLES``.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from hearth.engines.figures.model import Number
from hearth.engines.figures.numerals import spoken

_WAN, _YI = Decimal(10**4), Decimal(10**8)
AROUND_DAYS = 3
"""How far the days may lie from one that is written with 前后."""


class UntrueStyle(Exception):
    """The value cannot be written in this style without saying something untrue; ``cure`` tells what would be true."""

    def __init__(self, value: Number | str, style: str, cure: str) -> None:
        super().__init__(f"{value} 不能写成“{style}”，{cure}")
        self.value = value
        self.style = style
        self.cure = cure


def shown(value: Number, unit: str, style: str | None = None) -> str:
    """A number with its unit: ``1000册``; 余 ``30余块`` (from 33), 近 ``近500名`` (from 486), and the rest of ``STYLES``.

    Raises UntrueStyle when the style would not be true or is unknown.
    """
    exact = Decimal(str(value))
    if not style:
        return f"{_digits(exact)}{unit}"
    if style not in STYLES:
        raise UntrueStyle(value, style, f"没有这种写法，可用：{'、'.join(STYLES)}")
    written = STYLES[style](exact, unit)
    if written is None:
        raise UntrueStyle(value, style, f"应写作{_digits(exact)}{unit}")
    return written


def shown_ordinal(rank: int, unit: str = "") -> str:
    """``第四个``. Raises UntrueStyle for a rank below one."""
    if rank < 1:
        raise UntrueStyle(rank, "第", "序数从一起")
    return f"第{spoken(rank)}{unit}"


def shown_date(
    day: str, style: str | None = None, *, first: str | None = None, last: str | None = None
) -> str:
    """An ISO date: ``6月12日``; 年 ``2020年6月12日``; 年月; 旬 ``6月中旬``; 前后 ``5月30日前后``.

    ``first`` and ``last`` are given when ``day`` stands for several days: without a style all of them are written
    (``5月29日-31日``), and a style must be true of all of them. Raises UntrueStyle when it is not, ValueError for
    what is no ISO date.
    """
    middle = date.fromisoformat(day[:10])
    begin = date.fromisoformat(first[:10]) if first else middle
    end = date.fromisoformat(last[:10]) if last else middle
    if not style:
        return _range_written(begin, end, "-")
    if style not in DATE_STYLES:
        raise UntrueStyle(day, style, f"没有这种写法，可用：{'、'.join(DATE_STYLES)}")
    written = DATE_STYLES[style](middle, begin, end)
    if written is None:
        raise UntrueStyle(day, style, f"应写作{_range_written(begin, end, '至')}")
    return written


def shown_range(start: str, end: str, style: str | None = None) -> str:
    """Two ISO dates: ``5月28日-29日``; 至 ``5月28日至29日``; 年 with the year; 旬 ``5月下旬至6月上旬``.

    Raises UntrueStyle when the end comes first or the style is unknown, ValueError for what is no ISO date.
    """
    begin, finish = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    if finish < begin:
        raise UntrueStyle(f"{start}/{end}", style or "起止", "结束不能早于开始")
    if not style:
        return _range_written(begin, finish, "-")
    if style not in RANGE_STYLES:
        raise UntrueStyle(f"{start}/{end}", style, f"没有这种写法，可用：{'、'.join(RANGE_STYLES)}")
    return RANGE_STYLES[style](begin, finish)


def _over(word: str) -> Callable[[Decimal, str], str | None]:
    def written(value: Decimal, unit: str) -> str | None:
        base = _rounded(value, ROUND_FLOOR, _places(value))
        return None if value < 10 or base == value else f"{_round_number(base)}{word}{unit}"

    return written


def _near(value: Decimal, unit: str) -> str | None:
    for places in (1, 2):
        base = _rounded(value, ROUND_CEILING, places)
        if value > 1 and base * Decimal("0.9") <= value < base:
            return f"近{_round_number(base)}{unit}"
    return None


def _about(value: Decimal) -> Decimal | None:
    """The roundest number within 5 %, else within the 10 % that 约 allows."""
    for places in (1, 2):
        base = _rounded(value, ROUND_HALF_UP, places)
        if abs(base - value) <= value / 20:
            return base
    return None


def _around(before: str, after: str) -> Callable[[Decimal, str], str | None]:
    def written(value: Decimal, unit: str) -> str | None:
        base = _about(value)
        return None if base is None or value <= 0 else f"{before}{_round_number(base)}{unit}{after}"

    return written


def _beyond(value: Decimal, unit: str) -> str | None:
    base = _rounded(value, ROUND_FLOOR, _places(value))
    return f"超过{_round_number(base)}{unit}" if 0 < base < value else None


def _at_least(before: str, after: str) -> Callable[[Decimal, str], str | None]:
    def written(value: Decimal, unit: str) -> str | None:
        base = _rounded(value, ROUND_FLOOR, _places(value))
        return f"{before}{_round_number(base)}{unit}{after}" if base > 0 else None

    return written


def _in(power: Decimal, word: str) -> Callable[[Decimal, str], str | None]:
    return lambda value, unit: f"{_digits(value / power)}{word}{unit}" if value >= power else None


def _grouped(value: Decimal, unit: str) -> str | None:
    return f"{value:,f}{unit}"


def _chinese(value: Decimal, unit: str) -> str | None:
    if value != int(value) or not 0 <= value < 10**16:
        return None
    return f"{'两' if value == 2 and unit else spoken(int(value))}{unit}"


def _tenths(value: Decimal, unit: str) -> str | None:
    tenths = value / 10
    return f"{spoken(int(tenths))}成" if unit == "%" and tenths == int(tenths) and 1 <= tenths <= 9 else None


def _per_cent(value: Decimal, unit: str) -> str | None:
    if unit != "%" or value < 0:
        return None
    whole, _, decimals = _digits(value).partition(".")
    tail = "点" + "".join(spoken(int(one)) for one in decimals) if decimals else ""
    return f"百分之{spoken(int(whole))}{tail}"


STYLES: dict[str, Callable[[Decimal, str], str | None]] = {
    "余": _over("余"),
    "多": _over("多"),
    "近": _near,
    "约": _around("约", ""),
    "左右": _around("", "左右"),
    "超过": _beyond,
    "不少于": _at_least("不少于", ""),
    "以上": _at_least("", "以上"),
    "万": _in(_WAN, "万"),
    "亿": _in(_YI, "亿"),
    "千分位": _grouped,
    "中文": _chinese,
    "成": _tenths,
    "百分之": _per_cent,
}
"""Styles of numbers: each gives the written form, or None where that would not be true."""


def _with_year(_: date, first: date, last: date) -> str | None:
    return _range_written(first, last, "至", year=True)


def _year_and_month(_: date, first: date, last: date) -> str | None:
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.year}年{first.month}月" if same else None


def _third_of_month(_: date, first: date, last: date) -> str | None:
    return _third(first) if (first.year, _third(first)) == (last.year, _third(last)) else None


def _before_and_after(day: date, first: date, last: date) -> str | None:
    near = max(abs((first - day).days), abs((last - day).days)) <= AROUND_DAYS
    return f"{day.month}月{day.day}日前后" if near else None


DATE_STYLES: dict[str, Callable[[date, date, date], str | None]] = {
    "年": _with_year,
    "年月": _year_and_month,
    "旬": _third_of_month,
    "前后": _before_and_after,
}
"""Styles of dates: the day itself, the first and last of the days it stands for."""

RANGE_STYLES: dict[str, Callable[[date, date], str]] = {
    "至": lambda start, end: _range_written(start, end, "至"),
    "年": lambda start, end: _range_written(start, end, "至", year=True),
    "旬": lambda start, end: _thirds(start, end),
}
"""Styles of ranges of dates."""


def _range_written(start: date, end: date, separator: str, *, year: bool = False) -> str:
    """Says once what both ends share; names the years when they differ."""
    year = year or start.year != end.year
    first = f"{f'{start.year}年' if year else ''}{start.month}月{start.day}日"
    if start == end:
        return first
    if start.year != end.year:
        return f"{first}{separator}{end.year}年{end.month}月{end.day}日"
    month = f"{end.month}月" if end.month != start.month else ""
    return f"{first}{separator}{month}{end.day}日"


def _thirds(start: date, end: date) -> str:
    years = (f"{start.year}年", f"{end.year}年") if start.year != end.year else ("", "")
    first, last = years[0] + _third(start), years[1] + _third(end)
    return first if first == last else f"{first}至{last}"


def _third(day: date) -> str:
    return f"{day.month}月{'上旬' if day.day <= 10 else '中旬' if day.day <= 20 else '下旬'}"


def _places(value: Decimal) -> int:
    """Significant digits a rounded number keeps: 213 as 200, 1234 as 1200."""
    return 1 if value < 1000 else 2


def _rounded(value: Decimal, way: str, places: int) -> Decimal:
    quantum = Decimal(1).scaleb(value.adjusted() - places + 1)
    return (value / quantum).to_integral_value(rounding=way) * quantum


def _round_number(value: Decimal) -> str:
    for power, word in ((_YI, "亿"), (_WAN, "万")):
        if value >= power:
            return f"{_digits(value / power)}{word}"
    return _digits(value)


def _digits(value: Decimal) -> str:
    whole = int(value)
    return str(whole) if whole == value else f"{value.normalize():f}"
