"""Setting levels, making plans B, preparing what each changes, keeping resources."""

from __future__ import annotations

import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns import queries as campaign_queries
from hearth.apps.campaigns.models import Campaign, Level
from hearth.apps.contingency import queries
from hearth.apps.contingency.actions.steps import SwitchRefused, constraints_explained, may_plan
from hearth.apps.contingency.models import Change, PlanB, Resource
from hearth.apps.contingency.states import What
from hearth.apps.directory.models import Actor, Person
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach.models import OutreachEvent


class Told(TypedDict, total=False):
    """What a level and a plan B say alike."""

    name: str
    trigger: str
    set_on: datetime.date | None
    lead: Person
    deputy: Person | None
    measures: str
    message: str


class LevelTold(Told, total=False):
    rank: int


@transaction.atomic
def set_level(*, campaign: Campaign, by: Actor, **told: Unpack[LevelTold]) -> Level:
    """Add a level; it comes into force by a switch."""
    may_plan(by)
    _refuse_same(told)
    with constraints_explained():
        return campaigns.plan_level(campaign=campaign, by=by, **told)


@transaction.atomic
def amend_level(*, level: Level, by: Actor, **changes: Unpack[LevelTold]) -> Level:
    may_plan(by)
    _refuse_same({"lead": level.lead, "deputy": level.deputy, **changes})
    with constraints_explained():
        return campaigns.amend(record=level, changes=changes, verb="修改预案", by=by)


@transaction.atomic
def make_plan(*, campaign: Campaign, by: Actor, **told: Unpack[Told]) -> PlanB:
    may_plan(by)
    number = campaign_queries.next_number(PlanB, campaign, "BA")
    with constraints_explained():
        plan: PlanB = PlanB.objects.create(org=campaign.org, campaign=campaign, number=number, **told)
    audit.record("设定 B 案", plan, by=by)
    return plan


@transaction.atomic
def amend_plan(*, plan: PlanB, by: Actor, **changes: Unpack[Told]) -> PlanB:
    may_plan(by)
    with constraints_explained():
        return campaigns.amend(record=plan, changes=changes, verb="修改 B 案", by=by)


@transaction.atomic
def prepare(
    *,
    of: Level | PlanB,
    activity: OutreachEvent | Forum,
    what: What,
    held_on: datetime.date | None = None,
    starts: datetime.time | None = None,
    ends: datetime.time | None = None,
    place: str = "",
    by: Actor,
) -> Change:
    """Write down what a level or a plan B will make of an activity. Nothing changes yet."""
    may_plan(by)
    if activity.campaign_id != of.campaign_id:
        raise SwitchRefused(f"{activity}不是这次活动的，不能写进它的预案。")
    change = Change(
        org=of.org,
        level=of if isinstance(of, Level) else None,
        plan=of if isinstance(of, PlanB) else None,
        event=activity if isinstance(activity, OutreachEvent) else None,
        forum=activity if isinstance(activity, Forum) else None,
        what=what,
    )
    if what == What.MOVED:
        change.held_on, change.starts, change.ends, change.place = held_on, starts, ends, place
        after = change.after(queries.arrangement_of(activity))
        if not after.is_possible:
            raise SwitchRefused(
                f"{activity} {after.starts:%H:%M} 开始，{after.ends:%H:%M} 结束：结束要晚于开始，请改一处。"
            )
    with constraints_explained():
        change.save()
    audit.record("准备变更", of, by=by, task=str(change))
    return change


@transaction.atomic
def drop_change(*, change: Change, by: Actor) -> None:
    may_plan(by)
    of = change.level or change.plan
    assert of is not None
    audit.record("去掉变更", of, by=by, task=str(change))
    change.delete()


@transaction.atomic
def add_resource(
    *,
    campaign: Campaign,
    level: Level | None = None,
    name: str,
    amount: str = "",
    who: str = "",
    phone: str = "",
    by: Actor,
) -> Resource:
    """Write down something that can be used; of one level, or of the whole plan."""
    may_plan(by)
    resource: Resource = Resource.objects.create(
        org=campaign.org, campaign=campaign, level=level, name=name, amount=amount, who=who, phone=phone
    )
    audit.record("登记应急资源", resource, by=by)
    return resource


@transaction.atomic
def drop_resource(*, resource: Resource, by: Actor) -> None:
    may_plan(by)
    audit.record("去掉应急资源", resource, by=by)
    resource.delete()


def _refuse_same(told: LevelTold) -> None:
    if told.get("deputy") and told.get("deputy") == told.get("lead"):
        raise SwitchRefused("代理人要是另一个人。")
