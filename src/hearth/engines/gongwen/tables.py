"""Writes tables: those of the text, the two columns of a joint mark, the ruled lines of a 版记."""

from collections.abc import Callable, Sequence

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.paper import Align, Inlines, Table
from hearth.engines.gongwen.styles import Style

CELL_MARGIN = 80
"""Twips between the words of a cell and its left and right edge."""

_THICK, _THIN = 8, 6
"""Lines of the 版记 in 1/8 pt: 0.35 and 0.25 mm (7.4.1)."""

_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Tables:
    """Writes a table; `words` writes the content of a cell."""

    def __init__(self, words: Callable[[Inlines], str], width_: int) -> None:
        self._words, self._width = words, width_

    def write(self, table: Table) -> str:
        """The table: its header row is repeated on each page, no row is broken."""
        widths = column_widths(table, self._width)
        header = self._row(table.header, widths, Style.CELL_HEAD, (Align.CENTER,) * len(widths), "<w:tblHeader/>")
        rows = [self._row(row, widths, Style.CELL, table.aligns, "") for row in table.rows]
        properties = (
            f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>{_margins(CELL_MARGIN)}</w:tblPr>'
        )
        return f"<w:tbl>{properties}{_grid(*widths)}{header}{''.join(rows)}</w:tbl>"

    def _row(
        self, row: Sequence[Inlines], widths: Sequence[int], style: Style, aligns: Sequence[Align], more: str
    ) -> str:
        cells = (self._cell(*cell, style) for cell in zip(row, widths, aligns, strict=True))
        return f'<w:tr><w:trPr><w:cantSplit/>{more}<w:jc w:val="center"/></w:trPr>{"".join(cells)}</w:tr>'

    def _cell(self, words: Inlines, width_: int, align: Align, style: Style) -> str:
        jc = "" if align is Align.CENTER else f'<w:jc w:val="{align}"/>'
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>{self._words(words)}</w:p>'
        return _cell(width_, paragraph)


def column_widths(table: Table, total: int) -> list[int]:
    """Twips of each column: by its longest content, at least 4 字, together `total`."""
    longest = [4.0] * len(table.header)
    for row in (table.header, *table.rows):
        for at, cell in enumerate(row):
            longest[at] = max(longest[at], width("".join(part.text for part in cell)))
    # A square root keeps a column of sentences from starving the columns of names.
    shares = [chars**0.5 for chars in longest]
    widths = [int(total * share / sum(shares)) for share in shares]
    widths[-1] += total - sum(widths)
    return widths


def two_columns(left: int, names: str, right: int, suffix: str) -> str:
    """The names of a joint mark, and 文件 in the middle of their right side."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{_margins(0)}</w:tblPr>{_grid(left, right)}'
        f"<w:tr>{_cell(left, names)}{_cell(right, suffix)}</w:tr></w:tbl>"
    )


def ruled(rows: Sequence[str], total: int, *, lines: bool) -> str:
    """The lines of the 版记: thick rules above and below, thin ones between (7.4.1)."""
    edges = (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN)) if lines else ()
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for edge, size in edges
    )
    made = "".join(f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{total}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>' for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/>'
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + f'<w:tblLayout w:type="fixed"/>{_margins(0)}</w:tblPr>{_grid(total)}{made}</w:tbl>'
    )


def _cell(width_: int, content: str) -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width_}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{properties}{content}</w:tc>"


def _grid(*widths: int) -> str:
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _margins(sides: int) -> str:
    return (
        f'<w:tblCellMar><w:left w:w="{sides}" w:type="dxa"/><w:right w:w="{sides}" w:type="dxa"/></w:tblCellMar>'
    )
