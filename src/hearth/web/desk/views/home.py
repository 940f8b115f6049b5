"""Where the day begins: what is mine and late, what waits for my signature, which campaigns run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.notices import queries as notices
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.papers import queries as papers
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import State
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED
from hearth.web.desk.campaign_frame import day_of
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
    duties, cases, returns = _duties(by), _cases(by), _returns(by)
    to_sign, sent_back = _to_sign(by), _sent_back(by)
    context = {
        "today": timezone.localdate(),
        "duties": duties,
        "cases": cases,
        "returns": returns,
        "to_sign": to_sign,
        "sent_back": sent_back,
        "campaigns": with_duties(by)[:MOST],
        "reminders": len(duties) + len(cases) + len(returns) + len(to_sign) + len(sent_back),
    }
    return render(request, "desk/home.html", context)


def _duties(by: Actor) -> list[Mine]:
    """Open duties of the visitor, the most pressing first."""
    if by.user_id is None:
        return []
    rows = (
        Duty.objects.visible_to(by)
        .filter(Q(person__user_id=by.user_id) | Q(deputy__user_id=by.user_id))
        .exclude(state=DutyState.DONE)
        .select_related("campaign", "person", "deputy")
    )
    return [
        Mine(duty, day_of(duty.campaign), as_deputy=duty.person.user_id != by.user_id) for duty in rows[:MOST]
    ]


def _cases(by: Actor) -> list[Case]:
    if by.user_id is None:
        return []
    rows = Case.objects.visible_to(by).filter(person__user_id=by.user_id).exclude(state__in=CLOSED)
    return list(rows.select_related("campaign", "visit__person", "handled_by")[:MOST])


def _returns(by: Actor) -> list[Return]:
    """Notices that the visitor's organisation has to answer or sign for."""
    if not by.may(Permission.ANSWER_NOTICES):
        return []
    waiting = Q(due__isnull=False) & ~Q(state=ReturnState.SENT) | Q(due=None, acknowledged_at=None)
    return list(notices.inbox(by).filter(waiting).order_by("due", "pk")[:MOST])


def _to_sign(by: Actor) -> list[Paper]:
    if not by.may(Permission.SIGN_PAPERS):
        return []
    waiting = papers.papers(by).filter(state=State.REVIEW)
    return list(waiting.filter(Q(waits_for=None) | Q(waits_for_id=by.user_id))[:MOST])


def _sent_back(by: Actor) -> list[Paper]:
    """Drafts of the visitor that came back with a reason."""
    if by.user_id is None:
        return []
    drafts = papers.papers(by).filter(state=State.DRAFT, drafted_by_id=by.user_id)
    return list(drafts.exclude(returned_because="")[:MOST])
