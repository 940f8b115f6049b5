"""Signing for a notice, keeping a draft, answering, and sending an answer back."""

import datetime
import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.files.models import File
from hearth.apps.notices import queries
from hearth.apps.notices.actions import stamping
from hearth.apps.notices.actions.steps import (
    AnswerWrong,
    NoticeRefused,
    locked,
    may,
    refuse_answer,
    refuse_foreign_issuer,
)
from hearth.apps.notices.models import Answer, Correction, Duplicate, Return, Version
from hearth.apps.notices.rules import drafts, fields
from hearth.apps.notices.rules.drafts import Merged
from hearth.apps.notices.rules.fields import Cell, Form, Said
from hearth.apps.notices.states import ReturnState


@transaction.atomic
def acknowledge(*, returned: Return, by: Actor) -> Return:
    """Sign for a notice."""
    may(by, Permission.ANSWER_NOTICES)
    returned = locked(returned)
    if returned.acknowledged_at is not None:
        raise NoticeRefused("这份通知已经签收过，不用再签。")
    returned.acknowledged_at = timezone.now()
    returned.save()
    _unsigned(returned).update(acknowledged_at=returned.acknowledged_at)
    audit.record("签收", returned, by=by)
    return returned


@transaction.atomic
def acknowledge_correction(*, returned: Return, by: Actor) -> Return:
    """Sign for every correction that came and was not signed for."""
    may(by, Permission.ANSWER_NOTICES)
    returned = locked(returned)
    waiting = _unsigned(returned)
    numbers = [one.number for one in waiting]
    if not waiting.update(acknowledged_at=timezone.now()):
        raise NoticeRefused("更正件已经签收过，不用再签。")
    audit.record("签收更正件", returned, by=by, number="、".join(filter(None, numbers)))
    return returned


def _unsigned(returned: Return) -> QuerySet[Correction]:
    found: QuerySet[Correction] = Correction.objects.filter(returned=returned, acknowledged_at=None)
    return found


@transaction.atomic
def save_draft(*, returned: Return, base: Said, said: Said, by: Actor) -> Merged:
    """Keep what is typed so far. ``base`` is what this window showed when it opened.

    What another window changed meanwhile is not overwritten. No audit event: a draft is nobody's statement yet, except
    that who has begun to answer has received the notice.
    """
    may(by, Permission.ANSWER_NOTICES)
    returned = locked(returned)
    refuse_answer(returned, timezone.localdate())
    if returned.acknowledged_at is None:
        returned = acknowledge(returned=returned, by=by)
    merged = _merged(returned, base, said)
    returned.draft, returned.drafted_at = merged.said, timezone.now()
    returned.save(update_fields=["draft", "drafted_at", "org_path"])
    return merged


@transaction.atomic
def keep_file(*, returned: Return, name: str, data: bytes, by: Actor) -> File:
    """Keep a file that an answer will carry, for the receiver itself. Raises files' FileRefused."""
    may(by, Permission.ANSWER_NOTICES)
    return files.keep(name=name, data=data, by=Actor.house(returned.org, by.name))


@transaction.atomic
def answer(
    *,
    returned: Return,
    said: Said,
    base: Said | None = None,
    contact: str = "",
    phone: str = "",
    sent_on: datetime.date | None = None,
    number: str = "",
    by: Actor,
) -> Return:
    """Return what a notice asks for; again after it was sent back. Raises AnswerWrong with the fault of each field.

    With ``base``, what the window showed when it opened, drafts of other windows are put in, or the difference is told.
    """
    may(by, Permission.ANSWER_NOTICES)
    returned = locked(returned)
    refuse_answer(returned, sent_on or timezone.localdate())
    whole = said if base is None else _agreed(_merged(returned, base, said))
    cells = _checked(returned.form, whole)
    _refuse_foreign_files(returned, cells)
    returned.number = number or returned.number
    returned.contact, returned.phone = contact or returned.contact, phone or returned.phone
    returned.sent_on = sent_on or timezone.localdate()
    returned.state, returned.sent_back_because, returned.field_reasons = ReturnState.SENT, "", {}
    returned.acknowledged_at = returned.acknowledged_at or timezone.now()
    returned.draft, returned.drafted_at = None, None
    returned.version += 1
    returned.seal = seal_of(cells)
    returned.stamp, returned.stamp_seen_by, returned.stamp_reason = stamping.standing(returned, cells), "", ""
    returned.save()
    _keep_answers(returned, cells, by)
    audit.record("报送", returned, by=by)
    return returned


