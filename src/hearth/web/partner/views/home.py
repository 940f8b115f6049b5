"""The partner's own page: what was recommended, meetings, demands and offers, and what was promised in agreements."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from hearth.apps.agreements import queries as agreements
from hearth.apps.agreements.models import Undertaking
from hearth.apps.agreements.states import ClauseState
from hearth.apps.directory.states import Permission
from hearth.apps.exchange import queries as exchange
from hearth.apps.exchange.models import Demand
from hearth.apps.meetings import queries as meetings
from hearth.web.ui.access import acting, requires


@dataclass(frozen=True)
class Own:
    """One of our demands, and to how many it was recommended."""

    demand: Demand
    proposals: int


@requires(Permission.SEE_PARTNER)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    today = timezone.localdate()
    proposals = list(exchange.proposals(actor))
    recommended = Counter(one.own for one in proposals)
    undertakings = list(agreements.undertakings(actor))
    demands = list(exchange.demands(actor).filter(org=actor.org).order_by("number"))
    offers = list(exchange.offers(actor).filter(provider=actor.org).order_by("number"))
    kept = sorted({one.own for one in proposals if one.holder} - {one.title for one in offers})
    context = {
        "proposals": proposals,
        "demands": [Own(demand, recommended[demand.title]) for demand in demands],
        "offers": offers,
        "kept": kept,
        "offered": len(offers) + len(kept),
        "appointments": meetings.appointments(actor),
        "undertakings": undertakings,
        "late": [one for one in undertakings if _is_late(one, today)],
        "today": today,
    }
    return render(request, "partner/home.html", context)


def _is_late(undertaking: Undertaking, today: datetime.date) -> bool:
    return undertaking.state != ClauseState.DONE and undertaking.due < today


@requires(Permission.SEE_PARTNER)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Our meetings, for a calendar."""
    actor = acting(request)
    disposition = content_disposition_header(as_attachment=True, filename=f"{actor.org}.ics")
    return HttpResponse(
        meetings.ics_told(actor),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )
