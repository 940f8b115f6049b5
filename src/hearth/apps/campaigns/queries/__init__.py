"""How far a campaign is, told by its duties; what was suggested, and what says the same."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Aggregate, Count, IntegerField, Max, Min, Q, QuerySet

from hearth.apps.campaigns import rules
from hearth.apps.campaigns.models import (
    Campaign,
    CampaignRecord,
    Consultation,
    Duty,
    Invitation,
    PublicCampaign,
    Suggestion,
)
from hearth.apps.campaigns.queries.duties import (
    Board,
    Endangered,
    Load,
    board,
    calendar_of,
    day_of,
    duties,
    duties_of,
    load_of,
)
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor, Person
from hearth.apps.messages.actions import Reader

__all__ = [
    "Alike",
    "Board",
    "Endangered",
    "Load",
    "PartProgress",
    "alike",
    "board",
    "calendar_of",
    "consultations",
    "day_of",
    "duties",
    "duties_of",
    "load_of",
    "next_number",
    "progress",
    "proposer_of",
    "to_remind",
]

MOST_ALIKE = 5


class MostFrequent(Aggregate):
    """The value that stands most often in a group; among equals, one of them."""

    template = "mode() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True)
class PartProgress:
    """The duties of one part: from the first deadline to the last. ``lead`` carries most of them."""

    part: Part
    lead: str
    first: datetime.date
    last: datetime.date
    done: int
    total: int
    late: int

    @property
    def share(self) -> int:
        """Percent of the duties that are done."""
        return round(100 * self.done / self.total)

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def progress(campaign: Campaign, *, on: datetime.date, by: Actor) -> tuple[PartProgress, ...]:
    """Each part that has duties, in the order of the parts, counted by the database."""
    rows = (
        Duty.objects.visible_to(by)
        .filter(campaign=campaign)
        .order_by()
        .values("part")
        .annotate(
            lead=MostFrequent("person_id"),
            first=Min("due"),
            last=Max("due"),
            total=Count("pk"),
            done=Count("pk", filter=Q(state=DutyState.DONE)),
            late=Count("pk", filter=~Q(state=DutyState.DONE) & Q(due__lt=on)),
        )
    )
    found = {row.pop("part"): row for row in rows}
    leads = Person.objects.in_bulk([row["lead"] for row in found.values()])
    return tuple(
        PartProgress(part, **{**found[part], "lead": leads[found[part]["lead"]].name})
        for part in Part
        if part in found
    )


def next_number(model: type[CampaignRecord], campaign: Campaign, series: str) -> str:
    """The number after the highest of a series such as ``YJ-007``; the campaign's row is locked until it is used."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    numbers = model._default_manager.filter(campaign=campaign, number__regex=rf"^{series}-[0-9]+$")
    highest = max(
        (int(number.rpartition("-")[2]) for number in numbers.values_list("number", flat=True)), default=0
    )
    return f"{series}-{highest + 1:03}"


def consultations(by: Actor, campaign: Campaign) -> QuerySet[Consultation]:
    """Those of a campaign, each with ``invited_count``, ``answered_count`` and ``opinion_count``."""
    found: QuerySet[Consultation] = Consultation.objects.visible_to(by).filter(campaign=campaign)
    return found.annotate(
        invited_count=Count("invitations", distinct=True),
        answered_count=Count("invitations", filter=Q(invitations__answered_on__isnull=False), distinct=True),
        opinion_count=Count("opinions", distinct=True),
    )


def proposer_of(suggestion: Suggestion) -> Reader | None:
    """Who is told what became of a suggestion: the invited person, else the address that was left; None if nobody."""
    opinion = suggestion.opinion
    if opinion is None:
        return None
    if opinion.invitation_id:
        invited = Invitation.objects.select_related("person__org", "person__user").get(
            pk=opinion.invitation_id
        )
        return Reader.person(invited.person)
    return Reader(opinion.org, opinion.name, address=opinion.contact) if opinion.contact else None


@dataclass(frozen=True)
class Alike:
    """Another suggestion that says much the same; ``share`` is the likeness in percent."""

    suggestion: Suggestion
    share: int


def alike(suggestion: Suggestion, *, by: Actor) -> tuple[Alike, ...]:
    """Suggestions of the same campaign to which this one could be joined, the most alike first."""
    others = (
        Suggestion.objects.visible_to(by)
        .filter(campaign_id=suggestion.campaign_id, joined_to=None)
        .exclude(pk=suggestion.pk)
    )
    found = ((rules.likeness(suggestion.text, one.text), one) for one in others)
    ranked = sorted(
        (pair for pair in found if pair[0] >= rules.ALIKE), key=lambda pair: (-pair[0], pair[1].pk)
    )
    return tuple(Alike(one, round(100 * share)) for share, one in ranked[:MOST_ALIKE])


def to_remind(day: datetime.date, ahead: Collection[int], behind: Collection[int]) -> QuerySet[Duty]:
    """Open duties of running campaigns whose deadline lies these days ahead of, or behind, a day; the earliest first."""
    days = [day + datetime.timedelta(days=one) for one in ahead]
    days += [day - datetime.timedelta(days=one) for one in behind]
    found: QuerySet[Duty] = Duty.objects.filter(campaign__archived_at=None, due__in=days)
    return found.exclude(state=DutyState.DONE).select_related(
        "org", "campaign", "person__org", "person__user", "deputy__org", "deputy__user"
    )


def public_campaigns() -> QuerySet[PublicCampaign]:
    """What anyone may read of, the newest first."""
    return PublicCampaign.objects.filter(withdrawn_at=None).select_related("org")


def copy_of(campaign: int | None) -> PublicCampaign | None:
    """The public page of a campaign, if it has one."""
    return (
        PublicCampaign.objects.filter(campaign_id=campaign, withdrawn_at=None).first() if campaign else None
    )
