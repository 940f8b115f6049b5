"""Which numbers in a prose nothing backs, and where they stand in its source."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearth.engines import figures as engine


@dataclass(frozen=True)
class Loose:
    """A number in the prose that no figure backs: ``start`` and ``end`` count code points of the plain text."""

    start: int
    end: int
    text: str
    unit: str = ""
    noun: str = ""
    low: float | None = None
    high: float | None = None
    approx: str = engine.Approx.EXACT.value


def loose(text: str, anchored: Sequence[tuple[int, int]]) -> tuple[Loose, ...]:
    """The figures read in ``text`` that lie in none of the ``anchored`` spans (start, end)."""
    return tuple(
        _loose(figure)
        for figure in engine.read(text).figures
        if not any(start < figure.end and figure.start < end for start, end in anchored)
    )


def _loose(figure: engine.Figure) -> Loose:
    return Loose(
        figure.start,
        figure.end,
        figure.text,
        figure.unit,
        figure.noun,
        figure.low,
        figure.high,
        figure.approx.value,
    )


@dataclass(frozen=True)
class Place:
    """A stretch of one line of a source; ``line`` and ``column`` count from 1, ``around`` is what stands near it."""

    line: int
    column: int
    text: str
    around: str


_SLOT = re.compile(
    r"\{\{\s*(?:规定\s*[：:]\s*(?P<fixed>[^{}]*?)|(?P<key>[^{}|｜]*?)\s*(?:[|｜]\s*(?P<style>[^{}]*?)\s*)?)\}\}"
)
_NEAR = 16


def places_of(
    numbers: Sequence[Loose], source: str, taken: Sequence[tuple[str, str, str]]
) -> tuple[Place | None, ...]:
    """Where in the source each unbacked number stands; None for one that a listing brings. ``taken``: key or name,
    style and text of the filled slots."""
    texts = {(key, style): text for key, style, text in taken}
    found: dict[str, deque[Place]] = defaultdict(deque)
    for place in _loose_places(source, texts):
        found[place.text].append(place)
    return tuple(found[number.text].popleft() if found[number.text] else None for number in numbers)


def _loose_places(source: str, texts: dict[tuple[str, str], str]) -> Iterator[Place]:
    for line in _printed_lines(source, texts):
        for number in loose(line.text, line.backed):
            near = line.text[max(0, number.start - _NEAR) : number.end + _NEAR // 2]
            yield line.place(number.start, number.end, f"{number.noun}{near}")


@dataclass(frozen=True)
class Slip:
    """A number that does not follow from the numbers beside it: where both stand, and a sentence why."""

    text: str
    place: Place
    sources: tuple[Place, ...]
    why: str


def slips_in(source: str, taken: Sequence[tuple[str, str, str]]) -> tuple[Slip, ...]:
    """Sums, shares and growth that a source states wrongly, its slots filled as in ``places_of``."""
    texts = {(key, style): text for key, style, text in taken}
    found = []
    for line in _printed_lines(source, texts):
        for one in engine.check_arithmetic(line.text, engine.read(line.text)):
            sources = tuple(line.place(figure.start, figure.end, figure.text) for figure in one.sources)
            place = line.place(one.figure.start, one.figure.end, one.figure.text)
            found.append(Slip(one.figure.text, place, sources, one.why))
    return tuple(found)


@dataclass(frozen=True)
class _Line:
    """A line of a source as printed, where each of its characters comes from, and the stretches something backs."""

    number: int
    source: str
    text: str
    origins: tuple[tuple[int, int], ...]
    backed: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int, around: str) -> Place:
        first, last = self.origins[start][0], self.origins[end - 1][1]
        return Place(self.number, first + 1, self.source[first:last], around)


def _printed_lines(source: str, texts: dict[tuple[str, str], str]) -> Iterator[_Line]:
    fences = 0
    for at, line in enumerate(source.split("\n"), 1):
        if line.strip() == "---" and fences < 2:
            fences += 1
        elif fences >= 2 and line.strip() and not line.strip().startswith("[["):
            yield _printed_line(at, line, texts)


def _printed_line(number: int, line: str, texts: dict[tuple[str, str], str]) -> _Line:
    printed = ""
    origins: list[tuple[int, int]] = []
    backed: list[tuple[int, int]] = []
    done = len(line) - len(line.lstrip("# \t\u3000"))
    for slot in [*_SLOT.finditer(line), None]:
        until = slot.start() if slot else len(line)
        printed += line[done:until]
        origins += [(at, at + 1) for at in range(done, until)]
        if slot is None:
            break
        key = (slot["key"] or "").strip()
        text = slot["fixed"] or texts.get((key, slot["style"] or ""), "") or slot[0]
        backed.append((len(printed), len(printed) + len(text)))
        printed += text
        origins += [slot.span()] * len(text)
        done = slot.end()
    return _Line(number, line, printed, tuple(origins), tuple(backed))
