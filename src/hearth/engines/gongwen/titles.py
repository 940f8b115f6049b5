"""Breaks a title by its sense into lines that form a trapezium or a rhombus (GB/T 9704-2012, 7.3.1).

Words are whole (jieba's dictionary, through rjieba), so are names in 《》 where a line can hold them and the organs
of the paper; no line begins with 的 or with a mark that closes, none ends with one that opens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import rjieba

from hearth.engines.gongwen.characters import is_wide
from hearth.engines.gongwen.paper import Figure, Inline, Inlines, Paper, Slot, Text
from hearth.engines.gongwen.styles import TEXT_WIDTH

TITLE_CHARS = TEXT_WIDTH / 440
"""字 of size 2 (22 pt) on a line: 20.1."""

_DIGIT, _CAPITAL, _OTHER_NARROW = 0.62, 0.9, 0.65
"""字 that narrow characters of a heavy 小标宋 take; the stand-in's digits take 0.612 (measured)."""

_NO_BEGIN = frozenset("的地得了和与及或、，。；：！？）》〉”’】〕…—%％")
_NO_END = frozenset("（《〈“‘【〔")
_AFTER_OPENER = 3.0
_INSIDE_A_NAME = 3.0
_COUNT = re.compile(r"\d[\d.,]*[^\W\d_]?|[A-Za-z0-9]+|[“‘〔（][^“”‘’〔〕（）]{1,8}[”’〕）]")
_WEAK_END = (
    "关于",
    "对",
    "在",
    "把",
    "将",
    "向",
    "从",
    "和",
    "与",
    "及",
    "或",
    "为",
    "是",
    "第",
    "召开",
    "印发",
    "开展",
)
_MOST_LINES = 5
_MOST_PLACES = 24


@dataclass(frozen=True)
class _Place:
    """A place where a line may end: after so many characters, so many 字, at this cost."""

    at: int
    width: float
    cost: float


def title_width(text: str) -> float:
    """Printed width in 字 of size 2; digits and letters of a heavy face are wider than a half."""
    return sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> float:
    if is_wide(char):
        return 1.0
    if char.isdecimal():
        return _DIGIT
    return _CAPITAL if char.isupper() else _OTHER_NARROW


def printed_title(paper: Paper) -> tuple[Inlines, ...]:
    """The lines of a paper's title as they are printed; the names of its organs and signers stay whole."""
    return broken_title(paper.title, (*paper.meta.organs, *paper.meta.signers))


def broken_title(title: tuple[Inlines, ...], organs: Sequence[str] = ()) -> tuple[Inlines, ...]:
    """The lines of a title. Several lines are the author's own and stay; one that is too long is broken."""
    if len(title) != 1 or title_width(_text(title[0])) <= TITLE_CHARS:
        return title
    places = _breaks(_text(title[0]), _whole(title[0], organs))
    lines = (_without_edges(line) for line in _cut(title[0], places))
    return tuple(line for line in lines if line)


def _text(inlines: Inlines) -> str:
    return "".join(inline.text for inline in inlines)


