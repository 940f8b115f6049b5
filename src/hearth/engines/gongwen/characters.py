"""Characters: which of them a Word file cannot carry, and how wide they are printed."""

import re
import unicodedata
from functools import lru_cache

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE = re.compile(r"[\t\n\r]")


def unprintable(text: str) -> re.Match[str] | None:
    """The first character that XML 1.0 cannot carry or that prints nothing (control characters, surrogates)."""
    return _UNPRINTABLE.search(text)


def breaks_line(text: str) -> bool:
    """Whether a tab, a line feed or a carriage return is in the text."""
    return _LINE.search(text) is not None


@lru_cache(maxsize=16384)
def is_wide(char: str) -> bool:
    """Whether a character is as wide as it is high: wide or ambiguous ones, as 汉字, “ and —, no digits."""
    return unicodedata.east_asian_width(char) in "WFA"


def width(text: str) -> float:
    """Printed width in 字: a wide character is 1, any other (digits, Latin letters) one half."""
    return sum(1.0 if is_wide(char) else 0.5 for char in text)
