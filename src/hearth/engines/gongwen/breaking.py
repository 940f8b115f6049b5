"""Breaks a paragraph into lines as a word processor does: widths, kinsoku, words of digits and letters.

The result is the number of lines, from which `paging` counts pages; nothing is rendered.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from hearth.engines.gongwen.characters import is_wide

NO_BEGIN = frozenset("!),.:;?]}¢°·’”′″、。〃〉》」』】〕〗！），．：；？］｜｝～￠々‖")
"""Characters that begin no line, as Word and LibreOffice have it for simplified Chinese."""

_NO_BEGIN_IN_WORD = NO_BEGIN | frozenset("%‰℃％…")

NO_END = frozenset("$([{£¥‘“〈《「『【〔〖（．［｛￡￥")
"""Characters that end no line."""

_NARROW = re.compile(r"[\x20-\x7e\xa0-\u02ff]+")
_CLOSING = frozenset("”’）》〉〕】」』")

HANGING = frozenset("、。，．：；！？,.:;!?")
"""Marks that may hang behind the edge where the program does that."""


@dataclass(frozen=True)
class Habits:
    """What programs do differently.

    hanging: a mark may stand behind the edge of a line; between: room between 汉字 and digits or letters, as a
    share of the size; unspaced: the spacing of the last character before other script is dropped;
    proportional: letters and marks have the widths of the stand-in font FandolFang and not of one half; sticky:
    a number that does not fit takes a bracket before it along; gridded: a page holds whole lines of the grid, and what
    is left over of its height is lost; no_begin: what begins no line.
    """

    hanging: bool
    between: float
    unspaced: bool
    proportional: bool
    sticky: bool
    gridded: bool
    no_begin: frozenset[str]


WORD = Habits(
    hanging=False,
    between=0.0,
    unspaced=False,
    proportional=False,
    sticky=False,
    gridded=False,
    no_begin=_NO_BEGIN_IN_WORD,
)
"""As the file asks: nothing hangs, no room around digits. Expected of Word and WPS, not measured."""

LIBREOFFICE = Habits(
    hanging=True,
    between=0.2,
    unspaced=True,
    proportional=True,
    sticky=True,
    gridded=True,
    no_begin=NO_BEGIN,
)
"""LibreOffice 7.4 reads overflowPunct the wrong way round and ignores autoSpaceDE (measured)."""

PRINTED = replace(LIBREOFFICE, hanging=False, between=0.0)
"""LibreOffice on a copy of the file that mends those two, which is how Hearth makes its PDF (measured: 3,703 lines)."""


_STAND_IN = {
    28: "',.:;]il",
    31: "fj",
    33: "- ",
    35: "I",
    39: "()trs",
    45: "cez",
    47: "?",
    49: "a",
    51: "J",
    53: "kqvxy",
    56: "Sbdhnpu",
    62: "LZ^~",
    65: "F",
    68: "EP",
    72: "BCTRw",
    74: "AHNUVXY",
    77: "DK",
    78: "+<=>@OQ_&G",
    83: "%m",
    91: "M",
    102: "W",
}
_STAND_IN_WIDTHS = {char: share / 100 for share, chars in _STAND_IN.items() for char in chars}
"""Widths of FandolFang in em where they differ from one half (measured)."""


@dataclass(frozen=True)
class Measure:
    """The room of a paragraph in twips: `first` and `rest` are the widths of its lines, `size` of the characters."""

    first: int
    rest: int
    size: int
    spacing: int


@lru_cache(maxsize=4096)
def count_lines(text: str, measure: Measure, habits: Habits) -> int:
    """Lines that a paragraph takes; an empty one takes 1, a line feed begins another."""
    return sum(_count(part, measure, habits, first=at == 0) for at, part in enumerate(text.split("\n")))


def _count(text: str, measure: Measure, habits: Habits, *, first: bool) -> int:
    breaks = line_ends(text, measure, habits, first=first)
    return max(1, len(breaks))


def line_ends(text: str, measure: Measure, habits: Habits, *, first: bool = True) -> list[int]:
    """Where each line of a paragraph without line feeds ends, in characters from its begin."""
    # The last character of a line needs its whole width: spacing that is taken away is no room behind it.
    behind = max(0, -measure.spacing)
    room = (measure.first if first else measure.rest) - behind
    filled = list(accumulate(_steps(text, measure, habits), initial=0))
    ends: list[int] = []
    begin, length = 0, len(text)
    while begin < length:
        edge = filled[begin] + _gap(text, begin, measure, habits) + room
        at = max(begin + 1, bisect_right(filled, edge, begin) - 1)
        while at < length and text[at] == " ":
            at += 1
        begin = length if at >= length else _line_end(text, begin, at, habits)
        ends.append(begin)
        room = measure.rest - behind
    return ends


def _line_end(text: str, begin: int, at: int, habits: Habits) -> int:
    """Where a line ends that has no room for the character at `at`."""
    if habits.hanging and _hangs(text, at) and _may_break(text, at + 1, habits):
        return at + 1
    sticky = habits.sticky and _is_weak(text[at])
    for end in range(at, begin, -1):
        if _may_break(text, end, habits) and not (
            sticky and text[end - 1] in _CLOSING and _is_weak(text[end])
        ):
            return end
    return at


def _steps(text: str, measure: Measure, habits: Habits) -> list[int]:
    """Twips that each character needs behind the one before it."""
    steps = list(map(_advances(measure.size, measure.spacing, habits.proportional).__getitem__, text))
    dropped, between = _room_between(measure, habits)
    if between or dropped:
        last = len(text)
        for found in _NARROW.finditer(text):
            begin, end = found.span()
            if begin:
                alike = text[begin].isalnum() and text[begin - 1].isalnum()
                steps[begin] += dropped + between if alike else dropped
            if end < last:
                alike = text[end].isalnum() and text[end - 1].isalnum()
                steps[end] += dropped + between if alike else dropped
    return steps


def _gap(text: str, at: int, measure: Measure, habits: Habits) -> int:
    """Room at the border of two scripts before a character; none within one script."""
    if at == 0 or is_wide(text[at]) == is_wide(text[at - 1]):
        return 0
    dropped, between = _room_between(measure, habits)
    alike = text[at].isalnum() and text[at - 1].isalnum()
    return dropped + between if alike else dropped


def _room_between(measure: Measure, habits: Habits) -> tuple[int, int]:
    """Spacing that is dropped at the border of two scripts, and room between 汉字 and digits or letters."""
    return (
        max(0, -measure.spacing) if habits.unspaced else 0,
        round(measure.size * habits.between),
    )


class _Advances(dict[str, int]):
    """The width of each character with its spacing, in twips, worked out when it is met."""

    def __init__(self, size: int, spacing: int, *, proportional: bool) -> None:
        super().__init__()
        self._size, self._spacing = size, spacing
        self._widths = _STAND_IN_WIDTHS if proportional else {}

    def __missing__(self, char: str) -> int:
        share = 1.0 if is_wide(char) else self._widths.get(char, 0.5)
        self[char] = made = round(self._size * share) + self._spacing
        return made


@lru_cache(maxsize=64)
def _advances(size: int, spacing: int, proportional: bool) -> _Advances:
    return _Advances(size, spacing, proportional=proportional)


def _is_weak(char: str) -> bool:
    """Whether LibreOffice breaks a line at this character as in Latin text."""
    return char == "—" or not is_wide(char)


def _hangs(text: str, at: int) -> bool:
    """Whether a mark stands behind the edge; behind digits and letters it does not."""
    return text[at] in HANGING and is_wide(text[at - 1])


def _may_break(text: str, at: int, habits: Habits) -> bool:
    """Whether a line may end before a character."""
    if at >= len(text):
        return True
    char, before = text[at], text[at - 1]
    if char in habits.no_begin or before in NO_END or char == " ":
        return False
    return before == " " or is_wide(char) or is_wide(before)
