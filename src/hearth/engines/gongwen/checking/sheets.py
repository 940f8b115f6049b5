"""A PDF as printed lines and rules, page after page; the drawn pages themselves are not kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from hearth.engines.gongwen.checking import ink
from hearth.engines.gongwen.checking.frame import BOTTOM
from hearth.engines.gongwen.checking.ink import Box, Rule
from hearth.engines.gongwen.checking.rows import Face, Row, measured_lift, rows
from hearth.lib import pages

DPI = 300.0
"""Dots in an inch of the pages that are measured: 0.085 mm each."""

MOST_PAGES = 1000


class TooLong(ValueError):
    """More pages than an official paper has; the message says the cure."""


@dataclass(frozen=True)
class Sheet:
    """A page: rows from top to bottom, long rules, and the box of the red ink above the first red rule."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...] = field(repr=False)
    rules: tuple[Rule, ...]
    red_above: Box | None

    @property
    def body(self) -> tuple[Row, ...]:
        """The rows above the lower edge of the 版心: all but the page number."""
        return tuple(row for row in self.rows if row.y < BOTTOM + 2)

    @property
    def foot(self) -> tuple[Row, ...]:
        """The rows below the 版心."""
        return tuple(row for row in self.rows if row.y >= BOTTOM + 2)

    @property
    def upright(self) -> bool:
        """Whether the page stands."""
        return self.height >= self.width


def read(pdf: bytes) -> tuple[tuple[Sheet, ...], str]:
    """The pages of a PDF and the name of the program that made it. Raises pages.BadPdf and TooLong."""
    with pages.opened(pdf) as document:
        if len(document) > MOST_PAGES:
            raise TooLong(f"PDF 有 {len(document)} 页，最多检查 {MOST_PAGES} 页。请分成几份再试。")
        sheets = [_sheet(document.page(number, DPI)) for number in range(1, len(document) + 1)]
        return _lifted(sheets), document.producer


def _sheet(page: pages.Page) -> Sheet:
    found = ink.rules(page)
    first_red = next((rule for rule in found if rule.red), None)
    end = first_red.top - 0.5 if first_red else page.height / 2
    red = ink.extent(page, left=0, right=page.width, top=0, bottom=end, red=True)
    return Sheet(page.number, page.width, page.height, rows(page), found, red)


def _lifted(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets with each row's lift as its face has it in the whole paper."""
    by_face: dict[Face, list[float]] = defaultdict(list)
    for sheet in sheets:
        for row in sheet.rows:
            if (lift := measured_lift(row)) is not None:
                by_face[row.face].append(lift)
    lifts = {face: median(found) for face, found in by_face.items()}
    return tuple(
        replace(
            sheet,
            rows=tuple(
                replace(row, lift=lifts[row.face]) if row.face in lifts else row for row in sheet.rows
            ),
        )
        for sheet in sheets
    )
