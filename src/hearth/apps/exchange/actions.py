"""Registering demands and offers, matching them, and what brokers make of the matches."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.exchange import matching, queries
from hearth.apps.exchange.models import Demand, Match, Offer, Proposal, Reply
from hearth.apps.exchange.rules import outward, reasons_for_demander, reasons_for_provider
from hearth.apps.exchange.states import Answer, Cooperation, Judgement, OfferKind, Secrecy, Stage
from hearth.apps.jobs import actions as jobs
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.tasks import Handle, work
from hearth.lib import constraints
from hearth.lib.wall import scope

TOP = 10
MAY_ENTER = (Permission.RECORD, Permission.BROKER, Permission.MANAGE_OWN_ENTRIES)


_CURES = {
    "demand_funds_not_negative": "投入万元不能小于 0，请改正。",
    "expert_offer_names_a_person": "专家类供给要写明是哪位专家，请选择人员。",
}


class ExchangeRefused(Exception):
    """Something that the exchange does not allow; the message names the cure."""


@dataclass(frozen=True, kw_only=True)
class DemandEntry:
    """What an enterprise says of its demand; ``avoid`` are organisations that must not be proposed to it."""

    number: str
    title: str
    field: str
    problem: str
    indicators: str
    keywords: str
    target: str = ""
    cooperation: Cooperation | None = None
    funds: Decimal | None = None
    due: datetime.date | None = None
    secrecy: Secrecy = Secrecy.INTERNAL
    public_summary: str = ""
    contact: Person | None = None
    avoid: Sequence[Organisation] = ()


@dataclass(frozen=True, kw_only=True)
class OfferEntry:
    """What a provider says of its offer; an expert's offer names the person."""

    number: str
    kind: OfferKind
    title: str
    field: str
    text: str
    keywords: str
    person: Person | None = None
    stage: Stage | None = None
    terms: str = ""
    days_a_year: int | None = None
    avoid: Sequence[Organisation] = ()


@transaction.atomic
def register_demand(
    *,
    entry: DemandEntry,
    org: Organisation,
    campaign: Campaign | None = None,
    draft: bool = False,
    by: Actor,
) -> Demand:
    """A draft is matched and counted only after somebody has completed it, by amending it."""
    _may_enter(by, org)
    demand = Demand(org=org, campaign=campaign, is_draft=draft)
    _write(demand, entry)
    audit.record("登记需求", demand, by=by)
    return demand


@transaction.atomic
def amend_demand(*, demand: Demand, entry: DemandEntry, by: Actor) -> Demand:
    demand = Demand.objects.select_for_update(of=("self",)).select_related("org").get(pk=demand.pk)
    _may_enter(by, demand.org)
    demand.is_draft = False
    _write(demand, entry)
    audit.record("修改需求", demand, by=by)
    return demand


@transaction.atomic
def register_offer(
    *,
    entry: OfferEntry,
    provider: Organisation,
    campaign: Campaign | None = None,
    draft: bool = False,
    by: Actor,
) -> Offer:
    """Register an offer. One of a provider beyond the exchange's keeper is kept by the keeper, as disclosed to it.

    A draft is matched and counted only after somebody has completed it, by amending it.
    """
    keeper = campaign.org if campaign else provider
    owner = provider if provider.path.startswith(keeper.path) else keeper
    _may_enter(by, owner)
    offer = Offer(org=owner, provider=provider, campaign=campaign, is_draft=draft)
    _write(offer, entry)
    audit.record("登记供给", offer, by=by)
    return offer


@transaction.atomic
def amend_offer(*, offer: Offer, entry: OfferEntry, by: Actor) -> Offer:
    offer = Offer.objects.select_for_update(of=("self",)).select_related("org", "provider").get(pk=offer.pk)
    _may_enter(by, offer.org)
    offer.is_draft = False
    _write(offer, entry)
    audit.record("修改供给", offer, by=by)
    return offer


def _write(row: Demand | Offer, entry: DemandEntry | OfferEntry) -> None:
    for name, value in vars(entry).items():
        setattr(row, name, "" if value is None and name in ("cooperation", "stage") else value)
    row.avoid = "、".join(org.short_name for org in entry.avoid)
    if isinstance(row, Offer):
        row.holder = row.person.name if row.person else ""
    with constraints.explained({**_CURES, **constraints.number_taken(entry.number)}, ExchangeRefused):
        row.save()


def match_all(*, campaign: Campaign, by: Actor) -> int:
    """Rank the best offers of every demand of a campaign. Judgements of earlier runs stay. Returns the number of matches."""
    with transaction.atomic():
        _may_broker(by)
        demands, offers = queries.to_match(by, campaign)
        return _keep(campaign, matching.ranked(demands, offers, top=TOP), by)


@transaction.atomic
def match_later(*, campaign: Campaign, by: Actor) -> Job:
    """Ask for ``match_all`` as a job."""
    _may_broker(by)
    return jobs.ask("exchange.match", title=f"匹配：{campaign}", by=by, campaign=campaign.pk)


