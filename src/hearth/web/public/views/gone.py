"""What was public and is withdrawn: its address says so, calmly, and no cache keeps the answer."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control


def gone(
    request: HttpRequest, what: str, who: str, since: datetime.datetime, back: tuple[str, str]
) -> HttpResponse:
    """``what`` is the heading; ``back`` the label and the address of where there is something to read."""
    context = {"what": what, "who": who, "since": since, "back": back}
    return kept_nowhere(render(request, "public/gone.html", context, status=410))


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return response
