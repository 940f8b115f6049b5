"""Looking at agreements: who owes what, and how much of it was kept."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearth.apps.agreements.models import Agreement, Clause, Undertaking
from hearth.apps.agreements.states import ClauseState
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor


@dataclass(frozen=True)
class Keeping:
    """How far clauses were kept on a day: of ``total``, ``done`` are done; of ``due`` (their day is past), ``due_done`` are."""

    total: int
    done: int
    due: int
    due_done: int

    @property
    def rate(self) -> float | None:
        """兑现率: the share of due clauses that are done, 0 to 1; None while nothing is due."""
        return self.due_done / self.due if self.due else None


def agreements(
    by: Actor, campaign: Campaign | None = None, *, search: str = "", kind: str = ""
) -> QuerySet[Agreement]:
    """Agreements with the numbers of their clauses (``promised``) and of those that are done (``kept``)."""
    found: QuerySet[Agreement] = Agreement.objects.visible_to(by).select_related("campaign", "org")
    found = found.filter(campaign=campaign) if campaign else found
    found = found.filter(kind=kind) if kind else found
    if search:
        party = Q(parties__organisation__name__contains=search)
        found = found.filter(
            pk__in=found.filter(Q(name__contains=search) | Q(number=search) | party).values("pk")
        )
    return found.prefetch_related("parties__organisation").annotate(
        promised=Count("clauses"), kept=Count("clauses", filter=Q(clauses__state=ClauseState.DONE))
    )


def clauses(
    by: Actor, *, agreement: Agreement | None = None, search: str = "", state: str = ""
) -> QuerySet[Clause]:
    found: QuerySet[Clause] = Clause.objects.visible_to(by).select_related("agreement", "lead", "org")
    found = found.filter(agreement=agreement) if agreement else found
    found = found.filter(state=state) if state in ClauseState.values else found
    if search:
        text = Q(text__contains=search) | Q(who__contains=search)
        found = found.filter(text | Q(lead__name__contains=search) | Q(agreement__name__contains=search))
    return found


def overdue(by: Actor, on: datetime.date) -> QuerySet[Clause]:
    """Clauses whose day is past and which are not done, whatever their state says."""
    return clauses(by).filter(due__lt=on).exclude(state=ClauseState.DONE)


def keeping(rows: Iterable[Clause], on: datetime.date) -> Keeping:
    """How far the clauses were kept on the day ``on``."""
    seen = [(clause.state == ClauseState.DONE, clause.due <= on) for clause in rows]
    return Keeping(
        total=len(seen),
        done=sum(done for done, _ in seen),
        due=sum(due for _, due in seen),
        due_done=sum(done and due for done, due in seen),
    )


def undertakings(by: Actor) -> QuerySet[Undertaking]:
    """What the actor's own organisation owes."""
    found: QuerySet[Undertaking] = Undertaking.objects.visible_to(by).filter(org=by.org)
    return found
