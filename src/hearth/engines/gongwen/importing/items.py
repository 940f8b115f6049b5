"""What is found in a Word file, in order: lines of words, tables, pictures; and what an import answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True)
class Note:
    """What could not be carried over: the line of the source (from 1) that it concerns, what, and the cure."""

    line: int
    what: str
    cure: str


@dataclass(frozen=True)
class Imported:
    """A source to edit, what was not carried over, and the pictures by the names that the source gives them."""

    source: str
    notes: tuple[Note, ...]
    pictures: Mapping[str, bytes]


class PieceKind(StrEnum):
    """What a stretch of a line is: words, a figure's anchor, fixed words."""

    WORDS = "words"
    FIGURE = "figure"
    FIXED = "fixed"


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; `id` is that of the figure, or the name of the bookmark of fixed words."""

    kind: PieceKind
    text: str
    id: str = ""


@dataclass(frozen=True)
class Look:
    """How a line looks: alignment, size in half points (0: unknown), font, colour, outline level from 0 (-1: none)."""

    align: str = ""
    size: int = 0
    bold: bool = False
    font: str = ""
    color: str = ""
    outline: int = -1

    @property
    def is_red(self) -> bool:
        """Whether the words are red, as those of a red head are."""
        if len(self.color) != 6:
            return False
        try:
            red, green, blue = (int(self.color[at : at + 2], 16) for at in (0, 2, 4))
        except ValueError:
            return False
        return red > 150 and green < 90 and blue < 90


@dataclass(frozen=True)
class Line:
    """A paragraph: its words, automatic number, the name of its style, its looks; `lies`: on a landscape page."""

    pieces: tuple[Piece, ...]
    style: str = ""
    look: Look = field(default_factory=Look)
    label: str = ""
    in_box: bool = False
    lies: bool = False
    remarks: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The words, with the automatic number, without white space around them."""
        return (self.label + "".join(piece.text for piece in self.pieces)).strip(" \t\u3000\xa0\n")


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its lines; `covered`: belongs to a cell that was merged with it."""

    lines: tuple[Line, ...]
    covered: bool = False

    @property
    def text(self) -> str:
        """The words of all its lines."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Grid:
    """A table, every row filled up to the same number of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    lies: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Image:
    """A picture: the member of the archive that holds it, its title."""

    member: str
    title: str
    lies: bool = False


Item = Line | Grid | Image
