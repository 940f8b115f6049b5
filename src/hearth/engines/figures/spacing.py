"""Spaces that typists put between numerals and the words around them: 2020 年 6 月 12 日, 30 余块, 1.2 万人次."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from hearth.engines.figures.characters import CHINESE

_WORD = rf"(?![{CHINESE}])[\u4e00-\u9fff]"
_SPACE = re.compile(
    rf"(?<=[0-9]) (?=[万亿余多几来]|{_WORD}|[%‰℃])|(?<=[0-9][万亿余多几]) (?={_WORD})"
    rf"|(?<![一二三四五六七八九十条款章节编])(?<=[\u4e00-\u9fff]) (?=[0-9])"
)


@dataclass(frozen=True, slots=True)
class Close:
    """A text without such spaces, and where each of its characters stood (None: where it stands)."""

    text: str
    places: Sequence[int] | None

    def start(self, at: int) -> int:
        """Where a span that begins at ``at`` began."""
        return self.places[at] if self.places else at

    def end(self, at: int) -> int:
        """Where a span that ends at ``at`` ended."""
        return self.places[at - 1] + 1 if self.places else at


def close(flat: str) -> Close:
    """Take the spaces out of a text of one width."""
    places = array("Q")
    pieces = []
    position = 0
    for space in _SPACE.finditer(flat):
        pieces.append(flat[position : space.start()])
        places.extend(range(position, space.start()))
        position = space.end()
    if not pieces:
        return Close(flat, None)
    pieces.append(flat[position:])
    places.extend(range(position, len(flat)))
    return Close("".join(pieces), places)
