"""Writes .xlsx files that are safe to open: text stays text and never becomes a formula.

Rows are streamed through a temporary file, so memory does not grow with their number. The same sheets give
the same bytes: no moment and no machine is written into the file.
"""

import io
import itertools
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from hearth.lib.tables import Column, Kind, Value

Stored = str | int | Decimal | date | time | None
"""What is put into a cell."""

LONGEST_TEXT = 32_767
"""Characters a cell can hold; what is longer is cut and says so."""

MOST_ROWS = 1_048_575
"""Rows a sheet can hold under its header."""

_CUT = "…（后略）"
_FIXED_MOMENT = datetime.combine(date(2000, 1, 1), time())
_FIXED_STAMP = (2000, 1, 1, 0, 0, 0)
_FIRST_SAFE_DATE = date(1900, 3, 1)  # spreadsheets believe in 1900-02-29 and count wrong before it
_EXACT_DIGITS = 15
_LONGEST_TITLE = 31
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SAMPLED_ROWS = 200
_WIDTHS = (8, 60)
_FORMATS = {
    Kind.INTEGER: "0",
    Kind.DECIMAL: "General",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.DATETIME: "yyyy-mm-dd hh:mm:ss",
}
_TEXT_FORMAT = "@"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet to write: every row has a value, or None, for each column in order.

    The column's kind decides how values are shown. ValueError when the title is none a spreadsheet accepts.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]

    def __post_init__(self) -> None:
        if not 0 < len(self.title) <= _LONGEST_TITLE or _BAD_TITLE.search(self.title):
            raise ValueError(f"{self.title!r} is no title of a sheet")
        if not self.columns:
            raise ValueError(f"{self.title}: a sheet has at least one column")


def write(sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file with these sheets.

    ValueError when there is no sheet, titles repeat, a row is not as long as the columns, there are more than
    MOST_ROWS, or a moment carries a time zone (which a spreadsheet cannot hold: convert it first).
    """
    target = io.BytesIO()
    write_to(target, sheets)
    return target.getvalue()


def write_to(target: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write the .xlsx file with these sheets into a seekable binary file. Errors as of `write`."""
    titles = {sheet.title.casefold() for sheet in sheets}
    if not sheets or len(titles) != len(sheets):
        raise ValueError("a workbook has at least one sheet, and no two of the same title")
    workbook = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _Page(workbook.create_sheet(sheet.title), sheet).fill()
    except BaseException:
        _discard(workbook)
        raise
    workbook.properties.creator = "Hearth"
    workbook.properties.created = workbook.properties.modified = _FIXED_MOMENT
    with _TimelessZip(target, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()


class _Page:
    """Fills one worksheet. One cell object a column is written again and again, which halves the time."""

    def __init__(self, worksheet: Any, sheet: Sheet) -> None:
        self._worksheet = worksheet
        self._sheet = sheet
        self._cells = [self._cell(_FORMATS.get(c.kind, _TEXT_FORMAT)) for c in sheet.columns]
        self._text = self._cell(_TEXT_FORMAT)
        self._quoted = self._cell(_TEXT_FORMAT)
        self._quoted.quotePrefix = True

    def fill(self) -> None:
        """Write widths, header and rows, in the order a stream needs."""
        rows = iter(self._sheet.rows)
        sample = list(itertools.islice(rows, _SAMPLED_ROWS))
        self._set_widths(sample)
        self._worksheet.freeze_panes = "A2"
        self._worksheet.append(list(self._header()))
        count = 0
        for count, row in enumerate(itertools.chain(sample, rows), 1):
            self._append(count, row)
        last = get_column_letter(len(self._sheet.columns))
        self._worksheet.auto_filter.ref = f"A1:{last}{count + 1}"
        self._worksheet.close()

    def _append(self, count: int, row: Sequence[Value]) -> None:
        if len(row) != len(self._cells):
            raise ValueError(
                f"{self._sheet.title}: row {count} has {len(row)} values, not {len(self._cells)}"
            )
        if count > MOST_ROWS:
            raise ValueError(f"{self._sheet.title}: a sheet holds at most {MOST_ROWS} rows")
        self._worksheet.append(self._filled([_stored(value) for value in row]))

    def _filled(self, row: Sequence[Stored]) -> Iterator[Cell | None]:
        """Cells for one row; each is written before the next is asked for."""
        for stored, cell in zip(row, self._cells, strict=True):
            if isinstance(stored, str):
                yield _hold_text(self._quoted if stored.startswith(_FORMULA_STARTS) else self._text, stored)
            elif stored is None:
                yield None
            else:
                cell.value = stored
                yield cell

    def _cell(self, number_format: str) -> Cell:
        cell: Cell = WriteOnlyCell(self._worksheet)
        cell.number_format = number_format
        cell.alignment = Alignment(vertical="top", wrap_text=number_format == _TEXT_FORMAT)
        return cell

    def _header(self) -> Iterator[Cell]:
        for column in self._sheet.columns:
            cell = _hold_text(WriteOnlyCell(self._worksheet), _clean(_heading(column)))
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E9EDF2")
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            yield cell

    def _set_widths(self, sample: Sequence[Sequence[Value]]) -> None:
        for index, column in enumerate(self._sheet.columns):
            shown = [_heading(column), *(_shown(row[index]) for row in sample if index < len(row))]
            width = max(_width(text) for text in shown) + 2
            letter = get_column_letter(index + 1)
            self._worksheet.column_dimensions[letter].width = min(max(width, _WIDTHS[0]), _WIDTHS[1])


def _discard(workbook: Any) -> None:
    """Remove the temporary files of sheets that will not be finished."""
    for worksheet in workbook.worksheets:
        if not worksheet.closed:
            worksheet.close()
        worksheet._writer.cleanup()


def _hold_text(cell: Cell, text: str) -> Cell:
    """Put text into a cell as text: the library would take what begins with = for a formula."""
    cell.value = text
    cell.data_type = "s"
    return cell


def _heading(column: Column) -> str:
    return f"{column.name}*" if column.required else column.name


def _stored(value: Value) -> Stored:
    """What is put into the cell; text for whatever a spreadsheet could not hold exactly."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int | Decimal):
        return value if _is_exact(value) else str(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError(f"{value.isoformat()} carries a time zone, which a spreadsheet cannot hold")
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return value if day >= _FIRST_SAFE_DATE else value.isoformat()
    return value


def _is_exact(number: int | Decimal) -> bool:
    decimal = Decimal(number)
    return decimal.is_finite() and len(decimal.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _clean(text: str) -> str:
    """Text an XML file can hold, unchanged when it is read again."""
    kept = _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > LONGEST_TEXT:
        kept = kept[: LONGEST_TEXT - len(_CUT)] + _CUT
    return _LOOKS_ESCAPED.sub("_x005F_", kept)


def _shown(value: Value) -> str:
    return "" if value is None else max(str(value).split("\n"), key=len)


def _width(text: str) -> int:
    """Width in Latin characters: ideographs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[: _WIDTHS[1]])


class _TimelessZip(zipfile.ZipFile):
    """A zip file whose members carry a fixed moment instead of the clock's."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Store `data` under a name."""
        super().writestr(_entry(str(zinfo_or_arcname)), data)

    def write(self, filename: str | PathLike[str], arcname: Any = None, *_: Any, **__: Any) -> None:
        """Store a file under a name."""
        with Path(filename).open("rb") as source, self.open(_entry(str(arcname)), "w") as stored:
            shutil.copyfileobj(source, stored)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
