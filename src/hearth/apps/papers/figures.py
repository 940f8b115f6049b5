"""The door to the figures engine: how a measured value is written, and which numbers in a prose nothing backs."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.engines import figures as engine

UntrueStyle = engine.UntrueStyle


@dataclass(frozen=True)
class Loose:
    """A number in the prose that no figure backs: ``start`` and ``end`` count code points of the plain text."""

    start: int
    end: int
    text: str


def show(value: Value, style: str | None) -> str:
    """Write a value in a style (``余``, ``旬`` …). Raises UntrueStyle when that would not be true."""
    match value.shape:
        case Shape.WRITTEN:
            return value.written
        case Shape.COUNT:
            return engine.shown(value.number or 0, value.unit, style)
        case Shape.YEAR:
            return f"{value.number}年"
        case Shape.ORDINAL:
            return engine.shown_ordinal(value.number or 0, value.unit)
        case Shape.MOMENT:
            assert value.start is not None
            return f"{value.start:%Y-%m-%d %H:%M:%S}"
        case Shape.DATE:
            assert value.start is not None
            first, last = value.around or (value.start, value.start)
            return engine.shown_date(
                value.start.isoformat(), style, first=first.isoformat(), last=last.isoformat()
            )
        case Shape.SPAN:
            assert value.start is not None
            assert value.end is not None
            return engine.shown_range(value.start.isoformat(), value.end.isoformat(), style)


def loose(text: str, anchored: Sequence[tuple[int, int]]) -> tuple[Loose, ...]:
    """The figures read in ``text`` that lie in none of the ``anchored`` spans (start, end)."""
    return tuple(
        Loose(figure.start, figure.end, figure.text)
        for figure in engine.read(text).figures
        if not any(start < figure.end and figure.start < end for start, end in anchored)
    )
