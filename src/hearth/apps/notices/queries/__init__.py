"""Questions about notices and returns: who received, who answered, who is missing, what it adds up to."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Membership, Organisation
from hearth.apps.directory.states import Kind, Role
from hearth.apps.files.models import File
from hearth.apps.notices import rules
from hearth.apps.notices.models import Answer, Correction, Notice, Return, Version
from hearth.apps.notices.rules import fields
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
    """The organisations of these kinds below the issuer."""
    return _below(issuer).filter(kind__in=list(kinds))


def kinds_below(issuer: Organisation) -> dict[Kind, int]:
    """How many organisations of each kind stand below the issuer."""
    counted = _below(issuer).order_by().values_list("kind").annotate(Count("pk"))
    return {Kind(kind): number for kind, number in counted}


def _below(issuer: Organisation) -> QuerySet[Organisation]:
    return Organisation.objects.below(issuer.path).filter(active=True).exclude(pk=issuer.pk)


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
            Q(org__name__contains=search)
            | Q(org__short_name__contains=search)
            | Q(answers__text__contains=search)
        ).distinct()
    return found


def with_texts(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Each return with its answers fetched, and all it wrote as one text ``wrote``, to be searched."""
    own = Answer.objects.filter(returned=OuterRef("pk")).exclude(text="").order_by().values("returned")
    joined = own.annotate(all=StringAgg("text", delimiter=" ")).values("all")
    return rows.annotate(wrote=Subquery(joined)).prefetch_related("answers")


def said(returned: Return) -> dict[str, str]:
    """What the organisation sent, as it would be typed."""
    return fields.said_of([answer.cell for answer in returned.answers.all()])


def started(returned: Return) -> dict[str, str]:
    """What the form shows when it is opened: the draft, else what was sent."""
    return dict(returned.draft) if returned.draft is not None else said(returned)


def last_of(returned: Return) -> Return | None:
    """What this organisation last sent to a former notice that asked for some of the same fields."""
    keys = set(returned.form.keys)
    former = Return.objects.filter(
        org=returned.org_id, state=ReturnState.SENT, issued_on__lte=returned.issued_on
    ).exclude(pk=returned.pk)
    found: Return | None = next(
        (one for one in former.order_by("-issued_on", "-pk")[:20] if keys & set(one.form.keys)), None
    )
    return found


def next_number(campaign: Campaign) -> str:
    """A number that no notice of the campaign has, in the manner of TZ-04."""
    used = set(Notice.objects.filter(campaign=campaign).values_list("number", flat=True))
    return next(name for at in range(1, len(used) + 2) if (name := f"TZ-{at:02}") not in used)


def former_notices(by: Actor) -> QuerySet[Notice]:
    """Notices whose form a new one may start from, the newest first."""
    found: QuerySet[Notice] = Notice.objects.visible_to(by).filter(wants_return=True)
    return found.select_related("campaign").order_by("-issued_on", "-pk")


def with_corrections(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Each return with ``correction_waits``: whether a correction came that was not signed for."""
    unsigned = Correction.objects.filter(returned=OuterRef("pk"), acknowledged_at=None)
    return rows.annotate(correction_waits=Exists(unsigned))


def correction_of(returned: Return) -> Correction | None:
    """What holds now in place of the paper that a receiver was given: the last correction."""
    found: Correction | None = returned.corrections.select_related("word").last()
    return found


def stamped_file(returned: Return) -> File | None:
    """The stamped PDF that was sent."""
    asked = returned.form.stamped
    found = returned.answers.filter(key=asked.key).select_related("file").first() if asked else None
    return found.file if found else None


@dataclass(frozen=True)
class Change:
    """What one field, or one cell of a table, said before and says in a version."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Sent:
    """A version and what it says otherwise than the one before."""

    version: Version
    changes: tuple[Change, ...]


def history(returned: Return) -> tuple[Sent, ...]:
    """Every version that was sent, the latest first."""
    labels = {one.key: one.label for one in returned.form}
    versions = list(returned.versions.order_by("number"))
    found = [
        Sent(version, tuple(_changes(before.said if before else None, version.said, labels)))
        for before, version in zip([None, *versions], versions, strict=False)
    ]
    return tuple(reversed(found))


def _changes(
    before: Mapping[str, str] | None, now: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[Change]:
    if before is None:
        return
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            label = labels.get(name.partition(".")[0], name)
            yield Change(label, before.get(name, ""), now.get(name, ""))


def liaisons(organisation: Organisation) -> QuerySet[Membership]:
    """Those of an organisation who receive notices and have an account."""
    found = Membership.objects.filter(org=organisation, role=Role.LIAISON, user__is_active=True)
    return found.select_related("user", "user__person")


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


def notices_corrected_by(paper: Paper) -> list[Notice]:
    """The notices that name what an issued paper corrects, directly or through corrections in between."""
    numbers, former = [], paper.replaces
    while former is not None:
        numbers.append(former.number)
        former = former.replaces
    named = Notice.objects.filter(issuer_id=paper.org_id, document_number__in=[one for one in numbers if one])
    return list(named)


@dataclass(frozen=True)
class Corrected:
    """A correction as its issuer sees it."""

    number: str
    sent_on: datetime.date
    receivers: int
    signed: int


def corrections(notice: Notice) -> list[Corrected]:
    """What corrected the paper that a notice names, the last first, and how many have signed for it."""
    sent = Correction.objects.filter(returned__notice=notice).values("number", "sent_at__date")
    counted = sent.annotate(receivers=Count("pk"), signed=Count("acknowledged_at"), last=Max("pk")).order_by(
        "-last"
    )
    return [
        Corrected(one["number"], one["sent_at__date"], one["receivers"], one["signed"]) for one in counted
    ]


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
