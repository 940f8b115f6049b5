"""The parts pages are made of, as data: a view makes them, a tag of ``hearth`` draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Shape(StrEnum):
    """How far something is: each has its own shape and colour, and a word beside it."""

    DONE = "done"
    RUN = "run"
    WAIT = "wait"
    SOON = "soon"
    LATE = "late"


class Cell(StrEnum):
    """One organisation among many, drawn as a small square."""

    YES = "y"
    BACK = "b"
    LATE = "l"
    NOT_YET = "n"


class Pattern(StrEnum):
    """Parts of a whole, told apart by pattern."""

    SOLID = "a"
    DIAGONAL = "b"
    LIGHT = "c"
    UPRIGHT = "d"
    OUTLINED = "o"


@dataclass(frozen=True)
class Tab:
    label: Text
    href: str
    current: bool = False


@dataclass(frozen=True)
class Figure:
    """A number people look for: large, its unit small, and the way to its records."""

    label: Text
    value: int | str
    unit: Text = ""
    href: str = ""
    source: Text = ""


@dataclass(frozen=True)
class Share:
    """One part of a whole."""

    label: Text
    value: float
    pattern: Pattern
    shown: Text = ""


@dataclass(frozen=True)
class Square:
    """One organisation in a row of squares; ``label`` names it and its state."""

    cell: Cell
    label: Text
    href: str


@dataclass(frozen=True)
class Tally:
    """How many squares of one kind there are, for the legend."""

    cell: Cell
    label: Text
    count: int


@dataclass(frozen=True)
class Series:
    """One line or one set of bars: a value, or None, for each category."""

    name: Text
    values: Sequence[float | None]


class Drawing(StrEnum):
    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True)
class Chart:
    """A chart and the table that says the same; ``sentence`` is what one would read off it."""

    drawing: Drawing
    sentence: Text
    over: Text
    categories: Sequence[Text]
    series: Sequence[Series]
    most: float | None = None

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(
                    f"{one.name} has {len(one.values)} values for {len(self.categories)} categories"
                )

    @property
    def rows(self) -> list[tuple[Text, list[float | None]]]:
        return [(name, [one.values[at] for one in self.series]) for at, name in enumerate(self.categories)]
