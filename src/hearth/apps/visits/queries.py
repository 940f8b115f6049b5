"""Questions about visits and the cases that came of them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.visits.models import Case, Visit, VisitSuggestion
from hearth.apps.visits.states import CLOSED, CaseState, VisitedKind


def visits(
    by: Actor, *, campaign: Campaign | None = None, kind: str = "", search: str = ""
) -> QuerySet[Visit]:
    """Visits, each with ``case_count``, ``open_count`` and ``suggestion_count``."""
    found: QuerySet[Visit] = Visit.objects.visible_to(by).select_related("person", "unit", "campaign")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if kind in VisitedKind.values:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(person__name__contains=search)
            | Q(unit__name__contains=search)
            | Q(unit__short_name__contains=search)
            | Q(field__contains=search)
            | Q(progress__contains=search)
        )
    return found.annotate(
        case_count=Count("cases", distinct=True),
        open_count=Count("cases", filter=~Q(cases__state__in=CLOSED), distinct=True),
        suggestion_count=Count("suggestions", distinct=True),
    )


@dataclass(frozen=True)
class Told:
    """A visit with everything that was told there."""

    visit: Visit
    cases: tuple[Case, ...]
    suggestions: tuple[VisitSuggestion, ...]


def told(by: Actor, *, pk: int) -> Told | None:
    """One visit for its page; None when there is none that ``by`` may see."""
    visit = visits(by).filter(pk=pk).first()
    if visit is None:
        return None
    return Told(
        visit=visit,
        cases=tuple(cases(by).filter(visit=visit)),
        suggestions=tuple(suggestions(by).filter(visit=visit)),
    )


def cases(
    by: Actor,
    *,
    campaign: Campaign | None = None,
    state: str = "",
    overdue_on: datetime.date | None = None,
    search: str = "",
) -> QuerySet[Case]:
    """Cases; with ``overdue_on`` only those that are open and past their deadline on that day."""
    found: QuerySet[Case] = Case.objects.visible_to(by).select_related(
        "visit__person", "visit__unit", "handled_by", "person", "campaign"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if state in CaseState.values:
        found = found.filter(state=state)
    if overdue_on is not None:
        found = found.exclude(state__in=CLOSED).filter(due__lt=overdue_on)
    if search:
        found = found.filter(
            Q(text__contains=search)
            | Q(visit__person__name__contains=search)
            | Q(handled_by__short_name__contains=search)
            | Q(person__name__contains=search)
        )
    return found


def suggestions(
    by: Actor, *, campaign: Campaign | None = None, search: str = ""
) -> QuerySet[VisitSuggestion]:
    found: QuerySet[VisitSuggestion] = VisitSuggestion.objects.visible_to(by).select_related(
        "visit__person", "visit__unit", "campaign"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    return found.filter(text__contains=search) if search else found
