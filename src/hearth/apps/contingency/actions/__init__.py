"""Every write of the contingency plan."""

from hearth.apps.contingency.actions.calling import note_call, reveal_calls, reveal_resource
from hearth.apps.contingency.actions.planning import (
    add_resource,
    amend_level,
    amend_plan,
    drop_change,
    drop_resource,
    make_plan,
    prepare,
    set_level,
)
from hearth.apps.contingency.actions.steps import SwitchRefused
from hearth.apps.contingency.actions.switching import pull
from hearth.apps.contingency.actions.undoing import undo

__all__ = [
    "SwitchRefused",
    "add_resource",
    "amend_level",
    "amend_plan",
    "drop_change",
    "drop_resource",
    "make_plan",
    "note_call",
    "prepare",
    "pull",
    "reveal_calls",
    "reveal_resource",
    "set_level",
    "undo",
]
