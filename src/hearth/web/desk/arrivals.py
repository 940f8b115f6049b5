"""What came in lately for a campaign: returns, visits, placements and events that were held, the newest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.notices.models import Return
from hearth.apps.notices.rules.fields import plain
from hearth.apps.notices.states import ReturnState
from hearth.apps.outreach import queries as outreach
from hearth.apps.publicity import queries as publicity
from hearth.apps.visits import queries as visits

MOST = 6
MOST_NUMBERS = 2


@dataclass(frozen=True)
class Arrival:
    """``on`` is the day that the record itself names."""

    on: datetime.date
    label: str
    href: str
    kind: str | Promise
    text: str


def latest(campaign: Campaign, by: Actor) -> tuple[Arrival, ...]:
    found = [
        *_returns(campaign, by),
        *_visits(campaign, by),
        *_placements(campaign, by),
        *_events(campaign, by),
    ]
    return tuple(sorted(found, key=lambda arrival: arrival.on, reverse=True)[:MOST])


def _returns(campaign: Campaign, by: Actor) -> Iterator[Arrival]:
    rows = (
        Return.objects.visible_to(by)
        .filter(campaign=campaign, state=ReturnState.SENT)
        .select_related("org")
        .order_by("-sent_on", "-pk")
    )
    for row in rows.prefetch_related("answers")[:MOST]:
        said = "，".join(_numbers(row)) or _("已报")
        yield Arrival(row.sent_on, str(row.org), reverse("desk:return", args=[row.pk]), _("报送"), said)


def _numbers(row: Return) -> Iterator[str]:
    """The first numbers of a return, such as 学习讨论场次 3 场."""
    numbers = {one.key: one.number for one in row.answers.all() if one.number is not None and not one.column}
    asked = [one for one in row.form if one.key in numbers]
    for one in asked[:MOST_NUMBERS]:
        yield f"{one.label} {plain(numbers[one.key])} {one.unit}".strip()


def _visits(campaign: Campaign, by: Actor) -> Iterator[Arrival]:
    for row in visits.visits(by, campaign=campaign).order_by("-visited_on", "-pk")[:MOST]:
        said = _("%(leader)s带队") % {"leader": row.leader}
        yield Arrival(row.visited_on, str(row), reverse("desk:visit", args=[row.pk]), _("走访"), said)


def _placements(campaign: Campaign, by: Actor) -> Iterator[Arrival]:
    for row in publicity.placements(by, campaign=campaign).order_by("-placed_on", "-pk")[:MOST]:
        yield Arrival(
            row.placed_on, row.medium, reverse("desk:placement", args=[row.pk]), _("刊播"), row.title
        )


def _events(campaign: Campaign, by: Actor) -> Iterator[Arrival]:
    held = outreach.events(by, campaign=campaign).filter(held_on__lte=timezone.localdate(), cancelled_at=None)
    rows = held.order_by("-held_on", "-pk")
    for row in rows[:MOST]:
        yield Arrival(
            row.held_on,
            row.name,
            reverse("desk:outreach_event", args=[row.pk]),
            _("科普活动"),
            str(row.school),
        )
