"""Every write of outreach."""

from hearth.apps.outreach.actions.door import MOST_AT_ONCE, Done, receive, take_attendance
from hearth.apps.outreach.actions.events import (
    EventChanges,
    amend_event,
    open_door,
    plan_event,
    publish_event,
    rearrange,
    withdraw_event,
)
from hearth.apps.outreach.actions.feedback import ask_feedback, give_feedback
from hearth.apps.outreach.actions.materials import amend_movement, explain, move, register, reserve
from hearth.apps.outreach.actions.registering import give_up, renew_ticket, sign_up
from hearth.apps.outreach.actions.steps import OutreachRefused
from hearth.apps.outreach.actions.telling import reveal_contacts, write

__all__ = [
    "MOST_AT_ONCE",
    "Done",
    "EventChanges",
    "OutreachRefused",
    "amend_event",
    "amend_movement",
    "ask_feedback",
    "explain",
    "give_feedback",
    "give_up",
    "move",
    "open_door",
    "plan_event",
    "publish_event",
    "rearrange",
    "receive",
    "register",
    "renew_ticket",
    "reserve",
    "reveal_contacts",
    "sign_up",
    "take_attendance",
    "withdraw_event",
    "write",
]
