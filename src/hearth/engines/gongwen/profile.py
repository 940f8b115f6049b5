"""Where things stand on the paper: the two readings of the margins, and what a calibration makes of them.

GB/T 9704-2012 gives the 版心 (5.2.1: 37 mm above, 28 mm left, 156 × 225 mm) and does not say whether the grid of
lines or the ink of the characters fills it. See docs/decisions/0005.
"""

from dataclasses import dataclass

MM = 1440 / 25.4
"""Twips of a millimetre."""

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
"""A4 in twips."""

TYPE_TOP, TYPE_BOTTOM = round(37 * MM), round(262 * MM)
"""The edges of the 版心 from the upper edge of the paper, whatever the margins of the Word file."""

TYPE_WIDTH = round(156 * MM)
"""The width of the 版心."""

SIZE_3 = 320
"""Size 3 (16 pt) in twips."""


def twips(millimetres: float) -> int:
    """Millimetres in twips, rounded."""
    return round(millimetres * MM)


@dataclass(frozen=True)
class Profile:
    """Margins, line and characters of the Word file, and how far things are moved to stand where they should.

    All in twips. `top` to `right`: margins; `line`: exact height of a line; `spacing`: added to each character.
    `mark`, `title`, `red_line`, `page_number`, `colophon`: moved down by so much, for a program that sets exact
    lines higher or lower than LibreOffice. Raises ValueError when 20 to 24 lines of 26 to 30 字 do not fit.
    """

    name: str
    top: int
    bottom: int
    left: int
    right: int
    line: int
    spacing: int
    mark: int = 0
    red_line: int = 0
    page_number: int = 0
    colophon: int = 0

    def __post_init__(self) -> None:
        if not 20 <= self.lines <= 24:
            raise ValueError(f"profile {self.name}: {self.lines} lines on a page, wanted 20 to 24")
        if not 26 <= self.chars <= 30:
            raise ValueError(f"profile {self.name}: {self.chars} characters on a line, wanted 26 to 30")

    @property
    def width(self) -> int:
        """Width of a line, at most that of the 版心."""
        return min(TYPE_WIDTH, PAGE_WIDTH - self.left - self.right)

    @property
    def height(self) -> int:
        """Height of the lines of a page."""
        return PAGE_HEIGHT - self.top - self.bottom

    @property
    def char(self) -> int:
        """One 字 of the body."""
        return SIZE_3 + self.spacing

    @property
    def lines(self) -> int:
        """Lines of a full page."""
        return self.height // self.line

    @property
    def chars(self) -> int:
        """Characters of a full line."""
        return self.width // self.char


GRID = Profile("grid", top=2098, bottom=1984, left=1587, right=1474, line=579, spacing=-5)
"""The grid of lines fills the 版心: 22 lines are 12,738 of 12,756 twips, 28 字 are 8,820 of 8,844."""

INK = Profile("ink", top=twips(34.58), bottom=twips(32.58), left=1587, right=1474, line=589, spacing=-5)
"""The ink fills the 版心: margins and pitch (10.39 mm) that reprints quote from GB/T 33476.2-2016."""
