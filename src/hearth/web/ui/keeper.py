"""Pages that work without a network after they were opened once: the script that keeps them on the device."""

from django.http import HttpResponse
from django.template.loader import render_to_string


def keeper(name: str) -> HttpResponse:
    """The service worker that keeps what lies beside its own address, under a name of its own, and reaches no further."""
    response = HttpResponse(render_to_string("ui/keeper.js", {"name": name}), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
