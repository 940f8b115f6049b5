"""Reads declared tables out of files from outside: .xlsx and .csv in, typed rows out, or every fault at once.

>>> from hearth.lib.arrivals import Arrival
>>> from hearth.lib.tables import Column, Kind, Table
>>> table = Table(name="名单", columns=(Column(name="人数", kind=Kind.INTEGER, required=True),))
>>> [row["人数"] for row in read_csv(Arrival("名单.csv", "人数\\n１２\\n".encode()), table).of(table)]
[12]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hearth.lib import delimited
from hearth.lib.arrivals import Arrival
from hearth.lib.cells import Mismatch, Raw, as_text, header_key, narrow, nearest, parse
from hearth.lib.faults import Fault, Findings, Notice, shown
from hearth.lib.grids import Grid, Workbook, is_blank
from hearth.lib.scans import column_letters
from hearth.lib.tables import Column, Row, Table, Value

Heading = Mapping[int, Column]
"""Which column stands at which index of a grid."""


@dataclass(frozen=True)
class Reading:
    """What was read: the rows of every table, and what the reader decided by itself."""

    rows: Mapping[str, tuple[Row, ...]]
    notices: tuple[Notice, ...]

    def of(self, table: Table) -> tuple[Row, ...]:
        """The rows of one of the tables that were asked for, in their order."""
        return self.rows[table.name]


def read_xlsx(source: Path | Arrival, tables: Sequence[Table]) -> Reading:
    """Read the sheets called like `tables`. Raises Refused with every fault of all of them.

    A sheet that no table asks for gives a notice. When one table is asked for and the file has one sheet,
    that sheet is read whatever it is called, with a notice.
    """
    workbook = Workbook(_arrival(source))
    names = _sheet_names(workbook, tables)
    findings = Findings()
    rows: dict[str, tuple[Row, ...]] = {}
    for table in tables:
        with findings.gathered():
            rows[table.name] = _read_sheet(workbook, names.get(table.name), table)
    findings.settle()
    return Reading(MappingProxyType(rows), tuple(_notices(workbook, names)))


def read_csv(source: Path | Arrival, table: Table) -> Reading:
    """Read one table from a delimited text in UTF-8, UTF-16 or GBK. Raises Refused with every fault."""
    arrival = _arrival(source)
    text = delimited.decoded(arrival)
    headers = frozenset(header_key(header) for column in table.columns for header in column.headers)
    rows = _read_grid(delimited.grid(arrival, text, headers, table.most_rows), table)
    return Reading(MappingProxyType({table.name: rows}), text.notices)


def _arrival(source: Path | Arrival) -> Arrival:
    return source if isinstance(source, Arrival) else Arrival.at(source)


def _sheet_names(workbook: Workbook, tables: Sequence[Table]) -> dict[str, str]:
    """The sheet of each table that has one, by the table's name."""
    found = {narrow(sheet.name): sheet.name for sheet in workbook.sheets}
    names = {table.name: found[narrow(table.name)] for table in tables if narrow(table.name) in found}
    if not names and len(tables) == len(workbook.sheets) == 1:
        names[tables[0].name] = workbook.sheets[0].name
    return names


def _notices(workbook: Workbook, names: Mapping[str, str]) -> Iterator[Notice]:
    file = workbook.arrival.name
    for table, sheet in names.items():
        if narrow(table) != narrow(sheet):
            yield Notice(file=file, sheet=sheet, said=f"只有这一张表，当作“{table}”读取")
    for part in workbook.sheets:
        if part.name not in names.values():
            yield Notice(file=file, sheet=part.name, said="不在要读的表里，没有读")
        elif part.hidden:
            yield Notice(file=file, sheet=part.name, said="这张表是隐藏的，也读了")


def _read_sheet(workbook: Workbook, name: str | None, table: Table) -> tuple[Row, ...]:
    if name is not None:
        return _read_grid(workbook.grid(name, table.most_rows), table)
    if table.required:
        known = tuple(sheet.name for sheet in workbook.sheets)
        near = nearest(table.name, known)
        hint = f"是不是“{near}”？请把表名改成“{table.name}”" if near else f"现有的表：{'、'.join(known)}"
        workbook.arrival.refuse(cure=f"没有“{table.name}”这张表。{hint}")
    return ()


def _read_grid(grid: Grid, table: Table) -> tuple[Row, ...]:
    findings = Findings()
    heading = _heading(grid, table, findings)
    findings.settle()
    findings.add(*_merged_cells(grid, heading))
    rows = [_row(grid, table, heading, number, line, findings) for number, line in grid.lines[1:]]
    for group in table.groups:
        findings.add(*_repeats(grid, group, rows))
    findings.settle()
    return tuple(rows)


def _heading(grid: Grid, table: Table, findings: Findings) -> Heading:
    if not grid.lines:
        findings.add(_at(grid, cure=f"这张表是空的，第 1 行应为列名：{_listed(table)}"))
        return {}
    number, line = grid.lines[0]
    if _is_merged(grid, number):
        cure = f"表头有合并的单元格。请取消合并，删去标题行，让第 1 行就是列名：{_listed(table)}"
        findings.add(_at(grid, row=number, cure=cure))
        return {}
    heading = _matched(line, table)
    if not heading:
        findings.add(_at(grid, row=number, cure=f"这一行不是表头。第 1 行应为列名：{_listed(table)}"))
        return {}
    findings.add(*_heading_faults(grid, table, heading))
    return heading


