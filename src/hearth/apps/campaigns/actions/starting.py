"""Starting a campaign from one before, or from an instruction that came from above."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from hearth.apps.campaigns import queries
from hearth.apps.campaigns.actions.keeping import CampaignRefused, assign, plan_level, start
from hearth.apps.campaigns.models import Campaign, Duty, Level
from hearth.apps.campaigns.states import Part
from hearth.apps.directory.models import Actor, Person


@transaction.atomic
def start_again(*, previous: Campaign, told: Mapping[str, object], by: Actor) -> Campaign:
    """Start a campaign as one before went: its duties, shifted by as many days, and its contingency levels, none in force.

    ``told`` are the arguments of ``start``. Only duties of parts that the new campaign has are taken over; the persons stay
    as they are, and are to be looked through.
    """
    campaign = start(**told, previous=previous, by=by)  # type: ignore[arg-type]
    shift = campaign.starts - previous.starts
    duties = Duty.objects.visible_to(by).filter(campaign=previous, part__in=campaign.parts)
    for duty in duties.select_related("lead", "person", "deputy"):
        _again(duty, campaign, shift, by)
    if Part.CONTINGENCY in campaign.parts:
        for level in Level.objects.visible_to(by).filter(campaign=previous).select_related("lead", "deputy"):
            _plan_again(level, campaign, by)
    return campaign


@transaction.atomic
def start_on_instruction(
    *,
    told: Mapping[str, object],
    report: str,
    due: datetime.date | None,
    person: Person | None,
    by: Actor,
) -> Campaign:
    """Start a campaign because a notice from above asks for it; what has to be reported becomes somebody's duty."""
    campaign = start(**told, by=by)  # type: ignore[arg-type]
    if due is None:
        return campaign
    if person is None:
        raise CampaignRefused("这份通知要求报送。请选一位责任人，到期前提醒他。")
    number = queries.next_number(Duty, campaign, "FG")
    part = Part.NOTICES if Part.NOTICES in campaign.parts else Part(campaign.parts[0])
    assign(
        campaign=campaign, number=number, part=part, task=report, lead=by.org, person=person, due=due, by=by
    )
    return campaign


def _again(duty: Duty, campaign: Campaign, shift: datetime.timedelta, by: Actor) -> None:
    assign(
        campaign=campaign,
        number=duty.number,
        part=Part(duty.part),
        task=duty.task,
        lead=duty.lead,
        supporting=duty.supporting,
        person=duty.person,
        deputy=duty.deputy,
        due=duty.due + shift,
        by=by,
    )


def _plan_again(level: Level, campaign: Campaign, by: Actor) -> None:
    plan_level(
        campaign=campaign,
        rank=level.rank,
        name=level.name,
        trigger=level.trigger,
        lead=level.lead,
        deputy=level.deputy,
        measures=level.measures,
        message=level.message,
        set_on=level.set_on,
        by=by,
    )
