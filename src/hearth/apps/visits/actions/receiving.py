"""Visits written on the way, kept on a phone and sent when there is a network: each is recorded once."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from hearth.apps.campaigns import queries as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import PersonKind
from hearth.apps.files import actions as files
from hearth.apps.files.states import Kind
from hearth.apps.visits.actions.cases import tell, tell_the_assignee
from hearth.apps.visits.actions.recording import record, suggest
from hearth.apps.visits.actions.steps import VisitRefused, may_record
from hearth.apps.visits.models import Case, Gift, Visit, VisitFile, VisitSuggestion
from hearth.apps.visits.states import CaseKind, CaseState, Manner, Matter, Shown, Urgency, VisitedKind

PICTURES = (Kind.JPEG, Kind.PNG)


@dataclass(frozen=True, kw_only=True)
class Difficulty:
    text: str
    kind: CaseKind
    urgency: Urgency
    matter: Matter | None
    person: Person
    due: datetime.date


@dataclass(frozen=True, kw_only=True)
class Given:
    what: str
    quantity: int
    money: Decimal | None

    def __str__(self) -> str:
        return f"{self.what}{self.quantity}份" if self.quantity > 1 else self.what


@dataclass(frozen=True, kw_only=True)
class Picture:
    name: str
    data: bytes
    shows: Shown


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A visit as written. ``key`` was made by the phone; ``name`` and ``unit`` may be of a person not yet known."""

    key: uuid.UUID
    campaign: Campaign
    visited_on: datetime.date
    place: str
    manner: Manner
    name: str
    unit: Organisation
    title: str
    field: str
    kind: VisitedKind | None
    leader: str
    on_behalf_of: str
    companions: str
    recorder: str
    progress: str
    achievements: str
    may_publish: bool
    difficulties: Sequence[Difficulty] = ()
    suggestions: Sequence[str] = ()
    gifts: Sequence[Given] = ()
    pictures: Sequence[Picture] = ()


@transaction.atomic
def receive(*, entry: Entry, by: Actor) -> Visit:
    """Record a visit with everything told and given there; sent again, it is the same visit and nothing is added."""
    may_record(by)
    number = campaigns.next_number(Visit, entry.campaign, "ZF")  # from here on one at a time for the campaign
    kept: Visit | None = Visit.objects.filter(key=entry.key).first()
    if kept is not None:
        return kept
    try:
        with transaction.atomic():
            return _record(entry, number, by)
    except IntegrityError as error:
        if "visit_kept_once" not in str(error):
            raise
        same: Visit = Visit.objects.get(key=entry.key)
        return same


def _record(entry: Entry, number: str, by: Actor) -> Visit:
    visit = record(
        key=entry.key,
        campaign=entry.campaign,
        number=number,
        visited_on=entry.visited_on,
        person=_person(entry, by),
        unit=entry.unit,
        title=entry.title,
        field=entry.field,
        kind=entry.kind,
        leader=entry.leader,
        on_behalf_of=entry.on_behalf_of,
        companions=entry.companions,
        recorder=entry.recorder,
        progress=entry.progress,
        achievements=entry.achievements,
        gifts="、".join(map(str, entry.gifts))[:120],
        may_publish=entry.may_publish,
        place=entry.place,
        manner=entry.manner,
        by=by,
    )
    for one in entry.difficulties:
        _tell(visit, one, by)
    for text in entry.suggestions:
        suggest(
            visit=visit,
            number=campaigns.next_number(VisitSuggestion, entry.campaign, "JY"),
            text=text,
            by=by,
        )
    for gift in entry.gifts:
        Gift.objects.create(
            org=visit.org, visit=visit, what=gift.what, quantity=gift.quantity, money=gift.money
        )
    for picture in entry.pictures:
        _keep(visit, picture, by)
    return visit


def _person(entry: Entry, by: Actor) -> Person:
    known = Person.objects.filter(org=entry.unit, name=entry.name).first()
    return known or directory.add_person(
        org=entry.unit,
        name=entry.name,
        kind=PersonKind.SCIENTIST,
        title=entry.title,
        field=entry.field,
        by=by,
    )


def _tell(visit: Visit, told: Difficulty, by: Actor) -> None:
    own = told.person.user_id is not None and told.person.user_id == by.user_id
    case = tell(
        visit=visit,
        number=campaigns.next_number(Case, visit.campaign, "KN"),
        text=told.text,
        kind=told.kind,
        handled_by=told.person.org,
        person=told.person,
        due=told.due,
        state=CaseState.COLLECTED if own else CaseState.ASSIGNED,
        urgency=told.urgency,
        matter=told.matter,
        by=by,
    )
    tell_the_assignee(case, f"走访时听到一件困难，请在{told.due:%-m月%-d日}前答复", by)


def _keep(visit: Visit, picture: Picture, by: Actor) -> None:
    try:
        file = files.keep(name=picture.name, data=picture.data, by=by)
    except files.FileRefused as refused:
        raise VisitRefused(str(refused)) from refused
    if file.kind not in PICTURES:
        raise VisitRefused(f"“{picture.name}”不是照片。请换成 .jpg 或 .png 再传。")
    VisitFile.objects.get_or_create(
        visit=visit,
        file=file,
        defaults={"org": visit.org, "org_path": visit.org.path, "shows": picture.shows},
    )
