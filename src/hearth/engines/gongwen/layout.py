"""From a paper to the pieces of its pages: which lines are printed, in which order and style.

Other formats (信函, 纪要, 命令) are other functions from a paper to pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.paper import (
    Block,
    Figure,
    Fixed,
    Heading,
    Inlines,
    Layout,
    ListOfAttachments,
    Marker,
    Meta,
    Paper,
    Paragraph,
    Slot,
    Table,
    Text,
)
from hearth.engines.gongwen.styles import CHAR, CHARS_A_LINE, LINE, TEXT_WIDTH, Style

MARK_TOP = 1984
"""发文机关标志: its ink begins 35 mm below the upper edge of the 版心."""

_MARK_SIZES = range(40, 103, 2)
_MARK_LINE = 1.2
_INK_ABOVE = 0.11
"""An exact line of 1.2 times the size leaves this share of the size above the ink (measured)."""

_HEADINGS = {1: Style.HEADING_1, 2: Style.HEADING_2, 3: Style.HEADING_3}


@dataclass(frozen=True)
class Name:
    """A person's name in the head, printed in 楷体."""

    text: str


Printed = Text | Fixed | Slot | Figure | Name
"""A stretch of a printed line; a slot stands there only in a draft."""


@dataclass(frozen=True)
class Line:
    """A paragraph; what depends on the words stands here and not in its style, in twips.

    `right`: indent from the right; `height`: exact height; `after`: blank below.
    """

    style: Style
    words: tuple[Printed, ...]
    right: int = 0
    height: int = 0
    after: int | None = None


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
class Grid:
    """A table."""

    table: Table


@dataclass(frozen=True)
class Colophon:
    """版记: lines at the foot of the last page."""

    lines: tuple[Line, ...]


Piece = Line | Mark | JointMark | Grid | Colophon


def compose(paper: Paper) -> tuple[Piece, ...]:
    """All that is printed of a paper, but for the page numbers."""
    meta = paper.meta
    headed = meta.layout is Layout.DOCUMENT
    pieces: list[Piece] = list(_head(meta)) if headed else []
    captions = tuple(_captions(paper.blocks))
    pieces += _title(paper, captions, Style.TITLE_UNDER_HEAD if headed else Style.TITLE)
    blocks = paper.blocks[len(captions) :]
    if meta.recipients:
        pieces.append(Line(Style.RECIPIENTS, (Text(f"{meta.recipients}："),)))
    elif blocks and meta.addressed and _is_salutation(blocks[0]):
        pieces.append(Line(Style.RECIPIENTS, blocks[0].inlines))
        blocks = blocks[1:]
    for block in blocks:
        pieces += _block(block)
    pieces += _signature(meta)
    if meta.note:
        pieces.append(Line(Style.NOTE, (Text(f"（{meta.note}）"),)))
    if colophon := _colophon(meta):
        pieces.append(Colophon(colophon))
    return tuple(pieces)


