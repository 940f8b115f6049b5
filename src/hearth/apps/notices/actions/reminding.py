"""Reminding those who have not answered, and after the deadline those above them."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Permission
from hearth.apps.jobs.tasks import daily
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.notices import queries
from hearth.apps.notices.actions.steps import NoticeRefused, may, refuse_foreign_issuer
from hearth.apps.notices.models import Notice, Reminder, Return
from hearth.apps.notices.states import Occasion, ReturnState
from hearth.lib.wall import scope

CATCH_UP = datetime.timedelta(days=7)
"""A house that stood still on the day after the deadline reminds when it runs again, within these days."""

LONGEST_BEFORE = datetime.timedelta(days=60)


@transaction.atomic
def remind(*, notice: Notice, returns: Sequence[Return] | None = None, by: Actor) -> int:
    """Remind these receivers, or all who have not validly answered; gives how many were reminded.

    Their liaisons are told; after the deadline, those of the organisation above them too.
    """
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(notice.issuer, by)
    if notice.campaign.archived_at:
        raise NoticeRefused("活动已经归档，不再催办。要补报的，请直接联系对方单位。")
    waiting = queries.outstanding(by, notice).select_for_update(of=("self",))
    if returns is not None:
        waiting = waiting.filter(pk__in=[returned.pk for returned in returns])
    reminded = list(waiting)
    if not reminded:
        raise NoticeRefused("没有要催办的单位：选中的都已报送，或这份通知不要求报送。")
    _tell(reminded, Occasion.HAND, on=timezone.localdate(), by=by)
    audit.record("催办", notice, by=by, receivers=len(reminded))
    return len(reminded)


@daily("notices.remind")
def remind_due(day: datetime.date) -> None:
    """Remind, each at most once, those whose deadline comes as near as their notice says, or was over yesterday."""
    root = directory.root()
    if root is None:
        return
    with scope(root.path):
        by = Actor.house(root)
        for notice in _pressing(day):
            _remind(notice, day, by)


def _pressing(day: datetime.date) -> list[Notice]:
    near = Notice.objects.filter(
        wants_return=True,
        due__gte=day - CATCH_UP,
        due__lte=day + LONGEST_BEFORE,
        campaign__archived_at=None,
    )
    return [one for one in near.select_related("issuer", "campaign") if _presses(one, day)]


def _presses(notice: Notice, day: datetime.date) -> bool:
    assert notice.due is not None
    if day > notice.due:
        return notice.remind_after
    return notice.remind_before is not None and (notice.due - day).days <= notice.remind_before


def _remind(notice: Notice, day: datetime.date, by: Actor) -> None:
    assert notice.due is not None
    occasion = Occasion.AFTER if day > notice.due else Occasion.BEFORE
    waiting = queries.outstanding(by, notice).exclude(reminders__occasion=occasion)
    fresh = list(waiting.select_for_update(of=("self",)))
    if fresh:
        _tell(fresh, occasion, on=day, by=by)
        audit.record("催办", notice, by=by, receivers=len(fresh), occasion=str(occasion))


def _tell(returns: Sequence[Return], occasion: Occasion, *, on: datetime.date, by: Actor) -> None:
    told = {returned.pk: _tell_one(returned, on, by) for returned in returns}
    Reminder.objects.bulk_create(
        Reminder(
            org=one.org, org_path=one.org_path, returned=one, occasion=occasion, told=min(told[one.pk], 999)
        )
        for one in returns
    )
    Return.objects.filter(pk__in=told).update(reminded_at=timezone.now())


def _tell_one(returned: Return, on: datetime.date, by: Actor) -> int:
    assert returned.due is not None
    late = (on - returned.due).days
    readers = readers_of(returned.org, returned.contact, returned.phone)
    if late > 0 and (above := _superior(returned, by)):
        readers += readers_of(above, "", "")
    text = (
        f"{returned.issuer}的《{returned.notice_title}》要求 {returned.due.month}月{returned.due.day}日前报送，"
        + (f"{returned.org}已迟 {late} 天。" if late > 0 else f"{returned.org}还没有报。")
        + (f"上次退回的原因：{returned.sent_back_because}" if returned.state == ReturnState.SENT_BACK else "")
    )
    messages.tell(
        to=readers,
        subject=f"请报送：{returned.notice_title}"[:120],
        text=text,
        href=reverse("desk:return", args=[returned.pk]),
        by=by,
    )
    return len(readers)


def readers_of(organisation: Organisation, contact: str, phone: str) -> list[Reader]:
    """The liaisons; without one, whoever is the organisation's contact, to be called."""
    found = [
        Reader(organisation, str(member.user)[:40], member.user_id, member.user.email)
        for member in queries.liaisons(organisation)
    ]
    name = contact or organisation.contact
    if found or not name:
        return found
    return [Reader(organisation, name, phone=phone or organisation.phone)]


def _superior(returned: Return, by: Actor) -> Organisation | None:
    """The organisation above a receiver, when it stands below the issuer: the issuer itself knows."""
    above = returned.org.parent
    if above is None or above.pk == returned.issuer_id or not above.path.startswith(by.path):
        return None
    return above if above.path.startswith(returned.issuer.path) else None
