"""One event that several reported: it is counted for its owner, and the credit is shared; this can be undone."""

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.notices.actions.steps import NoticeRefused, may, refuse_foreign_issuer
from hearth.apps.notices.models import Answer, Duplicate, Notice, Return
from hearth.apps.notices.states import ReturnState
from hearth.lib import constraints


@transaction.atomic
def share_credit(
    *, notice: Notice, key: str, owner: tuple[int, int], copy: tuple[int, int], by: Actor
) -> Duplicate:
    """Count an event once: for the owner's line. ``owner`` and ``copy`` are a return's id and its line."""
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(notice.issuer, by)
    sent = Return.objects.select_for_update(of=("self",)).filter(notice=notice, state=ReturnState.SENT)
    both = {one.pk: one for one in sent.filter(pk__in=[owner[0], copy[0]]).order_by("pk")}
    if len(both) != 2:
        raise NoticeRefused("这两家中有一家没有报，或者已经退回，不能并作一件。")
    lines = Answer.objects.filter(notice=notice, key=key)
    own, other = (lines.filter(returned=pk, line=line) for pk, line in (owner, copy))
    if not own.exists() or not other.exists():
        raise NoticeRefused("这一行已经没有了，请刷新页面再看。")
    if own.filter(counted=False).exists():
        raise NoticeRefused("算作主办的这一行本身已经并到别家，请先撤销那一件。")
    if Duplicate.objects.filter(owner=copy[0], key=key, owner_line=copy[1]).exists():
        raise NoticeRefused("要并掉的这一行已经替别家计数，请先撤销那一件。")
    duplicate = Duplicate(
        org=notice.issuer,
        notice=notice,
        key=key,
        owner=both[owner[0]],
        owner_line=owner[1],
        copy=both[copy[0]],
        copy_line=copy[1],
    )
    _keep(duplicate)
    other.update(counted=False)
    audit.record("并作一件", notice, by=by, **_both(duplicate))
    return duplicate


@transaction.atomic
def part_credit(*, duplicate: Duplicate, by: Actor) -> None:
    """Take it back: both lines count again."""
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(duplicate.notice.issuer, by)
    Answer.objects.filter(returned=duplicate.copy_id, key=duplicate.key, line=duplicate.copy_line).update(
        counted=True
    )
    audit.record("不再并作一件", duplicate.notice, by=by, **_both(duplicate))
    duplicate.delete()


def _both(duplicate: Duplicate) -> dict[str, str]:
    return {"owner": str(duplicate.owner.org), "copy": str(duplicate.copy.org)}


def _keep(duplicate: Duplicate) -> None:
    cure = "这一行已经并作一件了。"
    with constraints.explained({"duplicate_of_one_owner": cure}, NoticeRefused):
        duplicate.save()
