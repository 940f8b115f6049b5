"""Taking a switch back: everything as it was, except what somebody changed since."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Level
from hearth.apps.contingency import queries
from hearth.apps.contingency.actions.steps import (
    SwitchRefused,
    constraints_explained,
    locked,
    may_plan,
    rearrange,
)
from hearth.apps.contingency.actions.telling import tell_circles
from hearth.apps.contingency.models import Switch
from hearth.apps.contingency.queries import Return
from hearth.apps.directory.models import Actor


@transaction.atomic
def undo(*, switch: Switch, why: str, by: Actor) -> Switch:
    """Bring back every activity that stands as the switch left it, and the level before; tell everybody again.

    What was changed since is left alone, and each such turn says why.
    """
    may_plan(by)
    locked(switch.campaign_id)
    switch = (
        Switch.objects.select_for_update(of=("self",))
        .select_related("campaign", "org", "level", "plan", "was", "replaced")
        .get(pk=switch.pk)
    )
    _refuse_over(switch)
    found = queries.returns(switch)
    back = [one for one in found if not one.left_because]
    switch.over_at = switch.undone_at = timezone.now()
    switch.undone_by, switch.undone_because = by.name, why
    with constraints_explained():
        switch.save()
        _write_turns(found)
        if switch.level is not None:
            _bring_back(switch, by)
        for one in back:
            rearrange(one.turn.activity, one.turn.was, by)
        circles = queries.circles(switch.of, switch.was, [one.turn.activity for one in back])
        lines = {one.turn.activity: one.line for one in back}
        switch.undone_told = tell_circles(switch, circles, lines, f"预案撤销：{switch.of}", by)
    switch.to_call = switch.calls.count()
    switch.save()
    audit.record(
        "撤销预案", switch, by=by, reason=why, told=switch.undone_told, fields=[one.line for one in back]
    )
    return switch


def _refuse_over(switch: Switch) -> None:
    if switch.is_drill:
        raise SwitchRefused("演练什么都没有改，不用撤销。")
    if switch.undone_at:
        raise SwitchRefused("已经撤销过。")
    if switch.over_at:
        raise SwitchRefused("后来又换了级别。请先撤销后来的那一次。")


def _write_turns(found: tuple[Return, ...]) -> None:
    for one in found:
        one.turn.is_undone, one.turn.left_because = not one.left_because, one.left_because[:200]
        one.turn.save()


def _bring_back(switch: Switch, by: Actor) -> None:
    """The level before, in force since the day it was; left alone when somebody put another one in force by hand."""
    now = Level.objects.filter(campaign=switch.campaign_id, in_force_since__isnull=False).first()
    if now is None or now.pk != switch.level_id:
        return
    campaigns.amend(record=now, changes={"in_force_since": None}, verb="停用", by=by)
    if switch.was is not None:
        changes = {"in_force_since": switch.was_since}
        campaigns.amend(record=switch.was, changes=changes, verb="恢复启用", by=by)
    if switch.replaced is not None:
        switch.replaced.over_at = None
        switch.replaced.save()
