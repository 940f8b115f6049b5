"""Every write of visits, their cases, and the contacts of cadres."""

from hearth.apps.visits.actions.cases import (
    assign,
    begin,
    give_up,
    rate,
    reopen,
    reply,
    reveal,
    reveal_money,
    settle,
    tell,
)
from hearth.apps.visits.actions.contacts import ask_for_visits, end_contact, keep_contact
from hearth.apps.visits.actions.receiving import Difficulty, Entry, Given, Picture, receive
from hearth.apps.visits.actions.recording import VisitChanges, amend, record, suggest
from hearth.apps.visits.actions.reminding import remind_of_cases, remind_of_contacts
from hearth.apps.visits.actions.steps import VisitRefused
from hearth.apps.visits.actions.yielding import draft_demand, draft_expert

__all__ = [
    "Difficulty",
    "Entry",
    "Given",
    "Picture",
    "VisitChanges",
    "VisitRefused",
    "amend",
    "ask_for_visits",
    "assign",
    "begin",
    "draft_demand",
    "draft_expert",
    "end_contact",
    "give_up",
    "keep_contact",
    "rate",
    "receive",
    "record",
    "remind_of_cases",
    "remind_of_contacts",
    "reopen",
    "reply",
    "reveal",
    "reveal_money",
    "settle",
    "suggest",
    "tell",
]
