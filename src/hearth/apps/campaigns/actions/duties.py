"""Duties as they are worked on: given to somebody, amended, handed over, begun, finished; whoever answers for one is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries
from hearth.apps.campaigns.actions.keeping import CampaignRefused, amend, assign
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.files.models import File
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader

SERIES = "FG"


class DutyTold(TypedDict, total=False):
    """What a duty says before it is done."""

    part: Part
    task: str
    lead: Organisation
    supporting: str
    person: Person
    deputy: Person | None
    due: datetime.date


@transaction.atomic
def entrust(*, campaign: Campaign, by: Actor, **told: Unpack[DutyTold]) -> Duty:
    """Give somebody a task, and tell him and his deputy."""
    _may_manage(by)
    _refuse_same(told.get("person"), told.get("deputy"))
    number = queries.next_number(Duty, campaign, SERIES)
    duty = assign(campaign=campaign, number=number, by=by, **told)
    _tell(duty, (duty.person,), f"请您负责：{duty.task}", by)
    _tell(duty, (duty.deputy,), f"请您代理：{duty.task}", by)
    return duty


@transaction.atomic
def amend_duty(*, duty: Duty, by: Actor, **changes: Unpack[DutyTold]) -> Duty:
    """Change what a duty says. Who answers for it stays, unless another person is named; new ones are told, and a new deadline."""
    _may_manage(by)
    before = _locked(duty)
    _refuse_same(changes.get("person", before.person), changes.get("deputy", before.deputy))
    duty = amend(record=duty, changes=changes, verb="修改任务", by=by)
    new_person = duty.person_id != before.person_id
    if new_person:
        _tell(duty, (duty.person,), f"请您负责：{duty.task}", by)
        _tell(duty, (before.person,), f"不再由您负责：{duty.task}", by)
    if duty.deputy_id != before.deputy_id:
        _tell(duty, (duty.deputy,), f"请您代理：{duty.task}", by)
    if duty.due != before.due:
        _tell(
            duty, (duty.deputy,) if new_person else (duty.person, duty.deputy), f"期限改了：{duty.task}", by
        )
    return duty


@transaction.atomic
def begin(*, duty: Duty, by: Actor) -> Duty:
    duty = _locked(duty)
    if duty.state != DutyState.WAITING:
        raise CampaignRefused(f"“{duty}”已经{duty.get_state_display()}，不用再开始。")
    duty.state = DutyState.RUNNING
    duty.save()
    audit.record("开始办", duty, by=by)
    return duty


@transaction.atomic
def finish(*, duty: Duty, evidence: str, file: File | None = None, by: Actor) -> Duty:
    """Record that a duty is done, with what shows it: words that lead to it, an address, a file."""
    duty = _locked(duty)
    duty.state, duty.done_on, duty.evidence, duty.file = DutyState.DONE, timezone.localdate(), evidence, file
    duty.save()
    audit.record("完成", duty, by=by)
    return duty


@transaction.atomic
def reopen(*, duty: Duty, by: Actor) -> Duty:
    """Take a duty back out of 'done'."""
    duty = _locked(duty)
    duty.state, duty.done_on = DutyState.RUNNING, None
    duty.save()
    audit.record("重新办理", duty, by=by)
    return duty


@transaction.atomic
def hand_over(*, duties: Iterable[Duty], why: str, by: Actor) -> list[Duty]:
    """Each duty goes to its deputy, and who held it stands in from now on. Without a deputy it is refused, for all of them.

    Handed over once more, it is as it was before.
    """
    handed = [_locked(duty) for duty in duties]
    alone = [duty for duty in handed if duty.deputy is None]
    if alone:
        raise CampaignRefused(f"“{alone[0]}”没有代理人，请先在任务里选一位，再移交。")
    for duty in handed:
        assert duty.deputy is not None
        was = duty.person
        duty.person, duty.deputy = duty.deputy, was
        duty.save()
        audit.record("移交", duty, by=by, reason=why, was=was.name, now=duty.person.name)
        _tell(duty, (duty.person,), f"移交给您：{duty.task}", by, f"{was}交来，原因：{why}。")
        _tell(duty, (was,), f"已移交：{duty.task}", by, f"现在由{duty.person}负责。")
    return handed


def _tell(duty: Duty, people: Iterable[Person | None], subject: str, by: Actor, more: str = "") -> None:
    """Whoever does it himself need not be told."""
    readers = [Reader.person(one) for one in people if one is not None and one.user_id != (by.user_id or -1)]
    text = f"{more}{duty.campaign}，期限 {duty.due.month}月{duty.due.day}日，牵头单位 {duty.lead}。"
    messages.tell(
        to=readers, subject=subject[:120], text=text, href=reverse("desk:duty", args=[duty.pk]), by=by
    )


def _locked(duty: Duty) -> Duty:
    rows = Duty.objects.select_for_update(of=("self",)).select_related(
        "org", "campaign", "lead", "person__org", "person__user", "deputy__org", "deputy__user"
    )
    found: Duty = rows.get(pk=duty.pk)
    return found


def _refuse_same(person: Person | None, deputy: Person | None) -> None:
    if person is not None and person == deputy:
        raise CampaignRefused("代理人要是另一个人。")


def _may_manage(by: Actor) -> None:
    if not by.may(Permission.MANAGE_CAMPAIGNS):
        raise CampaignRefused(f"{by.name} 的角色不能安排任务，请转给干事或领导。")