def chinese_date(day: date) -> str:
    """2020年6月20日: Arabic figures, the year in full, no leading zero (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _title(paper: Paper, captions: tuple[Paragraph, ...], style: Style) -> Iterator[Line]:
    """The title and, close below it, the captions (题注); one blank line follows the last of them."""
    yield Line(style, _joined(paper.title), after=0 if captions else None)
    for at, caption in enumerate(captions, 1):
        yield Line(Style.CAPTION, caption.inlines, after=LINE if at == len(captions) else None)


def _captions(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if not _is_caption(block):
            return
        yield block


def _is_caption(block: Block) -> TypeGuard[Paragraph]:
    """Whether a paragraph right under the title stands in brackets as a whole, such as （…年…月…日通过）."""
    text = _words_of(block)
    return text.startswith("（") and text.endswith("）") and text.count("（") == 1


def _is_salutation(block: Block) -> TypeGuard[Paragraph]:
    text = _words_of(block)
    return text.endswith("：") and width(text) <= CHARS_A_LINE


def _words_of(block: Block) -> str:
    return "".join(inline.text for inline in block.inlines) if isinstance(block, Paragraph) else ""


def _joined(title: tuple[Inlines, ...]) -> Inlines:
    lines = list(title[0])
    for line in title[1:]:
        lines += (Text("\n"), *line)
    return tuple(lines)


def _head(meta: Meta) -> Iterator[Piece]:
    above = [
        Line(style, (Text(text),))
        for style, text in (
            (Style.COPY_NUMBER, meta.copy_number),
            (Style.SECRECY, meta.secrecy),
            (Style.SECRECY, meta.urgency),
        )
        if text
    ]
    yield from above
    yield from _mark(meta, MARK_TOP - len(above) * LINE)
    yield _number(meta)


def _mark(meta: Meta, top: int) -> Iterator[Piece]:
    if len(meta.organs) == 1:
        text = f"{meta.organs[0]}文件"
        size = _mark_size(width(text))
        yield Mark(text, size, top - round(size * 10 * _INK_ABOVE))
        return
    size = _mark_size(max(width(name) for name in meta.organs) + 3)
    yield Line(Style.SPACER, (), height=top - round(size * 10 * _INK_ABOVE))
    yield JointMark(meta.organs, size)


def _mark_size(chars: float) -> int:
    """The largest size in half points at which so many 字 fill at most 95 % of the line, 20 to 51 pt."""
    fitting = [size for size in _MARK_SIZES if chars * size * 10 <= 0.95 * TEXT_WIDTH]
    return fitting[-1] if fitting else _MARK_SIZES[0]


def mark_line(size: int) -> int:
    """The exact line height in twips of a mark of `size` half points."""
    return round(size * 10 * _MARK_LINE)


def _number(meta: Meta) -> Line:
    number: tuple[Printed, ...] = (Fixed(meta.number),) if meta.number else ()
    if not meta.upward:
        return Line(Style.NUMBER, number)
    names: tuple[Printed, ...] = (Name(meta.signatory),) if meta.signatory else ()
    return Line(Style.NUMBER_UPWARD, (*number, Text("\t签发人："), *names))


def _block(block: Block) -> Iterator[Piece]:
    match block:
        case Heading():
            yield Line(_HEADINGS[block.level], block.inlines)
        case Paragraph():
            yield Line(Style.BODY, block.inlines)
        case Table():
            yield Grid(block)
            yield Line(Style.AFTER_TABLE, ())
        case ListOfAttachments():
            yield from _attachments(block.names)
        case Marker():
            yield Line(Style.BODY, (Text(f"[[{block.name}]]"),))


def _attachments(names: tuple[str, ...]) -> Iterator[Line]:
    if len(names) == 1:
        yield Line(Style.ATTACHMENT, (Text(f"附件：{names[0]}"),))
        return
    for at, name in enumerate(names, 1):
        style = Style.ATTACHMENT_FIRST if at == 1 else Style.ATTACHMENT_NEXT
        label = "附件：" if at == 1 else ""
        yield Line(style, (Fixed(f"{label}{at}."), Text(name)))


def _signature(meta: Meta) -> Iterator[Line]:
    """署名 without a seal (7.3.5.2): 2字 from the right, the date's first 字 2字 right of the longest name's."""
    names = meta.signature
    day = chinese_date(meta.date) if meta.date else ""
    name_gap, date_gap = _gaps(max(map(width, names), default=0.0), width(day))
    for at, name in enumerate(names):
        style = Style.SIGNATURE if at else Style.SIGNATURE_FIRST
        yield Line(style, (Text(name),), right=round(name_gap * CHAR))
    if day:
        style = Style.DATE if names else Style.SIGNATURE_FIRST
        yield Line(style, (Fixed(day),), right=round((date_gap if names else 4) * CHAR))


def _gaps(name: float, day: float) -> tuple[float, float]:
    """字 left free at the right of name and date: the nearer of the two keeps 2 字."""
    if not day or name > 24:
        return 2, 2
    date_gap = max(2.0, name - day)
    return date_gap + 2 + day - name, date_gap


def _colophon(meta: Meta) -> tuple[Line, ...]:
    lines = []
    if meta.copies:
        lines.append(Line(Style.COPIES, (Text(f"抄送：{meta.copies}。"),)))
    if meta.issuer or meta.issued_on:
        words: list[Printed] = [Text(meta.issuer)] if meta.issuer else []
        if meta.issued_on:
            words += (Text("\t"), Fixed(f"{chinese_date(meta.issued_on)}印发"))
        lines.append(Line(Style.ISSUE, tuple(words)))
    return tuple(lines)
