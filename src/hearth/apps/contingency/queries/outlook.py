"""What a switch would do, before it is pulled; and what undoing it would bring back."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from hearth.apps.campaigns.models import Level
from hearth.apps.contingency.models import Change, PlanB, Switch, Turn
from hearth.apps.contingency.queries.circles import Circle, circles, reaches
from hearth.apps.contingency.rules import Arrangement, line
from hearth.apps.contingency.states import What
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.models import Forum, Slot
from hearth.apps.outreach.models import OutreachEvent


@dataclass(frozen=True)
class Step:
    """One activity, now and then. ``stays_because`` says why it is not touched."""

    activity: OutreachEvent | Forum
    before: Arrangement
    after: Arrangement
    stays_because: str = ""

    @property
    def line(self) -> str:
        return line(str(self.activity), self.before, self.after)


@dataclass(frozen=True)
class Outlook:
    """``mark`` names this outlook: pulled with another one, a switch is refused."""

    of: Level | PlanB
    was: Level | None
    steps: tuple[Step, ...]
    staying: tuple[Step, ...]
    circles: tuple[Circle, ...]

    @property
    def mark(self) -> str:
        steps = [
            (type(step.activity).__name__, step.activity.pk, step.before.as_json, _said(step.after))
            for step in self.steps
        ]
        told = json.dumps([self.was.pk if self.was else None, steps], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def people(self) -> int:
        return sum(len(one.readers) for one in self.circles)

    @property
    def reached(self) -> int:
        return sum(reaches(reader) for one in self.circles for reader in one.readers)

    @property
    def to_call(self) -> int:
        return self.people - self.reached


def _said(after: Arrangement) -> str:
    """An arrangement without the moment, which is another one whenever one looks."""
    return "cancelled" if after.cancelled_at else json.dumps(after.as_json)


def outlook(of: Level | PlanB, *, by: Actor, now: datetime.datetime | None = None) -> Outlook:
    moment = now or timezone.now()
    steps = [_step(change, moment) for change in _changes(of, by)]
    moving = tuple(step for step in steps if not step.stays_because)
    was = (
        Level.objects.visible_to(by)
        .filter(campaign=of.campaign_id, in_force_since__isnull=False)
        .select_related("lead__org", "lead__user", "deputy__org", "deputy__user")
        .first()
    )
    return Outlook(
        of=of,
        was=was,
        steps=moving,
        staying=tuple(step for step in steps if step.stays_because),
        circles=circles(of, was, [step.activity for step in moving]),
    )


def _changes(of: Level | PlanB, by: Actor) -> list[Change]:
    seen = Change.objects.visible_to(by)
    own = seen.filter(level=of) if isinstance(of, Level) else seen.filter(plan=of)
    return list(own.select_related("event__org", "event__school", "forum__org").order_by("pk"))


def _step(change: Change, now: datetime.datetime) -> Step:
    before = arrangement_of(change.activity)
    cancelled = replace(before, cancelled_at=now)
    after = cancelled if change.what == What.CANCELLED else change.after(before)
    return Step(change.activity, before, after, _stays(before, after))


def _stays(before: Arrangement, after: Arrangement) -> str:
    if before.cancelled_at:
        return "已经取消"
    if before.held_on < timezone.localdate():
        return "已经办过"
    if not after.is_possible:
        return f"预案写 {after.ends:%H:%M} 结束，活动却 {after.starts:%H:%M} 才开始，请改预案"
    return "已经是这样" if before == after else ""


def arrangement_of(activity: OutreachEvent | Forum) -> Arrangement:
    """How an activity stands now; a forum begins with its first slot and ends with its last."""
    if isinstance(activity, OutreachEvent):
        starts, ends = activity.starts, activity.ends
    else:
        slots = list(Slot.objects.filter(forum=activity).order_by("index"))
        starts, ends = (slots[0].starts, slots[-1].ends) if slots else (None, None)
    return Arrangement(activity.held_on, starts, ends, activity.place, activity.cancelled_at)


@dataclass(frozen=True)
class Return:
    """One activity of a switch, when it is undone: back, or left because somebody changed it since."""

    turn: Turn
    now: Arrangement

    @property
    def left_because(self) -> str:
        return "" if self.now == self.turn.became else f"后来又改过，现在是：{self.now.said}"

    @property
    def line(self) -> str:
        return line(str(self.turn.activity), self.turn.became, self.turn.was)


def returns(switch: Switch) -> tuple[Return, ...]:
    turns: Iterable[Turn] = Turn.objects.filter(switch=switch).select_related(
        "event__org", "event__school", "forum__org"
    )
    return tuple(Return(turn, arrangement_of(turn.activity)) for turn in turns)
