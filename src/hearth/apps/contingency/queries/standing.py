"""What the plan holds and what was pulled."""

from django.db.models import Prefetch, QuerySet

from hearth.apps.campaigns.models import Campaign, Level
from hearth.apps.contingency.models import Change, PlanB, Resource, Switch, Turn
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach.models import OutreachEvent

_CHANGES = Prefetch("changes", Change.objects.select_related("event__school", "forum"))
_TURNS = Prefetch("turns", Turn.objects.select_related("event__school", "forum"))


def levels(by: Actor) -> QuerySet[Level]:
    found: QuerySet[Level] = Level.objects.visible_to(by).select_related(
        "campaign__org", "org", "lead", "deputy"
    )
    return found.prefetch_related(_CHANGES, "resources")


def plans(by: Actor) -> QuerySet[PlanB]:
    found: QuerySet[PlanB] = PlanB.objects.visible_to(by).select_related(
        "campaign__org", "org", "lead", "deputy"
    )
    return found.prefetch_related(_CHANGES)


def resources(by: Actor, campaign: Campaign) -> QuerySet[Resource]:
    """Those of the whole plan, then those of each level."""
    found: QuerySet[Resource] = Resource.objects.visible_to(by).filter(campaign=campaign)
    return found.select_related("level").order_by("level__rank", "pk")


def switches(by: Actor) -> QuerySet[Switch]:
    found: QuerySet[Switch] = Switch.objects.visible_to(by)
    return found.select_related("campaign__org", "org", "level", "plan", "was").prefetch_related(_TURNS)


def log(by: Actor, campaign: Campaign) -> QuerySet[Switch]:
    """Every pull of a campaign, the last first."""
    return switches(by).filter(campaign=campaign)


def in_force(by: Actor, campaign: Campaign) -> QuerySet[Switch]:
    """What was pulled and still holds."""
    return log(by, campaign).filter(is_drill=False, over_at=None)


def activities(by: Actor, campaign: Campaign) -> list[OutreachEvent | Forum]:
    """What of a campaign can be moved or cancelled, in the order of the days."""
    events = OutreachEvent.objects.visible_to(by).filter(campaign=campaign)
    forums = Forum.objects.visible_to(by).filter(campaign=campaign)
    return sorted([*events, *forums], key=lambda one: (one.held_on, one.name))
