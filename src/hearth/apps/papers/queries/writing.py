"""A paper while it is written: the page as it will print, numbers that nothing backs, measures that fit, two versions."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hearth.apps.measures import queries as measures
from hearth.apps.measures.states import Shape
from hearth.apps.papers import figures as door
from hearth.apps.papers import gongwen
from hearth.apps.papers.figures import Known, Loose, Offer, Place, Ranking, Slip
from hearth.apps.papers.models import Version
from hearth.lib import differences

BEST = 3
WORTH_OFFERING = 1.5
"""By the weights of ``figures.offers``: a unit in common and hardly a word is not worth it. Days and years are few, and
all are offered."""


@dataclass(frozen=True)
class Offered(Known):
    """A measure as the editor offers it: its true forms now, the plain one first; none while it has no records."""

    @property
    def text(self) -> str:
        return self.forms[0].text if self.forms else ""

    @property
    def slot(self) -> str:
        return slot(self.name, "")

    @property
    def slots(self) -> tuple[tuple[str, str], ...]:
        """Each true form and the slot that writes it."""
        return tuple((form.text, slot(self.name, form.style)) for form in self.forms)


def slot(name: str, style: str) -> str:
    return f"{{{{{name}|{style}}}}}" if style else f"{{{{{name}}}}}"


def offered(subject: int) -> tuple[Offered, ...]:
    """Every measure with its present value, for the list beside the editor."""
    found = (measures.measure(one.key, subject) for one in measures.all_measures())
    return tuple(
        Offered(
            one.measure.key,
            one.measure.name,
            one.measure.definition,
            one.value,
            door.forms(one.value) if one.value else (),
        )
        for one in found
    )


@dataclass(frozen=True)
class Suggestion:
    """A measure that may stand in the place of a number: how it would read, and the slot to write."""

    name: str
    text: str
    slot: str
    exact: str


@dataclass(frozen=True)
class Unbacked:
    """A number that nothing backs, its place in the source when it has one, and the measures that fit, the best first.

    ``denied`` tells that the best of them, and it alone, says another value.
    """

    number: Loose
    place: Place | None
    suggestions: tuple[Suggestion, ...]
    denied: bool = False


@dataclass(frozen=True)
class Prose:
    """A paper as text, printed and in its source; ``taken`` are key or name, style and text of its filled slots."""

    printed: str
    source: str
    taken: Sequence[tuple[str, str, str]]

    @property
    def slips(self) -> tuple[Slip, ...]:
        """Numbers that do not follow from those beside them."""
        return door.slips_in(self.source, self.taken)


def unbacked(numbers: Sequence[Loose], prose: Prose, measured: Sequence[Offered]) -> tuple[Unbacked, ...]:
    """Each unbacked number of a paper with its place and what might back it."""
    if not numbers:
        return ()
    places = door.places_of(numbers, prose.source, prose.taken)
    rankings = door.rank(prose.printed, numbers, measured)
    return tuple(
        Unbacked(number, place, _suggestions(number, ranking), ranking.denied)
        for number, place, ranking in zip(numbers, places, rankings, strict=True)
    )


def _suggestions(number: Loose, ranking: Ranking) -> tuple[Suggestion, ...]:
    return tuple(_suggestion(number, one.known) for one in ranking.offers[:BEST] if is_worth_offering(one))


def is_worth_offering(one: Offer) -> bool:
    value = one.known.value
    is_dated = value is not None and value.shape in (Shape.YEAR, Shape.DATE, Shape.SPAN)
    return is_dated or one.score >= WORTH_OFFERING


def _suggestion(number: Loose, one: Known) -> Suggestion:
    form = door.form_like(number, one.forms)
    return Suggestion(one.name, form.text, slot(one.name, form.style), one.forms[0].text)


@dataclass(frozen=True)
class Looked:
    """A source as it stands in the editor, saved or not: the page, what hinders, what is not backed."""

    layout: gongwen.Layout
    taken: tuple[gongwen.Taken, ...]
    problems: tuple[gongwen.Problem, ...]
    loose: tuple[Unbacked, ...]
    slips: tuple[Slip, ...]
    unfilled: frozenset[int]

    @property
    def characters(self) -> int:
        return gongwen.characters(self.layout)


def look(source: str, subject: int, pictures: Collection[str] = ()) -> Looked:
    """Lay a source out with the values of now; nothing is kept. Raises SourceError when it cannot be read."""
    composed = gongwen.compose(source, subject, pictures)
    layout = gongwen.preview(composed)
    numbers = gongwen.loose_in(layout)
    taken = [(name, one.style, one.text) for one in composed.taken for name in (one.key, one.name)]
    prose = Prose(gongwen.plain(layout), source, taken)
    return Looked(
        layout=layout,
        taken=composed.taken,
        problems=composed.problems,
        loose=unbacked(numbers, prose, offered(subject) if numbers else ()),
        slips=prose.slips,
        unfilled=frozenset(slot.index for slot in composed.unfilled),
    )


@dataclass(frozen=True)
class FigureChange:
    """A figure that two versions do not share: what it was, what it is; empty where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    lines: tuple[differences.Line, ...]
    figures: tuple[FigureChange, ...]

    @property
    def is_same(self) -> bool:
        return not self.figures and all(
            stretch.change == differences.Change.SAME for line in self.lines for stretch in line
        )


def compared(before: Version, after: Version) -> Comparison:
    """Which words and which figures two versions do not share."""
    return Comparison(differences.compare(before.source, after.source), tuple(_figure_changes(before, after)))


def _figure_changes(before: Version, after: Version) -> list[FigureChange]:
    old, new = _said(before), _said(after)
    found = []
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name, Counter()), new.get(name, Counter())
        if was != now:
            found.append(
                FigureChange(name, "、".join((was - now).elements()), "、".join((now - was).elements()))
            )
    return found


def _said(version: Version) -> dict[str, Counter[str]]:
    """What each measure said in a version, and how often."""
    found: dict[str, Counter[str]] = {}
    for one in version.figures:
        found.setdefault(one["name"], Counter())[one["text"]] += 1
    return found
