"""The spans that the public suite gives to days and periods: 从15年一月十日到十二日 with its 从, 今年夏天, 下周, 10月12号,星期一.

The engine reads dates that have a numeral and leaves words like 明天 alone, since a paper asserts nothing with them. Here is
only where a span begins and ends by the suite's conventions, and what the words without numerals mean; ``suite`` asks the engine
for every numeral in such a span and takes nothing that the engine reads otherwise.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.engines.figures.characters import one_width
from hearth.engines.figures.numerals import scan

_N = "[0-9〇零○一二两三四五六七八九十百千]"
_SHORT = "[0-9一二两三四五六七八九十]{1,3}"
_Y4 = (
    r"(?:(?<!\d)[12]\d{3}|[一二][〇零○一二三四五六七八九]{3}"
    r"|[一两二]千(?:零[一二三四五六七八九]|[一二三四五六七八九十百零]{0,6}))"
)
_YEAR = rf"(?:(?:{_Y4}|(?<!\d)\d{{2}}|[〇零一二三四五六七八九]{{2,3}})\s?年|[今去明后前本]年)"
_MONTH = r"(?:(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月份?|(?:这个|本|上个?|下个?)月)"
_DAY = r"(?:(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号])"
_BARE_DAY = r"(?:三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初[一二三四五六七八九十])"
_LUNAR_MONTH = r"(?:正月|腊月|冬月|闰?[一二三四五六七八九十]{1,2}月)"
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)"
_ERAS = (
    ("贞观", 627), ("神龙", 705), ("开元", 713), ("天宝", 742), ("洪武", 1368), ("永乐", 1403), ("嘉靖", 1522), ("万历", 1573),
    ("崇祯", 1628), ("顺治", 1644), ("康熙", 1662), ("雍正", 1723), ("乾隆", 1736), ("嘉庆", 1796), ("道光", 1821), ("咸丰", 1851),
    ("同治", 1862), ("光绪", 1875), ("宣统", 1909), ("民国", 1912),
)  # fmt: skip
ERAS = dict(_ERAS)
"""Names of eras and their first year."""

_ERA = rf"(?:{'|'.join(ERAS)})(?:元|{_N}{{1,3}})年"
_WEEK = "(?:周|星期|礼拜)"
_THIS = "(?:这一?个?|本|上上?一?个?|下下?一?个?)"
_WEEKDAY = rf"(?:(?:{_THIS}|每个?)?的?{_WEEK}[一二三四五六日天](?!期)|(?:最后一个|第[一二三四五]个)的?{_WEEK}[一二三四五六日天])"
_NEAR_DAY = "(?:大后天|大前天|今天|明天|后天|昨天|前天|今日|明日|昨日|次日|当天|最近)"
_SEASON = "(?:春天|夏天|秋天|冬天|春季|夏季|秋季|冬季)"
_PERIOD_UNIT = f"(?:个?{_WEEK}|个月|天|日|年|个?季度)"
_NUMERIC = (
    r"(?<![\d.\-/])(?:[12]\d{3}|\d{2})([-/.])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?![\d\-/]|\.\d)"
)
_DAY_FIRST = r"(?<![\d/\-])(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])/[12]\d{3}(?![\d/])"
_SLASHED = r"(?<![\d/.])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/])"
_LUNAR = (
    rf"(?:农历)?(?:{_YEAR}|{_ERA})?(?:农历)?{_LUNAR_MONTH}{_LUNAR_DAY}(?![日号一二三四五六七八九十])"
    r"|大年(?:三十|初[一二三四五六七])|除夕"
)
_FULL = rf"(?:(?:{_YEAR}|{_ERA})\s?)?{_MONTH}\s?(?:{_DAY}|{_BARE_DAY}(?![月年个日号\d一二三四五六七八九十]))"
_ONE_DAY = rf"(?:{_MONTH}的?)?{_DAY}"
_DATE = rf"(?:{_LUNAR}|{_FULL})(?:[,，]?\s?{_WEEK}[一二三四五六日天])?"
_MONTHS = rf"(?:(?:{_YEAR}|{_ERA})\s?)?{_MONTH}"
_ANY_PERIOD = rf"(?:{_MONTHS}|{_YEAR}|{_ERA})"
_TO = r"\s?(?:-|~|至|到)\s?"
_NUMERIC_END = r"[12]\d{3}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)"
_ENDS = rf"(?:{_FULL}|{_ONE_DAY}|{_NUMERIC_END}|{_MONTHS}|{_YEAR})"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a period: where it stands (code points, end exclusive), and its first and last day where they are known.

    ``period`` tells a stretch of time (2018年, 下周) from a day. Days of the lunar calendar and days without a year have no
    ``first``, except those that ``today`` places.
    """

    start: int
    end: int
    text: str
    period: bool
    first: date | None = None
    last: date | None = None


