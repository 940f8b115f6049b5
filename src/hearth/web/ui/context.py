"""What every page shows: the house, in whose name one acts, what waits."""

from typing import Any

from django.http import HttpRequest

from hearth.apps.directory import queries
from hearth.apps.directory.states import Permission


def house(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    return {"house": queries.house(), "actor": actor, "may": _May(actor)}


class _May:
    """``{% if may.sign_papers %}`` in templates."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def __getitem__(self, name: str) -> bool:
        return bool(self.actor and self.actor.may(Permission(name)))
