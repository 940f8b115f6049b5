"""Where the day begins: what is mine and late, what waits for my signature, which campaigns run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.queries import day_of
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.messages import queries as messages
from hearth.web.desk import waiting
from hearth.web.desk.views.campaigns import with_duties
from hearth.web.ui.access import acting, requires

MOST = 20


@dataclass(frozen=True)
class Mine:
    """A duty of mine with the day by which it is judged; ``as_deputy`` when somebody else answers for it first."""

    duty: Duty
    on: datetime.date
    as_deputy: bool


@requires(Permission.SEE_DESK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    if not by.may(Permission.SEE_CAMPAIGNS):
        return render(request, "desk/home.html", {"today": timezone.localdate()})
    cases = waiting.cases(by).select_related("campaign", "visit__person", "handled_by")
    context = {
        "today": timezone.localdate(),
        "unread": list(messages.unread(by)[:MOST]),
        "duties": _mine(by),
        "cases": list(cases[:MOST]),
        "returns": list(waiting.returns(by)[:MOST]),
        "to_sign": list(waiting.to_sign(by)[:MOST]),
        "sent_back": list(waiting.sent_back(by)[:MOST]),
        "campaigns": with_duties(by)[:MOST],
    }
    return render(request, "desk/home.html", context)


def _mine(by: Actor) -> list[Mine]:
    """Open duties of the visitor, the most pressing first."""
    rows = waiting.duties(by).select_related("campaign", "person", "deputy")[:MOST]
    return [Mine(duty, day_of(duty.campaign), as_deputy=duty.person.user_id != by.user_id) for duty in rows]
