"""What every visitor finds on any page: in whose name one acts, what one was told, and the language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from hearth.apps.directory import queries
from hearth.apps.directory.states import Permission
from hearth.apps.messages import actions as telling
from hearth.apps.messages import queries as messages
from hearth.web.ui.access import SESSION_KEY, actor_of, public, signed_in
from hearth.web.ui.accounts import home_of

MOST_MESSAGES = 200


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


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the house told this visitor."""
    actor = actor_of(request)
    found = list(messages.inbox(actor)[:MOST_MESSAGES]) if actor else []
    unread = sum(one.read_at is None for one in found)
    layout = "ui/desk.html" if actor and actor.may(Permission.SEE_DESK) else "ui/partner.html"
    return render(request, "ui/inbox.html", {"found": found, "unread": unread, "layout": layout})


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark what the visitor has seen as read: one message, or all."""
    actor, chosen = actor_of(request), request.POST.get("message", "")
    if actor:
        found = messages.unread(actor)
        telling.read(messages=found.filter(pk=int(chosen)) if chosen.isdecimal() else found, by=actor)
    return redirect("ui:inbox")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return set_language(request)
