"""Published copies, and what visitors think of them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Length

from hearth.apps.papers.models import Opinion, Publication
from hearth.apps.papers.states import Rating


def published() -> QuerySet[Publication]:
    """What anyone may read, without the files."""
    return Publication.objects.filter(withdrawn_at=None).defer("word", "pdf")


def at_address(address: str) -> Publication | None:
    """A copy, withdrawn or not, without its files but with the size of each."""
    found = Publication.objects.filter(address=address).select_related("replaced_by")
    found = found.defer("word", "pdf", "replaced_by__word", "replaced_by__pdf", "replaced_by__source")
    return found.annotate(word_size=Length("word"), pdf_size=Length("pdf")).first()


def opinion_of(publication: Publication, visitor: str) -> int | None:
    """The rating that this visitor gave, None when there is none."""
    return (
        Opinion.objects.filter(publication=publication, visitor=visitor)
        .values_list("rating", flat=True)
        .first()
    )


@dataclass(frozen=True)
class Ratings:
    total: int
    counts: tuple[tuple[Rating, int], ...]


def ratings(publication: Publication) -> Ratings:
    counted = dict(
        Opinion.objects.filter(publication=publication).values_list("rating").annotate(number=Count("id"))
    )
    return Ratings(
        total=sum(counted.values()), counts=tuple((rating, counted.get(rating.value, 0)) for rating in Rating)
    )
