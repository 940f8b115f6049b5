"""Keeping the catalogue as the published copies stand. The act that publishes a copy records who did it."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, Value

from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.lib import terms

__all__ = ["Kind", "Page", "put", "take_down"]


class Copy(Protocol):
    """A published copy: a row of its own with a page of its own."""

    pk: int

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Page:
    """What the catalogue says of a copy."""

    kind: Kind
    title: str
    organ: str
    text: str
    published_at: datetime.datetime
    subject: int | None = None
    until: datetime.date | None = None


@transaction.atomic
def put(*, copy: Copy, page: Page) -> Entry:
    """List a copy, or list it as it is now."""
    vector = Func(
        Value(terms.vector(page.title, f"{page.organ}。{page.text}")),
        template="%(expressions)s::tsvector",
        output_field=SearchVectorField(),
    )
    said = {
        "kind": page.kind,
        "path": copy.get_absolute_url(),
        "title": page.title,
        "organ": page.organ[:120],
        "text": page.text,
        "terms": vector,
        "subject": page.subject,
        "until": page.until,
        "published_at": page.published_at,
    }
    entry, _ = Entry.objects.update_or_create(thing=_thing(copy), thing_id=copy.pk, defaults=said)
    return entry


@transaction.atomic
def take_down(*, copy: Copy) -> None:
    """List a copy no longer, from this moment."""
    Entry.objects.filter(thing=_thing(copy), thing_id=copy.pk).delete()


def _thing(copy: Copy) -> str:
    return str(copy._meta.label_lower)  # type: ignore[attr-defined]
