"""A sheet of an .xlsx file as rows of raw cells, with what a reader of values alone would not see.

python-calamine reads fast but shows a formula as its last result and an error such as #N/A as an empty cell,
allocates the whole rectangle between the outermost cells, and copies a shared string into every cell that
uses it. So each sheet's XML is streamed once beforehand: formulas, errors and merged cells are noted, and a
sheet whose rectangle or text would be too large is refused before calamine sees it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring
from python_calamine import CalamineError, CalamineWorkbook

from hearth.lib import archives
from hearth.lib.arrivals import Arrival
from hearth.lib.cells import Mismatch, Raw, plain
from hearth.lib.scans import TOO_LARGE, IrregularError, Place, SheetScan, StringScan

_MOST_ELEMENTS = 1_200_000
_MOST_PART_BYTES = 1024 * 1024
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedstrings.xml"
_RESAVE = "文件损坏或不合规范。请用 Office 或 WPS 打开，另存为 .xlsx 再传"


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows that hold anything as (row number from 1, cells), and cells with no usable value.

    `sheet` is empty for a file that has no sheets. `merged` lists the first and last place of merged cells.
    """

    file: str
    sheet: str
    lines: Sequence[tuple[int, Sequence[Raw]]]
    spoiled: Mapping[Place, Mismatch] = field(default_factory=dict)
    merged: Sequence[tuple[Place, Place]] = ()


@dataclass(frozen=True)
class SheetPart:
    """A sheet of a workbook: its name, the archive's member that holds it, whether it is hidden."""

    name: str
    member: str
    hidden: bool


class Workbook:
    """An .xlsx file that was checked. Raises Refused when it is hostile, damaged or none."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self._archive = archives.check(arrival, archives.Kind.XLSX)
        self.sheets = tuple(self._parts())
        self._lengths = self._string_lengths()
        self._opened = self._open()

    def grid(self, name: str, most_rows: int) -> Grid:
        """Read a sheet of at most `most_rows` rows under its header. KeyError when none has that name."""
        part = {sheet.name: sheet for sheet in self.sheets}[name]
        scan = SheetScan(self.arrival.name, name, most_rows, self._lengths)
        self._parse(part.member, scan)
        try:
            rows = self._opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except CalamineError:
            self._refuse_damaged()
        spoiled_rows = {number for number, _ in scan.spoiled}
        lines = [
            (number, row)
            for number, row in enumerate(rows, 1)
            if number in spoiled_rows or any(not is_blank(cell) for cell in row)
        ]
        return Grid(self.arrival.name, name, lines, scan.spoiled, scan.merged)

    def _open(self) -> CalamineWorkbook:
        try:
            opened = CalamineWorkbook.from_filelike(io.BytesIO(self.arrival.data))
        except CalamineError:
            self._refuse_damaged()
        if tuple(opened.sheet_names) != tuple(sheet.name for sheet in self.sheets):
            self._refuse_damaged()
        return opened

    def _parts(self) -> Iterator[SheetPart]:
        targets = self._targets()
        names: set[str] = set()
        for sheet in _named(self._small(archives.Kind.XLSX.main), "sheet"):
            name, relation = sheet.get("name", ""), _local(sheet, "id")
            member = _member(targets.get(relation, ""))
            if name in names or member not in self._archive:
                self._refuse_damaged()
            names.add(name)
            yield SheetPart(name, member, sheet.get("state", "visible") != "visible")

    def _targets(self) -> dict[str, str]:
        targets: dict[str, str] = {}
        for relation in _named(self._small(_RELATIONS), "Relationship"):
            key = relation.get("Id", "")
            if key in targets:
                self._refuse_damaged()
            targets[key] = relation.get("Target", "")
        return targets

    def _small(self, member: str) -> Element:
        if member not in self._archive:
            self._refuse_damaged()
        content = self._archive.read(member)
        if len(content) > _MOST_PART_BYTES:
            self._refuse_damaged()
        try:
            root: Element = fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException):
            self._refuse_damaged()
        return root

    def _string_lengths(self) -> list[int]:
        scan = StringScan()
        for name in self._archive.names:
            if name.casefold() == _STRINGS:  # calamine finds it in any case
                self._parse(name, scan)
        return scan.lengths

    def _parse(self, member: str, target: SheetScan | StringScan) -> None:
        self._check_elements(member)
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        try:
            for piece in self._archive.pieces(member):
                parser.feed(piece)
            parser.close()
        except (ParseError, DefusedXmlException, IrregularError):
            self._refuse_damaged()

    def _check_elements(self, member: str) -> None:
        """Count elements by their opening, a hundred times faster than parsing them."""
        pieces = self._archive.pieces(member)
        if sum(piece.count(b"<") - piece.count(b"</") for piece in pieces) > _MOST_ELEMENTS:
            self.arrival.refuse(cure=TOO_LARGE)

    def _refuse_damaged(self) -> NoReturn:
        self.arrival.refuse(cure=_RESAVE)


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _bare(element.tag) == name)


def _local(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _member(target: str) -> str:
    path = target.removeprefix("/")
    return path if path.startswith("xl/") else f"xl/{path}"


def is_blank(cell: Raw) -> bool:
    """Whether a cell holds nothing but white space."""
    return isinstance(cell, str) and (not cell or not plain(cell))
