"""The link of each receiver: it opens its own form without an account."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission, Role
from hearth.apps.links import actions as links
from hearth.apps.links.actions import Holder
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.notices.actions.steps import may, refuse_foreign_issuer
from hearth.apps.notices.models import Notice, Return

OPEN_AFTER_DUE = datetime.timedelta(days=180)
"""A link still opens so long after the deadline: late answers and corrections come by it too."""


def holder_of(returned: Return) -> Holder:
    return Holder(returned.pk, returned.org, (returned.contact or str(returned.org))[:80])


@transaction.atomic
def give(*, notice: Notice, copies: Sequence[Return], by: Actor) -> dict[int, Link]:
    """Give each of these receivers its link; who has one keeps it. By the return's id."""
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(notice.issuer, by)
    until = notice.due + OPEN_AFTER_DUE if notice.due else None
    return links.give(
        purpose=Purpose.RETURN, to=[holder_of(one) for one in copies], about=notice, until=_open(until), by=by
    )


def _open(until: datetime.date | None) -> datetime.date | None:
    """Links to notices of long ago, taken in from files, must not be dead when they are given: they end with nothing."""
    return until if until is None or until > timezone.localdate() else None


@transaction.atomic
def renew(*, returned: Return, link: Link, by: Actor) -> Link:
    """Give a receiver a new address; the former opens nothing any more."""
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(returned.issuer, by)
    return links.renew(link=link, by=by)


@transaction.atomic
def revoke(*, returned: Return, link: Link, by: Actor) -> Link:
    """Take a receiver's link back; it answers with an account, or after a new one is given."""
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(returned.issuer, by)
    return links.revoke(link=link, by=by)


def visitor(link: Link) -> Actor:
    """In whose name somebody answers who came by a link."""
    return Actor(org=link.org, role=Role.LIAISON, user_id=None, name=f"{link.holder}（专用链接）")
