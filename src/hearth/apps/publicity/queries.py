"""Questions about publicity: what was placed where, how far it reached, and whose deeds were told."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.publicity.models import Placement, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind


def placements(
    by: Actor,
    *,
    campaign: Campaign | None = None,
    channel: str = "",
    kind: str = "",
    origin: str = "",
    search: str = "",
) -> QuerySet[Placement]:
    found: QuerySet[Placement] = Placement.objects.visible_to(by).select_related("campaign", "evidence")
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


def profiles(by: Actor, *, campaign: Campaign | None = None, search: str = "") -> QuerySet[Profile]:
    found: QuerySet[Profile] = Profile.objects.visible_to(by).select_related("person__org", "campaign")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if search:
        found = found.filter(Q(title__contains=search) | Q(person__name__contains=search))
    return found


@dataclass(frozen=True)
class Reached:
    """What one channel brought. ``reach`` adds up audiences, so one person may be in it several times;
    ``unmeasured`` placements have no number at all."""

    channel: Channel
    placements: int
    originals: int
    reach: int
    unmeasured: int


def by_channel(by: Actor, *, campaign: Campaign) -> tuple[Reached, ...]:
    """Every channel in its order, unused ones too: they show what is still missing."""
    counted = {
        row["channel"]: row
        for row in placements(by, campaign=campaign)
        .order_by()
        .values("channel")
        .annotate(
            placements=Count("pk"),
            originals=Count("pk", filter=Q(origin=Origin.ORIGINAL)),
            reached=Sum("reach", default=0),
            unmeasured=Count("pk", filter=Q(reach=None)),
        )
    }
    return tuple(
        Reached(
            channel=channel,
            placements=row["placements"],
            originals=row["originals"],
            reach=row["reached"],
            unmeasured=row["unmeasured"],
        )
        if (row := counted.get(channel.value))
        else Reached(channel, 0, 0, 0, 0)
        for channel in Channel
    )