def _whole(inlines: Inlines, organs: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Stretches that stay on one line where they fit: figures, slots, organs, counts such as 2020年."""
    text, found, at = _text(inlines), [], 0
    found += [match.span() for match in _COUNT.finditer(text)]
    for inline in inlines:
        if isinstance(inline, Figure | Slot):
            found.append((at, at + len(inline.text)))
        at += len(inline.text)
    for organ in organs:
        if (begin := text.find(organ)) >= 0:
            found.append((begin, begin + len(organ)))
    return tuple((a, b) for a, b in found if title_width(text[a:b]) <= TITLE_CHARS)


@lru_cache(maxsize=256)
def _breaks(text: str, whole: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """The ends of all lines but the last: the cheapest way with the fewest lines, or one more."""
    places = _places(text, whole)
    total = title_width(text)
    fewest = max(2, -int(-total // TITLE_CHARS))
    for lines in range(fewest, _MOST_LINES + 1):
        chosen = min(_ways(places, lines, total), default=None)
        if chosen:
            return chosen[1]
    return tuple(_hard(text))


def _ways(places: Sequence[_Place], lines: int, total: float) -> Iterator[tuple[float, tuple[int, ...]]]:
    for ends in combinations(places, lines - 1):
        edges = (0.0, *(end.width for end in ends), total)
        widths = [after - before for before, after in pairwise(edges)]
        if max(widths) <= TITLE_CHARS:
            cost = sum(end.cost for end in ends) + _shape_cost(widths)
            yield cost, tuple(end.at for end in ends)


def _shape_cost(widths: Sequence[float]) -> float:
    """Trapezium and rhombus cost what their lines differ beyond a little; a rectangle or a waist costs more."""
    widest = max(widths)
    steps = [after - before for before, after in pairwise(widths)]
    signs = [(step > 0) - (step < 0) for step in steps]
    waist = any(a < 0 < b for a, b in pairwise(signs))
    flat = sum(sign == 0 for sign in signs)
    ragged = sum((abs(step) - 2.0) ** 2 for step in steps) / max(1, len(steps)) / 6
    thin = max(0.0, widest * 0.45 - min(widths))
    return ragged + thin * 2 + flat * 1.5 + waist * 5


def _places(text: str, whole: Sequence[tuple[int, int]]) -> list[_Place]:
    found = []
    ends = {end for _, _, end in rjieba.tokenize(text)}
    cuttable = {at for at in range(1, len(text)) if at in ends or any(at in pair for pair in whole)}
    for at in sorted(cuttable):
        if any(begin < at < end for begin, end in whole) or not _may_break(text, at):
            continue
        single = 1.0 if at - 1 in ends or at - 1 == 0 or at + 1 in ends else 0.0
        found.append(_Place(at, title_width(text[:at]), _cost(text, at) + single))
    if len(found) > _MOST_PLACES:
        found = sorted(
            sorted(found, key=lambda place: (place.cost, place.at))[:_MOST_PLACES], key=lambda p: p.at
        )
    return found


def _may_break(text: str, at: int) -> bool:
    if text[at] in _NO_BEGIN or text[at - 1] in _NO_END:
        return False
    return not (text[at - 1].isascii() and text[at].isascii())


def _cost(text: str, at: int) -> float:
    """A line ends well before 关于, after 的 and after marks, and badly after a word that waits for another."""
    if text.startswith("关于", at) or text[at - 1] in "、，》：":
        return -2.0
    if text.count("《", 0, at) > text.count("》", 0, at):
        return _INSIDE_A_NAME
    if text[:at].endswith(_WEAK_END):
        return _AFTER_OPENER
    if text[at - 1] == "的" or text.startswith(("暨", "的"), at):
        return -0.5
    return 0.0


def _hard(text: str) -> Iterator[int]:
    """Where nothing else helps, such as for a title without words: as many characters as a line holds."""
    filled = 0.0
    for at, char in enumerate(text):
        filled += title_width(char)
        if filled > TITLE_CHARS:
            yield at
            filled = title_width(char)


def _without_edges(line: Inlines) -> Inlines:
    """A line without the spaces at its ends, which would put it off the centre."""
    kept = list(line)
    for end, stripped in ((0, str.lstrip), (-1, str.rstrip)):
        while kept and isinstance(inline := kept[end], Text):
            if text := stripped(inline.text):
                kept[end] = Text(text)
                break
            del kept[end]
    return tuple(kept)


def _cut(inlines: Inlines, places: Sequence[int]) -> Iterator[Inlines]:
    line: list[Inline] = []
    at, waiting = 0, list(places)
    for inline in inlines:
        rest = inline
        while waiting and at <= waiting[0] < at + len(rest.text) and isinstance(rest, Text):
            cut = waiting.pop(0) - at
            if cut:
                line.append(Text(rest.text[:cut]))
            yield tuple(line)
            line, at, rest = [], at + cut, Text(rest.text[cut:])
        if waiting and waiting[0] == at and line:
            waiting.pop(0)
            yield tuple(line)
            line = []
        line.append(rest)
        at += len(rest.text)
    yield tuple(line)
