"""One meeting of the timetable: when, where, why, and asking for a slot of one's choice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.meetings import actions
from hearth.apps.meetings.models import Meeting, Place, Slot
from hearth.web.desk import traces
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_EXCHANGE)
@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    found = Place.objects.visible_to(actor).select_related(
        "forum", "slot", "meeting__company__organisation", "meeting__expert__organisation"
    )
    place = get_object_or_404(found.select_related("meeting__match", "meeting__fixed_slot"), pk=pk)
    context = {"placed": place, "slots": place.forum.slots.all(), "traces": traces.of(place, actor)}
    return render(request, "desk/place.html", context)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    slots = Slot.objects.visible_to(acting(request)).filter(forum=meeting.forum)
    chosen = request.POST.get("slot", "")
    slot = get_object_or_404(slots, pk=chosen if chosen.isdecimal() else 0)
    said = gettext("已指定 %(slot)s。再排一次时间表就照这个时段。") % {"slot": slot}
    return _do(request, meeting, lambda: actions.fix(meeting=meeting, slot=slot, by=acting(request)), said)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def unfix(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    said = gettext("已取消指定。再排一次时间表时由电脑选时段。")
    return _do(request, meeting, lambda: actions.unfix(meeting=meeting, by=acting(request)), said)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meetings: QuerySet[Meeting] = Meeting.objects.visible_to(acting(request)).select_related("forum")
    return get_object_or_404(meetings, pk=pk)


def _do(request: HttpRequest, meeting: Meeting, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        with transaction.atomic():
            act()
    except actions.ForumRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, said)
    return redirect("desk:forum", meeting.forum_id)
