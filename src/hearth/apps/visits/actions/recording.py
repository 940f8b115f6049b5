"""Recording visits and the suggestions heard there."""

import datetime
import uuid
from typing import TypedDict, Unpack

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.visits.actions.steps import may_record, number_explained
from hearth.apps.visits.models import Visit, VisitSuggestion
from hearth.apps.visits.states import Manner, VisitedKind


class VisitChanges(TypedDict, total=False):
    """What may be corrected in a visit."""

    visited_on: datetime.date
    person: Person
    unit: Organisation
    title: str
    field: str
    kind: str
    leader: str
    on_behalf_of: str
    companions: str
    progress: str
    gifts: str
    may_publish: bool
    place: str
    manner: str
    achievements: str
    recorder: str


@transaction.atomic
def record(
    *,
    campaign: Campaign,
    number: str,
    visited_on: datetime.date,
    person: Person,
    unit: Organisation,
    leader: str,
    progress: str,
    title: str = "",
    field: str = "",
    kind: VisitedKind | None = None,
    on_behalf_of: str = "",
    companions: str = "",
    gifts: str = "",
    may_publish: bool = False,
    place: str = "",
    manner: Manner | None = None,
    achievements: str = "",
    recorder: str = "",
    key: uuid.UUID | None = None,
    by: Actor,
) -> Visit:
    may_record(by)
    with number_explained(number):
        visit: Visit = Visit.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            visited_on=visited_on,
            person=person,
            unit=unit,
            title=title,
            field=field,
            kind=kind or "",
            leader=leader,
            on_behalf_of=on_behalf_of,
            companions=companions,
            progress=progress,
            gifts=gifts,
            may_publish=may_publish,
            place=place,
            manner=manner or "",
            achievements=achievements,
            recorder=recorder,
            key=key,
        )
    audit.record("记录走访", visit, by=by)
    return visit


@transaction.atomic
def amend(*, visit: Visit, by: Actor, **changes: Unpack[VisitChanges]) -> Visit:
    may_record(by)
    return campaigns.amend(record=visit, changes=changes, verb="更正走访", by=by)


@transaction.atomic
def suggest(*, visit: Visit, number: str, text: str, by: Actor) -> VisitSuggestion:
    """Keep a suggestion heard on a visit."""
    may_record(by)
    with number_explained(number):
        suggestion: VisitSuggestion = VisitSuggestion.objects.create(
            org=visit.org, campaign_id=visit.campaign_id, visit=visit, number=number, text=text
        )
    audit.record("记录建议", suggestion, by=by)
    return suggestion
