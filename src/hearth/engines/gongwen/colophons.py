"""How high the 版记 is."""

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.pieces import Colophon, Line, line_text
from hearth.engines.gongwen.styles import Style

_LINE = 440
_RULES = 40
_CHARS = 25
"""字 of size 4 on a line of 抄送 behind its indents."""


def colophon_height(colophon: Colophon) -> int:
    """Height of the 版记 in twips, its rules included."""
    return sum(_lines(line) for line in colophon.lines) * _LINE + _RULES


def _lines(line: Line) -> int:
    return 1 if line.style is Style.ISSUE else max(1, -int(-width(line_text(line)) // _CHARS))
