"""Streams the XML of a worksheet and notes what must be known before its values are read.

Both scans are targets of an XML parser (start, end, data, close); they keep counts and places, never the text.
"""

import re
from typing import NoReturn

from hearth.lib.cells import Mismatch
from hearth.lib.faults import Fault, Refused

MOST_COLUMNS = 256
"""Columns of a sheet that are read."""

TOO_LARGE = "格子或文字太多。请删去多余的行、列和格式，或分成几张表再传"
"""The cure for a sheet that would take too long or too much memory."""

Place = tuple[int, int]
"""Row number from 1, as shown, and column index from 0."""

_MOST_CHARACTERS = 64 * 1024 * 1024
_MOST_CELLS = 2_000_000
_MOST_SPOILED = 1000
_MOST_MERGED = 1000
_LONGEST_NOTE = 60
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COUNT = re.compile(r"[0-9]{1,7}")
_PASTE_VALUES = "请复制这一格，选择性粘贴为“数值”再传"
_PASTE_ALL = "请全选、复制，选择性粘贴为“数值”再传"


class IrregularError(Exception):
    """The sheet is not written as the standard asks, so two readers could see different cells in it."""


class StringScan:
    """Lengths in characters of a workbook's shared strings, in their order."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._is_possible(attributes):
            raise IrregularError
        if tag.rpartition("}")[2] == "si":
            self.lengths.append(0)

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between tags."""
        if self.lengths:
            self.lengths[-1] += len(text)

    def close(self) -> None:
        """The document ends."""

    def _is_possible(self, attributes: dict[str, str]) -> bool:
        """Whether the announced number of strings can be true: calamine reserves memory for it, and aborts."""
        announced = (attributes.get("count", "0"), attributes.get("uniqueCount", "0"))
        return all(_COUNT.fullmatch(number) for number in announced)


class SheetScan:
    """Formulas, errors and merged cells of a sheet.

    Raises Refused as soon as the sheet is too large, IrregularError when a cell does not say where it stands
    or stands out of order.
    """

    def __init__(self, file: str, sheet: str, most_rows: int, lengths: list[int]) -> None:
        self.spoiled: dict[Place, Mismatch] = {}
        self.merged: list[tuple[Place, Place]] = []
        self._file = file
        self._sheet = sheet
        self._last_row = most_rows + 1
        self._lengths = lengths
        self._characters = 0
        self._widest = 0
        self._in_cells = False
        self._place: Place | None = None
        self._previous: Place = (0, 0)
        self._type = ""
        self._note: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if name == "sheetData":
            self._in_cells = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self._in_cells:
            self._start_in_cells(name, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition("}")[2]
        if name == "sheetData":
            self._in_cells = False
        elif name == "c":
            self._place = None
        elif self._note is not None and name in {"f", "v"}:
            self._settle(name, self._note)
            self._note = None

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._note is not None and len(self._note) < _LONGEST_NOTE:
            self._note += text[:_LONGEST_NOTE]

    def close(self) -> None:
        """The document ends."""

    def _start_in_cells(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place = _place(attributes.get("r", ""))
            self._type = attributes.get("t", "n")
        elif name in {"v", "f", "is"} and self._place is not None:
            self._occupy(self._place)
            if name == "f" or self._type in {"e", "s"}:
                self._note = ""

    def _occupy(self, place: Place) -> None:
        row, column = place
        if place < self._previous:
            raise IrregularError
        self._previous = place
        if row > self._last_row:
            self._refuse(
                row=row, cure=f"一张表最多读 {self._last_row - 1} 行。请删去多余的行，或分成几个文件再传"
            )
        if column >= MOST_COLUMNS:
            self._refuse(row=row, cure=f"{column_letters(column)} 列还有内容。请删去表格以外的内容再传")
        self._widest = max(self._widest, column + 1)
        if row * self._widest > _MOST_CELLS:
            self._refuse(cure=TOO_LARGE)

    def _settle(self, name: str, note: str) -> None:
        assert self._place is not None
        if name == "f":
            self._spoil(self._place, Mismatch(f"={note}", "填好的值，不是公式", _PASTE_VALUES))
        elif self._type == "e":
            self._spoil(self._place, Mismatch(note, "填好的值", "这一格算错了，请改成实际的值"))
        else:
            self._characters += self._length(note)
            if self._characters > _MOST_CHARACTERS:
                self._refuse(cure=TOO_LARGE)

    def _spoil(self, place: Place, mismatch: Mismatch) -> None:
        self.spoiled.setdefault(place, mismatch)
        if len(self.spoiled) > _MOST_SPOILED:
            self._refuse(row=place[0], cure=f"有 {_MOST_SPOILED} 格以上是公式。{_PASTE_ALL}")

    def _length(self, index: str) -> int:
        try:
            return self._lengths[int(index)]
        except (ValueError, IndexError):
            raise IrregularError from None

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.merged.append((_place(first), _place(last or first)))
        if len(self.merged) > _MOST_MERGED:
            self._refuse(cure=f"有 {_MOST_MERGED} 处以上合并的单元格。请全部取消合并再传")

    def _refuse(self, *, cure: str, row: int | None = None) -> NoReturn:
        raise Refused([Fault(file=self._file, sheet=self._sheet, row=row, cure=cure)])


def column_letters(index: int) -> str:
    """The letters a spreadsheet shows above a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _place(reference: str) -> Place:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise IrregularError
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), index - 1
