"""A table of cells as statements: what is counted, how much, in which unit, when and where.

A list with a header (项目, 数量, 单位, 日期, 地区), two columns without one, and a cross table of rows and columns are
all read alike: every cell with a number becomes one statement, named by the labels of its row and of its column.

>>> understood = read("项目\\t数量\\n科普展板\\t33块\\n")
>>> [(one.name, one.value, one.unit) for one in understood.statements]
[('科普展板', 33, '块')]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearth.lib import columns, delimited, quantities
from hearth.lib.arrivals import Arrival
from hearth.lib.cells import Raw, as_text
from hearth.lib.columns import Heading, Role
from hearth.lib.faults import Fault, Notice
from hearth.lib.grids import Grid, Workbook, is_blank

MOST_ROWS = 2000
"""Rows of a table that are read."""

MOST_COLUMNS = 30
"""Columns of a table that are read."""

MOST_STATEMENTS = 5000
"""Statements of one table when the reader says nothing else."""

PASTED = "表格"
"""How messages call a table that was pasted."""

_LISTED_AT = re.compile(r"\s*[：:]\s*|\s+(?=\S*$)")
_LISTED = re.compile(r"\s*[^：:]*[^\s：:,](?:\s*[：:]\s*|\s+)\S+\s*")


@dataclass(frozen=True)
class Statement:
    """Something a table says: ``value`` is a number, or a day as ``2020-06-12`` (a range as ``a/b``).

    ``date`` and ``scope`` tell when and whose, as written; ``row`` and ``column`` count from 1.
    """

    name: str
    value: int | float | str
    unit: str
    row: int
    column: int
    date: str | None = None
    scope: str | None = None
    synonyms: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its place, which no other statement of the table has."""
        return f"R{self.row}C{self.column}"

    @property
    def shown(self) -> str:
        """The value as people write it: 33块, 2020-05-28至2020-05-29."""
        return self.value.replace("/", "至") if isinstance(self.value, str) else f"{self.value}{self.unit}"


@dataclass(frozen=True)
class Understood:
    """What a table was understood to say, the cells that were not understood, and what the reader decided by itself."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]


def read(pasted: str, most: int = MOST_STATEMENTS) -> Understood:
    """Statements of cells pasted from a spreadsheet or a text table: tab-separated, else separated by | or commas."""
    lines = [(number, cells) for number, cells in enumerate(_split(pasted), 1) if any(map(_is_filled, cells))]
    return _understood(Grid(PASTED, "", lines), most)


def read_file(arrival: Arrival, most: int = MOST_STATEMENTS) -> Understood:
    """Statements of the first visible sheet of an .xlsx file, or of a .csv file. Raises Refused for anything else."""
    if arrival.suffix == ".xlsx":
        workbook = Workbook(arrival)
        shown = [sheet for sheet in workbook.sheets if not sheet.hidden] or list(workbook.sheets)
        found = _understood(workbook.grid(shown[0].name, MOST_ROWS), most)
        others = tuple(
            Notice(file=arrival.name, sheet=sheet.name, said="只读第一张表，这张没有读")
            for sheet in workbook.sheets
            if sheet.name != shown[0].name
        )
        return Understood(found.statements, found.faults, (*others, *found.notices))
    text = delimited.decoded(arrival)
    found = _understood(delimited.grid(arrival, text, columns.KNOWN, MOST_ROWS), most)
    return Understood(found.statements, found.faults, (*text.notices, *found.notices))


def _split(pasted: str) -> Iterator[list[str]]:
    """The cells of each line: of a spreadsheet, of a text table, of a list such as 科普展板：33块."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if "\t" in text:
        yield from delimited.cells(text, "\t")
    elif "|" in text:
        yield from (_text_table_cells(line) for line in lines)
    elif sum(map(bool, map(_LISTED.fullmatch, lines))) * 2 > sum(map(bool, map(str.strip, lines))):
        yield from ([part.strip() for part in _LISTED_AT.split(line, maxsplit=1)] for line in lines)
    else:
        yield from delimited.cells(text, ",")


