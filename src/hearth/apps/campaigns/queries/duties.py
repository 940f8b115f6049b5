"""Duties of one person, and how those of a campaign stand: late, at risk, done with or without evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from hearth.apps.campaigns import rules
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.rules import Risk
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory.models import Actor, Person

WEEK = datetime.timedelta(days=7)
MOST_DONE = 10


def duties(by: Actor) -> QuerySet[Duty]:
    found: QuerySet[Duty] = Duty.objects.visible_to(by)
    return found.select_related("campaign", "person__org", "deputy", "lead", "file")


def duties_of(person: Person, *, by: Actor) -> QuerySet[Duty]:
    """What somebody answers for, and what he stands in for; the earliest first."""
    return duties(by).filter(Q(person=person) | Q(deputy=person)).order_by("due", "pk")


@dataclass(frozen=True)
class Load:
    """One person's duties across campaigns. Nothing grows late once its campaign is archived."""

    late: tuple[Duty, ...]
    soon: tuple[Duty, ...]
    later: tuple[Duty, ...]
    done: tuple[Duty, ...]
    standing_in: tuple[Duty, ...]

    @property
    def open(self) -> tuple[Duty, ...]:
        """Those of running campaigns that he answers for himself, and that can be handed over."""
        return tuple(one for one in (*self.late, *self.soon, *self.later) if one.campaign.archived_at is None)


def load_of(person: Person, *, by: Actor) -> Load:
    found = list(duties_of(person, by=by))
    own = [one for one in found if one.person_id == person.pk]
    waiting = [one for one in own if one.state != DutyState.DONE]
    return Load(
        late=tuple(one for one in waiting if one.due < day_of(one.campaign)),
        soon=tuple(one for one in waiting if day_of(one.campaign) <= one.due <= day_of(one.campaign) + WEEK),
        later=tuple(one for one in waiting if one.due > day_of(one.campaign) + WEEK),
        done=tuple(reversed([one for one in own if one.state == DutyState.DONE])),
        standing_in=tuple(one for one in found if one.person_id != person.pk and one.state != DutyState.DONE),
    )


def day_of(campaign: Campaign) -> datetime.date:
    """The day by which deadlines are judged: today, or the day on which the campaign was archived."""
    return timezone.localdate(campaign.archived_at) if campaign.archived_at else timezone.localdate()


@dataclass(frozen=True)
class Endangered:
    duty: Duty
    risks: tuple[Risk, ...]


@dataclass(frozen=True)
class Board:
    """The duties of a campaign for whoever directs it; ``bare`` are done without any evidence."""

    late: tuple[Duty, ...]
    at_risk: tuple[Endangered, ...]
    calm: tuple[Duty, ...]
    proven: tuple[Duty, ...]
    bare: tuple[Duty, ...]

    @property
    def latest(self) -> tuple[Duty, ...]:
        return tuple(sorted(self.proven, key=lambda one: (one.done_on, one.pk), reverse=True))[:MOST_DONE]


def board(campaign: Campaign, *, on: datetime.date, by: Actor) -> Board:
    found = list(duties(by).filter(campaign=campaign).order_by("due", "number"))
    done = [one for one in found if one.state == DutyState.DONE]
    waiting = [one for one in found if one.state != DutyState.DONE]
    ahead = [
        Endangered(one, rules.risks(one.state, one.due, one.deputy_id is not None, on))
        for one in waiting
        if one.due >= on
    ]
    return Board(
        late=tuple(one for one in waiting if one.due < on),
        at_risk=tuple(one for one in ahead if one.risks),
        calm=tuple(one.duty for one in ahead if not one.risks),
        proven=tuple(one for one in done if one.evidence or one.file_id),
        bare=tuple(one for one in done if not one.evidence and not one.file_id),
    )


def calendar_of(found: Iterable[Duty]) -> bytes:
    """Open duties as an iCalendar file, each a whole day: that of its deadline."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hearth//duties//ZH")
    calendar.add("version", "2.0")
    for duty in found:
        entry = Entry()
        entry.add("uid", f"duty-{duty.pk}@hearth")
        entry.add("dtstamp", duty.updated_at)
        entry.add("summary", f"到期：{duty.task}")
        entry.add(
            "description", f"{duty.campaign}　{duty.lead}　责任人 {duty.person}，代理人 {duty.deputy or '无'}"
        )
        entry.add("dtstart", duty.due)
        entry.add("dtend", duty.due + datetime.timedelta(days=1))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
