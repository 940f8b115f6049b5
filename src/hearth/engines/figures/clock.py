"""Times of day: 上午9时30分, 下午2时, 14:30, 9:00-11:30."""

import re
from dataclasses import dataclass

from hearth.engines.figures.model import Approx
from hearth.engines.figures.numerals import SEPARATOR, value_of

PARTS_OF_DAY = {
    **dict.fromkeys(("上午", "早上", "清晨", "凌晨", "早晨", "早", "中午"), 0),
    **dict.fromkeys(("下午", "傍晚", "晚上", "当晚", "夜间", "晚"), 12),
}
"""Words before an hour, and the hours they add to an hour below twelve."""

_SPOKEN_MINUTE = "[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九]|零[一二三四五六七八九]"
_SPOKEN_HOUR = "二十[一二三]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]"
_PART = "|".join(sorted(PARTS_OF_DAY, key=len, reverse=True))
_CLOCK = re.compile(
    rf" ?(?P<next>次日|翌日)?(?P<part>{_PART})? ?(?:(?P<hour>2[0-4]|[01]?\d|{_SPOKEN_HOUR})"
    r"(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d|:)"
    rf"|[时点](?!间|代|刻|期|候|效|段)(?:(?P<minutes>[0-5]?\d|{_SPOKEN_MINUTE})分?(?!钟)|(?P<half>半)|整)?))"
)
_BEFORE = re.compile(rf"(?:{_PART})$")
_SEPARATED = re.compile(SEPARATOR)
_HOURS = re.compile(r"(2[0-4]|[01]?\d)(?:--|-|~|至|到)(2[0-4]|[01]?\d)[时点](?!间|代|刻|期)")
_HOUR_ALONE = re.compile(r"(?:2[0-4]|1\d|0?\d)时")
_LASTS = re.compile(r"(?:[历用耗费需共约近逾超达长满余.]|[历用耗费需]时|超过|不少于)$")
_ENDS = re.compile(r"整?(?:(?P<before>之?前(?!往|来))|许)")


@dataclass(frozen=True, slots=True)
class Found:
    """A time in the text: its end and its value (``T09:30``, ``T09:00/T11:30``), and how exactly."""

    start: int
    end: int
    value: str
    approx: Approx = Approx.EXACT


def find(text: str, at: int, floor: int, *, dated: bool) -> Found | None:
    """The time at ``at``. Without a date before it (``dated``) it needs a colon, minutes, a part of the day,
    or an hour in digits that is called 时 and is no length of time."""
    start = at
    if not dated and (word := _BEFORE.search(text, max(floor, at - 2), at)):
        start = word.start()
    if dated and (hours := _HOURS.match(text, at)):
        return Found(start, hours.end(), "/".join(f"T{int(hour):02d}:00" for hour in hours.groups()))
    first = _CLOCK.match(text, start)
    if not first:
        return None
    ends = _ENDS.match(text, first.end())
    sharp = first[0].endswith("点整")
    if not (
        dated
        or sharp
        or first["part"]
        or first["minute"]
        or ends
        or (first["minutes"] and "点" not in first[0])
        or (_HOUR_ALONE.fullmatch(first[0]) and not _LASTS.search(text, max(floor, start - 3), start))
    ):
        return None
    if not dated and _is_ratio(text, start):
        return None
    offset = PARTS_OF_DAY.get(first["part"] or "", 0)
    separator = _SEPARATED.match(text, first.end())
    second = _CLOCK.match(text, separator.end()) if separator else None
    if second:
        later = PARTS_OF_DAY.get(second["part"] or "", offset)
        return Found(start, second.end(), f"{_value(first, offset)}/{_value(second, later)}")
    approx = (Approx.MAX if ends["before"] else Approx.ABOUT) if ends else Approx.EXACT
    return Found(start, ends.end() if ends else first.end(), _value(first, offset), approx)


def _value(found: re.Match[str], offset: int) -> str:
    hour = _number(found["hour"])
    hour += offset if hour < 12 else 0
    minute = 30 if found["half"] else _number(found["minute"] or found["minutes"] or "0")
    second = f":{found['second']}" if found["second"] else ""
    return f"T{hour:02d}:{minute:02d}{second}"


def _number(numeral: str) -> int:
    exact = value_of(numeral.lstrip("零") or "零")
    assert exact
    return int(exact.low)


def _is_ratio(text: str, at: int) -> bool:
    return text[max(0, at - 4) : at].rstrip("为约是:").endswith(("比例", "比", "比分"))
