"""What a visit gives to the exchange: drafts of a demand or of an expert's offer, with what was told."""

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.exchange import actions as exchange
from hearth.apps.exchange.actions import DemandEntry, ExchangeRefused, OfferEntry
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.exchange.states import OfferKind
from hearth.apps.visits.actions.steps import VisitRefused, may_record
from hearth.apps.visits.models import Visit, Yield
from hearth.apps.visits.states import CaseKind, YieldKind

LONGEST_TITLE = 40


@transaction.atomic
def draft_demand(*, visit: Visit, by: Actor) -> Demand:
    """Draft a demand of the visited unit from the open difficulties; asked again, it is the same draft."""
    visit, made = _locked(visit, YieldKind.DEMAND, by)
    if made and made.demand:
        return made.demand
    text = _difficulties(visit) or visit.progress
    entry = DemandEntry(
        number=f"XQ-{visit.number}",
        title=text.splitlines()[0][:LONGEST_TITLE],
        field=visit.field,
        problem=text,
        indicators="",
        keywords=visit.field,
        contact=visit.person if visit.person.org_id == visit.unit_id else None,
    )
    try:
        demand = exchange.register_demand(
            entry=entry, org=visit.unit, campaign=visit.campaign, draft=True, by=by
        )
    except ExchangeRefused as refused:
        raise VisitRefused(str(refused)) from refused
    _keep(Yield(org=visit.org, visit=visit, kind=YieldKind.DEMAND, demand=demand), by)
    return demand


@transaction.atomic
def draft_expert(*, visit: Visit, by: Actor) -> Offer:
    """Draft the entry of the visited person as an expert; asked again, it is the same draft."""
    visit, made = _locked(visit, YieldKind.EXPERT, by)
    if made and made.offer:
        return made.offer
    entry = OfferEntry(
        number=f"ZJ-{visit.number}",
        kind=OfferKind.EXPERT,
        title=f"{visit.person}{visit.title and f'（{visit.title}）'}",
        field=visit.field or visit.person.field,
        text="\n".join(filter(None, [visit.progress, visit.achievements])),
        keywords=visit.field or visit.person.field,
        person=visit.person,
    )
    try:
        offer = exchange.register_offer(
            entry=entry, provider=visit.unit, campaign=visit.campaign, draft=True, by=by
        )
    except ExchangeRefused as refused:
        raise VisitRefused(str(refused)) from refused
    _keep(Yield(org=visit.org, visit=visit, kind=YieldKind.EXPERT, offer=offer), by)
    return offer


def _locked(visit: Visit, kind: YieldKind, by: Actor) -> tuple[Visit, Yield | None]:
    may_record(by)
    locked = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("org", "unit", "person__org", "campaign__org")
        .get(pk=visit.pk)
    )
    return locked, locked.yields.filter(kind=kind).select_related("demand", "offer").first()


def _keep(made: Yield, by: Actor) -> None:
    made.save()
    audit.record("起草到众创之家", made.visit, by=by, kind=str(made.kind))


def _difficulties(visit: Visit) -> str:
    """What was told openly of work and research; nothing private leaves the visit."""
    found = visit.cases.filter(private=False).exclude(kind=CaseKind.LIFE).order_by("pk")
    return "\n".join(found.values_list("text", flat=True))
