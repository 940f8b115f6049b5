"""Reads the numbers of official Chinese prose, judges them by facts, and writes known values truly. See README.md."""

from hearth.engines.figures.arithmetic import Relation, RelationKind, check_arithmetic, relations
from hearth.engines.figures.facts import Fact
from hearth.engines.figures.judging import Judgement, Verdict, judge
from hearth.engines.figures.model import Approx, Figure, FigureType, Number, Reading, Trap, TrapKind
from hearth.engines.figures.reading import as_json, read
from hearth.engines.figures.shown import (
    DATE_STYLES,
    RANGE_STYLES,
    STYLES,
    UntrueStyle,
    shown,
    shown_date,
    shown_ordinal,
    shown_range,
)

__all__ = [
    "DATE_STYLES",
    "RANGE_STYLES",
    "STYLES",
    "Approx",
    "Fact",
    "Figure",
    "FigureType",
    "Judgement",
    "Number",
    "Reading",
    "Relation",
    "RelationKind",
    "Trap",
    "TrapKind",
    "UntrueStyle",
    "Verdict",
    "as_json",
    "check_arithmetic",
    "judge",
    "read",
    "relations",
    "shown",
    "shown_date",
    "shown_ordinal",
    "shown_range",
]
