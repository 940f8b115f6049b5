"""What every page shows: the house, in whose name one acts, what waits."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from hearth.apps.accounts import queries as accounts
from hearth.apps.directory import queries
from hearth.apps.directory.models import House
from hearth.apps.directory.queries import ExamplePerson
from hearth.apps.directory.states import Permission


def house(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    house = queries.house()
    return {
        "house": house,
        "actor": actor,
        "may": _May(actor),
        "example_people": _Example(house, request),
        "nobody_has_an_account": lambda: not accounts.anybody(),
    }


class _Example:
    """The example's one-click sign-ins, asked for only by the sign-in page; no other house has any."""

    def __init__(self, house: House | None, request: HttpRequest) -> None:
        self.shown = bool(house and house.example and not request.user.is_authenticated)

    def __iter__(self) -> Iterator[ExamplePerson]:
        return iter(queries.example_people() if self.shown else ())

    def __bool__(self) -> bool:
        return self.shown


class _May:
    """``{% if may.sign_papers %}`` in templates."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def __getitem__(self, name: str) -> bool:
        return bool(self.actor and self.actor.may(Permission(name)))
