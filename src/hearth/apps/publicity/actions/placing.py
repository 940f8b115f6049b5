"""Planning what shall stand in the media, and keeping what was printed, broadcast and posted."""

import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns import queries as campaign_queries
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Person
from hearth.apps.files.models import File
from hearth.apps.papers.models import Paper
from hearth.apps.publicity import rules
from hearth.apps.publicity.actions.steps import PublicityRefused, constraints_explained, may_record
from hearth.apps.publicity.models import Placement, PlannedItem
from hearth.apps.publicity.states import Channel, Origin, PlacementKind


class PlanChanges(TypedDict, total=False):
    """What may be changed in the plan; an item with a reason to be dropped is no longer waited for."""

    channel: Channel
    medium: str
    title: str
    planned_on: datetime.date
    person: Person
    due: datetime.date
    ready_on: datetime.date | None
    dropped_because: str


class PlacementChanges(TypedDict, total=False):
    """What may be corrected in a placement."""

    placed_on: datetime.date
    channel: Channel
    medium: str
    title: str
    kind: PlacementKind
    spot: str
    link: str
    origin: Origin
    reach: int | None
    reach_source: str
    proof: str
    evidence: File | None
    planned: PlannedItem | None
    reprint_of: Placement | None
    paper: Paper | None


@transaction.atomic
def plan(
    *,
    campaign: Campaign,
    number: str = "",
    channel: Channel,
    medium: str,
    title: str,
    planned_on: datetime.date,
    person: Person,
    due: datetime.date,
    ready_on: datetime.date | None = None,
    dropped_because: str = "",
    by: Actor,
) -> PlannedItem:
    """Put one item into the plan: what shall stand where on which day, and who has its text ready by when.

    Without a number it gets the next one of the campaign.
    """
    may_record(by)
    number = number or campaign_queries.next_number(PlannedItem, campaign, "XC")
    with constraints_explained(number):
        item: PlannedItem = PlannedItem.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            channel=channel,
            medium=medium,
            title=title,
            planned_on=planned_on,
            person=person,
            due=due,
            ready_on=ready_on,
            dropped_because=dropped_because,
        )
    audit.record("列入宣传计划", item, by=by)
    return item


@transaction.atomic
def replan(*, item: PlannedItem, by: Actor, **changes: Unpack[PlanChanges]) -> PlannedItem:
    may_record(by)
    with constraints_explained():
        return campaigns.amend(record=item, changes=changes, verb="更改宣传计划", by=by)


@transaction.atomic
def place(
    *,
    campaign: Campaign,
    number: str = "",
    placed_on: datetime.date,
    channel: Channel,
    medium: str,
    title: str,
    kind: PlacementKind,
    origin: Origin,
    spot: str = "",
    link: str = "",
    reach: int | None = None,
    reach_source: str = "",
    proof: str = "",
    evidence: File | None = None,
    planned: PlannedItem | None = None,
    reprint_of: Placement | None = None,
    paper: Paper | None = None,
    by: Actor,
) -> Placement:
    """Keep one placement: what stood where on which day, and how many it reached according to whom.

    Without a number it gets the next one of the campaign.
    """
    placement = Placement(
        org=campaign.org,
        campaign=campaign,
        number=number or campaign_queries.next_number(Placement, campaign, "KB"),
        placed_on=placed_on,
        channel=channel,
        medium=medium,
        title=title,
        kind=kind,
        origin=origin,
        spot=spot,
        link=link,
        reach=reach,
        reach_source=reach_source,
        proof=proof,
        evidence=evidence,
        planned=planned,
        reprint_of=reprint_of,
        paper=paper,
    )
    _keep(placement, by)
    audit.record("登记刊播", placement, by=by)
    return placement


@transaction.atomic
def amend(*, placement: Placement, by: Actor, **changes: Unpack[PlacementChanges]) -> Placement:
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    for field, value in changes.items():
        setattr(placement, field, value)
    _keep(placement, by)
    audit.record("更正刊播", placement, by=by, fields=sorted(changes))
    return placement


def _keep(placement: Placement, by: Actor) -> None:
    may_record(by)
    placement.link = rules.kept_link(placement.link)
    objection = rules.objection(
        link=placement.link, reach=placement.reach, reach_source=placement.reach_source
    )
    if objection:
        raise PublicityRefused(f"{objection.cure}。")
    _refuse_strangers(placement)
    with constraints_explained(placement.number):
        placement.save()


def _refuse_strangers(placement: Placement) -> None:
    """What a placement belongs together with is of the same campaign, and only a reprint repeats another."""
    campaign, first = placement.campaign_id, placement.reprint_of
    if first is not None and placement.origin != Origin.REPRINT:
        raise PublicityRefused("选了“转载自”，“原发转载”就要选转载。")
    if first is not None and (first.campaign_id != campaign or first.pk == placement.pk):
        raise PublicityRefused("只能转载自同一次活动里的另一条刊播。")
    if placement.planned is not None and placement.planned.campaign_id != campaign:
        raise PublicityRefused("只能落实同一次活动里的宣传计划。")
    if placement.paper is not None and placement.paper.subject_id != campaign:
        raise PublicityRefused("刊播的公文不是这次活动的，请另选。")
