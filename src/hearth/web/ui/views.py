"""What every signed-in visitor may change from any page: in whose name one acts, and the language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from hearth.apps.directory import queries
from hearth.web.ui.access import SESSION_KEY, public, signed_in
from hearth.web.ui.accounts import home_of


@signed_in
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Act for another organisation from now on."""
    chosen = request.POST.get("membership", "")
    if not chosen.isdecimal():
        return redirect(home_of(request))
    membership = get_object_or_404(queries.memberships_of(request.user.pk), pk=int(chosen))  # type: ignore[arg-type]
    request.session[SESSION_KEY] = membership.pk
    return redirect(home_of(request))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return set_language(request)
