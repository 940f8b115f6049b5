"""The door: a page that scans tickets with the phone's camera, with or without a network, and what it sends."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import MOST_AT_ONCE, Done
from hearth.apps.outreach.models import OutreachEvent, Scan
from hearth.apps.outreach.rules import MOST_PARTY
from hearth.apps.outreach.states import Act
from hearth.web.ui.access import by_link, public
from hearth.web.ui.keeper import keeper

CAMERA = "camera=(self), microphone=(), geolocation=()"


@public
@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that keeps the door's page when there is no network; it lies under /door/ and reaches no further."""
    return keeper("hearth-door")


@csp_update({"worker-src": [SELF]})  # type: ignore[untyped-decorator]  # its own types are loose
@by_link(Purpose.DOOR)
@require_GET
def door(request: HttpRequest, link: Link) -> HttpResponse:
    event = _event(link)
    context = {
        "token": link.token,
        "event": event,
        "arrivals": queries.arrivals(event),
        "most": MOST_PARTY,
        "at_once": MOST_AT_ONCE,
    }
    response = render(request, "public/door.html", context)
    response.headers["Permissions-Policy"] = CAMERA
    return response


@by_link(Purpose.DOOR)
@require_GET
def tickets(_request: HttpRequest, link: Link) -> HttpResponse:
    """The tickets of the event, for a door that may lose its network."""
    event = _event(link)
    rows = queries.tickets(event).values_list("code", "name", "unit", "party")
    return JsonResponse({"tickets": list(rows), **_counts(event)})


@csrf_exempt  # the address itself is the secret; no cookie gives any right here
@by_link(Purpose.DOOR)
@require_POST
def scans(request: HttpRequest, link: Link) -> HttpResponse:
    """Keep what a door did. The answer is sent after the database has it for good; sent again, it changes nothing."""
    try:
        done = [_done(one) for one in json.loads(request.body)["scans"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"cure": "这一页太旧了，请重新打开门口的链接。"}, status=400)
    if len(done) > MOST_AT_ONCE:
        return JsonResponse({"cure": f"一次最多送 {MOST_AT_ONCE} 条。"}, status=413)
    event = _event(link)
    kept = actions.receive(event=event, done=done, by=Actor.house(link.org, link.holder))
    first = queries.first_admissions(kept)
    return JsonResponse({"answers": [_answer(scan, first) for scan in kept], **_counts(event)})


def _event(link: Link) -> OutreachEvent:
    found: OutreachEvent = get_object_or_404(
        OutreachEvent.objects.select_related("org", "school"), pk=link.target
    )
    return found


def _done(one: dict[str, Any]) -> Done:
    at = parse_datetime(one["at"])
    if at is None or at.tzinfo is None:
        raise ValueError("a scan has a moment with its time zone")
    return Done(
        key=uuid.UUID(one["key"]),
        act=Act(one["act"]),
        said=str(one["said"]),
        at=at.astimezone(datetime.UTC),
        people=int(one.get("people", 1)),
        entrance=str(one.get("entrance", "")),
        offline=bool(one.get("offline", False)),
    )


def _answer(scan: Scan, first: dict[int, Scan]) -> dict[str, Any]:
    ticket = scan.registration
    before = first.get(ticket.pk) if ticket else None
    elsewhere = ticket.event if ticket and ticket.event_id != scan.event_id else None
    return {
        "key": str(scan.key),
        "verdict": scan.verdict,
        "people": scan.people or (ticket.party if ticket else 0),
        # of a ticket of another event nothing is told but where it belongs
        "name": ticket.name if ticket and not elsewhere else "",
        "unit": ticket.unit if ticket and not elsewhere else "",
        "elsewhere": f"{elsewhere.name} · {elsewhere.held_on:%-m月%-d日}" if elsewhere else "",
        "first_at": before.at.isoformat() if before else "",
        "first_entrance": before.entrance if before else "",
    }


def _counts(event: OutreachEvent) -> dict[str, int]:
    found = queries.arrivals(event)
    return {"arrived": found.arrived, "inside": found.inside, "expected": found.expected}