@transaction.atomic
def send_back(
    *, returned: Return, reason: str, field_reasons: Mapping[str, str] | None = None, by: Actor
) -> Return:
    """Ask for a better answer, field by field; until it comes this one does not count."""
    may(by, Permission.ISSUE_NOTICES)
    reasons = {key: text.strip() for key, text in (field_reasons or {}).items() if text.strip()}
    if not reason.strip() and not reasons:
        raise NoticeRefused("退回要写明原因，对方才知道改什么。")
    returned = locked(returned)
    refuse_foreign_issuer(returned.issuer, by)
    if returned.state != ReturnState.SENT:
        raise NoticeRefused(
            f"{returned.org} 现在是“{ReturnState(returned.state).label}”，只有已报的可以退回。"
        )
    returned.state = ReturnState.SENT_BACK
    returned.sent_back_because = reason.strip() or _told(returned.form, reasons)
    returned.field_reasons = reasons
    returned.save()
    returned.versions.filter(number=returned.version).update(
        sent_back_because=returned.sent_back_because, field_reasons=reasons
    )
    _release_duplicates(returned)
    audit.record("退回修改", returned, by=by, reason=returned.sent_back_because)
    return returned


def seal_of(cells: tuple[Cell, ...]) -> str:
    """SHA-256 over everything that is answered: a figure that stands on a return knows when it says something else."""
    told = json.dumps(sorted(fields.said_of(cells).items()), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _merged(returned: Return, base: Said, said: Said) -> Merged:
    mine = fields.kept(returned.form, said)
    return drafts.merge(base, mine, queries.started(returned))


def _agreed(merged: Merged) -> Said:
    if merged.clashes:
        raise AnswerWrong(
            {
                name: f"另一个窗口刚存的是“{now[:40]}”。再报一次，就以这里的为准。"
                for name, now in merged.clashes.items()
            }
        )
    return merged.said


def _checked(form: Form, said: Said) -> tuple[Cell, ...]:
    checked = fields.check(form, said)
    if checked.faults:
        raise AnswerWrong(checked.faults)
    return checked.cells


def _refuse_foreign_files(returned: Return, cells: tuple[Cell, ...]) -> None:
    """A file is named by a number that anyone can type: it must be the receiver's own."""
    asked = {cell.file: cell.name for cell in cells if cell.file is not None}
    own = set(File.objects.filter(pk__in=asked, org_id=returned.org_id).values_list("pk", flat=True))
    foreign = {
        name: "这个文件不是本单位传的，请再选一次。" for file, name in asked.items() if file not in own
    }
    if foreign:
        raise AnswerWrong(foreign)


def _keep_answers(returned: Return, cells: tuple[Cell, ...], by: Actor) -> None:
    returned.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            org=returned.org,
            org_path=returned.org_path,  # bulk_create passes by save()
            returned=returned,
            notice_id=returned.notice_id,
            key=cell.key,
            line=cell.line,
            column=cell.column,
            number=cell.number,
            text=cell.text,
            file_id=cell.file,
        )
        for cell in cells
    )
    Version.objects.create(
        org=returned.org,
        returned=returned,
        number=returned.version,
        said=fields.said_of(cells),
        sent_by=by.name[:80],
    )


def _told(form: Form, reasons: Mapping[str, str]) -> str:
    labels = {one.key: one.label for one in form}
    return "；".join(f"{labels.get(key, key)}：{text}" for key, text in reasons.items())[:300]


def _release_duplicates(returned: Return) -> None:
    """What stood for another's line, or had another's stand for it, is counted by itself again."""
    for one in Duplicate.objects.filter(owner=returned) | Duplicate.objects.filter(copy=returned):
        Answer.objects.filter(returned=one.copy_id, key=one.key, line=one.copy_line).update(counted=True)
        one.delete()
