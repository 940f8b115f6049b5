"""Counts the pages of a paper from its pieces, without rendering: which piece begins and ends on which page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hearth.engines.gongwen.breaking import Habits, Measure, count_lines, line_ends
from hearth.engines.gongwen.colophons import colophon_height
from hearth.engines.gongwen.heads import mark_line
from hearth.engines.gongwen.paper import Inlines
from hearth.engines.gongwen.pictures import PictureFile, fitted_size
from hearth.engines.gongwen.pieces import (
    PAGE_BREAK,
    Colophon,
    Grid,
    Image,
    JointMark,
    LetterHead,
    Line,
    Mark,
    Piece,
    SectionEnd,
    line_text,
)
from hearth.engines.gongwen.profile import PAGE_WIDTH, TYPE_BOTTOM, Profile
from hearth.engines.gongwen.styles import CELL_LINE, Style, formats
from hearth.engines.gongwen.tables import CELL_MARGIN, column_widths

_ROW_RULE = 10
"""Twips that the rule of a row adds to its height (measured)."""

_TABLE_EDGE = 20
"""Twips that the table of a joint mark is higher than its lines (measured: between 10 and 30)."""

_CELL_SIZE = 240


@dataclass(frozen=True)
class Block:
    """What stands on a page as one: `lines` of `height`, blank above and below, all in twips.

    keep: stays on the page of the next block's first line; whole: is not parted; new_page: begins a page;
    repeated: height of the header row that comes again where it begins a page; piece: which one it is of.
    """

    piece: int
    lines: int
    height: int
    before: int = 0
    after: int = 0
    keep: bool = False
    whole: bool = False
    new_page: bool = False
    repeated: int = 0

    @property
    def first(self) -> int:
        """Twips that must be free for it to begin on a page."""
        return self.before + self.height * (self.lines if self.whole else 1)

    @property
    def total(self) -> int:
        """Twips of the whole."""
        return self.before + self.height * self.lines + self.after


@dataclass(frozen=True)
class Placed:
    """Where a piece stands: the page of each of its lines, from 1."""

    pages: tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """A paper on its pages. `filled`: twips used on the last; `colophon`: whether its 版记 fits there."""

    placed: Mapping[int, Placed]
    pages: int
    filled: int
    colophon: bool

    def lines_on(self, page: int, pieces: Iterable[int]) -> int:
        """Lines of some pieces on a page."""
        return sum(self.placed[at].pages.count(page) for at in pieces if at in self.placed)


class Counter:
    """Counts lines and pages of pieces on the paper of a profile."""

    def __init__(self, profile: Profile, habits: Habits, pictures: Mapping[str, PictureFile]) -> None:
        self._profile, self._habits, self._pictures = profile, habits, pictures
        self._formats = formats(profile)

    def lines(self, line: Line, spacing: int | None = None) -> int:
        """Lines that a paragraph takes, with another spacing of characters where one is given."""
        return count_lines(line_text(line), self._measure(line, spacing), self._habits)

    def ends(self, line: Line) -> list[int]:
        """Where the lines of a paragraph end, in characters from its begin."""
        return line_ends(line_text(line), self._measure(line), self._habits)

    def _measure(self, line: Line, spacing: int | None = None) -> Measure:
        fmt = self._formats[line.style]
        chosen = spacing if spacing is not None else line.spacing
        rest = self._profile.width - fmt.left - (line.right or fmt.right)
        return Measure(rest - fmt.first, rest, fmt.size * 10, fmt.spacing if chosen is None else chosen)

    def layout(self, pieces: Sequence[Piece]) -> Layout:
        """The pieces on their pages."""
        pages = _Pages(self._profile.height)
        foot = 0
        blocks: list[Block] = []
        for at, piece in enumerate(pieces):
            if isinstance(piece, SectionEnd):
                room = self._room(landscape=piece.section.landscape)
                pages.section(blocks, room)
                blocks = []
            elif isinstance(piece, Colophon):
                foot = colophon_height(piece)
            else:
                blocks += self._blocks(at, piece)
        bottom = TYPE_BOTTOM - self._profile.top + self._profile.colophon - foot
        return Layout(
            {at: Placed(tuple(found)) for at, found in pages.placed.items()},
            pages.page,
            pages.filled,
            not foot or pages.filled <= bottom,
        )

    def _room(self, *, landscape: bool) -> int:
        profile = self._profile
        room = PAGE_WIDTH - profile.left - profile.right if landscape else profile.height
        return room // profile.line * profile.line if self._habits.gridded else room

    def _blocks(self, at: int, piece: Piece) -> list[Block]:
        match piece:
            case Line():
                return list(self._line(at, piece))
            case Mark():
                return [Block(at, 1, mark_line(piece.size), before=piece.before)]
            case JointMark():
                return [Block(at, 1, mark_line(piece.size) * len(piece.names) + _TABLE_EDGE)]
            case LetterHead():
                return [Block(at, 1, 2, after=piece.after)]
            case Grid():
                return self._rows(at, piece)
            case Image():
                file = self._pictures[piece.picture.name]
                _, height = fitted_size(file, piece.width, piece.height)
                return [Block(at, 1, height, keep=bool(piece.picture.title), whole=True)]
            case Colophon() | SectionEnd():
                return []

    def _line(self, at: int, line: Line) -> Iterator[Block]:
        """A paragraph, in two where a page break parts it."""
        fmt = self._formats[line.style]
        measure = self._measure(line)
        parts = line_text(line).split(PAGE_BREAK)
        for number, text in enumerate(parts):
            begins, ends = number == 0, number == len(parts) - 1
            after = (fmt.after if line.after is None else line.after) + (fmt.rule.height if fmt.rule else 0)
            yield Block(
                at,
                count_lines(text, measure if begins else replace(measure, first=measure.rest), self._habits),
                line.height or fmt.line,
                before=(fmt.before if line.before is None else line.before) if begins else 0,
                after=after if ends else 0,
                keep=(fmt.keep_next or line.keep) and ends,
                whole=fmt.keep_next,
                new_page=fmt.new_page if begins else True,
            )

    def _rows(self, at: int, grid: Grid) -> list[Block]:
        table = grid.table
        widths = column_widths(table, grid.width)
        header = self._row(at, table.header, widths, 0)
        rows = [self._row(at, row, widths, header.height) for row in table.rows]
        return [Block(at, 1, header.height, keep=bool(rows), whole=True), *rows]

    def _row(self, at: int, row: Sequence[Inlines], widths: Sequence[int], repeated: int) -> Block:
        lines = max(self._cell_lines(cell, width) for cell, width in zip(row, widths, strict=True))
        return Block(at, 1, lines * CELL_LINE + _ROW_RULE, whole=True, repeated=repeated)

    def _cell_lines(self, cell: Inlines, width: int) -> int:
        room = width - 2 * CELL_MARGIN
        text = "".join(part.text for part in cell)
        return count_lines(text, Measure(room, room, _CELL_SIZE, 0), self._habits) if text else 1


class _Pages:
    """Puts blocks on pages one after the other."""

    def __init__(self, room: int) -> None:
        self._room = room
        self.page = 0
        self.filled = 0
        self.placed: dict[int, list[int]] = {}

    def section(self, blocks: Sequence[Block], room: int) -> None:
        """A section begins a page; its blocks follow."""
        self._room = room
        self._turn()
        for at, block in enumerate(blocks):
            if self.filled and (block.new_page or self._lonely(blocks, at)):
                self._turn()
            self._put(block)

    def _turn(self) -> None:
        self.page += 1
        self.filled = 0

    def _lonely(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a block that keeps to the next, and so on, has no room together with the begin of the last."""
        if not blocks[at].keep or (at and blocks[at - 1].keep):
            return False
        needed, end = 0, at
        while end < len(blocks) - 1 and blocks[end].keep:
            needed += blocks[end].total
            end += 1
        needed += blocks[end].first
        return self.filled + needed > self._room >= needed

    def _put(self, block: Block) -> None:
        lines = self.placed.setdefault(block.piece, [])
        if self.filled and self.filled + block.first > self._room:
            self._turn()
            self.filled += block.repeated
        self.filled += block.before
        for at in range(block.lines):
            if at and not block.whole and self.filled + block.height > self._room:
                self._turn()
            self.filled += block.height
            lines.append(self.page)
        self.filled += block.after


TEXT_STYLES = frozenset((Style.BODY, Style.HEADING_4))
"""Paragraphs whose characters may be spaced a little to fit the page."""

CLOSING_STYLES = frozenset((Style.SIGNATURE_FIRST, Style.SIGNATURE, Style.DATE, Style.SEALED, Style.NOTE))
"""What must not stand alone on a page."""
