"""The one switch: to another level, or of a plan B. Everything in one transaction; a drill changes nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns import queries as campaign_queries
from hearth.apps.campaigns.models import Campaign, Level
from hearth.apps.contingency import queries
from hearth.apps.contingency.actions.steps import (
    SwitchRefused,
    constraints_explained,
    locked,
    may_plan,
    rearrange,
)
from hearth.apps.contingency.actions.telling import tell_circles, tell_leading
from hearth.apps.contingency.models import PlanB, Switch, Turn
from hearth.apps.contingency.queries import Outlook, Step
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach.models import OutreachEvent


@transaction.atomic
def pull(
    *, of: Level | PlanB, why: str, message: str, seen: str, is_drill: bool = False, by: Actor
) -> Switch:
    """Move the campaign to a level, or pull a plan B: activities change, everybody concerned is told, all is written down.

    ``seen`` is the mark of the outlook that was confirmed: when something else would happen by now, the switch is refused.
    """
    may_plan(by)
    campaign = locked(of.campaign_id)
    if campaign.archived_at and not is_drill:
        raise SwitchRefused("活动已经归档，预案不能再启动，只能演练。")
    outlook = queries.outlook(of, by=by)
    if outlook.mark != seen:
        raise SwitchRefused("这一页打开以后情况有变。下面是现在的，请再看一遍。")
    if not is_drill:
        _refuse_standing(of)
    with constraints_explained():
        switch = _write_down(campaign, outlook, why, message, is_drill, by)
        _write_turns(switch, outlook.steps)
        if is_drill:
            switch.told = tell_leading(switch, queries.leading(of), [step.line for step in outlook.steps], by)
        else:
            _carry_out(switch, outlook, by)
    switch.to_call = switch.calls.count()
    switch.save()
    audit.record(
        "演练预案" if is_drill else "启动预案",
        switch,
        by=by,
        was=str(outlook.was or ""),
        reason=why,
        told=switch.told,
        fields=[step.line for step in outlook.steps],
    )
    return switch


def _refuse_standing(of: Level | PlanB) -> None:
    if isinstance(of, Level) and Level.objects.filter(pk=of.pk, in_force_since__isnull=False).exists():
        raise SwitchRefused(f"现在就是{of}，不用换。")
    if isinstance(of, PlanB) and Switch.objects.filter(plan=of, is_drill=False, over_at=None).exists():
        raise SwitchRefused(f"“{of}”已经启动。要改回原样，请撤销。")


def _write_down(
    campaign: Campaign, outlook: Outlook, why: str, message: str, is_drill: bool, by: Actor
) -> Switch:
    of, was = outlook.of, outlook.was
    replaced = None
    if isinstance(of, Level) and not is_drill:
        before = Switch.objects.filter(campaign=campaign, level__isnull=False, is_drill=False, over_at=None)
        replaced = before.select_for_update(of=("self",)).first()
        if replaced is not None:
            replaced.over_at = timezone.now()
            replaced.save()
    switch: Switch = Switch.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=campaign_queries.next_number(Switch, campaign, "QD"),
        level=of if isinstance(of, Level) else None,
        plan=of if isinstance(of, PlanB) else None,
        was=was if isinstance(of, Level) else None,
        was_since=was.in_force_since if was and isinstance(of, Level) else None,
        replaced=replaced,
        is_drill=is_drill,
        why=why,
        message=message,
        pulled_by=by.name,
    )
    return switch


def _write_turns(switch: Switch, steps: tuple[Step, ...]) -> None:
    for step in steps:
        Turn.objects.create(
            org=switch.org,
            switch=switch,
            event=step.activity if isinstance(step.activity, OutreachEvent) else None,
            forum=step.activity if isinstance(step.activity, Forum) else None,
            before=step.before.as_json,
            after=step.after.as_json,
        )


def _carry_out(switch: Switch, outlook: Outlook, by: Actor) -> None:
    if isinstance(outlook.of, Level):
        bring_into_force(outlook.of, outlook.was, by)
    for step in outlook.steps:
        rearrange(step.activity, step.after, by)
    lines = {step.activity: step.line for step in outlook.steps}
    switch.told = tell_circles(switch, outlook.circles, lines, f"预案启动：{outlook.of}", by)


def bring_into_force(level: Level, instead_of: Level | None, by: Actor) -> None:
    if instead_of is not None:
        campaigns.amend(record=instead_of, changes={"in_force_since": None}, verb="停用", by=by)
    changes = {"in_force_since": timezone.localdate()}
    campaigns.amend(record=level, changes=changes, verb="启用", by=by)
