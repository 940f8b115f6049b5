"""Measures on the drawn page: rules, and how far ink reaches. Lengths in mm."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hearth.lib.pages import Ink, Page

SHORTEST_RULE = 100.0
"""A rule of a head or a 版记 is longer; the cells of a table mostly are not."""

THICKEST_RULE = 2.0
"""What is thicker is a picture or a bar."""

_DARK = 96
_HALF = 128
_SAME_RULE = 3
"""Rows of pixels that may be missing inside one rule, as between the cells of a table."""


@dataclass(frozen=True)
class Rule:
    """A horizontal rule: its edges, and how thick it is by the ink in it, finer than a pixel."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    red: bool

    @property
    def width(self) -> float:
        """Its length."""
        return self.right - self.left

    @property
    def thickness(self) -> float:
        """Its height."""
        return self.bottom - self.top

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Box:
    """The edges of some ink."""

    left: float
    top: float
    right: float
    bottom: float


def rules(page: Page) -> tuple[Rule, ...]:
    """The long horizontal rules from top to bottom."""
    dark = page.ink > _DARK
    shortest = round(SHORTEST_RULE * page.across)
    long: list[int] = np.flatnonzero(dark.sum(axis=1) >= shortest).tolist()
    lines = [line for line in long if _longest(dark[line])[1] >= shortest]
    thickest = THICKEST_RULE * page.down
    return tuple(_rule(page, first, last) for first, last in _groups(lines) if last - first < thickest)


def extent(
    page: Page, *, left: float, top: float, right: float, bottom: float, red: bool = False
) -> Box | None:
    """The box of the ink inside a part of the page; None when there is none."""
    source: Ink = page.red if red else page.ink
    rows = slice(max(0, round(top * page.down)), max(0, round(bottom * page.down)))
    columns = slice(max(0, round(left * page.across)), max(0, round(right * page.across)))
    dark = source[rows, columns] > _HALF
    down, across = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(down):
        return None
    return Box(
        float(across[0] + columns.start) / page.across,
        float(down[0] + rows.start) / page.down,
        float(across[-1] + columns.start + 1) / page.across,
        float(down[-1] + rows.start + 1) / page.down,
    )


def _groups(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows of pixels, as first and last."""
    start = previous = None
    for line in lines:
        if previous is not None and start is not None and line - previous > 1:
            yield start, previous
            start = None
        start = line if start is None else start
        previous = line
    if start is not None and previous is not None:
        yield start, previous


def _longest(line: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run of dark pixels; gaps of a few pixels do not part it."""
    places = np.flatnonzero(line)
    if not len(places):
        return 0, 0
    breaks = np.flatnonzero(np.diff(places) > _SAME_RULE)
    starts = places[np.concatenate(([0], breaks + 1))]
    ends = places[np.concatenate((breaks, [len(places) - 1]))]
    longest = int(np.argmax(ends - starts))
    return int(starts[longest]), int(ends[longest] - starts[longest] + 1)


def _rule(page: Page, first: int, last: int) -> Rule:
    start, length = _longest(page.ink[(first + last) // 2] > _DARK)
    columns = slice(start + length // 10, start + length - length // 10)
    low, high = max(0, first - 2), min(page.ink.shape[0], last + 3)
    # The median leaves out what stands on the rule or touches it.
    cover = np.median(page.ink[low:high, columns], axis=1) / 255
    thickness = float(cover.sum())
    middle = float((cover * (np.arange(low, high) + 0.5)).sum()) / max(thickness, 1e-9)
    red = np.median(page.red[(first + last) // 2, columns]) > _DARK
    return Rule(
        page.number,
        start / page.across,
        (start + length) / page.across,
        (middle - thickness / 2) / page.down,
        (middle + thickness / 2) / page.down,
        bool(red),
    )
