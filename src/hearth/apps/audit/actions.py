"""Writing the audit trail. Every other action calls ``record`` once, in its own transaction."""

from typing import Any, Protocol

from django.db import connection, models

from hearth.apps.audit.models import Event


class Place(Protocol):
    id: int
    path: str


class Doer(Protocol):
    """Whoever acts; the directory's Actor is one."""

    @property
    def org(self) -> Place: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


def record(verb: str, thing: models.Model, *, by: Doer, **detail: Any) -> Event:
    """Append one event: ``by`` did ``verb`` to ``thing``. Refused outside a transaction, where it could outlive its act."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of its act")
    return Event.objects.create(
        org_id=by.org.id,
        org_path=by.org.path,
        user_id=by.user_id,
        who=by.name,
        verb=verb,
        thing=thing._meta.label_lower,
        thing_id=str(thing.pk or ""),
        label=str(thing)[:200],
        detail=detail,
    )
