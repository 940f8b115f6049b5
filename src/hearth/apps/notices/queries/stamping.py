"""Reading the stamped PDF of a return beside its numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hearth.apps.files.models import File
from hearth.apps.files.queries import place_of
from hearth.apps.notices.models import Return
from hearth.apps.notices.rules import stamped
from hearth.apps.notices.rules.fields import Cell
from hearth.apps.notices.rules.stamped import Compared
from hearth.apps.notices.states import StampStanding
from hearth.lib import pages

MOST_PAGES = 20
_DPI = 12.0  # the ink is not looked at


@dataclass(frozen=True)
class Read:
    """What a stamped PDF says; a scan, or what is no PDF, says nothing."""

    compared: tuple[Compared, ...]
    has_text: bool
    pages: int
    standing: StampStanding


def read(returned: Return, file: File, cells: Iterable[Cell] | None = None) -> Read:
    """Compare a stamped PDF with these answers, or with those that were sent."""
    said = [answer.cell for answer in returned.answers.all()] if cells is None else cells
    numbers: dict[str, Decimal] = {
        cell.key: cell.number for cell in said if cell.number is not None and not cell.column
    }
    text, count = _text(file)
    compared = stamped.compare(text, returned.form, numbers)
    return Read(compared, stamped.has_text(text), count, stamped.standing(text, compared))


def _text(file: File) -> tuple[str, int]:
    try:
        with pages.opened(place_of(file.sha256).read_bytes()) as document:
            numbers = range(1, min(len(document), MOST_PAGES) + 1)
            glyphs = (document.page(number, _DPI).glyphs for number in numbers)
            return "\n".join("".join(glyph.char for glyph in own) for own in glyphs), len(document)
    except pages.BadPdf:
        return "", 0
