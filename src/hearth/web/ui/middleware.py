"""Each request runs in one transaction that sees what its actor may see; a GET cannot write."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.apps.directory import queries
from hearth.apps.directory.states import STAFF, Permission
from hearth.lib.wall import scope
from hearth.web.ui import errors
from hearth.web.ui.access import PUBLIC, SIGNED_IN, access_of, actor_of

SAFE = ("GET", "HEAD", "OPTIONS")
# the door's page, which scans tickets, says otherwise for itself
NO_DEVICES = "camera=(), microphone=(), geolocation=()"


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        path = request.actor.path if request.actor else ""  # type: ignore[attr-defined]
        with scope(path, read_only=request.method in SAFE):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(
                    True
                )  # else the page that tells of the error would commit half a request
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            errors.say_not_allowed(response)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_args: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        access = access_of(view, match.url_name if match else None)
        if access == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
        if access == SIGNED_IN:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if actor is None or not isinstance(access, Permission) or not actor.may(access):
            raise PermissionDenied
        return self._second_factor(request)

    def _second_factor(self, request: HttpRequest) -> HttpResponse | None:
        """Staff set up a second factor before they work; the example house lets them in without."""
        actor = request.actor  # type: ignore[attr-defined]
        if not settings.SECOND_FACTOR_REQUIRED or actor.role not in STAFF or is_mfa_enabled(request.user):
            return None
        house = queries.house()
        if house and house.example:
            return None
        messages.info(request, _("请先设置第二道验证：用手机上的验证器扫一次码，约 2 分钟。"))
        return redirect("mfa_activate_totp")
