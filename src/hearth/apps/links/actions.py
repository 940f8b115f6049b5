"""Giving personal links, giving them anew, taking them back."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.links import queries
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose


@dataclass(frozen=True)
class Holder:
    """Who gets a link to which thing; the link opens the rows of ``org`` and below, and of those only that thing."""

    target: int
    org: Organisation
    name: str


@transaction.atomic
def give(
    *,
    purpose: Purpose,
    to: Iterable[Holder],
    about: models.Model,
    until: datetime.date | None = None,
    by: Actor,
) -> dict[int, Link]:
    """Give each holder the one link to its thing; who has one already keeps it. Returns the links by thing.

    ``about`` is what the links belong to, such as the notice: the audit trail tells of it once for all of them.
    """
    holders = list(to)
    rows = [
        Link(org=one.org, purpose=purpose, target=one.target, holder=one.name, ends_on=until)
        for one in holders
    ]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record("发链接", about, by=by, purpose=str(purpose), holders=len(holders))
    return queries.of(purpose, [one.target for one in holders])


@transaction.atomic
def renew(*, link: Link, by: Actor) -> Link:
    """Give a new address; the one sent before opens nothing any more."""
    Link.objects.filter(pk=link.pk).update(issue=F("issue") + 1, revoked_at=None)
    link.refresh_from_db()
    audit.record("换链接", link, by=by)
    return link


@transaction.atomic
def revoke(*, link: Link, by: Actor) -> Link:
    """Take a link back; its address opens nothing any more."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    audit.record("停用链接", link, by=by)
    return link
