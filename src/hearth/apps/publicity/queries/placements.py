"""What is planned, what was placed where, and how far it reached."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.publicity.models import Placement, PlannedItem
from hearth.apps.publicity.states import Channel, Origin, PlacementKind

WAITING = Q(placed_count=0, dropped_because="")


def late(on: datetime.date) -> Q:
    """Of planned items: nothing stands there yet and its day is over, or its text is not ready and was due."""
    return WAITING & (Q(planned_on__lt=on) | Q(due__lt=on, ready_on=None))


def planned(by: Actor, *, campaign: Campaign | None = None) -> QuerySet[PlannedItem]:
    """The plan, each item with ``placed_count``: how many placements fulfil it."""
    found: QuerySet[PlannedItem] = PlannedItem.objects.visible_to(by).select_related("campaign", "person")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    return found.annotate(placed_count=Count("placements"))


def to_remind(day: datetime.date, ahead: Collection[int], behind: Collection[int]) -> QuerySet[PlannedItem]:
    """Items of running campaigns whose text is not ready, due so many days ahead of, or behind, a day."""
    days = [day + datetime.timedelta(days=one) for one in ahead]
    days += [day - datetime.timedelta(days=one) for one in behind]
    found: QuerySet[PlannedItem] = PlannedItem.objects.annotate(placed_count=Count("placements"))
    return found.filter(WAITING, campaign__archived_at=None, due__in=days, ready_on=None).select_related(
        "campaign", "person__org", "person__user"
    )


def placements(
    by: Actor,
    *,
    campaign: Campaign | None = None,
    channel: str = "",
    kind: str = "",
    origin: str = "",
    search: str = "",
) -> QuerySet[Placement]:
    found: QuerySet[Placement] = Placement.objects.visible_to(by).select_related(
        "campaign", "evidence", "planned", "reprint_of", "paper"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if channel in Channel.values:
        found = found.filter(channel=channel)
    if kind in PlacementKind.values:
        found = found.filter(kind=kind)
    if origin in Origin.values:
        found = found.filter(origin=origin)
    if search:
        found = found.filter(
            Q(title__contains=search) | Q(medium__contains=search) | Q(number__contains=search)
        )
    return found


@dataclass(frozen=True)
class Reached:
    """What one channel brought. ``reach`` adds up the audiences of originals, ``reprint_reach`` those of reprints, so one
    person may be in it several times; ``unmeasured`` placements have no number at all."""

    channel: Channel
    placements: int
    originals: int
    reach: int
    reprint_reach: int
    unmeasured: int

    @property
    def reprints(self) -> int:
        return self.placements - self.originals


def by_channel(by: Actor, *, campaign: Campaign) -> tuple[Reached, ...]:
    """Every channel in its order, unused ones too: they show what is still missing."""
    is_original = Q(origin=Origin.ORIGINAL)
    counted = {
        row["channel"]: row
        for row in placements(by, campaign=campaign)
        .order_by()
        .values("channel")
        .annotate(
            placements=Count("pk"),
            originals=Count("pk", filter=is_original),
            reached=Sum("reach", filter=is_original, default=0),
            reprint_reach=Sum("reach", filter=~is_original, default=0),
            unmeasured=Count("pk", filter=Q(reach=None)),
        )
    }
    return tuple(
        Reached(
            channel=channel,
            placements=row["placements"],
            originals=row["originals"],
            reach=row["reached"],
            reprint_reach=row["reprint_reach"],
            unmeasured=row["unmeasured"],
        )
        if (row := counted.get(channel.value))
        else Reached(channel, 0, 0, 0, 0, 0)
        for channel in Channel
    )
