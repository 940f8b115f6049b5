"""What is published: the newest, of a campaign, of a kind, and what holds some words."""

import datetime
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField, SearchRank
from django.db.models import BooleanField, Count, F, Func, Max, Q, QuerySet, Value
from django.utils import timezone

from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.lib import terms

WEIGHTS = [0.1, 0.2, 0.4, 1.0]
"""Of D, C, B and A: a hit in the title counts as ten in the text."""
RANKED = 1000
"""So many of what is merely near are ranked; the newest are looked at."""


def listed() -> QuerySet[Entry]:
    """All that anyone may open today, the newest first; without the texts, which only a search shows."""
    today = timezone.localdate()
    return Entry.objects.filter(Q(until=None) | Q(until__gte=today)).defer("text", "terms")


def of_subject(subject: int) -> QuerySet[Entry]:
    return listed().filter(subject=subject)


def counts(found: QuerySet[Entry]) -> dict[Kind, int]:
    """How many of each kind; kinds of which there are none are left out."""
    numbers = dict(found.order_by().values_list("kind").annotate(number=Count("pk")))
    return {kind: numbers[kind.value] for kind in Kind if kind.value in numbers}


@dataclass(frozen=True)
class Found:
    """What a search found. ``exact`` is untrue when nothing held all the words and these are the nearest."""

    entries: QuerySet[Entry]
    question: str
    exact: bool

    def best_first(self, kind: Kind | None = None) -> QuerySet[Entry]:
        """With the texts, from which a page shows the place that was found."""
        entries = self.entries.filter(kind=kind) if kind else self.entries
        entries = entries.defer(None).defer("terms")
        if not self.question:
            return entries
        rank = SearchRank(F("terms"), _asked(self.question), weights=WEIGHTS)
        return entries.annotate(rank=rank).order_by("-rank", "-published_at", "-pk")


def search(asked: str) -> Found:
    """Pages that hold all the words; if there are none, those that hold most of their pairs of characters."""
    question = terms.every(asked)
    if not question:
        return Found(listed(), "", exact=True)
    found = _holding(listed(), question)
    if found.exists():
        return Found(found, question, exact=True)
    nearest = terms.near(asked)
    if not nearest:
        return Found(Entry.objects.none(), "", exact=False)
    some = list(_holding(listed(), nearest).values_list("pk", flat=True)[:RANKED])
    return Found(Entry.objects.filter(pk__in=some), nearest, exact=False)


@dataclass(frozen=True)
class Standing:
    """What tells whether a list of entries is still the same: how many, and when one of them changed last."""

    number: int
    changed_at: datetime.datetime | None


def standing(found: QuerySet[Entry]) -> Standing:
    return Standing(**found.order_by().aggregate(number=Count("pk"), changed_at=Max("changed_at")))


def subject_of(path: str) -> int | None:
    """What the page at this path belongs to."""
    return Entry.objects.filter(path=path).values_list("subject", flat=True).first()


def _holding(entries: QuerySet[Entry], question: str) -> QuerySet[Entry]:
    return entries.filter(
        Func(
            F("terms"),
            _asked(question),
            template="%(expressions)s",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )
    )


def _asked(question: str) -> Func:
    return Func(Value(question), template="%(expressions)s::tsquery", output_field=SearchQueryField())
