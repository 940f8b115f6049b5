"""Forums that anyone may read of: when and where, and how many."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hearth.apps.meetings import queries
from hearth.web.public.views.events import campaign_of
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import Card


@public
@require_GET
def forum(request: HttpRequest, address: str) -> HttpResponse:
    shown = queries.public_forums().filter(address=address).first()
    if shown is None:
        raise Http404
    campaign = campaign_of(shown.get_absolute_url())
    stand = fresh.Stand((shown.published_at, campaign and campaign.published_at), shown.published_at)

    def draw() -> HttpResponse:
        context = {
            "forum": shown,
            "campaign": campaign,
            "is_over": shown.held_on < timezone.localdate(),
            "card": Card(shown.name, f"{shown.held_on:%Y-%m-%d} {shown.place}", request.path, "article"),
        }
        return render(request, "public/forum.html", context)

    return fresh.answer(request, stand, draw)
