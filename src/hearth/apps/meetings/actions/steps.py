"""What every act of a forum asks first, and how a row is locked and saved."""

from collections.abc import Mapping

from django.db.models import QuerySet

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.meetings.models import (
    Attendance,
    Forum,
    Meeting,
    Slot,
)
from hearth.lib import constraints


class ForumRefused(Exception):
    """Something that a forum does not allow; the message names the cure."""


def saved(row: Forum | Slot | Meeting | Attendance, cures: Mapping[str, str]) -> None:
    with constraints.explained(cures, ForumRefused):
        row.save()


def locked(forum: Forum) -> Forum:
    rows: QuerySet[Forum] = Forum.objects.select_for_update(of=("self",)).select_related("org", "campaign")
    return rows.get(pk=forum.pk)


def may_manage(by: Actor) -> None:
    if not by.may(Permission.MANAGE_FORUMS):
        raise ForumRefused("对接会由经纪人或科协干事安排，请转给他们。")


def may_record(by: Actor) -> None:
    if not (by.may(Permission.RECORD) or by.may(Permission.MANAGE_FORUMS)):
        raise ForumRefused("签到由会务人员办理，请转给他们。")
