"""What anyone may read of a forum: when and where it is, and a few numbers. No name of an enterprise, demand or expert."""

import secrets

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.exchange.models import Demand
from hearth.apps.meetings.actions.listing import put_up
from hearth.apps.meetings.actions.steps import ForumRefused
from hearth.apps.meetings.models import Forum, Meeting, PublicForum


@transaction.atomic
def publish(*, forum: Forum, agreements: int, by: Actor) -> PublicForum:
    """Put up a copy with the numbers of this moment; done again, the numbers are those of then. ``agreements`` were signed."""
    _may(by)
    shown = PublicForum.objects.filter(forum_id=forum.pk).first() or PublicForum(
        forum_id=forum.pk, address=secrets.token_urlsafe(9)
    )
    shown.org, shown.name = forum.org, forum.name
    shown.held_on, shown.place = forum.held_on, forum.place
    shown.demands = Demand.objects.visible_to(by).filter(campaign=forum.campaign).count()
    shown.meetings = Meeting.objects.visible_to(by).filter(forum=forum).count()
    shown.agreements = agreements
    shown.published_at, shown.withdrawn_at = timezone.now(), None
    shown.save()
    put_up(forum, shown)
    audit.record("公开", forum, by=by, address=shown.address)
    return shown


@transaction.atomic
def withdraw(*, forum: Forum, by: Actor) -> PublicForum:
    """Take the copy down at once."""
    _may(by)
    shown = PublicForum.objects.filter(forum_id=forum.pk, withdrawn_at=None).first()
    if shown is None:
        raise ForumRefused(f"{forum}现在没有公开，不用撤下。")
    shown.withdrawn_at = timezone.now()
    shown.save(update_fields=["withdrawn_at"])
    catalogue.take_down(copy=shown)
    audit.record("撤下", forum, by=by)
    return shown


def _may(by: Actor) -> None:
    if not by.may(Permission.MANAGE_FORUMS):
        raise ForumRefused(f"{by.name} 的角色不能公开对接会，请干事或经纪人来做。")
