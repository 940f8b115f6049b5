"""Questions about visits and the cases that came of them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.visits.models import (
    Case,
    Confidence,
    Contact,
    ContactRule,
    Gift,
    Visit,
    VisitFile,
    VisitSuggestion,
    Yield,
)
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
    gifts: tuple[Gift, ...]
    files: tuple[VisitFile, ...]
    yields: tuple[Yield, ...]

    @property
    def has_money(self) -> bool:
        return any(gift.money is not None for gift in self.gifts)


def told(by: Actor, *, pk: int) -> Told | None:
    """One visit for its page; None when there is none that ``by`` may see."""
    visit = visits(by).filter(pk=pk).first()
    if visit is None:
        return None
    return Told(
        visit=visit,
        cases=tuple(cases(by).filter(visit=visit)),
        suggestions=tuple(suggestions(by).filter(visit=visit)),
        gifts=tuple(visit.given.all()),
        files=tuple(visit.files.select_related("file")),
        yields=tuple(visit.yields.select_related("demand", "offer")),
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


def confidences(by: Actor) -> QuerySet[Confidence]:
    """The private parts that this actor may read: the leader all that he sees, anyone else those of the cases he handles."""
    found: QuerySet[Confidence] = Confidence.objects.visible_to(by).select_related("case")
    if by.role in (None, Role.LEADER):
        return found
    return found.filter(case__person__user_id=by.user_id) if by.user_id else found.none()


def may_see_money(by: Actor, visit: Visit) -> bool:
    """The leader, and who handles a case of the visit."""
    if by.role in (None, Role.LEADER):
        return True
    return by.user_id is not None and visit.cases.filter(person__user_id=by.user_id).exists()


def cases_to_remind(day: datetime.date, ahead: tuple[int, ...], behind: tuple[int, ...]) -> QuerySet[Case]:
    """Open cases of running campaigns that are due in one of the numbers of days, or were due so many days ago."""
    left = [*ahead, *(-days for days in behind)]
    found: QuerySet[Case] = Case.objects.exclude(state__in=CLOSED).exclude(reminders__day=day)
    return found.filter(
        campaign__archived_at=None, due__in=[day + datetime.timedelta(days=days) for days in left]
    ).select_related("org", "person__org", "person__user", "visit__person")


def quarter(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the quarter in which a day lies."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    after = (first + datetime.timedelta(days=100)).replace(day=1)
    return first, after - datetime.timedelta(days=1)


def contacts(by: Actor, day: datetime.date) -> QuerySet[Contact]:
    """Contacts that are kept, each with ``visited`` (how often in the quarter of the day), ``times`` (how often it is asked
    for), ``last_on`` and ``owing``. A visit counts by itself when the cadre led it, went along or recorded it."""
    first, last = quarter(day)
    name = OuterRef("cadre__name")
    went = Q(leader=name) | Q(companions__contains=name) | Q(recorder=name)
    visits_to = Visit.objects.visible_to(by).filter(went, person=OuterRef("scientist"))
    inside = visits_to.filter(visited_on__range=(first, last)).order_by().values("person")
    rule = ContactRule.objects.visible_to(by).filter(org=OuterRef("org"))
    found: QuerySet[Contact] = Contact.objects.visible_to(by).filter(ended_on=None)
    return (
        found.select_related("org", "cadre__org", "cadre__user", "scientist__org")
        .annotate(
            visited=Coalesce(Subquery(inside.annotate(n=Count("pk")).values("n"), IntegerField()), 0),
            times=Coalesce(Subquery(rule.values("times")[:1]), 1),
            last_on=Subquery(visits_to.order_by("-visited_on").values("visited_on")[:1]),
        )
        .annotate(owing=Q(visited__lt=F("times")))
    )


def times_asked(by: Actor) -> int:
    """How many visits a quarter the actor's organisation asks for."""
    rule = ContactRule.objects.visible_to(by).filter(org=by.org).first()
    return rule.times if rule else 1
