"""Setting up a campaign and keeping its duties, meetings and contingency plan."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries
from hearth.apps.campaigns.models import Campaign, CampaignRecord, Duty, Level, Quotation, Session
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.measures.models import Subject

Record = TypeVar("Record", bound=CampaignRecord)


class CampaignRefused(Exception):
    """Something that a campaign does not allow; the message names the cure."""


@transaction.atomic
def start(
    *,
    org: Organisation,
    name: str,
    year: int,
    starts: datetime.date,
    ends: datetime.date,
    theme: str = "",
    edition: int | None = None,
    basis: str = "",
    partners: Sequence[Organisation] = (),
    archived_at: datetime.datetime | None = None,
    parts: Sequence[Part] = tuple(Part),
    previous: Campaign | None = None,
    by: Actor,
) -> Campaign:
    if Campaign.objects.filter(org=org, name=name, year=year).exists():
        raise CampaignRefused(f"{org} {year}年已经有这次活动：{name}。不能再建一次，请换一个名称或年份。")
    if ends < starts:
        raise CampaignRefused(f"止 {ends} 早于起 {starts}，请改其中一个。")
    subject = Subject.objects.create(org=org, name=f"{year}年{name}")
    campaign = Campaign.objects.create(
        subject=subject,
        org=org,
        name=name,
        year=year,
        starts=starts,
        ends=ends,
        theme=theme,
        edition=edition,
        basis=basis,
        archived_at=archived_at,
        parts=[str(part) for part in Part if part in parts],
        previous=previous,
    )
    campaign.partners.set(partners)
    audit.record("发起", campaign, by=by)
    return campaign


@transaction.atomic
def assign(
    *,
    campaign: Campaign,
    number: str,
    part: Part,
    task: str,
    lead: Organisation,
    supporting: str = "",
    person: Person,
    deputy: Person | None = None,
    due: datetime.date,
    state: DutyState = DutyState.WAITING,
    done_on: datetime.date | None = None,
    evidence: str = "",
    by: Actor,
) -> Duty:
    """Make a task somebody's."""
    duty = Duty.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=number,
        part=part,
        task=task,
        lead=lead,
        supporting=supporting,
        person=person,
        deputy=deputy,
        due=due,
        state=state,
        done_on=done_on,
        evidence=evidence,
    )
    audit.record("分工", duty, by=by)
    return duty


@transaction.atomic
def hold_session(
    *,
    campaign: Campaign,
    number: str,
    held_on: datetime.date,
    name: str,
    decisions: str,
    place: str = "",
    chair: str = "",
    attending: str = "",
    by: Actor,
) -> Session:
    session = Session.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=number,
        held_on=held_on,
        name=name,
        decisions=decisions,
        place=place,
        chair=chair,
        attending=attending,
    )
    audit.record("记录会议", session, by=by)
    return session


@transaction.atomic
def record_session(
    *,
    campaign: Campaign,
    held_on: datetime.date,
    name: str,
    decisions: str,
    place: str,
    chair: str,
    attending: str,
    by: Actor,
) -> Session:
    """A meeting as it is recorded in the house, with the next number of its campaign."""
    return hold_session(
        campaign=campaign,
        number=queries.next_number(Session, campaign, "HY"),
        held_on=held_on,
        name=name,
        decisions=decisions,
        place=place,
        chair=chair,
        attending=attending,
        by=by,
    )


@transaction.atomic
def plan_level(
    *,
    campaign: Campaign,
    rank: int,
    name: str,
    trigger: str,
    lead: Person,
    deputy: Person | None = None,
    measures: str,
    message: str = "",
    in_force_since: datetime.date | None = None,
    set_on: datetime.date | None = None,
    by: Actor,
) -> Level:
    level = Level.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=f"YA-{rank}",
        rank=rank,
        name=name,
        trigger=trigger,
        lead=lead,
        deputy=deputy,
        measures=measures,
        message=message,
        in_force_since=in_force_since,
        set_on=set_on,
    )
    audit.record("设定预案", level, by=by)
    return level


@transaction.atomic
def quote(
    *,
    campaign: Campaign,
    name: str,
    value: int | None,
    unit: str,
    written: str,
    source: str,
    stated_on: datetime.date | None,
    by: Actor,
) -> Quotation:
    """Keep a fact from elsewhere with its source."""
    quotation = Quotation.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=f"YY-{name}",
        name=name,
        value=value,
        unit=unit,
        written=written,
        source=source,
        stated_on=stated_on,
    )
    audit.record("引用", quotation, by=by)
    return quotation


@transaction.atomic
def amend(*, record: Record, changes: Mapping[str, object], verb: str, by: Actor) -> Record:
    """Change fields of a campaign's record; the app that keeps the record asks whether that is allowed."""
    locked: Record = type(record)._default_manager.select_for_update().get(pk=record.pk)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save()
    audit.record(verb, locked, by=by, fields=sorted(changes))
    return locked
