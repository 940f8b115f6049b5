"""One match: both texts side by side, and the broker's judgement with its way back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions, queries
from hearth.apps.exchange.models import Match
from hearth.web.desk import traces
from hearth.web.desk.reasons import reasoned
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_EXCHANGE)
@require_GET
def match(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    match = _match(request, pk)
    context = {
        "one": reasoned(match, match.demand),
        "demand": match.demand,
        "text": queries.text_of(match.demand, actor),
        "traces": traces.of(match, actor),
    }
    return render(request, "desk/match.html", context)


@requires(Permission.BROKER)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    return _judge(
        request,
        pk,
        actions.propose,
        gettext("已推荐，%(sides)s都收到了公开的部分。保密的部分没有发出。"),
        note=request.POST.get("note", ""),
        undo=True,
    )


@requires(Permission.BROKER)
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    return _judge(
        request,
        pk,
        actions.dismiss,
        gettext("已记为不合适，以后再匹配也不改。%(sides)s看不到这个判断。"),
        note=request.POST.get("note", ""),
        undo=True,
    )


@requires(Permission.BROKER)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _judge(request, pk, actions.undo, gettext("已撤销判断。给%(sides)s的推荐也收回了。"))


def _judge(
    request: HttpRequest,
    pk: int,
    action: Callable[..., Match],
    done: str,
    *,
    undo: bool = False,
    **more: Any,
) -> HttpResponse:
    match, actor = _match(request, pk), acting(request)
    try:
        with transaction.atomic():
            action(match=match, by=actor, **more)
    except actions.ExchangeRefused as refused:
        messages.error(request, str(refused))
    else:
        sides = gettext("%(demand)s和%(offer)s") % {
            "demand": match.demand.org.short_name,
            "offer": match.offer.provider.short_name,
        }
        back = reverse("desk:match_undo", args=[pk]) if undo else ""
        traces.say_changed(request, match, done % {"sides": sides}, by=actor, undo=back)
    return redirect(f"{reverse('desk:demand', args=[match.demand_id])}#match-{pk}")


def _match(request: HttpRequest, pk: int) -> Match:
    return get_object_or_404(queries.matches(acting(request)), pk=pk)
