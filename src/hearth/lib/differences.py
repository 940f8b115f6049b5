"""What changed between two texts: lines first, then words inside the lines that changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import rjieba

# a slot is one word, so that a style that changed shows the slot as a whole
_WHOLE = re.compile(r"(\{\{[^{}]*\}\})")


class Change(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Stretch:
    """Words with one fate; never empty."""

    change: Change
    text: str


Line = tuple[Stretch, ...]
"""One line of the comparison; a line that stayed is one stretch, an empty line is none."""


def compare(before: str, after: str) -> tuple[Line, ...]:
    """The lines of both texts in order, each cut into stretches that stayed, came or went.

    Time grows with the number of lines that changed, times their length squared.
    """
    old, new = before.split("\n"), after.split("\n")
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_line(Change.SAME, line) for line in new[c:d]]
        elif tag == "replace":
            found += _paired(old[a:b], new[c:d])
        else:
            found += [_line(Change.REMOVED, line) for line in old[a:b]]
            found += [_line(Change.ADDED, line) for line in new[c:d]]
    return tuple(found)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that took each other's place, one by one; what is left over came or went."""
    for one, other in zip(old, new, strict=False):
        yield _words(one, other)
    both = min(len(old), len(new))
    yield from (_line(Change.REMOVED, line) for line in old[both:])
    yield from (_line(Change.ADDED, line) for line in new[both:])


def _words(old: str, new: str) -> Line:
    before, after = _cut(old), _cut(new)
    found: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch(Change.SAME, "".join(after[c:d])))
            continue
        if a < b:
            found.append(Stretch(Change.REMOVED, "".join(before[a:b])))
        if c < d:
            found.append(Stretch(Change.ADDED, "".join(after[c:d])))
    return tuple(found)


def _cut(line: str) -> list[str]:
    words: list[str] = []
    for part in _WHOLE.split(line):
        words += [part] if part.startswith("{{") else rjieba.cut(part)
    return words


def _line(change: Change, line: str) -> Line:
    return (Stretch(change, line),) if line else ()