def _text_table_cells(line: str) -> list[str]:
    """A line of a table drawn with |; the rule below its header has no cells."""
    bare = line.strip()
    if not set(bare) - set("-:|+ "):
        return []
    return [cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|")]


def _is_filled(cell: Raw) -> bool:
    return not is_blank(cell)


def _understood(grid: Grid, most: int) -> Understood:
    refusal = _too_large(grid)
    if refusal:
        return Understood((), (refusal,), ())
    rows = [(number, [as_text(cell) for cell in line]) for number, line in grid.lines]
    heading = columns.heading(rows)
    if not heading.columns:
        return _without_numbers(grid, ())
    statements: list[Statement] = []
    faults: list[Fault] = []
    for number, cells, labels in _body(rows, heading):
        for place in heading.values:
            if (number, place) in grid.spoiled:
                spoiled = grid.spoiled[number, place]
                faults.append(
                    _fault(grid, number, heading, place, spoiled.found, spoiled.wanted, spoiled.cure)
                )
            elif place < len(cells) and not quantities.is_empty(cells[place]):
                _take(grid, heading, number, place, cells, labels, statements, faults)
    if not statements and not faults:
        return _without_numbers(grid, _notices(grid, heading))
    return _limited(grid, statements, faults, _notices(grid, heading), most)


def _without_numbers(grid: Grid, notices: tuple[Notice, ...]) -> Understood:
    cure = "没有找到数字。表里至少要有一列名称和一列数字，如“科普展板”和“33块”"
    return Understood((), (Fault(file=grid.file, sheet=grid.sheet, cure=cure),), notices)


def _take(
    grid: Grid,
    heading: Heading,
    number: int,
    place: int,
    cells: Sequence[str],
    labels: dict[int, str],
    statements: list[Statement],
    faults: list[Fault],
) -> None:
    """Add what one cell says, or why it says nothing."""
    found = quantities.parse(cells[place])
    if isinstance(found, quantities.Unclear):
        faults.append(_fault(grid, number, heading, place, cells[place], found.wanted, found.cure))
        return
    said = heading.said(place, labels)
    if not said.name:
        cure = "这一行没有名称，不知道是什么的数字。请在前面一列填上"
        faults.append(_fault(grid, number, heading, place, cells[place], "", cure))
        return
    statements.append(
        Statement(
            name=said.name,
            value=found.value,
            unit=found.unit_with(said.unit),
            row=number,
            column=place + 1,
            date=said.date,
            scope=said.scope,
            synonyms=said.synonyms,
        )
    )


def _body(
    rows: Sequence[tuple[int, list[str]]], heading: Heading
) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    """Rows below the header with their labels; a label left out, as merged cells are pasted, is the one above."""
    above: dict[int, str] = {}
    for number, cells in rows:
        if number <= heading.last_row:
            continue
        labels = {
            place: cells[place] if place < len(cells) and cells[place] else above.get(place, "")
            for place in heading.labels
        }
        above = {place: labels[place] for place in heading.carried}
        yield number, cells, {place: label for place, label in labels.items() if label}


def _too_large(grid: Grid) -> Fault | None:
    if not grid.lines:
        return Fault(file=grid.file, sheet=grid.sheet, cure="表格是空的。请把表格里的格子复制过来")
    if len(grid.lines) > MOST_ROWS:
        cure = f"有 {len(grid.lines)} 行，最多读 {MOST_ROWS} 行。请只留文中用到的"
        return Fault(file=grid.file, sheet=grid.sheet, cure=cure)
    wide = next((number for number, line in grid.lines if len(line) > MOST_COLUMNS), None)
    if wide is not None:
        cure = f"超过 {MOST_COLUMNS} 列。请只留文中用到的列"
        return Fault(file=grid.file, sheet=grid.sheet, row=wide, cure=cure)
    return None


def _limited(
    grid: Grid, statements: list[Statement], faults: list[Fault], notices: tuple[Notice, ...], most: int
) -> Understood:
    if len(statements) <= most:
        return Understood(tuple(statements), tuple(faults), notices)
    first = statements[most]
    cure = f"一共 {len(statements)} 个数字，只读前 {most} 个。请只留文中用到的"
    over = Fault(file=grid.file, sheet=grid.sheet, row=first.row, cure=cure)
    return Understood(tuple(statements[:most]), (over, *faults), notices)


def _notices(grid: Grid, heading: Heading) -> tuple[Notice, ...]:
    return tuple(
        Notice(file=grid.file, sheet=grid.sheet, said=f"“{column.header}”这一列不是数字，没有用")
        for column in heading.columns
        if column.role is Role.UNUSED and columns.is_unknown(column.header)
    )


def _fault(grid: Grid, row: int, heading: Heading, place: int, found: str, wanted: str, cure: str) -> Fault:
    return Fault(
        file=grid.file,
        sheet=grid.sheet,
        row=row,
        column=heading.name_of(place),
        found=found,
        wanted=wanted,
        cure=cure,
    )