@work("exchange.match")
def match_in_background(handle: Handle, *, campaign: int) -> dict[str, Any]:
    """Read, rank without a transaction, keep: run again after a crash it comes to the same rows."""
    with scope(handle.path):
        by = Actor.house(Organisation.objects.get(path=handle.path), name=handle.asked_by)
        found = Campaign.objects.select_related("org").get(pk=campaign)
        demands, offers = queries.to_match(by, found)
    lines = matching.ranked(demands, offers, top=TOP, progress=handle.step)
    with handle.held():
        return {"matches": _keep(found, lines, by)}


def _keep(campaign: Campaign, lines: Sequence[matching.Line], by: Actor) -> int:
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    known = _known(campaign)
    for line in lines:
        match = known.pop((line.demand_id, line.offer_id), None) or Match(
            org=campaign.org, campaign=campaign, demand_id=line.demand_id, offer_id=line.offer_id
        )
        match.rank, match.score = line.rank, line.score
        match.reasons = [reason.as_json() for reason in line.reasons]
        match.save()
    _settle_unlisted(campaign, list(known.values()), by)
    audit.record("匹配", campaign, by=by, matches=len(lines))
    return len(lines)


def _known(campaign: Campaign) -> dict[tuple[int, int], Match]:
    return {(match.demand_id, match.offer_id): match for match in Match.objects.filter(campaign=campaign)}


def _settle_unlisted(campaign: Campaign, unlisted: Sequence[Match], by: Actor) -> None:
    """What nobody judged goes; what somebody judged, or what is to meet, stays behind the list with its present score."""
    gone = {match.pk for match in unlisted if match.judgement == Judgement.OPEN}
    gone -= set(Match.objects.filter(pk__in=gone, meetings__isnull=False).values_list("pk", flat=True))
    Match.objects.filter(pk__in=gone).delete()
    kept = [match for match in unlisted if match.pk not in gone]
    if not kept:
        return
    demands, offers = queries.to_match(by, campaign)
    pairs = {(match.demand_id, match.offer_id) for match in kept}
    scores = matching.scores(demands, offers, pairs)
    for match in kept:
        match.score, match.rank = scores[match.demand_id, match.offer_id], TOP + 1
        match.save(update_fields=["score", "rank", "org_path"])


@transaction.atomic
def assign(*, campaign: Campaign, per_demand: int, per_offer: int, by: Actor) -> tuple[int, ...]:
    """Choose who meets whom: at most ``per_demand`` for a demand, ``per_offer`` for an expert or an owner of offers.

    Dismissed matches are left out, proposed ones come first. Returns the ids of demands that got nobody.
    """
    _may_broker(by)
    if per_demand < 1 or per_offer < 1:
        raise ExchangeRefused("每项需求和每位专家至少各安排 1 场，请填 1 或更大的数。")
    matches = Match.objects.select_for_update(of=("self",)).select_related("offer").filter(campaign=campaign)
    taken, without = matching.chosen(
        (_candidate(match) for match in matches if match.judgement != Judgement.DISMISSED),
        per_demand=per_demand,
        per_counterpart=per_offer,
        demands=list(Demand.objects.filter(campaign=campaign).values_list("pk", flat=True)),
    )
    Match.objects.filter(campaign=campaign).exclude(pk__in=taken).update(assigned=False)
    Match.objects.filter(pk__in=taken).update(assigned=True)
    audit.record("分派", campaign, by=by, pairs=len(taken), without=len(without))
    return without


def _candidate(match: Match) -> matching.Candidate:
    offer = match.offer
    return matching.Candidate(
        match_id=match.pk,
        demand_id=match.demand_id,
        counterpart=f"person {offer.person_id}" if offer.person_id else f"organisation {offer.provider_id}",
        score=match.score,
        proposed=match.judgement == Judgement.PROPOSED,
    )


@transaction.atomic
def propose(*, match: Match, note: str = "", by: Actor) -> Match:
    """Recommend a match to both sides; each is told in its own scope."""
    match = _judged(match, Judgement.PROPOSED, note, by)
    _tell([match], by)
    audit.record("推荐", match, by=by, told=_sides(match))
    return match


@transaction.atomic
def propose_assigned(*, campaign: Campaign, by: Actor) -> int:
    """Recommend every assigned match that nobody has judged yet."""
    _may_broker(by)
    open_ones = _matches().filter(campaign=campaign, assigned=True, judgement=Judgement.OPEN)
    matches = [_judged(match, Judgement.PROPOSED, "", by) for match in open_ones]
    _tell(matches, by)
    audit.record("推荐已分派的各对", campaign, by=by, told=[_sides(match) for match in matches])
    return len(matches)


@transaction.atomic
def dismiss(*, match: Match, note: str, by: Actor) -> Match:
    """Set a match aside; later runs keep it so."""
    if not note.strip():
        raise ExchangeRefused("不合适要写明原因，以后再匹配时看得到。")
    match = _judged(match, Judgement.DISMISSED, note, by)
    _untell(match)
    audit.record("不合适", match, by=by, note=note)
    return match


