"""Every write of forums."""

from hearth.apps.meetings.actions.attending import check_in, correct_attendance
from hearth.apps.meetings.actions.inviting import arrange, excuse, fix, invite, unfix
from hearth.apps.meetings.actions.opening import SlotTime, amend_forum, open_forum, rearrange_forum
from hearth.apps.meetings.actions.showing import publish, withdraw
from hearth.apps.meetings.actions.steps import ForumRefused
from hearth.apps.meetings.actions.timing import timetable, timetable_in_background, timetable_later

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
