"""The model of an official paper (公文): what it says, before any layout."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from hearth.engines.gongwen.characters import breaks_line, unprintable

LONGEST_FIGURE = 200
"""Characters of the longest figure; more is a sentence and no figure."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
ALIAS_MARK = "｜"
"""Parts the name of a figure from its text in the title of its content control."""


class Layout(StrEnum):
    """How the first page begins: with a red head (文件, 信函, 命令, 纪要格式), or with the title alone."""

    DOCUMENT = "文件"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"
    GENERAL = "普通"


class InlineKind(StrEnum):
    """What a stretch of a line is; for templates, which cannot ask for a class."""

    TEXT = "text"
    FIXED = "fixed"
    SLOT = "slot"
    FIGURE = "figure"


class BlockKind(StrEnum):
    """What a block is; for templates, which cannot ask for a class."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    MARKER = "marker"
    ATTACHMENTS = "attachments"
    ATTACHMENT = "attachment"
    PICTURE = "picture"
    TURN = "turn"


class Align(StrEnum):
    """Where the content of a table's column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Text:
    """Words."""

    kind: ClassVar[InlineKind] = InlineKind.TEXT
    text: str


@dataclass(frozen=True)
class Fixed:
    """Words whose number needs no record: a rule, such as 5个工作日, or a quotation, whose `source` is named."""

    kind: ClassVar[InlineKind] = InlineKind.FIXED
    text: str
    source: str = ""


@dataclass(frozen=True)
class Slot:
    """A place that waits for a figure. `index` counts from 0 through the paper; line and column from 1."""

    kind: ClassVar[InlineKind] = InlineKind.SLOT
    key: str
    style: str | None
    index: int
    line: int
    column: int

    @property
    def text(self) -> str:
        """The slot as it is written in the source."""
        return f"{{{{{self.key}|{self.style}}}}}" if self.style else f"{{{{{self.key}}}}}"


@dataclass(frozen=True)
class Figure:
    """A filled slot: the measure's `key` and `name`, the figure as printed, the number of records behind it.

    `index` is the slot's; `id` is unique in the paper and stays with the figure for ever.
    Raises ValueError for an id outside [A-Za-z0-9_-]{1,32}, for a text that is empty, more than a
    line or longer than LONGEST_FIGURE, and for characters that a Word file cannot carry.
    """

    kind: ClassVar[InlineKind] = InlineKind.FIGURE
    index: int
    id: str
    key: str
    name: str
    text: str
    records: int

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"figure id {self.id!r}: 1 to 32 of A-Z a-z 0-9 _ -")
        if not self.text.strip() or breaks_line(self.text):
            raise ValueError(f"figure {self.id}: the text {self.text!r} is not one line of words")
        if len(self.text) > LONGEST_FIGURE:
            raise ValueError(f"figure {self.id}: more than {LONGEST_FIGURE} characters")
        if ALIAS_MARK in self.name:
            raise ValueError(f"figure {self.id}: the name must not contain {ALIAS_MARK}")
        for value in (self.key, self.name, self.text):
            if found := unprintable(value):
                raise ValueError(f"figure {self.id}: character {found[0]!r} cannot stand in a Word file")
        if self.index < 0 or self.records < 0:
            raise ValueError(f"figure {self.id}: index and records count from 0")


Inline = Text | Fixed | Slot | Figure
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is 一、, 2 is （一）, 3 is 1. — the number is part of the text."""

    kind: ClassVar[BlockKind] = BlockKind.HEADING
    level: int
    inlines: Inlines


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body."""

    kind: ClassVar[BlockKind] = BlockKind.PARAGRAPH
    inlines: Inlines


