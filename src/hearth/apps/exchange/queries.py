"""Looking at demands, offers and matches."""

from dataclasses import dataclass

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange import matching
from hearth.apps.exchange.models import Demand, Match, Offer, Proposal, Reply
from hearth.apps.exchange.rules import UNTOLD, Reason
from hearth.apps.exchange.states import Answer, Judgement, Secrecy

Matches = QuerySet[Match]


@dataclass(frozen=True)
class Text:
    """A demand's text as somebody may read it; ``hidden`` when there is more that he may not."""

    title: str
    problem: str
    indicators: str
    target: str
    keywords: str
    hidden: bool


def demands(
    by: Actor, campaign: Campaign | None = None, *, search: str = "", field: str = "", secrecy: str = ""
) -> QuerySet[Demand]:
    """Demands with the number of proposals (``proposed``) and of open matches (``waiting``). Search never looks into a
    secret demand of another organisation."""
    found: QuerySet[Demand] = Demand.objects.visible_to(by).select_related("org", "campaign", "contact")
    found = found.filter(campaign=campaign) if campaign else found
    found = found.filter(field=field) if field else found
    found = found.filter(secrecy=secrecy) if secrecy in Secrecy.values else found
    if search:
        readable = ~Q(secrecy=Secrecy.SECRET) | Q(org=by.org)
        text = Q(title__contains=search) | Q(problem__contains=search) | Q(keywords__contains=search)
        outside = Q(org__name__contains=search) | Q(number=search) | Q(public_summary__contains=search)
        found = found.filter(outside | (readable & text))
    return found.annotate(
        proposed=Count("matches", filter=Q(matches__judgement=Judgement.PROPOSED)),
        waiting=Count("matches", filter=Q(matches__judgement=Judgement.OPEN)),
    )


def offers(
    by: Actor, campaign: Campaign | None = None, *, search: str = "", kind: str = "", field: str = ""
) -> QuerySet[Offer]:
    found: QuerySet[Offer] = Offer.objects.visible_to(by).select_related("org", "provider", "campaign")
    found = found.filter(campaign=campaign) if campaign else found
    found = found.filter(kind=kind) if kind else found
    found = found.filter(field=field) if field else found
    if search:
        found = found.filter(
            Q(title__contains=search)
            | Q(text__contains=search)
            | Q(keywords__contains=search)
            | Q(holder__contains=search)
            | Q(provider__name__contains=search)
        )
    return found


def matches(by: Actor) -> Matches:
    """Matches with both sides and what these replied."""
    found: Matches = Match.objects.visible_to(by).select_related("demand__org", "offer__provider", "campaign")
    return found.prefetch_related(Prefetch("replies", Reply.objects.select_related("side")))


def matches_of(demand: Demand, by: Actor) -> Matches:
    """The ranked list of a demand; what somebody judged and is no longer listed comes last."""
    return matches(by).filter(demand=demand).order_by("rank", "-score")


def reasons(match: Match) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in match.reasons)


def proposals(by: Actor) -> QuerySet[Proposal]:
    """What was recommended to the actor's own organisation, what waits for an answer first; to an expert, what is about
    the own work."""
    found: QuerySet[Proposal] = Proposal.objects.visible_to(by).filter(org=by.org).select_related("broker")
    if by.role == Role.EXPERT:
        found = found.filter(holder=by.name)
    return found.order_by(Case(When(answer=Answer.OPEN, then=0), default=1), "-told_at", "pk")


def text_of(demand: Demand, by: Actor) -> Text:
    """What the actor may read: the text of a secret demand never leaves its organisation."""
    if demand.secrecy != Secrecy.SECRET or demand.org_id == by.org.pk:
        return Text(
            demand.title, demand.problem, demand.indicators, demand.target, demand.keywords, hidden=False
        )
    return Text(demand.public_summary.rstrip("。 ") or UNTOLD, "", "", "", "", hidden=True)


def why_not(demand: Demand, offer: Offer, by: Actor, *, top: int = 10) -> matching.Standing:
    """Why an offer is, or is not, in a demand's list of the ``top`` best."""
    demands, offers = to_match(by, demand.campaign)
    return matching.why_not(demand, offer, demands, offers, top=top)


def to_match(by: Actor, campaign: Campaign | None) -> tuple[list[Demand], list[Offer]]:
    """All demands and offers of a campaign that are no drafts, in the order of their ids, for the engine."""
    demands = Demand.objects.visible_to(by).filter(campaign=campaign, is_draft=False)
    offers = Offer.objects.visible_to(by).filter(campaign=campaign, is_draft=False)
    return (
        list(demands.select_related("org").order_by("pk")),
        list(offers.select_related("provider").order_by("pk")),
    )
