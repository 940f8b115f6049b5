"""The text of a paper as it is printed, and where its figures stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hearth.engines.gongwen import flow
from hearth.engines.gongwen.filling import require_complete
from hearth.engines.gongwen.flow import Flow, Frame, Span
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.ooxml import FIXED_PREFIX
from hearth.engines.gongwen.paper import Figure, Fixed, Heading, Paper, Paragraph, Table
from hearth.engines.gongwen.pieces import Colophon, Grid, JointMark, LetterHead, Line, Mark, Piece, Printed


@dataclass(frozen=True)
class PrintedText:
    """The text, the figures with their places in reading order, and the fixed words (rules, number, dates).

    `fixed` are the places of `fixed_words`; `frames` are the places of the tables.
    """

    text: str
    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    fixed: tuple[Span, ...]
    fixed_words: tuple[Fixed, ...]
    frames: tuple[Frame, ...]


def plain(paper: Paper) -> str:
    """The text as it is printed, head, signature and 版记 included; a line a paragraph, cells parted by tabs.

    An empty slot of a draft stands there as it is written in the source.
    """
    return printed(paper).text


def count_characters(paper: Paper) -> int:
    """全文共…字: the characters of title and body as printed, without white space.

    Headings, paragraphs and tables count, punctuation and figures included; head, recipients, list of
    attachments, signature and 版记 do not. Raises MissingFigure when a slot is empty.
    """
    require_complete(paper)
    counted = (Heading, Paragraph, Table)
    body = Paper(paper.meta, paper.title, tuple(b for b in paper.blocks if isinstance(b, counted)))
    return sum(not char.isspace() for inline in body.inlines for char in inline.text)


@lru_cache(maxsize=8)
def printed(paper: Paper) -> PrintedText:
    """The text with the places of its figures; ledger and text of a paper share it, so the last are remembered."""
    scroll = _Scroll()
    for piece in compose(paper):
        scroll.add(piece)
    return PrintedText(
        scroll.flow.text,
        tuple(scroll.figures),
        tuple(scroll.spans),
        tuple(scroll.fixed),
        tuple(scroll.fixed_words),
        tuple(scroll.flow.frames),
    )


class _Scroll:
    """Writes pieces into a flow, as the reader of a Word file does."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.figures: list[Figure] = []
        self.spans: list[Span] = []
        self.fixed: list[Span] = []
        self.fixed_words: list[Fixed] = []

    def add(self, piece: Piece) -> None:
        match piece:
            case Line():
                self._line(piece.words, flow.LINE)
            case Mark() | LetterHead():
                self._text(piece.text, flow.LINE)
            case JointMark():
                for name in piece.names:
                    self._text(name, flow.LINE)
                self._text("文件", flow.CELL)
            case Grid():
                self._table(piece.table)
            case Colophon():
                for line in piece.lines:
                    self._line(line.words, flow.LINE)

    def _table(self, table: Table) -> None:
        start = self.flow.end
        self._row(table.header)
        head_end = self.flow.end
        for row in table.rows:
            self._row(row)
        self.flow.frames.append(Frame(start, head_end, self.flow.end))

    def _row(self, row: Sequence[Sequence[Printed]]) -> None:
        for at, cell in enumerate(row):
            self._line(cell, flow.CELL if at else flow.LINE)

    def _text(self, text: str, mark: str) -> None:
        self.flow.part(mark)
        self.flow.write(text)

    def _line(self, words: Sequence[Printed], mark: str) -> None:
        self.flow.part(mark)
        for word in words:
            start = self.flow.here
            self.flow.write(word.text)
            if isinstance(word, Figure):
                self.figures.append(word)
                self.spans.append(Span(start, self.flow.end, word.id))
            elif isinstance(word, Fixed):
                self.fixed.append(Span(start, self.flow.end, fixed_name(len(self.fixed) + 1)))
                self.fixed_words.append(word)


def fixed_name(number: int) -> str:
    """The name of the bookmark of the fixed words with this number, from 1 through the printed paper."""
    return f"{FIXED_PREFIX}{number}"