@dataclass(frozen=True)
class Table:
    """A table; the header row is repeated on each page. Every row has as many cells as the header.

    Raises ValueError for rows of another length, and for no column at all.
    """

    kind: ClassVar[BlockKind] = BlockKind.TABLE
    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[Align, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns or any(len(row) != columns for row in self.rows):
            raise ValueError("a table has a column, and as many cells in each row as in its header")
        if not self.aligns:
            object.__setattr__(self, "aligns", (Align.CENTER,) * columns)
        if len(self.aligns) != columns:
            raise ValueError("a table has as many alignments as columns")

    @classmethod
    def of(cls, header: Sequence[str], rows: Sequence[Sequence[str]], aligns: Sequence[Align] = ()) -> Self:
        """A table of plain words."""
        return cls(_cells(header), tuple(_cells(row) for row in rows), tuple(aligns))


@dataclass(frozen=True)
class Marker:
    """A line [[name]] of the source where `insert` puts blocks, such as the duties of a plan."""

    kind: ClassVar[BlockKind] = BlockKind.MARKER
    name: str
    line: int


@dataclass(frozen=True)
class ListOfAttachments:
    """附件说明: the names of the attachments below the body, without numbers and final punctuation."""

    kind: ClassVar[BlockKind] = BlockKind.ATTACHMENTS
    names: tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """The head of an attachment's body: all blocks behind it, up to the next one, are that attachment.

    `number` counts from 1 and is 0 when there is only one (7.3.7).
    """

    kind: ClassVar[BlockKind] = BlockKind.ATTACHMENT
    number: int
    title: tuple[Inlines, ...]

    @property
    def label(self) -> str:
        """附件 and the number, as printed on the first line."""
        return f"附件{self.number}" if self.number else "附件"

    @property
    def name(self) -> str:
        """The title on one line, as the list of attachments names it."""
        return "".join(inline.text for line in self.title for inline in line)


@dataclass(frozen=True)
class Picture:
    """A picture; the caller gives its bytes under `name` when the paper is written. `title` may be empty."""

    kind: ClassVar[BlockKind] = BlockKind.PICTURE
    title: str
    name: str
    line: int
    column: int


@dataclass(frozen=True)
class Turn:
    """From here on the pages lie (A4 横排) or stand again; the parser writes both, one after the other."""

    kind: ClassVar[BlockKind] = BlockKind.TURN
    landscape: bool


@dataclass(frozen=True)
class Signer:
    """Who signs with a stamp of the name (签名章): office and name."""

    office: str
    name: str


Block = Heading | Paragraph | Table | Marker | ListOfAttachments | Attachment | Picture | Turn


@dataclass(frozen=True)
class Meta:
    """The front matter. What a paper does not have is empty, a missing date is None.

    recipients 主送, copies 抄送 and signatory 签发人 are printed as they were written, the signatory only on
    papers that go upward; organs 机关 begins with the leading organ (主办机关); signers 落款 sign instead of
    the organs when given; sealed 用印 leaves room for seals; stamps 签名章 are persons who sign instead.
    mark 标志 is printed in red instead of the organ's name; present 出席, excused 请假 and attending 列席 are
    the lists below minutes. upward, signed and addressed come from the kind.
    """

    kind: str
    layout: Layout
    upward: bool = False
    signed: bool = True
    addressed: bool = False
    organs: tuple[str, ...] = ()
    number: str = ""
    signatory: str = ""
    recipients: str = ""
    copies: str = ""
    date: datetime.date | None = None
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    note: str = ""
    issuer: str = ""
    issued_on: datetime.date | None = None
    mark: str = ""
    sealed: bool = False
    stamps: tuple[Signer, ...] = ()
    present: str = ""
    excused: str = ""
    attending: str = ""

    @property
    def signatories(self) -> tuple[str, ...]:
        """签发人, one by one."""
        return tuple(name.strip() for name in self.signatory.split("、") if name.strip())

    @property
    def signature(self) -> tuple[str, ...]:
        """Who signs at the end: the signers, else the organs; nobody where the kind has none or persons sign."""
        if self.stamps:
            return ()
        return self.signers or (self.organs if self.signed else ())


@dataclass(frozen=True)
class Paper:
    """An official paper: front matter, the lines of its title, and the blocks of its body."""

    meta: Meta
    title: tuple[Inlines, ...]
    blocks: tuple[Block, ...]

    @property
    def inlines(self) -> Iterator[Inline]:
        """Everything in title and body, in reading order."""
        for line in self.title:
            yield from line
        for block in self.blocks:
            yield from _inlines(block)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places that still wait for a figure, in reading order."""
        return tuple(inline for inline in self.inlines if isinstance(inline, Slot))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, in reading order."""
        return tuple(inline for inline in self.inlines if isinstance(inline, Figure))

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The places that wait for blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Marker))

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return "".join(inline.text for line in self.title for inline in line)


def replaced(paper: Paper, change: Callable[[Inline], Inline]) -> Paper:
    """The paper with every inline of title and body replaced by `change` of it."""

    def line(inlines: Inlines) -> Inlines:
        return tuple(change(inline) for inline in inlines)

    def block(old: Block) -> Block:
        match old:
            case Heading() | Paragraph():
                return replace(old, inlines=line(old.inlines))
            case Attachment():
                return replace(old, title=tuple(line(inlines) for inlines in old.title))
            case Table():
                rows = tuple(tuple(line(cell) for cell in row) for row in old.rows)
                return replace(old, header=tuple(line(cell) for cell in old.header), rows=rows)
            case _:
                return old

    title = tuple(line(inlines) for inlines in paper.title)
    return replace(paper, title=title, blocks=tuple(block(old) for old in paper.blocks))


def _inlines(block: Block) -> Iterator[Inline]:
    match block:
        case Heading() | Paragraph():
            yield from block.inlines
        case Attachment():
            for line in block.title:
                yield from line
        case Table():
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from cell


def _cells(row: Sequence[str]) -> tuple[Inlines, ...]:
    return tuple((Text(cell),) if cell else () for cell in row)
