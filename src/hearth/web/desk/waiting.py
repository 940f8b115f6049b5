"""What waits for the visitor, as a number on every page of the desk: asked for in one question."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from hearth.apps.accounts.models import User
from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.messages import queries as messages
from hearth.apps.notices import queries as notices
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.papers import queries as papers
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import State
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED


def number(by: Actor) -> int | None:
    """What is late or due today, open cases, notices to answer, papers to sign or to mend, unread messages.

    None for the house itself.
    """
    if by.user_id is None:
        return None
    if not by.may(Permission.SEE_CAMPAIGNS):
        return 0
    rows = (
        pressing(by, timezone.localdate()),
        cases(by),
        returns(by),
        to_sign(by),
        sent_back(by),
        messages.unread(by),
    )
    counted = {f"waiting_{at}": _counted(one) for at, one in enumerate(rows)}
    found = User.objects.filter(pk=by.user_id).annotate(**counted).values_list(*counted)
    return int(sum(found[0]))


def duties(by: Actor) -> QuerySet[Duty]:
    """Open duties of the visitor, his own and those in which he stands in."""
    found: QuerySet[Duty] = Duty.objects.visible_to(by).exclude(state=DutyState.DONE)
    return found.filter(Q(person__user_id=by.user_id) | Q(deputy__user_id=by.user_id))


def pressing(by: Actor, on: datetime.date) -> QuerySet[Duty]:
    """Those of ``duties`` that are late or due on the day; nothing grows late once its campaign is archived."""
    return duties(by).filter(
        Q(campaign__archived_at=None, due__lte=on) | Q(due__lte=F("campaign__archived_at__date"))
    )


def cases(by: Actor) -> QuerySet[Case]:
    found: QuerySet[Case] = Case.objects.visible_to(by).filter(person__user_id=by.user_id)
    return found.exclude(state__in=CLOSED)


def returns(by: Actor) -> QuerySet[Return]:
    """Notices that the visitor's organisation has to answer or sign for."""
    if not by.may(Permission.ANSWER_NOTICES):
        return Return.objects.none()
    waiting = Q(due__isnull=False) & ~Q(state=ReturnState.SENT) | Q(due=None, acknowledged_at=None)
    found = notices.with_corrections(notices.inbox(by))
    return found.filter(waiting | Q(correction_waits=True)).order_by("due", "pk")


def to_sign(by: Actor) -> QuerySet[Paper]:
    if not by.may(Permission.SIGN_PAPERS):
        return Paper.objects.none()
    waiting = papers.papers(by).filter(state=State.REVIEW)
    return waiting.filter(Q(waits_for=None) | Q(waits_for_id=by.user_id))


def sent_back(by: Actor) -> QuerySet[Paper]:
    """Drafts of the visitor that came back with a reason."""
    drafts = papers.papers(by).filter(state=State.DRAFT, drafted_by_id=by.user_id)
    return drafts.exclude(returned_because="")


def _counted(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().annotate(every=Value(1)).values("every").annotate(number=Count("pk"))
    return Coalesce(Subquery(one.values("number")), 0)