FORMS: tuple[tuple[str, bool], ...] = (
    (rf"从?{_ENDS}{_TO}{_ENDS}(?:之间)?", True),
    (rf"从?(?:{_Y4}|\d\d){_TO}{_YEAR}", True),
    (rf"从?(?:{_YEAR}\s?)?{_SHORT}{_TO}{_MONTH}", True),
    (rf"从?(?:{_MONTHS}\s?)?{_SHORT}{_TO}{_DAY}", True),
    (rf"{_Y4}年之后{_Y4}年之前", True),
    (_NUMERIC, False),
    (_DAY_FIRST, False),
    (_DATE, False),
    (rf"{_MONTH}的?(?:第[一二三四五]|最后一?)个?{_WEEK}(?![一二三四五六日天])", True),
    (
        rf"(?:(?:上个?世纪|{_SHORT}世纪)(?:\d0|[二三四五六七八九]十)年代|(?:[1-9]0|[二三四五六七八九]十)年代|{_SHORT}世纪)",
        True,
    ),
    (rf"(?:{_YEAR}|[今去明后前]年)的?{_SEASON}|{_SEASON}", True),
    (rf"(?:近|前|今后|后|上|下|过去|未来|最近|之前|之后|接下来)的?\s?{_SHORT}\s?{_PERIOD_UNIT}", True),
    (rf"{_MONTHS}(?:[初底末]|[上中下]旬)?", True),
    (rf"(?:{_YEAR}的?)?(?:第[一二三四1-4]个?|[一二三四1-4]|[上下本]个?)季度", True),
    (rf"(?:{_YEAR}的?)?(?:[上下]半年|年[初底末])", True),
    (rf"{_WEEKDAY}", False),
    (rf"(?:{_THIS}{_WEEK}末?|周末)", True),
    (rf"{_ONE_DAY}", False),
    (rf"{_NEAR_DAY}", False),
    (rf"{_SHORT}[天日周年](?:前|后|之前|之后)", False),
    (rf"{_ERA}|{_YEAR}", True),
    (r"(?<!\d)(?:19|20|21)\d\d(?=看|$|，|。)", True),
    (_SLASHED, False),
)
"""Forms of days and periods in the order they are tried, and whether each is a period."""

_FORMS = tuple((re.compile(pattern), period) for pattern, period in FORMS)
_BEGINS = re.compile(
    r"[0-9〇零○一二两三四五六七八九十廿近前后上下过未最之接从今去明昨大本这每周星礼农正腊冬闰除春夏秋次当第"
    + "".join({name[0] for name in ERAS})
    + "]"
)


def moments(text: str, *, today: date | None = None) -> tuple[Moment, ...]:
    """Every day and period of the text in its order; ``today`` places 明天, 下周 and dates of 今年."""
    flat = one_width(text)
    found: list[Moment] = []
    position = 0
    while begin := _BEGINS.search(flat, position):
        at = begin.start()
        moment = next(
            (one for form, period in _FORMS if (one := _moment(text, flat, form, at, period, today))), None
        )
        if moment:
            found.append(moment)
        position = moment.end if moment else at + 1
    return tuple(found)


def _moment(
    text: str, flat: str, form: re.Pattern[str], at: int, period: bool, today: date | None
) -> Moment | None:
    matched = form.match(flat, at)
    if not matched or matched.end() == at:
        return None
    bounds = next((one for meaning in _MEANINGS if (one := meaning(matched[0], today))), None)
    first, last = bounds or (None, None)
    return Moment(at, matched.end(), text[at : matched.end()], period, first, last)


