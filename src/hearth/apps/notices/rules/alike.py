"""The same event reported by several: by a county, a society and a school, each with its own words."""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

MOST_APART = datetime.timedelta(days=1)
ALIKE = 0.5
"""Least share of common character pairs of two names (Dice); measured names of one event share more than half."""

_IDLE = re.compile(r"[\W_]|举办|开展|组织|活动|年")


@dataclass(frozen=True)
class Line:
    """A line of a table that tells of an event: where it stands, and what it says."""

    returned: int
    path: str
    org: str
    key: str
    line: int
    name: str
    on: datetime.date
    place: str = ""
    numbers: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two lines that may tell of one event. The higher organisation's line comes first: it is proposed as the owner."""

    first: Line
    second: Line
    likeness: float
    reasons: tuple[str, ...]


def pairs(lines: Sequence[Line]) -> tuple[Pair, ...]:
    """Pairs of different organisations on the same or the next day with alike names, the most alike first."""
    by_day: dict[datetime.date, list[Line]] = defaultdict(list)
    for line in lines:
        by_day[line.on].append(line)
    found = (pair for day in sorted(by_day) for pair in _pairs(by_day, day))
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.first.path, pair.second.path)))


def _pairs(by_day: dict[datetime.date, list[Line]], day: datetime.date) -> Iterator[Pair]:
    today, next_day = by_day[day], by_day.get(day + MOST_APART, [])
    for at, one in enumerate(today):
        for other in (*today[at + 1 :], *next_day):
            if one.returned != other.returned:
                likeness = alike(one.name, other.name)
                if likeness >= ALIKE and not _contradict(one, other):
                    yield _pair(one, other, likeness)


def _contradict(one: Line, other: Line) -> bool:
    """Both name a place and the places share nothing: two events of one series."""
    return bool(one.place and other.place) and alike(one.place, other.place) == 0


def _pair(one: Line, other: Line, likeness: float) -> Pair:
    first, second = sorted((one, other), key=lambda line: (line.path.count("."), line.path))
    reasons = ["同一天" if one.on == other.on else "相差一天", f"名称相近 {likeness:.0%}"]
    if one.place and other.place:
        reasons.append("地点相近")
    if set(one.numbers) & set(other.numbers):
        reasons.append("人数相同")
    return Pair(first, second, likeness, tuple(reasons))


def alike(one: str, other: str) -> float:
    """Dice coefficient of the character pairs of two names, 0 to 1; idle words do not count."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _bigrams(text: str) -> frozenset[str]:
    bare = _IDLE.sub("", unicodedata.normalize("NFKC", text))
    return frozenset(bare[at : at + 2] for at in range(max(1, len(bare) - 1))) if bare else frozenset()
