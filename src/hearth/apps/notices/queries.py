"""Questions about notices and returns: who received, who answered, who is missing, what it adds up to."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind
from hearth.apps.notices import rules
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import State


def notices(by: Actor, *, campaign: Campaign | None = None, search: str = "") -> QuerySet[Notice]:
    """Notices, each with ``receiver_count`` and ``answered_count`` of the returns that ``by`` may see."""
    found: QuerySet[Notice] = Notice.objects.visible_to(by).select_related("issuer", "campaign")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if search:
        found = found.filter(
            Q(title__contains=search) | Q(document_number__contains=search) | Q(number__contains=search)
        )
    return found.annotate(
        receiver_count=Count("returns"),
        answered_count=Count("returns", filter=Q(returns__state=ReturnState.SENT)),
    )


def receivers(issuer: Organisation, kinds: Iterable[Kind]) -> QuerySet[Organisation]:
    """The organisations of these kinds at and below the issuer."""
    return Organisation.objects.below(issuer.path).filter(kind__in=list(kinds), active=True)


# The notice itself stands in the issuer's house: joining it would hide every return from its own receiver.
def inbox(by: Actor, *, state: str = "", search: str = "") -> QuerySet[Return]:
    """What was sent to the actor's own organisation, the newest first."""
    found: QuerySet[Return] = Return.objects.visible_to(by).filter(org=by.org).select_related("org", "issuer")
    if state in ReturnState.values:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(notice_title__contains=search) | Q(document_number__contains=search))
    return found.order_by("-issued_on", "-pk")


def returns(
    by: Actor, notice: Notice, *, state: str = "", kind: str = "", search: str = ""
) -> QuerySet[Return]:
    """The returns to one notice, in the order of the tree."""
    found: QuerySet[Return] = (
        Return.objects.visible_to(by).filter(notice=notice).select_related("org", "issuer")
    )
    if state in ReturnState.values:
        found = found.filter(state=state)
    if kind in Kind.values:
        found = found.filter(org__kind=kind)
    if search:
        found = found.filter(
            Q(org__name__contains=search) | Q(org__short_name__contains=search) | Q(digest__contains=search)
        )
    return found


def issued_paper(notice: Notice) -> Paper | None:
    """The issued paper whose number the notice names."""
    if not notice.document_number:
        return None
    papers = Paper.objects.filter(org_id=notice.issuer_id, number=notice.document_number, state=State.ISSUED)
    found: Paper | None = papers.select_related("org").first()
    return found


def notices_under(paper: Paper) -> list[Notice]:
    """The notices that name an issued paper by its number, and whose receivers have no copy of it yet."""
    if not paper.number or paper.state != State.ISSUED:
        return []
    named = Notice.objects.filter(issuer_id=paper.org_id, document_number=paper.number)
    return list(named.filter(returns__isnull=False, returns__word=None).distinct())


def outstanding(by: Actor, notice: Notice) -> QuerySet[Return]:
    """Returns that are asked for and have not validly come."""
    return returns(by, notice).exclude(state=ReturnState.SENT).filter(due__isnull=False)


@dataclass(frozen=True)
class Standing:
    """How the receivers of one kind stand with a notice. ``late`` came after the deadline, or have not come although it is over."""

    kind: Kind
    receivers: tuple[Organisation, ...]
    acknowledged: tuple[Organisation, ...]
    answered: tuple[Organisation, ...]
    sent_back: tuple[Organisation, ...]
    missing: tuple[Organisation, ...]
    late: tuple[Organisation, ...]


def standing(notice: Notice, *, on: datetime.date, by: Actor) -> tuple[Standing, ...]:
    """Per kind of organisation, in the order of the kinds, who stands where on a day."""
    found = list(returns(by, notice))
    return tuple(
        _standing(kind, own, on)
        for kind in Kind
        if (own := [returned for returned in found if returned.org.kind == kind])
    )


def _standing(kind: Kind, found: Sequence[Return], on: datetime.date) -> Standing:
    def whose(*states: ReturnState) -> tuple[Organisation, ...]:
        return tuple(returned.org for returned in found if returned.state in states)

    return Standing(
        kind=kind,
        receivers=whose(*ReturnState),
        acknowledged=tuple(returned.org for returned in found if returned.acknowledged_at),
        answered=whose(ReturnState.SENT),
        sent_back=whose(ReturnState.SENT_BACK),
        missing=tuple(
            returned.org for returned in found if returned.state == ReturnState.OPEN and returned.due
        ),
        late=tuple(
            returned.org
            for returned in found
            if rules.is_late(ReturnState(returned.state), returned.sent_on, returned.due, on)
        ),
    )


@dataclass(frozen=True)
class Sums:
    """What a set of returns adds up to. Only valid answers count, each once."""

    receivers: int = 0
    answered: int = 0
    sessions: int = 0
    people: int = 0
    outreach_events: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.receivers + other.receivers,
            self.answered + other.answered,
            self.sessions + other.sessions,
            self.people + other.people,
            self.outreach_events + other.outreach_events,
        )


@dataclass(frozen=True)
class Branch:
    """An organisation in the roll-up: its own return, and that of everything at and below it."""

    organisation: Organisation
    depth: int
    own: Sums | None
    total: Sums


def roll_up(notice: Notice, *, by: Actor) -> tuple[Branch, ...]:
    """Returns added up along the tree, in its order, from the issuer (or the actor, if that is lower) down.

    A total is formed from the returns themselves, never from totals, so no return counts twice.
    """
    top = max(notice.issuer.path, by.path, key=len)
    own = {returned.org_path: _sums(returned) for returned in returns(by, notice)}
    paths = {path[:end] for path in own for end in range(len(top), len(path) + 1) if path[end - 1] == "."}
    return tuple(
        Branch(
            organisation=organisation,
            depth=organisation.depth - top.count("."),
            own=own.get(organisation.path),
            total=sum((sums for path, sums in own.items() if path.startswith(organisation.path)), Sums()),
        )
        for organisation in Organisation.objects.filter(path__in=paths)
    )


def _sums(returned: Return) -> Sums:
    if returned.state != ReturnState.SENT:
        return Sums(receivers=1)
    return Sums(
        receivers=1,
        answered=1,
        sessions=returned.sessions or 0,
        people=returned.people or 0,
        outreach_events=returned.outreach_events or 0,
    )
