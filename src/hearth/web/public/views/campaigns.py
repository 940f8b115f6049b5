"""Campaigns that anyone may read of, each with everything published of it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns import queries
from hearth.apps.campaigns.models import PublicCampaign
from hearth.apps.catalogue import queries as catalogue
from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.apps.outreach import queries as outreach
from hearth.web.public.views.events import standing_of, with_windows
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import Card

MOST = 100


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    shown = list(queries.public_campaigns()[:MOST])
    stand = fresh.Stand(tuple((one.pk, one.published_at) for one in shown), None)

    def draw() -> HttpResponse:
        card = Card(_("活动"), _("正在办和办过的活动，公开了什么。"), request.path)
        return render(request, "public/campaigns.html", {"campaigns": shown, "card": card})

    return fresh.answer(request, stand, draw)


@public
@require_GET
def campaign(request: HttpRequest, address: str) -> HttpResponse:
    shown = shown_at(address)
    published = catalogue.of_subject(shown.campaign_id).exclude(kind=Kind.CAMPAIGN)
    paths = published.filter(kind=Kind.EVENT).values_list("thing_id", flat=True)
    events = with_windows(outreach.public_events().filter(pk__in=paths))
    stand = fresh.Stand((shown.published_at, catalogue.standing(published), standing_of(events)), None)

    def draw() -> HttpResponse:
        to_come = {one.event.get_absolute_url() for one in events}
        context = {
            "campaign": shown,
            "card": Card(shown.name, shown.theme or shown.org.name, request.path, "article"),
            "events": events,
            "is_over": shown.ends < timezone.localdate(),
            "groups": _by_kind([one for one in published[:MOST] if one.path not in to_come]),
        }
        return render(request, "public/campaign.html", context)

    return fresh.answer(request, stand, draw)


def shown_at(address: str) -> PublicCampaign:
    found = queries.public_campaigns().filter(address=address).first()
    if found is None:
        raise Http404
    return found


def _by_kind(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """In the order of the kinds, the newest first in each."""
    order = list(Kind.values)
    ranked = sorted(entries, key=lambda one: order.index(one.kind))
    return [(str(Kind(kind).label), list(group)) for kind, group in groupby(ranked, key=lambda one: one.kind)]
