"""Glyphs gathered to printed lines."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from statistics import median

from hearth.engines.gongwen.checking.frame import POINT
from hearth.engines.gongwen.checking.ink import Box, extent
from hearth.lib.pages import Glyph, Page


class Face(StrEnum):
    """Styles of type, whatever the font is called."""

    FANG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"
    TITLE = "小标宋"
    OTHER = "其他字体"


# The first that fits: the names of 小标宋 and 仿宋 contain those of 宋体.
_FACES = (
    (
        Face.TITLE,
        r"小标宋|xiaobiaosong|fzxbs|中宋|zhongsong|notoserif.*(black|bold)|sourcehanserif.*(heavy|bold)|fandolsong-?bold",
    ),
    (Face.FANG, r"仿宋|fangsong|fandolfang|simfang|fzfs"),
    (Face.KAI, r"楷|kaiti|fandolkai|simkai|fzkt|ukai|wenkai"),
    (Face.HEI, r"黑|simhei|heiti|fandolhei|fzht|notosans|sourcehansans|wenquanyi|yahei"),
    (Face.SONG, r"宋|simsun|fandolsong|fzss|notoserif|sourcehanserif|songti"),
)
_BOLD = re.compile(r"bold|heavy|black|粗", re.IGNORECASE)
USUAL_LIFT = 0.34
"""Between 0.31 (Fandol) and 0.38 (Noto), for lines too short to tell (measured)."""

_ENOUGH_TO_TELL = 8
_GAP = 0.7
"""An empty stretch of so much of a 字 parts what stands on one line."""


@lru_cache(maxsize=256)
def face(font: str) -> Face:
    """The style of a font by its name in the PDF, which may be in GBK or in pinyin."""
    name = _readable(font).lower().replace(" ", "").replace("_", "")
    return next((style for style, names in _FACES if re.search(names, name)), Face.OTHER)


def _readable(font: str) -> str:
    try:
        return font.encode("latin-1").decode("gbk")
    except UnicodeError:
        return font


def is_wide(char: str) -> bool:
    """Whether a character is as wide as it is high; quotation marks and dashes of Chinese text are."""
    return unicodedata.east_asian_width(char) in "WFA"


def is_hanzi(char: str) -> bool:
    """Whether it is a 汉字."""
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


@dataclass(frozen=True)
class Row:
    """Glyphs on one baseline of a page, from left to right. Never empty.

    `ink`: the box of their ink, `first_ink`: that of the first glyph; `lift`: how far above the baseline the middle of
    a 字 of this font is, as a share of its size.
    """

    page: int
    glyphs: tuple[Glyph, ...] = field(repr=False)
    ink: Box | None = None
    first_ink: Box | None = None
    lift: float = USUAL_LIFT

    @cached_property
    def text(self) -> str:
        """The characters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @cached_property
    def y(self) -> float:
        """The baseline."""
        return median(glyph.y for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The size of most glyphs, in points."""
        return median(glyph.size for glyph in self.glyphs)

    @property
    def em(self) -> float:
        """One 字 in mm."""
        return self.size * POINT

    @property
    def left(self) -> float:
        """Where the first 字 begins, its own white included."""
        return self.glyphs[0].x

    @cached_property
    def right(self) -> float:
        """Where the last 字 ends, its own white included."""
        last = self.glyphs[-1]
        return last.x + last.size * POINT * (1.0 if is_wide(last.char) else 0.5)

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2

    @property
    def centre(self) -> float:
        """The middle of the 字, between the ink above and below; fonts differ in how high they hang it."""
        return self.y - self.lift * self.em

    @property
    def top(self) -> float:
        """The upper edge of the 字."""
        return self.centre - self.em / 2

    @property
    def bottom(self) -> float:
        """The lower edge of the 字."""
        return self.centre + self.em / 2

    @cached_property
    def red(self) -> bool:
        """Whether most of it is red."""
        return sum(glyph.red for glyph in self.glyphs) * 2 > len(self.glyphs)

    @cached_property
    def width(self) -> float:
        """How many 字 it holds; digits and Latin letters are halves."""
        return sum(1.0 if is_wide(glyph.char) else 0.5 for glyph in self.glyphs)

    @cached_property
    def face(self) -> Face:
        """The style of most of its 汉字, or of most glyphs where there are none."""
        counted = [glyph for glyph in self.glyphs if is_hanzi(glyph.char)] or list(self.glyphs)
        styles = [face(glyph.font) for glyph in counted]
        return max(Face, key=styles.count)

    @property
    def segments(self) -> tuple["Row", ...]:
        """The row parted where a stretch of it is empty."""
        parts: list[list[Glyph]] = []
        end = float("-inf")
        for glyph in self.glyphs:
            em = glyph.size * POINT
            if glyph.x - end > _GAP * em:
                parts.append([])
            parts[-1].append(glyph)
            end = glyph.x + em * (1.0 if is_wide(glyph.char) else 0.5)
        return tuple(replace(self, glyphs=tuple(part)) for part in parts) if len(parts) > 1 else (self,)


def is_bold(glyph: Glyph) -> bool:
    """Whether a glyph was made bolder than its face is; 小标宋 is heavy by itself."""
    return glyph.thickened or (
        face(glyph.font) not in (Face.TITLE, Face.OTHER) and _BOLD.search(glyph.font) is not None
    )


def rows(page: Page) -> tuple[Row, ...]:
    """The rows of a page from top to bottom; glyphs belong together whose baselines are within a third of a 字."""
    bands = _banded(sorted(page.glyphs, key=lambda glyph: glyph.y))
    return tuple(_row(page, sorted(band, key=lambda glyph: glyph.x)) for band in bands)


def measured_lift(row: Row) -> float | None:
    """The lift of a row's font by its ink; None for a row too short to tell."""
    if row.ink is None or sum(map(is_hanzi, row.text)) < _ENOUGH_TO_TELL:
        return None
    return (row.y - (row.ink.top + row.ink.bottom) / 2) / row.em


def _row(page: Page, glyphs: list[Glyph]) -> Row:
    row = Row(page.number, tuple(glyphs))
    first = replace(row, glyphs=row.glyphs[:1])
    return replace(row, ink=_ink(page, row), first_ink=_ink(page, first))


def _ink(page: Page, row: Row) -> Box | None:
    return extent(
        page, left=row.left, right=row.right, top=row.y - row.em, bottom=row.y + 0.25 * row.em, red=row.red
    )


def _banded(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    band: list[Glyph] = []
    for glyph in glyphs:
        if band and glyph.y - band[-1].y > 0.3 * min(glyph.size, band[-1].size) * POINT:
            yield band
            band = []
        band.append(glyph)
    if band:
        yield band
