"""From a paper to the pieces of its pages: which lines are printed, in which order and style."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeGuard

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.closing import attendance, chinese_date, colophon, signature
from hearth.engines.gongwen.heads import document_head, letter_head, minutes_head, order_head
from hearth.engines.gongwen.paper import (
    Attachment,
    Block,
    Fixed,
    Heading,
    Inlines,
    Layout,
    ListOfAttachments,
    Marker,
    Meta,
    Paper,
    Paragraph,
    Picture,
    Table,
    Text,
    Turn,
)
from hearth.engines.gongwen.pieces import Grid, Image, Line, Piece, Section, SectionEnd
from hearth.engines.gongwen.profile import GRID, PAGE_HEIGHT, PAGE_WIDTH, Profile
from hearth.engines.gongwen.styles import CHARS_A_LINE, Style
from hearth.engines.gongwen.titles import broken_title, printed_title

__all__ = ["chinese_date", "compose"]

_HEADINGS = {1: Style.HEADING_1, 2: Style.HEADING_2, 3: Style.HEADING_3}
_LEVEL_4 = re.compile(r"[（(]\d{1,2}[）)]")
_PICTURE_LINES = 14
"""Lines of a page that a picture may take, so that its title and some text stay with it."""


@lru_cache(maxsize=8)
def compose(paper: Paper, profile: Profile = GRID) -> tuple[Piece, ...]:
    """All that is printed of a paper, but for the page numbers; the last piece ends the last section.

    Writing, ledger and plain text of a paper share one composition, so the last ones are remembered.
    """
    return tuple(_sectioned(_pieces(paper, profile), paper.meta))


def _pieces(paper: Paper, profile: Profile) -> Iterator[Piece]:
    meta = paper.meta
    title = printed_title(paper)
    captions = tuple(_captions(paper.blocks))
    yield from _head(meta, profile, len(title))
    if meta.layout is not Layout.ORDER:
        headless = meta.layout is Layout.GENERAL
        yield from _title(title, captions, Style.TITLE if headless else Style.TITLE_UNDER_HEAD, profile)
    blocks = paper.blocks[len(captions) :]
    if meta.recipients:
        yield Line(Style.RECIPIENTS, (Text(f"{meta.recipients}："),))
    elif blocks and meta.addressed and _is_salutation(blocks[0]):
        yield Line(Style.RECIPIENTS, blocks[0].inlines)
        blocks = blocks[1:]
    body = next((at for at, one in enumerate(blocks) if isinstance(one, Attachment)), len(blocks))
    yield from _blocks(blocks[:body], profile)
    yield from attendance(meta, profile)
    yield from signature(meta, profile)
    if meta.note:
        yield Line(Style.NOTE, (Text(f"（{meta.note}）"),))
    yield from _blocks(blocks[body:], profile)
    if foot := colophon(meta):
        yield foot


def _head(meta: Meta, profile: Profile, title_lines: int) -> Iterator[Piece]:
    match meta.layout:
        case Layout.DOCUMENT:
            return document_head(meta, profile, title_lines)
        case Layout.LETTER:
            return letter_head(meta, profile)
        case Layout.MINUTES:
            return minutes_head(meta, profile)
        case Layout.ORDER:
            return order_head(meta, profile)
        case Layout.GENERAL:
            return iter(())


def _sectioned(pieces: Iterator[Piece], meta: Meta) -> Iterator[Piece]:
    """The pieces with the ends of their sections; an end that nothing stands in front of is left out."""
    bare = meta.layout is Layout.LETTER
    landscape, waiting = False, False
    for piece in pieces:
        if isinstance(piece, SectionEnd):
            landscape, waiting = not piece.section.landscape, True
            continue
        if waiting:
            yield SectionEnd(Section(landscape=not landscape, first_bare=bare))
            bare, waiting = False, False
        yield piece
    yield SectionEnd(Section(landscape=landscape if not waiting else not landscape, first_bare=bare))


def _title(
    title: tuple[Inlines, ...], captions: tuple[Paragraph, ...], style: Style, profile: Profile
) -> Iterator[Line]:
    """The title and, close below it, the captions (题注); one blank line follows the last of them."""
    yield Line(style, _joined(title), after=0 if captions else None)
    for at, caption in enumerate(captions, 1):
        yield Line(Style.CAPTION, caption.inlines, after=profile.line if at == len(captions) else None)


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


def _blocks(blocks: Sequence[Block], profile: Profile) -> Iterator[Piece]:
    landscape = False
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Turn):
            if landscape != block.landscape:
                yield SectionEnd(Section(landscape))
                landscape = block.landscape
            continue
        if isinstance(block, Attachment) and isinstance(following, Turn) and not landscape:
            # The head of an attachment lies with the table that it is about.
            yield SectionEnd(Section(landscape))
            landscape = True
        yield from _block(block, _Room.of(profile, landscape=landscape))


class _Room:
    """The room of a page: width and height of what may stand there, in twips."""

    def __init__(self, width_: int, height: int) -> None:
        self.width, self.height = width_, height

    @classmethod
    def of(cls, profile: Profile, *, landscape: bool) -> "_Room":
        if landscape:
            return cls(PAGE_HEIGHT - profile.top - profile.bottom, PAGE_WIDTH - profile.left - profile.right)
        return cls(profile.width, profile.height)


def _block(block: Block, room: _Room) -> Iterator[Piece]:
    match block:
        case Heading():
            yield Line(_HEADINGS[block.level], block.inlines)
        case Paragraph():
            yield Line(Style.HEADING_4 if _is_level_4(block) else Style.BODY, block.inlines)
        case Table():
            yield Grid(block, room.width)
            yield Line(Style.AFTER_TABLE, ())
        case ListOfAttachments():
            yield from _attachments(block.names)
        case Attachment():
            yield Line(Style.ATTACHMENT_LABEL, (Fixed(block.label),))
            yield Line(Style.TITLE, _joined(broken_title(block.title)))
        case Picture():
            yield Image(block, room.width, room.height * _PICTURE_LINES // 22)
            if block.title:
                yield Line(Style.PICTURE_TITLE, (Text(block.title),))
        case Marker():
            yield Line(Style.BODY, (Text(f"[[{block.name}]]"),))


def _is_level_4(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins as one of level 4 does: （1）."""
    return bool(paragraph.inlines) and _LEVEL_4.match(paragraph.inlines[0].text) is not None


def _attachments(names: tuple[str, ...]) -> Iterator[Line]:
    if len(names) == 1:
        yield Line(Style.ATTACHMENT, (Text(f"附件：{names[0]}"),))
        return
    for at, name in enumerate(names, 1):
        style = Style.ATTACHMENT_FIRST if at == 1 else Style.ATTACHMENT_NEXT
        label = "附件：" if at == 1 else ""
        yield Line(style, (Fixed(f"{label}{at}."), Text(name)))
