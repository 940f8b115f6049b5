"""Puts figures into the slots of a paper, and blocks in the place of its markers."""

from collections.abc import Sequence
from dataclasses import replace

from hearth.engines.gongwen.errors import MissingFigure
from hearth.engines.gongwen.paper import (
    Block,
    Figure,
    Inline,
    Marker,
    Paper,
    Slot,
    replaced,
)


def fill(paper: Paper, figures: Sequence[Figure]) -> Paper:
    """The paper with every slot filled by the figure of its index.

    Raises MissingFigure when a slot has none; ValueError for a figure without a slot, for two figures of one
    slot, and for two figures with one id.
    """
    by_index = {figure.index: figure for figure in figures}
    if len(by_index) != len(figures) or len({figure.id for figure in figures}) != len(figures):
        raise ValueError("each figure has an index and an id of its own")
    slots = paper.slots
    if missing := tuple(slot for slot in slots if slot.index not in by_index):
        raise MissingFigure(missing)
    if stray := by_index.keys() - {slot.index for slot in slots}:
        raise ValueError(f"no slot has the index {min(stray)}")

    def filled(inline: Inline) -> Inline:
        return by_index[inline.index] if isinstance(inline, Slot) else inline

    return replaced(paper, filled)


def insert(paper: Paper, marker: str, blocks: Sequence[Block]) -> Paper:
    """The paper with `blocks` in the place of each line [[marker]].

    Blocks come without slots: a slot has its index by its place in the source. Raises ValueError for a slot,
    and when the paper has no such marker.
    """
    if not any(found.name == marker for found in paper.markers):
        raise ValueError(f"the paper has no line [[{marker}]]")
    if replace(paper, title=(), blocks=tuple(blocks)).slots:
        raise ValueError("inserted blocks have no slots")
    placed: list[Block] = []
    for block in paper.blocks:
        placed += blocks if isinstance(block, Marker) and block.name == marker else [block]
    return replace(paper, blocks=tuple(placed))


def require_complete(paper: Paper) -> None:
    """Raises MissingFigure when a slot is empty, ValueError when a marker still stands."""
    if slots := paper.slots:
        raise MissingFigure(slots)
    if markers := paper.markers:
        named = "、".join(f"第 {marker.line} 行的 [[{marker.name}]]" for marker in markers)
        raise ValueError(f"{named}还没有放进内容")
