"""The plain text of a paper: lines in printed order, whether they come from the model or from a Word file.

A paragraph begins a line; the second and further cells of a row go on behind a tab; what is empty leaves
no trace. Model and file are read by the same rule, so that places in the one are places in the other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

LINE, CELL = "\n", "\t"
REACH = 6
"""Characters on either side of a figure by which its place is known."""

_LONGEST_BLANK = 10_000
_MOST_FRAMES = 64
_STEP = 4096
_SENTENCE_END = re.compile("[。！？!?]")


class Span(NamedTuple):
    """A stretch of a text, in code points, end exclusive, and the id of what stands there."""

    start: int
    end: int
    id: str


class Surroundings(NamedTuple):
    """The nearest words around a figure, within its line, without white space and other figures.

    `context` is a digest of all that the figure belongs to: its sentence (in a table its row and the head of
    the table), where in it the figure stands, and the line above.
    """

    before: str
    after: str
    context: str


@dataclass(frozen=True)
class Frame:
    """Where a table stands in a text: its head is the first row; offsets in code points, end exclusive."""

    start: int
    head_end: int
    end: int


class Flow:
    """Gathers a text piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._waiting = ""
        self.frames: list[Frame] = []

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
            if self._waiting:
                self._pieces.append(self._waiting)
                self._length += len(self._waiting)
                self._waiting = ""
            self._pieces.append(text)
            self._length += len(text)


class Neighbourhood:
    """A text in which the places of all figures are known."""

    def __init__(self, text: str, spans: Iterable[Span], frames: Iterable[Frame] = ()) -> None:
        self._text = text
        self._starts, self._ends = _merged(spans)
        self._lines = _line_starts(text)
        self._frames = _Frames(frames)
        self._read: dict[int, _Line] = {}
        self._heads: dict[Frame, str] = {}

    def around(self, start: int, end: int) -> Surroundings:
        """The words on both sides of a figure or of fixed words, and the digest of what they belong to.

        Other figures are left out, so that a change in one does not make its neighbour look moved.
        """
        number = bisect_right(self._lines, start) - 1
        line = self._line(number)
        at = line.offsets.get(self._figure_at(start, line.start), -1)
        rest = at
        if at < 0:
            at = self._offset(line, start)
            rest = at + len("".join(self._text[start:end].split()))
        words = line.words
        sentence, place = line.sentence(at)
        context = digest("\n".join((str(place), sentence, self._above(line, number), self._head(start))))
        return Surroundings(words[max(0, at - REACH) : at], words[rest : rest + REACH], context)

    def _head(self, start: int) -> str:
        """The digest of the first row of the table in which a place below that row stands."""
        frame = self._frames.around(start)
        if frame is None:
            return ""
        if frame not in self._heads:
            self._heads[frame] = digest(self._words(frame.start, frame.head_end))
        return self._heads[frame]

    def _figure_at(self, place: int, begin: int) -> int:
        """Where the figure begins that covers a place of a line that begins at `begin`; -1 when none does."""
        at = bisect_right(self._starts, place) - 1
        covers = at >= 0 and place < self._ends[at] and self._starts[at] >= begin
        return self._starts[at] if covers else -1

    def _offset(self, line: "_Line", place: int) -> int:
        """Where a place outside of figures is among the words of its line."""
        steps = (place - line.start) // _STEP
        while len(line.steps) <= steps:
            begin = line.start + (len(line.steps) - 1) * _STEP
            line.steps.append(line.steps[-1] + len(self._words(begin, begin + _STEP)))
        return line.steps[steps] + len(self._words(line.start + steps * _STEP, place))

    def _above(self, line: "_Line", number: int) -> str:
        """The digest of the nearest line above that says something; empty when there is none."""
        if line.above is None:
            number -= 1
            while number >= 0 and self._is_blank(number):
                number -= 1
            line.above = self._line(number).digest if number >= 0 else ""
        return line.above

    def _is_blank(self, number: int) -> bool:
        begin, end = self._bounds(number)
        return end - begin < _LONGEST_BLANK and not self._text[begin:end].strip()

    def _bounds(self, number: int) -> tuple[int, int]:
        after = self._lines[number + 1] - 1 if number + 1 < len(self._lines) else len(self._text)
        return self._lines[number], after

    def _line(self, number: int) -> "_Line":
        line = self._read.get(number)
        if line is None:
            begin, end = self._bounds(number)
            offsets: dict[int, int] = {}
            words = self._words(begin, end, offsets)
            is_row = CELL in self._text[begin:end]
            ends = [] if is_row else [found.end() for found in _SENTENCE_END.finditer(words)]
            line = self._read[number] = _Line(begin, words, offsets, ends, digest(words))
        return line

    def _words(self, begin: int, end: int, offsets: dict[int, int] | None = None) -> str:
        """What stands between two places, without white space and figures; where each figure stood."""
        pieces: list[str] = []
        length = 0
        at = max(0, bisect_right(self._starts, begin) - 1)
        here = begin
        while at < len(self._starts) and self._starts[at] < end:
            if self._ends[at] > begin:
                piece = "".join(self._text[here : max(here, self._starts[at])].split())
                pieces.append(piece)
                length += len(piece)
                if offsets is not None:
                    offsets[self._starts[at]] = length
                here = max(here, self._ends[at])
            at += 1
        pieces.append("".join(self._text[here:end].split()))
        return "".join(pieces)


def digest(words: str) -> str:
    """A short fingerprint of words, 24 hexadecimal digits."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(slots=True)
class _Line:
    """A line without white space and figures.

    `offsets`: where each figure stood, by its place in the text; `ends`: where sentences end, the cells of a
    row belong together; `steps`: how many words stand before each stretch of _STEP characters; `above`: the digest of
    the line above, once it was asked for.
    """

    start: int
    words: str
    offsets: dict[int, int]
    ends: list[int]
    digest: str
    steps: list[int] = field(default_factory=lambda: [0])
    above: str | None = None
    _sentences: dict[int, str] = field(default_factory=dict)

    def sentence(self, at: int) -> tuple[str, int]:
        """The digest of the sentence around a place, and how far in it the place is."""
        number = bisect_right(self.ends, at)
        begin = self.ends[number - 1] if number else 0
        if number not in self._sentences:
            end = self.ends[number] if number < len(self.ends) else len(self.words)
            whole = begin == 0 and end == len(self.words)
            self._sentences[number] = self.digest if whole else digest(self.words[begin:end])
        return self._sentences[number], at - begin


class _Frames:
    """Tables by place, the inner before the outer."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._frames = sorted(frames, key=lambda frame: (frame.start, -frame.end))
        self._starts = [frame.start for frame in self._frames]
        self._farthest = list(accumulate((frame.end for frame in self._frames), max))

    def around(self, place: int) -> Frame | None:
        """The innermost table with the place below its first row."""
        last = bisect_right(self._starts, place) - 1
        for at in range(last, max(-1, last - _MOST_FRAMES), -1):
            frame = self._frames[at]
            if self._farthest[at] <= place:
                return None
            if frame.head_end <= place < frame.end:
                return frame
        return None


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find(LINE)
    while at >= 0:
        starts.append(at + 1)
        at = text.find(LINE, at + 1)
    return starts


def _merged(spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    """Starts and ends of the stretches, those that overlap made one."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end, _ in sorted(spans):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        elif start < end:
            starts.append(start)
            ends.append(end)
    return starts, ends