Bounds = tuple[date, date] | None
_WRITTEN = re.compile(
    rf"^(?:(?P<era>{'|'.join(ERAS)})?(?P<year>元|{_N}{{1,7}}|[今去明后前本])\s?年\s?)?(?:(?P<month>{_SHORT})\s?月份?\s?)?(?:(?P<day>{_SHORT}|三十一|二十[一-九])\s?[日号]?)?$"
)
_DIGITAL = re.compile(r"(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DIGITAL_LAST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_OFFSETS = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "大前天": -3,
}
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365, "季度": 91}
_LASTING = re.compile(
    rf"(?P<way>近|前|今后|后|上|下|过去|未来|最近|之前|之后|接下来)的?\s?(?P<n>{_SHORT})\s?个?(?P<unit>{'|'.join(_DAYS)})"
)
_YEARS = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "后": 2}


def _digital(words: str, _today: date | None) -> Bounds:
    if found := _DIGITAL.fullmatch(words):
        year, month, day = map(int, found.groups())
    elif found := _DIGITAL_LAST.fullmatch(words):
        day, month, year = map(int, found.groups())
    else:
        return None
    return _one(_century(year) if year < 100 else year, month, day)


def _written(words: str, today: date | None) -> Bounds:
    found = _WRITTEN.match(words)
    if not found or not found["year"]:
        return None
    year = _year(found["era"], found["year"], today)
    if year is None or not 1 <= year <= 9999:
        return None
    if not found["month"]:
        return date(year, 1, 1), date(year, 12, 31)
    month = _number(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["day"]:
        return _one(year, month, _number(found["day"]))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _near(words: str, today: date | None) -> Bounds:
    if today is None:
        return None
    if words in _OFFSETS:
        day = today + timedelta(_OFFSETS[words])
        return day, day
    if found := _LASTING.fullmatch(words):
        long = timedelta(_number(found["n"]) * _DAYS[found["unit"]])
        later = found["way"] in ("后", "下", "未来", "之后", "接下来")
        return (today + timedelta(1), today + long) if later else (today - long, today - timedelta(1))
    if found := re.fullmatch(rf"({_SHORT})([天日周年])(?:之)?(前|后)", words):
        days = _number(found[1]) * {"天": 1, "日": 1, "周": 7, "年": 365}[found[2]]
        day = today + timedelta(-days if found[3] == "前" else days)
        return day, day
    return None


def _between(words: str, today: date | None) -> Bounds:
    """Two ends; what the first names, the second need not say again."""
    ends = re.split(_TO, words.removeprefix("从").removesuffix("之间"), maxsplit=1)
    if len(ends) != 2:
        return None
    first = _digital(ends[0], today) or _written(ends[0], today)
    if not first:
        return None
    rest = re.fullmatch(rf"(?:(?P<month>{_SHORT})\s?月\s?)?(?P<day>{_SHORT})\s?[日号]", ends[1])
    if rest:
        month = _number(rest["month"]) if rest["month"] else first[0].month
        last = _one(first[0].year, month, _number(rest["day"]))
    else:
        last = _digital(ends[1], today) or _written(ends[1], today)
    return (first[0], last[1]) if last else None


def _one(year: int, month: int, day: int) -> Bounds:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _year(era: str | None, year: str, today: date | None) -> int | None:
    if year in _YEARS and not era:
        return today.year + _YEARS[year] if today else None
    number = 1 if year == "元" else _number(year)
    if era:
        return ERAS[era] + number - 1
    return _century(number) if number < 100 and len(year) == 2 else number


def _century(year: int) -> int:
    return year + (2000 if year < 50 else 1900)


def _number(words: str) -> int:
    plain = words.strip()
    end, value = scan(plain)
    return (
        int(value)
        if end == len(plain)
        else int("".join(str(int(scan(one)[1])) for one in plain if scan(one)[0]) or 0)
    )


_MEANINGS: tuple[Callable[[str, date | None], Bounds], ...] = (_between, _digital, _written, _near)
