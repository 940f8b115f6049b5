"""Builders of files from outside: proper ones with openpyxl, improper ones part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from hearth.lib.arrivals import Arrival

Filling = Mapping[str, Sequence[Sequence[Any]]]
MakeFile = Callable[..., Arrival]
Repack = Callable[..., Arrival]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def workbook_file() -> MakeFile:
    """An .xlsx of sheets by name, each a list of rows; `merged` maps a sheet to ranges."""

    def make(sheets: Filling, name: str = "走访.xlsx", merged: Mapping[str, str] | None = None) -> Arrival:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            if merged and title in merged:
                sheet.merge_cells(merged[title])
        stream = io.BytesIO()
        book.save(stream)
        return Arrival(name, stream.getvalue())

    return make


@pytest.fixture
def repack() -> Repack:
    """The same archive with some members replaced, added, or (None) left out."""

    def make(arrival: Arrival, parts: Mapping[str, bytes | None], name: str = "") -> Arrival:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(arrival.data)) as source,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            merged: dict[str, bytes | None] = {n: source.read(n) for n in source.namelist()}
            merged.update(parts)
            for member, content in merged.items():
                if content is not None:
                    target.writestr(member, content)
        return Arrival(name or arrival.name, stream.getvalue())

    return make


@pytest.fixture
def sheet_xml() -> Callable[[str], bytes]:
    """A worksheet part around the XML of its rows."""

    def make(rows: str, after: str = "") -> bytes:
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()

    return make
