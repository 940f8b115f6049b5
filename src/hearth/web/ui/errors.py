"""Pages for what went wrong. They ask nothing of the database: a failed request may have lost its transaction."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return _page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return _page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return _page("404.html", 404)


def say_not_allowed(response: HttpResponse) -> None:
    """Put words into the empty answer to an address that only takes a form."""
    response.content = render_to_string("405.html")


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return _page("500.html", 500)


def _page(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)
