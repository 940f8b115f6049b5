"""Every write of forums."""

from hearth.apps.meetings.actions.holding import (
    ForumRefused,
    SlotTime,
    amend_forum,
    arrange,
    check_in,
    correct_attendance,
    excuse,
    fix,
    invite,
    open_forum,
    rearrange_forum,
    timetable,
    timetable_in_background,
    timetable_later,
    unfix,
)
from hearth.apps.meetings.actions.showing import publish, withdraw

__all__ = [
    "ForumRefused",
    "SlotTime",
    "amend_forum",
    "arrange",
    "check_in",
    "correct_attendance",
    "excuse",
    "fix",
    "invite",
    "open_forum",
    "publish",
    "rearrange_forum",
    "timetable",
    "timetable_in_background",
    "timetable_later",
    "unfix",
    "withdraw",
]
