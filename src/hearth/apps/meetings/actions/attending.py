"""The door on the day."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.actions.steps import ForumRefused, locked, may_record, saved
from hearth.apps.meetings.models import (
    Attendance,
    Forum,
)
from hearth.lib import constraints


@transaction.atomic
def check_in(
    *,
    forum: Forum,
    name: str,
    unit: str,
    kind: str,
    number: str = "",
    came_at: datetime.datetime | None = None,
    entrance: str = "",
    by: Actor,
) -> Attendance:
    """Note that somebody came. The same person a second time, at whichever entrance, changes nothing."""
    may_record(by)
    name, unit = name.strip(), unit.strip()
    if not name or not unit:
        raise ForumRefused("签到要有姓名和单位，请补上。")
    forum = locked(forum)
    earlier: QuerySet[Attendance] = Attendance.objects.filter(forum=forum)
    before = earlier.filter(name=name, unit=unit).first()
    if before is not None:
        return before
    came = Attendance(
        org=forum.org,
        campaign=forum.campaign,
        forum=forum,
        number=number or f"QD-{earlier.count() + 1:03d}",
        name=name,
        unit=unit,
        kind=kind,
        came_at=came_at or timezone.now(),
        entrance=entrance,
    )
    said = f"{name}（{unit}）已经签到过，同一人只计一次。"
    saved(came, {"checked_in_once": said, **constraints.number_taken(came.number)})
    audit.record("签到", came, by=by)
    return came


@transaction.atomic
def correct_attendance(*, attendance: Attendance, name: str, unit: str, kind: str, by: Actor) -> Attendance:
    may_record(by)
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    attendance.name, attendance.unit, attendance.kind = name.strip(), unit.strip(), kind
    saved(attendance, {"checked_in_once": f"{name}（{unit}）已经签到过，同一人只计一次。"})
    audit.record("更正签到", attendance, by=by)
    return attendance
