"""Published pages that a browser keeps and asks about: validators, 304, and bodies that this process keeps for a while.

What a page says is told by what it is made of: the row behind it with its moment of change, the day, the house, the
language. A page is asked about anew each time (``no-cache``), so that what was withdrawn is gone with the next request; only
the work of drawing the same page again is saved. Who is signed in, or is being told something, gets a page of his own.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

import hearth
from hearth.apps.directory import queries as directory

MOST = 256
"""Bodies kept by a process."""
SETTLED = datetime.timedelta(seconds=2)
"""Last-Modified counts seconds: a page that changed just now may change again within the same one, and says none."""
_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
_bodies: OrderedDict[str, Kept] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Kept:
    """A body, cut where each visitor's own token stands."""

    pieces: tuple[bytes, ...]
    content_type: str

    def for_visitor(self, request: HttpRequest) -> HttpResponse:
        if len(self.pieces) == 1:
            return HttpResponse(self.pieces[0], content_type=self.content_type)
        return HttpResponse(get_token(request).encode().join(self.pieces), content_type=self.content_type)


@dataclass(frozen=True)
class Stand:
    """All that a page depends on, and when it changed last (None: that cannot be told in a moment)."""

    depends_on: tuple[object, ...]
    changed_at: datetime.datetime | None


def answer(request: HttpRequest, stand: Stand, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The page as the visitor has it already (304), as this process has it, or drawn."""
    if _has_own_page(request):
        own = draw()
        own.headers["Cache-Control"] = "private, no-store"
        return own
    key = _key(request, stand)
    etag = f'W/"{_digest(key, request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))}"'
    modified = _modified(stand.changed_at)
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = _body(request, key, draw)
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if modified:
            response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def answer_file(request: HttpRequest, stand: Stand, read: Callable[[], HttpResponse]) -> HttpResponse:
    """A published file: the same for everybody, asked about anew each time, read only when it is sent."""
    etag = f'"{_digest(*stand.depends_on)}"'
    modified = _seconds(stand.changed_at)
    response = get_conditional_response(request, etag=etag, last_modified=modified) or read()
    response.headers["ETag"] = etag
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _body(request: HttpRequest, key: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    with _lock:
        kept = _bodies.get(key)
        if kept:
            _bodies.move_to_end(key)
    if kept:
        return kept.for_visitor(request)
    response = draw()
    if response.status_code == 200:
        pieces = tuple(_TOKEN.split(response.content))
        with _lock:
            _bodies[key] = Kept(pieces, response.headers["Content-Type"])
            while len(_bodies) > MOST:
                _bodies.popitem(last=False)
    return response


def _has_own_page(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _key(request: HttpRequest, stand: Stand) -> str:
    house = directory.house()
    shown = (house.name, house.example) if house else ()
    return _digest(
        request.get_full_path(), get_language(), timezone.localdate(), _built(), shown, *stand.depends_on
    )


def _modified(changed_at: datetime.datetime | None) -> int | None:
    """Seconds of Last-Modified. A page is no older than the day, since what it says of days depends on it, nor than the code."""
    changed = _seconds(changed_at)
    if changed is None:
        return None
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return max(changed, int(morning.timestamp()), int(_built()))


def _seconds(changed_at: datetime.datetime | None) -> int | None:
    if changed_at is None or timezone.now() - changed_at < SETTLED:
        return None
    return int(changed_at.timestamp())


@cache
def _built() -> float:
    """When the code, the templates or the translations of this house changed last."""
    home = Path(hearth.__file__).parent
    kinds = ("*.py", "*.html", "*.css", "*.js", "*.mo", "*.svg")
    return max(place.stat().st_mtime for kind in kinds for place in home.rglob(kind))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
