"""Coming in: the example's one-click sign-in, and a sign of life."""

from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory import queries
from hearth.web.ui.access import public
from hearth.web.ui.accounts import home_of


@public
@require_POST
def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the example's people; any other house answers 404."""
    house = queries.house()
    if house is None or not house.example:
        raise Http404
    user = get_object_or_404(get_user_model(), username=username, is_active=True, memberships__isnull=False)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(home_of(request))


@public
@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Answers when the database does."""
    queries.house()
    return HttpResponse("ok", content_type="text/plain")
