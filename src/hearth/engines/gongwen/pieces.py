"""The pieces of printed pages: what is printed, in which order and style; lengths in twips."""

from dataclasses import dataclass

from hearth.engines.gongwen.paper import Figure, Fixed, Picture, Slot, Table, Text
from hearth.engines.gongwen.styles import HEI, KAI, Style


@dataclass(frozen=True)
class Name:
    """A person's name in the head or under the text, printed in 楷体."""

    text: str
    font: str = KAI


@dataclass(frozen=True)
class Label:
    """A word such as 出席 or a secrecy, printed in 黑体 on a line of another font."""

    text: str
    font: str = HEI


Printed = Text | Fixed | Slot | Figure | Name | Label
"""A stretch of a printed line; a slot stands there only in a draft."""


PAGE_BREAK = "\f"
"""In the words of a line: the page turns here. It is no character of the text."""


@dataclass(frozen=True)
class Tab:
    """A tab stop: `at` from the left edge of the text, `align` left, center or right."""

    at: int
    align: str = "left"


@dataclass(frozen=True)
class Line:
    """A paragraph; what depends on the words stands here and not in its style, in twips.

    `right`: indent from the right; `height`: exact height; `before`, `after`: blank above and below; `spacing`:
    added to each character, where lines are fitted to the page; `keep`: stays with the next paragraph.
    """

    style: Style
    words: tuple[Printed, ...]
    right: int = 0
    height: int = 0
    after: int | None = None
    before: int | None = None
    tabs: tuple[Tab, ...] = ()
    spacing: int | None = None
    keep: bool = False


@dataclass(frozen=True)
class Mark:
    """发文机关标志 in one line: size in half points, `before`: blank above it in twips."""

    text: str
    size: int
    before: int


@dataclass(frozen=True)
class JointMark:
    """发文机关标志 of several organs: names above each other, 文件 at their right."""

    names: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Stroke:
    """A red line across the paper: its upper edge from the paper's, and its thickness."""

    top: int
    thickness: int


@dataclass(frozen=True)
class LetterHead:
    """The head of a letter (10.1): the mark at `top` of the paper, red lines, blank down to the next line."""

    text: str
    size: int
    top: int
    strokes: tuple[Stroke, ...]
    after: int


@dataclass(frozen=True)
class Grid:
    """A table; `width` of its columns together."""

    table: Table
    width: int


@dataclass(frozen=True)
class Image:
    """A picture and the size of the room it may take."""

    picture: Picture
    width: int
    height: int


@dataclass(frozen=True)
class Colophon:
    """版记: lines at the foot of the last page, between rules unless the paper is a letter."""

    lines: tuple[Line, ...]
    ruled: bool = True


@dataclass(frozen=True)
class Section:
    """Pages of one kind.

    landscape: they lie; even: the first of them is an even page; numbered: with page numbers, but for the
    first page when `first_bare`.
    """

    landscape: bool = False
    even: bool = False
    numbered: bool = True
    first_bare: bool = False


@dataclass(frozen=True)
class SectionEnd:
    """All pieces up to here, and from the last one on, stand on pages of `section`."""

    section: Section


Piece = Line | Mark | JointMark | LetterHead | Grid | Image | Colophon | SectionEnd


def line_text(line: Line) -> str:
    """The words of a line."""
    return "".join(word.text for word in line.words)
