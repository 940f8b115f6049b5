"""How allauth fits into the house: accounts are opened by the association, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from hearth.apps.directory.states import Permission
from hearth.web.ui.access import actor_of


class ClosedHouse(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request)


def home_of(request: HttpRequest) -> str:
    """The page where this visitor's work waits."""
    actor = actor_of(request)
    if actor is None:
        return reverse("public:home")
    return reverse("desk:home" if actor.may(Permission.SEE_DESK) else "partner:home")
