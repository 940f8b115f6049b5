"""Breaks a paragraph into lines as a word processor does: widths, kinsoku, words of digits and letters.

The result is the number of lines, from which `paging` counts pages; nothing is rendered.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

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
    a number that does not fit takes a bracket before it along; no_begin: what begins no line.
    """

    hanging: bool
    between: float
    unspaced: bool
    proportional: bool
    sticky: bool
    no_begin: frozenset[str]


WORD = Habits(
    hanging=False,
    between=0.0,
    unspaced=False,
    proportional=False,
    sticky=False,
    no_begin=_NO_BEGIN_IN_WORD,
)
"""As the file asks: nothing hangs, no room around digits. Expected of Word and WPS, not measured."""

LIBREOFFICE = Habits(
    hanging=True, between=0.2, unspaced=True, proportional=True, sticky=True, no_begin=NO_BEGIN
)
"""LibreOffice 7.4 reads overflowPunct the wrong way round and ignores autoSpaceDE (measured)."""


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
    steps = _steps(text, measure, habits)
    # The last character of a line needs its whole width: spacing that is taken away is no room behind it.
    behind = max(0, -measure.spacing)
    room = (measure.first if first else measure.rest) - behind
    ends: list[int] = []
    begin, candidate, sure, filled, at, length = 0, 0, 0, 0, 0, len(text)
    while at < length:
        if at > begin:
            if _may_break(text, at, habits):
                candidate = at
                if not (habits.sticky and text[at - 1] in _CLOSING and _is_weak(text[at])):
                    sure = at
            filled += steps[at]
        else:
            filled = steps[at] - _gap(text, at, measure, habits)
        if filled <= room or text[at] == " " or at == begin:
            at += 1
            continue
        if habits.hanging and _hangs(text, at) and _may_break(text, at + 1, habits):
            begin = at = at + 1
        else:
            end = sure if _is_weak(text[at]) else candidate
            begin = at = end if end > begin else at
        ends.append(begin)
        candidate, sure, room = begin, begin, measure.rest - behind
    if begin < length:
        ends.append(length)
    return ends


def _steps(text: str, measure: Measure, habits: Habits) -> list[int]:
    """Twips that each character needs behind the one before it."""
    advances = _advances(measure.size, measure.spacing, habits.proportional)
    steps = [advances[char] for char in text]
    if habits.between or habits.unspaced:
        for found in _NARROW.finditer(text):
            for at in found.span():
                if 0 < at < len(text):
                    steps[at] += _gap(text, at, measure, habits)
    return steps


def _gap(text: str, at: int, measure: Measure, habits: Habits) -> int:
    """Room at the border of two scripts before a character; none within one script."""
    if at == 0 or is_wide(text[at]) == is_wide(text[at - 1]):
        return 0
    dropped = max(0, -measure.spacing) if habits.unspaced else 0
    if text[at].isalnum() and text[at - 1].isalnum():
        return dropped + round(measure.size * habits.between)
    return dropped


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
def _advances(size: int, spacing: int, proportional: bool) -> _Advances:  # noqa: FBT001
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
