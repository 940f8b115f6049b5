"""What the campaign before left open: it stands on the page of the next one until it is done."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise as Said
from django.utils.translation import gettext_lazy as _

from hearth.apps.agreements.models import Clause
from hearth.apps.agreements.states import ClauseState
from hearth.apps.campaigns.models import Campaign, Duty, Suggestion
from hearth.apps.campaigns.states import DutyState, Handling
from hearth.apps.directory.models import Actor
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED
from hearth.web.desk.records import address_of


@dataclass(frozen=True)
class Promise:
    """Something promised and not done, with who is to do it; ``due`` is None where no day was set."""

    kind: str | Said
    text: str
    who: str
    due: datetime.date | None
    href: str


def left_by(campaign: Campaign | None, by: Actor) -> tuple[Promise, ...]:
    """Those of a campaign before, the longest due first; what has no day stands last."""
    if campaign is None:
        return ()
    found = (
        *_clauses(campaign, by),
        *_cases(campaign, by),
        *_duties(campaign, by),
        *_suggestions(campaign, by),
    )
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or datetime.date.min)))


def _clauses(campaign: Campaign, by: Actor) -> Iterator[Promise]:
    rows = Clause.objects.visible_to(by).filter(campaign=campaign).exclude(state=ClauseState.DONE)
    for clause in rows:
        yield Promise(_("协议事项"), str(clause), clause.who, clause.due, _href(clause))


def _cases(campaign: Campaign, by: Actor) -> Iterator[Promise]:
    rows = Case.objects.visible_to(by).filter(campaign=campaign).exclude(state__in=CLOSED)
    for case in rows.select_related("person"):
        yield Promise(_("困难"), str(case), str(case.person), case.due, _href(case))


def _duties(campaign: Campaign, by: Actor) -> Iterator[Promise]:
    rows = Duty.objects.visible_to(by).filter(campaign=campaign).exclude(state=DutyState.DONE)
    for duty in rows.select_related("person"):
        yield Promise(_("任务"), duty.task, str(duty.person), duty.due, _href(duty))


def _suggestions(campaign: Campaign, by: Actor) -> Iterator[Promise]:
    rows = Suggestion.objects.visible_to(by).filter(campaign=campaign, handling=Handling.OPEN, joined_to=None)
    for suggestion in rows:
        yield Promise(_("没处理的意见"), str(suggestion), "", None, _href(suggestion))


def _href(record: Model) -> str:
    return address_of(record._meta.label_lower, str(record.pk))
