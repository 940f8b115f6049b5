"""Looking at papers: what changed since their figures were taken, what nothing backs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hearth.apps.directory.models import Actor
from hearth.apps.papers import gongwen
from hearth.apps.papers.figures import Loose
from hearth.apps.papers.models import Figure, Paper

# records by thing and its id
Records = dict[tuple[str, str], gongwen.Behind]


@dataclass(frozen=True)
class Change:
    """A figure that its records no longer bear out, or whose records say something else than when it was taken."""

    figure: Figure
    now: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]
    touched: tuple[tuple[str, str], ...] = ()
    """Thing and id of the records that are new, gone or altered."""

    @property
    def differs(self) -> bool:
        return self.now != self.figure.text

    @property
    def is_any(self) -> bool:
        return bool(self.differs or self.added or self.removed or self.altered)


def papers(by: Actor) -> QuerySet[Paper]:
    return Paper.objects.visible_to(by).select_related("subject", "org")


def figures_of(paper: Paper) -> QuerySet[Figure]:
    return Figure.objects.filter(paper=paper).prefetch_related("records")


def changes(paper: Paper) -> tuple[Change, ...]:
    """Compare every figure of a paper with the records as they are now. Its own length has none."""
    return changes_of([paper])[paper.pk]


def changes_of(papers: Sequence[Paper]) -> dict[int, tuple[Change, ...]]:
    """The changes of each paper, by its id. What several papers of one subject say is measured once."""
    figures: dict[int, list[Figure]] = {paper.pk: [] for paper in papers}
    taken = Figure.objects.filter(paper__in=figures).exclude(key=gongwen.OWN_LENGTH)
    for figure in taken.order_by("index").prefetch_related("records"):
        figures[figure.paper_id].append(figure)
    subjects: dict[int, list[int]] = {}
    for paper in papers:
        subjects.setdefault(paper.subject_id, []).append(paper.pk)
    return {
        pk: found
        for subject, own in subjects.items()
        for pk, found in _changes(subject, {pk: figures[pk] for pk in own}).items()
    }


def _changes(subject: int, figures: dict[int, list[Figure]]) -> dict[int, tuple[Change, ...]]:
    """The changes of papers of one subject, whose figures are given by paper."""
    now = _now(subject, [figure for own in figures.values() for figure in own])
    compared = {
        pk: [_compare(figure, *now[figure.key, figure.style]) for figure in own]
        for pk, own in figures.items()
    }
    return {pk: tuple(change for change in own if change.is_any) for pk, own in compared.items()}


def unsettled(paper: Paper) -> tuple[Change, ...]:
    """The changes of a signed paper about which nobody has decided: none when it was kept against these very ones."""
    return undecided(paper, changes(paper))


def undecided(paper: Paper, found: tuple[Change, ...]) -> tuple[Change, ...]:
    """Those of a paper's changes that its signer did not know when keeping it as signed."""
    return () if paper.kept_against and paper.kept_against == digest(found) else found


def digest(found: Sequence[Change]) -> str:
    """What the records say otherwise, in 64 characters; the same changes give the same."""
    said = [[one.figure.token, one.now, one.added, one.removed, one.altered] for one in found]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def loose(paper: Paper) -> tuple[Loose, ...]:
    """Numbers in a paper's prose that no figure backs."""
    return gongwen.loose_in(gongwen.filled(paper, list(figures_of(paper))))


def _now(subject: int, figures: Sequence[Figure]) -> dict[tuple[str, str], tuple[str, Records]]:
    """The text and the records of each figure as they are now, by key and style."""
    again = gongwen.take_again(((figure.key, figure.style) for figure in figures), subject)
    return {
        place: (one.text, {(behind.thing, behind.thing_id): behind for behind in one.records})
        for place, one in again.items()
    }


def _compare(figure: Figure, now: str, records: Records) -> Change:
    before = {(row.thing, row.thing_id): row for row in figure.records.all()}
    altered = [
        place
        for place, behind in records.items()
        if place in before and before[place].fingerprint != behind.fingerprint
    ]
    return Change(
        figure=figure,
        now=now,
        added=tuple(behind.label for place, behind in records.items() if place not in before),
        removed=tuple(row.label for place, row in before.items() if place not in records),
        altered=tuple(records[place].label for place in altered),
        touched=(*sorted(before.keys() ^ records.keys()), *altered),
    )
