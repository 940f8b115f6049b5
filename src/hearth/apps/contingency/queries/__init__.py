"""Questions about the contingency plan."""

from hearth.apps.contingency.queries.circles import Circle, circles, leading, reaches
from hearth.apps.contingency.queries.outlook import Outlook, Return, Step, arrangement_of, outlook, returns
from hearth.apps.contingency.queries.standing import (
    activities,
    in_force,
    levels,
    log,
    plans,
    resources,
    switches,
)

__all__ = [
    "Circle",
    "Outlook",
    "Return",
    "Step",
    "activities",
    "arrangement_of",
    "circles",
    "in_force",
    "leading",
    "levels",
    "log",
    "outlook",
    "plans",
    "reaches",
    "resources",
    "returns",
    "switches",
]