def _matched(line: Sequence[Raw], table: Table) -> dict[int, Column]:
    known = {header_key(header): column for column in table.columns for header in column.headers}
    keys = [header_key(as_text(cell)) for cell in line]
    return {index: known[key] for index, key in enumerate(keys) if key in known}


def _heading_faults(grid: Grid, table: Table, heading: Heading) -> Iterator[Fault]:
    number, line = grid.lines[0]
    missing = [column for column in table.columns if column not in heading.values()]
    guessed: set[str] = set()
    for index, cell in enumerate(line):
        if index in heading:
            continue
        if not is_blank(cell):
            near = _nearest_header(as_text(cell), missing)
            guessed.add(near)
            hint = f"是不是“{near}”" if near else f"认得的列：{_listed(table)}。不要的列请删去"
            yield _at(grid, row=number, column=as_text(cell), cure=f"不认得这一列，{hint}")
        elif row := _first_filled(grid, index):
            cure = f"{column_letters(index)} 列没有列名，却有内容。请补上列名，或删去这一列"
            yield _at(grid, row=row, cure=cure)
    for column in missing:
        if column.required and column.name not in guessed:
            yield _at(grid, row=number, column=column.name, cure="缺少这一列，请在表头补上")
    yield from _repeated_headers(grid, heading)


def _nearest_header(found: str, missing: Sequence[Column]) -> str:
    near = nearest(header_key(found), tuple(header for column in missing for header in column.headers))
    return next((column.name for column in missing if near in column.headers), "")


def _first_filled(grid: Grid, index: int) -> int | None:
    return next(
        (number for number, line in grid.lines if len(line) > index and not is_blank(line[index])), None
    )


def _repeated_headers(grid: Grid, heading: Heading) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, column in heading.items():
        before = first.setdefault(column.name, index)
        if before != index:
            where = f"{column_letters(before)} 列和 {column_letters(index)} 列"
            cure = f"这一列有两次：{where}。请只留一列"
            yield _at(grid, row=grid.lines[0][0], column=column.name, cure=cure)


def _row(
    grid: Grid, table: Table, heading: Heading, number: int, line: Sequence[Raw], findings: Findings
) -> Row:
    values: dict[str, Value] = {column.name: column.default for column in table.columns}
    for index, column in heading.items():
        raw = line[index] if index < len(line) else ""
        value = grid.spoiled.get((number, index)) or parse(column, raw)
        if isinstance(value, Mismatch):
            findings.add(_mismatched(grid, number, column, value))
        else:
            values[column.name] = value
    findings.add(*_beyond(grid, number, line))
    return Row(file=grid.file, sheet=grid.sheet, number=number, values=MappingProxyType(values))


def _beyond(grid: Grid, number: int, line: Sequence[Raw]) -> Iterator[Fault]:
    """Cells right of the header: a comma too many in a text file moves all that follows."""
    width = len(grid.lines[0][1])
    if any(not is_blank(cell) for cell in line[width:]):
        yield _at(grid, row=number, cure=f"比表头多出几格：表头 {width} 列，这一行 {len(line)} 列")


def _mismatched(grid: Grid, number: int, column: Column, mismatch: Mismatch) -> Fault:
    return Fault(
        file=grid.file,
        sheet=grid.sheet,
        row=number,
        column=column.name,
        found=shown(mismatch.found),
        wanted=mismatch.wanted,
        cure=mismatch.cure,
    )


def _repeats(grid: Grid, group: tuple[str, ...], rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[tuple[Value, ...], int] = {}
    for row in rows:
        values = tuple(row[name] for name in group)
        if any(value is None for value in values):
            continue
        before = first.setdefault(values, row.number)
        if before != row.number:
            yield Fault(
                file=grid.file,
                sheet=grid.sheet,
                row=row.number,
                column="、".join(group),
                found=shown("、".join(str(value) for value in values)),
                wanted="不重复的内容",
                cure=f"第 {before} 行已经有了，请改正或删去一行",
            )


def _merged_cells(grid: Grid, heading: Heading) -> Iterator[Fault]:
    """Merged cells under the header: all but the first would be read as empty."""
    last = grid.lines[-1][0]
    for (top, left), (bottom, right) in grid.merged:
        columns = [heading[index].name for index in sorted(heading) if left <= index <= right]
        if columns and top <= last:
            cure = f"第 {top} 到 {bottom} 行的这一格是合并的。请取消合并，每一格都填上"
            yield _at(grid, row=top, column="、".join(columns), cure=cure)


def _is_merged(grid: Grid, row: int) -> bool:
    return any(first[0] <= row <= last[0] for first, last in grid.merged)


def _listed(table: Table) -> str:
    return "、".join(column.name for column in table.columns)


def _at(grid: Grid, *, row: int | None = None, column: str = "", cure: str) -> Fault:
    return Fault(file=grid.file, sheet=grid.sheet, row=row, column=shown(column), cure=cure)
