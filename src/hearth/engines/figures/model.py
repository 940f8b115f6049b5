"""What the reader finds in a text: figures, traps, and what is left without an account."""

from dataclasses import dataclass
from enum import Enum

from hearth.engines.figures.characters import numeral_spans

Number = int | float
"""A whole value is an int, any other a float. Computed in decimal, so 3.2亿 is exactly 320000000."""


class FigureType(Enum):
    """What a figure says."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    DATERANGE = "daterange"
    TIME = "time"
    TIMESPAN = "timespan"
    ORDINAL = "ordinal"
    MEASURE = "measure"


class Approx(Enum):
    """How exactly a figure speaks; the bounds of each are in ``approximations.py``."""

    EXACT = "exact"
    OVER = "over"
    NEAR = "near"
    ABOUT = "about"
    MIN = "min"
    MAX = "max"
    RANGE = "range"


class TrapKind(Enum):
    """Why characters that look like a number are none."""

    IDIOM = "idiom"
    WORD = "word"
    SECTION = "section"
    LISTING = "listing"
    DOCNO = "docno"
    PHONE = "phone"
    CODE = "code"
    PLAN = "plan"
    NAME = "name"
    INDEF = "indef"
    GRADE = "grade"
    DISEASE = "disease"
    TERM = "term"
    WEEKDAY = "weekday"


Trapped = tuple[int, int, TrapKind]
"""Start, end and kind of a trap, as a rule finds it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number the text asserts.

    ``start`` and ``end`` count code points, end exclusive; ``text`` is that span.
    ``value`` is a number (money in 元, percent 12.5 for 12.5 %), for dates and times a string (``2020-06-12``,
    ``--06-12`` without a year, ``---17`` a day alone, ``a/b`` for a range, ``T09:30``), None for a range of numbers.
    ``low`` and ``high`` bound the true value; both open under OVER, None where there is no bound. ``unit`` is canonical
    (㎡ is 平方米), ``noun`` the head noun. ``members`` are the things that share one count (手提袋、围裙及水杯等),
    ``member_scope`` whether the count is their "total" or that of "each".
    """

    start: int
    end: int
    text: str
    type: FigureType
    value: Number | str | None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    noun: str = ""
    approx: Approx = Approx.EXACT
    members: tuple[str, ...] = ()
    member_scope: str | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """Characters that look like a number and assert none; offsets as in ``Figure``."""

    start: int
    end: int
    text: str
    kind: TrapKind


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one text, in the order of the text; no two spans overlap."""

    figures: tuple[Figure, ...]
    traps: tuple[Trap, ...]

    def unexplained(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of numeral characters of ``text`` that lie in no figure and no trap."""
        covered = bytearray(len(text))
        everything: tuple[Figure | Trap, ...] = (*self.figures, *self.traps)
        for found in everything:
            covered[found.start : found.end] = b"\x01" * (found.end - found.start)
        return tuple(span for span in numeral_spans(text) if not all(covered[slice(*span)]))
