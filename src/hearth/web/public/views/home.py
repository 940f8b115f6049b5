"""The first page: what is on, and what was published last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns import queries as campaigns
from hearth.apps.catalogue import queries as catalogue
from hearth.apps.catalogue.states import Kind
from hearth.apps.directory import queries as directory
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.meetings import queries as meetings
from hearth.apps.outreach import queries as outreach
from hearth.web.public.views.events import standing_of, with_windows
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import Card

MOST_EVENTS = 5
MOST_CAMPAIGNS = 4
MOST_FORUMS = 3
MOST_NEW = 10
ON_ELSEWHERE = (Kind.EVENT, Kind.CONSULTATION, Kind.CAMPAIGN, Kind.FORUM)
"""Kinds that stand in lists of their own."""


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    published = catalogue.listed()
    standing = catalogue.standing(published)
    events = with_windows(outreach.public_events()[:MOST_EVENTS])
    stand = fresh.Stand((standing, standing_of(events)), None)
    house = directory.house()

    def draw() -> HttpResponse:
        text = _("活动、公文和科普：正在办什么，办成了什么，每个数字从哪里来。")
        context = {
            "card": Card(house.name if house else _("众创之家"), text, request.path),
            "events": events,
            "has_past": outreach.past_events().exists(),
            "consultations": links.open_to_all(Purpose.OPEN_CONSULTATION),
            "campaigns": campaigns.public_campaigns()[:MOST_CAMPAIGNS],
            "forums": meetings.public_forums()[:MOST_FORUMS],
            "entries": published.exclude(kind__in=ON_ELSEWHERE)[:MOST_NEW],
        }
        return render(request, "public/home.html", context)

    return fresh.answer(request, stand, draw)
