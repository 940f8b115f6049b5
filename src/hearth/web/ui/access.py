"""Who may open a page. Every view declares it; a view that declares nothing fails the build and answers 403."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.apps.directory import queries
from hearth.apps.directory.models import Actor, Membership, Organisation
from hearth.apps.directory.states import Permission
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.lib import wall

View = TypeVar("View", bound=Callable[..., Any])
SESSION_KEY = "acting"


class Copied(Protocol):
    """A published copy that knows whose it is."""

    @property
    def org(self) -> Organisation: ...


PUBLIC = "public"
SIGNED_IN = "signed in"
Access = Permission | str

# Pages of libraries, which cannot carry our declaration: each stands here with who may open it.
LIBRARY_PAGES: dict[str, Access] = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}


def requires(permission: Permission) -> Callable[[View], View]:
    """Only who acts with this permission opens the page."""
    return lambda view: _declare(view, permission)


def public(view: View) -> View:
    """Anyone opens the page; it reads only published copies."""
    return _declare(view, PUBLIC)


def by_link(
    purpose: Purpose,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Who holds a personal link of this purpose opens the page, without an account.

    The view gets the link in the place of the token and sees what lies at and below the link's organisation; it shows and
    changes only the link's target. An address that opens nothing is told so with 404.
    """

    def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            link = links.opened_by(token, purpose)
            if link is None:
                response = render(request, "ui/link_ended.html", status=404)
            else:
                with wall.scope(link.org.path):
                    response = view(request, link, *args, **kwargs)
            return _kept_by_nobody(response)

        return _declare(opened, PUBLIC)

    return declare


@contextmanager
def answering(copy: Copied) -> Generator[None, None, None]:
    """For what anyone may do on a public page, such as registering: the view does it to what the copy was made of, and
    shows nothing else of that organisation."""
    with wall.scope(copy.org.path):
        yield


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes into no cache, no search engine and no other site's log.

    Our own pages are told it: under ``no-referrer`` a browser sends forms with ``Origin: null``, and they are refused.
    """
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def signed_in(view: View) -> View:
    """Anyone with an account opens the page."""
    return _declare(view, SIGNED_IN)


def reads_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST that only asks, such as a preview of what is typed: the database itself refuses every write."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> HttpResponse:
        wall.refuse_writes()
        return view(*args, **kwargs)

    return asked


def _declare(view: View, access: Access) -> View:
    cast(Any, view).access = access
    return view


def access_of(view: Callable[..., Any], url_name: str | None) -> Access | None:
    """What a view declares; None when it declares nothing."""
    declared: Access | None = getattr(view, "access", None) or getattr(
        getattr(view, "view_class", None), "access", None
    )
    return declared or LIBRARY_PAGES.get(url_name or "")


def membership_of(request: HttpRequest) -> Membership | None:
    """The membership in which this visitor acts: the chosen one, else the first."""
    if not request.user.is_authenticated:
        return None
    memberships = list(queries.memberships_of(request.user.pk))
    chosen = request.session.get(SESSION_KEY)
    return next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)


def actor_of(request: HttpRequest) -> Actor | None:
    membership = membership_of(request)
    return membership.actor() if membership else None


def acting(request: HttpRequest) -> Actor:
    """The actor of a page that requires a permission."""
    return cast(Actor, cast(Any, request).actor)
