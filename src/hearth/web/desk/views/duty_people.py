"""The duties of one person across campaigns: late, soon, later, done; handed over together, put into a calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Permission
from hearth.web.desk.duty_forms import HandOverForm
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires

MOST_DONE = 20


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    person = directory.people(by).filter(user_id=by.user_id).first() if by.user_id else None
    return _page(request, person)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _person(request, pk))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    waiting = queries.duties_of(found, by=acting(request)).exclude(state=DutyState.DONE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{found.name}的任务.ics")
    return HttpResponse(
        queries.calendar_of(waiting.filter(campaign__archived_at=None)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@requires(Permission.RECORD)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything open that somebody answers for goes to the deputies, because he is away."""
    found, by, form = _person(request, pk), acting(request), HandOverForm(request.POST)
    if form.is_valid():
        try:
            waiting = queries.load_of(found, by=by).open
            handed = actions.hand_over(duties=waiting, why=form.cleaned_data["why"], by=by)
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("%(name)s的 %(number)d 件任务移交给各自的代理人了，都告诉了。")
            notes.done(request, said % {"name": found, "number": len(handed)})
            return redirect("desk:person_duties", pk)
    return _page(request, found, form=form)


def _page(request: HttpRequest, found: Person | None, *, form: HandOverForm | None = None) -> HttpResponse:
    by = acting(request)
    load = queries.load_of(found, by=by) if found else None
    context = {
        "person": found,
        "is_mine": found is None or (by.user_id is not None and found.user_id == by.user_id),
        "load": load,
        "done": load.done[:MOST_DONE] if load else (),
        "today": timezone.localdate(),
        "form": form or HandOverForm(),
    }
    return render(request, "desk/person_duties.html", context, status=422 if form else 200)


def _person(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(directory.people(acting(request)), pk=pk)
