"""The 版心 of a page and its grid, in the two readings of the margins. Lengths in mm (GB/T 9704-2012, 3 and 5.2)."""

from dataclasses import dataclass
from enum import StrEnum

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
LINES, CHARS = 22, 28
CHAR = WIDTH / CHARS
"""One 字 of the body: 28 of them fill the 版心."""

POINT = 25.4 / 72
SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
"""二号, 三号 and 四号 in points."""

EM_3, EM_4 = SIZE_3 * POINT, SIZE_4 * POINT


class Reading(StrEnum):
    """GRID: the lines with their white fill the 版心; INK: the characters of the first and last line touch its edges."""

    GRID = "grid"
    INK = "ink"


class Anchor(StrEnum):
    """What of a line is compared with the grid."""

    BASELINE = "baseline"
    CENTRE = "centre"
    """The middle of its 字."""


@dataclass(frozen=True)
class Frame:
    """Where the lines of a full page stand: the first `first` below the upper edge of the 版心, then one every `pitch`."""

    reading: Reading
    lines: int
    pitch: float
    anchor: Anchor
    first: float

    @property
    def white(self) -> float:
        """The white between two lines of size 3."""
        return self.pitch - EM_3

    @property
    def last(self) -> float:
        """The anchor of the last line above the lower edge of the 版心."""
        return HEIGHT - self.first - (self.lines - 1) * self.pitch


_BASELINE_OF_LIBREOFFICE = 0.8
"""LibreOffice sets the baseline at this share of an exact line (measured)."""

_SAME_PITCH = 0.035
_ADJUSTED_LINES = (21, 23, 20, 24)


def frame(reading: Reading, producer: str, pitch: float | None = None) -> Frame:
    """The frame of a reading as the program fills it that made the PDF.

    `pitch`, measured on the paper, makes a frame of 20 to 24 lines when so many fill the 版心. Where a program puts
    the 字 in an exact line is known of LibreOffice only; of others it is taken to be the middle.
    """
    lines = next(
        (count for count in _ADJUSTED_LINES if pitch and abs(_pitch(reading, count) - pitch) < _SAME_PITCH),
        LINES,
    )
    step = _pitch(reading, lines)
    if reading is Reading.INK:
        return Frame(reading, lines, step, Anchor.CENTRE, EM_3 / 2)
    if "libreoffice" in producer.lower():
        return Frame(reading, lines, step, Anchor.BASELINE, _BASELINE_OF_LIBREOFFICE * step)
    return Frame(reading, lines, step, Anchor.CENTRE, step / 2)


def _pitch(reading: Reading, lines: int) -> float:
    return HEIGHT / lines if reading is Reading.GRID else (HEIGHT - EM_3) / (lines - 1)
