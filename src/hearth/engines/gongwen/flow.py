"""The plain text of a paper: lines in printed order, whether they come from the model or from a Word file.

A paragraph begins a line; the second and further cells of a row go on behind a tab; what is empty leaves
no trace. Model and file are read by the same rule, so that places in the one are places in the other.
"""

from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

LINE, CELL = "\n", "\t"
REACH = 6
"""Characters on either side of a figure by which its place is known."""

_FARTHEST = 2000
"""How far they are looked for; a line of nothing but white space must not take for ever."""


class Span(NamedTuple):
    """A stretch of a text, in code points, end exclusive, and the id of what stands there."""

    start: int
    end: int
    id: str


class Surroundings(NamedTuple):
    """The nearest words around a figure, within its line, without white space and other figures."""

    before: str
    after: str


class Flow:
    """Gathers a text piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._waiting = ""

    @property
    def text(self) -> str:
        """What has been written so far."""
        return "".join(self._pieces)

    @property
    def here(self) -> int:
        """Where the next character will stand."""
        return self._length + len(self._waiting)

    @property
    def end(self) -> int:
        """Where the last character ended."""
        return self._length

    def part(self, mark: str) -> None:
        """Put LINE or CELL before the next character, unless the text is empty; a line is stronger than a cell."""
        if self._length and self._waiting != LINE:
            self._waiting = mark

    def write(self, text: str) -> None:
        """Add words to the line."""
        if text:
            self._pieces += (self._waiting, text)
            self._length += len(self._waiting) + len(text)
            self._waiting = ""


@dataclass(frozen=True)
class Neighbourhood:
    """A text in which the places of all figures are known."""

    text: str
    covered: bytes

    @classmethod
    def of(cls, text: str, spans: list[Span]) -> "Neighbourhood":
        """The text with the stretches that belong to a figure."""
        steps = [0] * (len(text) + 1)
        for start, end, _ in spans:
            steps[start] += 1
            steps[end] -= 1
        return cls(text, bytes(depth > 0 for depth in accumulate(steps[:-1])))

    def around(self, start: int, end: int) -> Surroundings:
        """The words on both sides of a stretch.

        Other figures are left out, so that a change in one does not make its neighbour look moved.
        """
        before = self._words(range(start - 1, max(-1, start - 1 - _FARTHEST), -1))
        after = self._words(range(end, min(len(self.text), end + _FARTHEST)))
        return Surroundings(before[::-1], after)

    def _words(self, places: range) -> str:
        words = ""
        for at in places:
            char = self.text[at]
            if char == LINE or len(words) == REACH:
                break
            if not self.covered[at] and not char.isspace():
                words += char
        return words
