"""How a measure becomes a row of the table."""

from collections.abc import Iterable
from dataclasses import dataclass

from hearth.engines.gongwen.checking.elements import Elements
from hearth.engines.gongwen.checking.frame import Anchor, Frame
from hearth.engines.gongwen.checking.report import Finding, Verdict
from hearth.engines.gongwen.checking.rows import Row


@dataclass(frozen=True)
class Tolerance:
    """How far a place may be off: `place` for lengths, `line` for what is counted in blank lines, both in mm.

    `pitch` for the distance of two lines, which adds up 22 times on a page; `share` of lines must have 28 字;
    `adjusted`: the share of lines that may be set closer or wider to make room for a signature (7.3.5.5).
    """

    place: float
    line: float
    pitch: float
    share: float
    adjusted: float


STRICT = Tolerance(0.3, 0.3, 0.1, 0.99, 1.0)
"""For papers that Hearth wrote."""

USUAL = Tolerance(1.0, 3.0, 0.1, 0.9, 0.34)
"""For papers from elsewhere: the standard's own ±1 mm (5.2.1), a third of a line for blank lines."""


@dataclass(frozen=True)
class Case:
    """A paper on the table: what was found in it, the grid it should fill, and how far places may be off."""

    elements: Elements
    frame: Frame
    tolerance: Tolerance

    def anchor(self, row: Row) -> float:
        """What of a row is compared with the grid, in mm from the upper edge of the page."""
        return row.y if self.frame.anchor is Anchor.BASELINE else row.centre

    def lines_between(self, upper: Row, lower: Row) -> float:
        """Lines from one row down to another of the same page, 1 for neighbours."""
        return (lower.y - upper.y) / self.frame.pitch


@dataclass(frozen=True)
class Place:
    """One measured place: what was found, in mm unless `found_as` says it in words, and how far it is off."""

    found: float
    deviation: float
    page: int
    found_as: str = ""

    @property
    def words(self) -> str:
        """What was found, in words."""
        return self.found_as or f"{self.found:.2f} mm"


def at(found: float, wanted: float, page: int, found_as: str = "") -> Place:
    """A place that should be at `wanted`."""
    return Place(found, found - wanted, page, found_as)


def within(found: float, low: float, high: float, page: int, found_as: str = "") -> Place:
    """A place that may be anywhere from `low` to `high`."""
    return Place(found, min(0.0, found - low) + max(0.0, found - high), page, found_as)


def judged(
    clause: str, what: str, wanted: str, places: Iterable[Place], tolerance: float, cure: str
) -> Finding | None:
    """The row for places of one kind, of which the worst is shown; None when there is no such place."""
    measured = list(places)
    if not measured:
        return None
    worst = max(measured, key=lambda place: abs(place.deviation))
    right = sum(abs(place.deviation) <= tolerance for place in measured)
    good = right == len(measured)
    return Finding(
        clause,
        what,
        wanted,
        worst.words,
        Verdict.OK if good else Verdict.OFF,
        worst.deviation,
        worst.page,
        "" if good else cure,
        len(measured),
        right,
    )


def blank_lines(
    case: Case, clause: str, what: str, upper: Row, lower: Row, blank: int, cure: str
) -> Finding | None:
    """The row for two lines of a page with so many blank ones between them."""
    gap = lower.y - upper.y
    said = f"{gap / case.frame.pitch - 1:.2f} 行"
    places = [at(gap, (blank + 1) * case.frame.pitch, lower.page, said)]
    return judged(clause, what, f"空 {blank} 行", places, case.tolerance.line, cure)


def stated(
    clause: str, what: str, wanted: str, found: str, *, good: bool, page: int | None, cure: str
) -> Finding:
    """The row for something that is so or is not."""
    return Finding(
        clause,
        what,
        wanted,
        found,
        Verdict.OK if good else Verdict.OFF,
        None,
        page,
        "" if good else cure,
        1,
        int(good),
    )


def missing(clause: str, what: str, wanted: str, cure: str) -> Finding:
    """The row for a part that should be there and was not found."""
    return Finding(clause, what, wanted, "没有找到", Verdict.NOT_FOUND, None, None, cure)


def not_applicable(clause: str, what: str, wanted: str, why: str) -> Finding:
    """The row for something that this paper does not have."""
    return Finding(clause, what, wanted, why, Verdict.NOT_APPLICABLE, None, None, "", 0, 0)
