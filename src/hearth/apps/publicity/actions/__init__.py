"""Every write of publicity."""

from hearth.apps.publicity.actions.consenting import (
    ask_changes,
    ask_consent,
    consent,
    decline,
    record_consent,
    withdraw_consent,
)
from hearth.apps.publicity.actions.placing import (
    PlacementChanges,
    PlanChanges,
    amend,
    place,
    plan,
    replan,
)
from hearth.apps.publicity.actions.publishing import publish, withdraw
from hearth.apps.publicity.actions.sending import (
    ContactChanges,
    add_contact,
    amend_contact,
    count_opening,
    reveal_contact,
    send_letter,
    send_release,
)
from hearth.apps.publicity.actions.steps import PublicityRefused
from hearth.apps.publicity.actions.writing import (
    StoryChanges,
    amend_story,
    article,
    profile,
    review,
    write_article,
    write_profile,
)

__all__ = [
    "ContactChanges",
    "PlacementChanges",
    "PlanChanges",
    "PublicityRefused",
    "StoryChanges",
    "add_contact",
    "amend",
    "amend_contact",
    "amend_story",
    "article",
    "ask_changes",
    "ask_consent",
    "consent",
    "count_opening",
    "decline",
    "place",
    "plan",
    "profile",
    "publish",
    "record_consent",
    "replan",
    "reveal_contact",
    "review",
    "send_letter",
    "send_release",
    "withdraw",
    "withdraw_consent",
    "write_article",
    "write_profile",
]
