"""Coming in: the example's one-click sign-in, the language, and a sign of life."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
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
@require_POST
def language(request: HttpRequest, code: str) -> HttpResponse:
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True
    )
    translation.activate(code)
    return response


@public
@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Answers when the database does."""
    queries.house()
    return HttpResponse("ok", content_type="text/plain")