@transaction.atomic
def undo(*, match: Match, by: Actor) -> Match:
    """Take a judgement back; what was told to the sides is taken back too."""
    match = _judged(match, Judgement.OPEN, "", by)
    _untell(match)
    audit.record("撤销判断", match, by=by)
    return match


def _judged(match: Match, judgement: Judgement, note: str, by: Actor) -> Match:
    _may_broker(by)
    match = _matches().get(pk=match.pk)
    is_open = judgement == Judgement.OPEN
    match.judgement, match.note = judgement, note.strip()[:200]
    match.judged_by, match.judged_at = ("", None) if is_open else (by.name, timezone.now())
    if judgement == Judgement.DISMISSED:
        match.assigned = False
    match.save()
    return match


def _matches() -> queries.Matches:
    return Match.objects.select_for_update(of=("self",)).select_related(
        "demand__org", "offer__provider", "org"
    )


def _tell(matches: Collection[Match], by: Actor) -> None:
    for match in matches:
        for org, told in ((match.demand.org, _offered(match)), (match.offer.provider, _asked(match))):
            with scope(org.path):
                Proposal.objects.update_or_create(
                    org=org, match_id=match.pk, defaults={**told, "told_by": by.name, "broker": match.org}
                )


def _offered(match: Match) -> dict[str, Any]:
    """What the demand's side is told of the offer."""
    offer = match.offer
    return {
        "own": match.demand.title,
        "counterpart": offer.holder or offer.provider.name,
        "counterpart_org": offer.provider.name,
        "title": offer.title[:200],
        "text": offer.text,
        "reasons": reasons_for_demander(queries.reasons(match)),
    }


def _asked(match: Match) -> dict[str, Any]:
    """What the offer's side is told of the demand: all of a public one, the public summary of any other."""
    demand = match.demand
    called = outward(title=demand.title, secrecy=demand.secrecy, public_summary=demand.public_summary)
    is_public = demand.secrecy == Secrecy.PUBLIC
    return {
        "own": match.offer.title,
        "counterpart": demand.org.name,
        "counterpart_org": demand.org.name,
        "holder": match.offer.holder,
        "title": called[:200],
        "text": f"{demand.problem}\n{demand.indicators}" if is_public else "",
        "reasons": reasons_for_provider(queries.reasons(match), secrecy=demand.secrecy),
    }


def _untell(match: Match) -> None:
    match.replies.all().delete()
    for org in (match.demand.org, match.offer.provider):
        with scope(org.path):
            Proposal.objects.filter(org=org, match_id=match.pk).delete()


@transaction.atomic
def answer(*, proposal: Proposal, answer: Answer, note: str = "", by: Actor) -> Proposal:
    """Say what one thinks of a recommendation; the broker is told. A later answer takes the place of the first."""
    if not by.may(Permission.MANAGE_OWN_ENTRIES):
        raise ExchangeRefused("推荐由收到的单位自己答复，请转给本单位的代表。")
    if answer == Answer.OPEN:
        raise ExchangeRefused("请选“愿意谈”或“暂不需要”。")
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("broker").get(pk=proposal.pk)
    if proposal.org_id != by.org.pk:
        raise ExchangeRefused("只能答复给本单位的推荐。")
    proposal.answer, proposal.answer_note = answer, note.strip()[:200]
    at = timezone.now()
    proposal.answered_by, proposal.answered_at = by.name, at
    proposal.save()
    _reply(proposal, at)
    audit.record("答复推荐", proposal, by=by, answer=proposal.answer, note=proposal.answer_note)
    return proposal


def _reply(proposal: Proposal, at: datetime.datetime) -> None:
    """Tell the answer back, inside the house of whoever recommended."""
    if proposal.broker is None:
        return
    with scope(proposal.broker.path):
        match = Match.objects.select_for_update().get(pk=proposal.match_id)
        Reply.objects.update_or_create(
            match=match,
            side_id=proposal.org_id,
            defaults={
                "org_id": match.org_id,
                "answer": proposal.answer,
                "note": proposal.answer_note,
                "answered_by": proposal.answered_by,
                "answered_at": at,
            },
        )


def _sides(match: Match) -> list[str]:
    return [match.demand.org.short_name, match.offer.provider.short_name]


def _may_enter(by: Actor, org: Organisation) -> None:
    if not any(by.may(permission) for permission in MAY_ENTER):
        raise ExchangeRefused("您的角色不能登记需求和供给，请由本单位代表或科协干事登记。")
    if not org.path.startswith(by.path):
        raise ExchangeRefused(f"“{org}”不在您的单位之下，请由它自己或它的上级登记。")


def _may_broker(by: Actor) -> None:
    if not by.may(Permission.BROKER):
        raise ExchangeRefused("匹配和推荐由经纪人或科协干事办理，请转给他们。")
