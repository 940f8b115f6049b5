"""A ticket behind its personal link: to show, to print, to put into a calendar, to give back."""

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import Registration
from hearth.apps.outreach.states import Standing
from hearth.web.ui.access import by_link


@by_link(Purpose.TICKET)
@require_GET
def ticket(request: HttpRequest, link: Link) -> HttpResponse:
    registration = _registration(link)
    context = {
        "token": link.token,
        "registration": registration,
        "event": registration.event,
        "came": queries.admission(registration),
        "ahead": queries.ahead(registration),
        "held": registration.standing == Standing.HELD,
        "waits": registration.standing == Standing.WAITING,
        "shown": queries.copy_of(registration.event),
        "address": request.build_absolute_uri(),
    }
    return render(request, "public/ticket.html", context)


@by_link(Purpose.TICKET)
@require_GET
def qr(_request: HttpRequest, link: Link) -> HttpResponse:
    picture = io.BytesIO()
    code = segno.make(_registration(link).code, error="m", micro=False)
    code.save(picture, kind="svg", scale=8, border=4, title=_("门票的二维码"))
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@by_link(Purpose.TICKET)
@require_GET
def calendar(_request: HttpRequest, link: Link) -> HttpResponse:
    event = _registration(link).event
    disposition = content_disposition_header(as_attachment=True, filename=f"{event}.ics")
    return HttpResponse(
        queries.ics(event, event.name),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@by_link(Purpose.TICKET)
@require_POST
def cancel(request: HttpRequest, link: Link) -> HttpResponse:
    registration = _registration(link)
    try:
        actions.give_up(registration=registration, by=Actor.house(link.org, link.holder))
    except OutreachRefused as refused:
        messages.error(request, str(refused))
    return redirect("public:ticket", token=link.token)


def _registration(link: Link) -> Registration:
    found: Registration = get_object_or_404(
        Registration.objects.select_related("event", "event__school", "event__person", "org"), pk=link.target
    )
    return found
