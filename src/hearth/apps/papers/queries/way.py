"""The way of a paper: its versions, comments, countersigns, and the numbers of its organ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from hearth.apps.directory.models import Actor, Membership, Organisation
from hearth.apps.directory.rules import GRANTS
from hearth.apps.directory.states import Permission
from hearth.apps.papers import gongwen
from hearth.apps.papers.models import Comment, Countersign, Disclosure, Paper, Registration, Series, Version
from hearth.apps.papers.rules import DocumentNumber, document_number
from hearth.apps.papers.states import Assent


def versions_of(paper: Paper) -> QuerySet[Version]:
    """The versions of a paper, the newest first."""
    return Version.objects.filter(paper=paper)


def comments_of(paper: Paper) -> QuerySet[Comment]:
    """The comments on a paper with their answers: open ones first, by the line they stand at."""
    rows = Comment.objects.filter(paper=paper).prefetch_related("replies")
    return rows.order_by(F("settled_at").asc(nulls_first=True), F("line").asc(nulls_first=True), "id")


def signers(paper: Paper) -> list[Membership]:
    """Who may sign a paper: the leaders of its organ but its drafter."""
    roles = [role for role, granted in GRANTS.items() if Permission.SIGN_PAPERS in granted]
    rows = Membership.objects.filter(org_id=paper.org_id, role__in=roles).select_related("user", "org")
    return [one for one in rows if one.user_id != paper.drafted_by_id]


@dataclass(frozen=True)
class Needed:
    """One other organ in whose name a paper is issued: as an organisation of the house if it is one, and what it said of
    the text as it is now."""

    organ: str
    partner: Organisation | None
    found: Countersign | None

    @property
    def is_agreed(self) -> bool:
        return self.found is not None and self.found.assent == Assent.AGREED


def countersigns_of(paper: Paper) -> tuple[Needed, ...]:
    """What the other organs of a joint paper have to agree to."""
    others = _other_organs(paper)
    if not others:
        return ()
    partners = {
        name: one
        for one in Organisation.objects.filter(Q(name__in=others) | Q(short_name__in=others), active=True)
        for name in (one.name, one.short_name)
    }
    rows = Countersign.objects.filter(paper=paper, digest=gongwen.digest(paper)).select_related("evidence")
    found = {row.organ: row for row in rows}
    return tuple(Needed(organ, partners.get(organ), found.get(organ)) for organ in others)


def _other_organs(paper: Paper) -> Sequence[str]:
    """All organs but the host, which is the paper's own organ or else the first."""
    organs = gongwen.organs(paper)
    if len(organs) < 2:
        return ()
    own = {paper.org.name, paper.org.short_name}
    host = next((organ for organ in organs if organ in own), organs[0])
    return [organ for organ in organs if organ != host]


def disclosures(by: Actor) -> QuerySet[Disclosure]:
    """What other organs sent to this very organ for its countersign."""
    return Disclosure.objects.visible_to(by).filter(org=by.org).select_related("host")


def registrations(by: Actor) -> QuerySet[Registration]:
    """发文登记: the papers that were issued under a number."""
    return Registration.objects.visible_to(by).select_related("paper", "series", "org")


@dataclass(frozen=True)
class SeriesStanding:
    """A series and how many of its numbers, from the first given in the house, have a paper."""

    series: Series
    given: int

    @property
    def following(self) -> DocumentNumber:
        return DocumentNumber(self.series.code, self.series.year, self.series.last + 1)

    @property
    def missing(self) -> int:
        """Numbers without a paper; none, unless somebody wrote past the program."""
        return self.series.last - self.series.first + 1 - self.given


def series_of(by: Actor) -> list[SeriesStanding]:
    counted = Count("registrations", filter=Q(registrations__serial__gte=F("first")))
    rows = Series.objects.visible_to(by).filter(org=by.org).annotate(given=counted)
    return [SeriesStanding(row, row.given) for row in rows.order_by("-year", "code")]


def next_number(paper: Paper) -> tuple[str, tuple[str, ...]]:
    """Which number a paper will be issued under, as far as its source tells, and the codes to choose from when it tells
    none. The number may be taken by another paper before this one is issued."""
    written = gongwen.number_written(paper)
    if not written:
        codes = Series.objects.filter(org=paper.org).order_by("code").values_list("code", flat=True)
        return "", tuple(dict.fromkeys(codes))
    wanted = document_number(written)
    if wanted is None or wanted.is_complete:
        return written, ()
    year = wanted.year or timezone.localdate().year
    series = Series.objects.filter(org=paper.org, code=wanted.code, year=year).first()
    return str(DocumentNumber(wanted.code, year, series.last + 1 if series else 1)), ()
