"""Opening a forum, changing its frame, moving it to another day and cancelling it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Permission
from hearth.apps.meetings.actions.listing import put_up
from hearth.apps.meetings.actions.steps import ForumRefused, locked, may_manage, saved
from hearth.apps.meetings.actions.telling import tell, untell
from hearth.apps.meetings.models import (
    Forum,
    Meeting,
    PublicForum,
    Slot,
)
from hearth.apps.meetings.states import HalfDay
from hearth.lib import constraints


@dataclass(frozen=True)
class SlotTime:
    starts: datetime.time
    ends: datetime.time
    half_day: HalfDay


@transaction.atomic
def open_forum(
    *,
    campaign: Campaign,
    number: str,
    name: str,
    held_on: datetime.date,
    place: str,
    tables: int,
    slots: Sequence[SlotTime],
    fairness: int = 2,
    per_demand: int = 2,
    per_expert: int = 4,
    companies: Sequence[Organisation] = (),
    signing_at: datetime.time | None = None,
    signing: str = "",
    by: Actor,
) -> Forum:
    """Open a forum with its slots; without ``companies`` every enterprise with a demand takes part."""
    may_manage(by)
    if not slots or tables < 1:
        raise ForumRefused("对接会至少要有一个时段和一张洽谈桌，请补上。")
    forum = Forum(
        org=campaign.org,
        campaign=campaign,
        number=number,
        name=name,
        held_on=held_on,
        place=place,
        tables=tables,
        fairness=fairness,
        per_demand=per_demand,
        per_expert=per_expert,
        signing_at=signing_at,
        signing=signing,
    )
    saved(forum, constraints.number_taken(number))
    forum.companies.set(companies)
    for index, slot in enumerate(sorted(slots, key=lambda slot: slot.starts), 1):
        row = Slot(
            org=forum.org,
            forum=forum,
            index=index,
            starts=slot.starts,
            ends=slot.ends,
            half_day=slot.half_day,
        )
        saved(row, {"slot_ends_after_it_starts": f"{slot.starts:%H:%M} 开始的时段要晚些结束，请改正。"})
    audit.record("开对接会", forum, by=by)
    return forum


@transaction.atomic
def amend_forum(
    *, forum: Forum, tables: int, fairness: int, per_demand: int, per_expert: int, place: str, by: Actor
) -> Forum:
    """Change the frame; a timetable that no longer fits is said so by ``queries.violations``."""
    may_manage(by)
    forum = locked(forum)
    forum.tables, forum.fairness, forum.place = tables, fairness, place
    forum.per_demand, forum.per_expert = per_demand, per_expert
    saved(forum, {"forum_has_tables": "洽谈桌至少 1 张，请改正。"})
    audit.record("修改对接会", forum, by=by)
    return forum


@transaction.atomic
def rearrange_forum(
    *,
    forum: Forum,
    held_on: datetime.date,
    starts: datetime.time | None,
    place: str,
    cancelled_at: datetime.datetime | None,
    by: Actor,
) -> Forum:
    """Move a forum to another day or place, begin at another time, cancel it, or let it take place after all.

    All slots move with the first one. What either side was told of its meetings follows; a cancelled forum has none.
    """
    if not (by.may(Permission.MANAGE_FORUMS) or by.may(Permission.MANAGE_CAMPAIGNS)):
        raise ForumRefused("对接会由经纪人、干事或领导变更，请转给他们。")
    forum = locked(forum)
    was = forum.cancelled_at
    forum.held_on, forum.place, forum.cancelled_at = held_on, place, cancelled_at
    forum.save()
    if starts is not None:
        _begin_at(forum, starts)
    if cancelled_at:
        untell(forum, list(Meeting.objects.filter(forum=forum).values_list("pk", flat=True)))
    else:
        tell(forum)
    _copy(forum, was)
    audit.record("变更安排", forum, by=by)
    return forum


def _copy(forum: Forum, was: datetime.datetime | None) -> None:
    """The public page tells the new day and place. A forum's cancelling takes it down, and only that is taken back.

    ``was`` is when the forum had been cancelled before; a page withdrawn at another moment was withdrawn by somebody.
    """
    taken_down_with_it = Q(withdrawn_at__isnull=True) | Q(withdrawn_at=was)
    for shown in PublicForum.objects.filter(taken_down_with_it, forum_id=forum.pk).select_related("org"):
        shown.held_on, shown.place, shown.withdrawn_at = forum.held_on, forum.place, forum.cancelled_at
        shown.save()
        if forum.cancelled_at:
            catalogue.take_down(copy=shown)
        else:
            put_up(forum, shown)


def _begin_at(forum: Forum, starts: datetime.time) -> None:
    """Move every slot by as much as the first one; a day does not end before its last slot does."""
    slots = list(Slot.objects.filter(forum=forum).order_by("index"))
    if not slots or slots[0].starts == starts:
        return
    day = forum.held_on
    shift = datetime.datetime.combine(day, starts) - datetime.datetime.combine(day, slots[0].starts)
    for slot in slots:
        begins = datetime.datetime.combine(day, slot.starts) + shift
        ends = datetime.datetime.combine(day, slot.ends) + shift
        if begins.date() != day or ends.date() != day:
            raise ForumRefused(f"从 {starts:%H:%M} 开始，最后一个时段排到第二天了。请早些开始。")
        slot.starts, slot.ends = begins.time(), ends.time()
        slot.save()
