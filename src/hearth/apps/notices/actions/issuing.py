"""Issuing notices down the tree, each receiver with a copy, a form and a link of its own."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind, Permission
from hearth.apps.files import actions as files
from hearth.apps.files.models import File
from hearth.apps.messages import actions as messages
from hearth.apps.notices import queries
from hearth.apps.notices.actions import linking
from hearth.apps.notices.actions.reminding import readers_of
from hearth.apps.notices.actions.steps import NoticeRefused, may, refuse_foreign_issuer
from hearth.apps.notices.models import Correction, Notice, Return
from hearth.apps.notices.rules import fields
from hearth.apps.notices.rules.fields import Form
from hearth.apps.papers import actions as papers
from hearth.apps.papers import gongwen
from hearth.apps.papers.models import Paper
from hearth.lib import constraints


@transaction.atomic
def issue(
    *,
    campaign: Campaign,
    number: str,
    title: str,
    issuer: Organisation,
    issued_on: datetime.date,
    receivers: Sequence[Kind],
    due: datetime.date | None = None,
    text: str = "",
    document_number: str = "",
    form: Form = fields.STUDY,
    remind_before: int | None = 2,
    remind_after: bool = True,
    by: Actor,
) -> Notice:
    """Send a notice to every organisation of these kinds at and below the issuer; each gets a copy of its own.

    With a deadline ``due`` every receiver has to return what ``form`` asks for; without one it only signs for the notice.
    Reminders go out ``remind_before`` days before the deadline (None: not) and on the day after it.
    """
    may(by, Permission.ISSUE_NOTICES)
    refuse_foreign_issuer(issuer, by)
    if due is not None and (wrong := fields.objections(form)):
        raise NoticeRefused("".join(wrong))
    if due is not None and due < issued_on:
        raise NoticeRefused(f"报送期限 {due} 早于下发日期 {issued_on}，请改其中一个。")
    organisations = list(queries.receivers(issuer, receivers))
    if not organisations:
        raise NoticeRefused(f"{issuer} 及下属没有这些类别的组织，请改下发范围。")
    notice = Notice(
        org=campaign.org,
        campaign=campaign,
        number=number,
        title=title,
        text=text,
        document_number=document_number,
        issued_on=issued_on,
        issuer=issuer,
        due=due,
        wants_return=due is not None,
        form_told=fields.as_json(form) if due is not None else [],
        remind_before=remind_before,
        remind_after=remind_after,
    )
    _keep(notice)
    copies = Return.objects.bulk_create(_copy(notice, organisation) for organisation in organisations)
    if due is not None:
        linking.give(notice=notice, copies=copies, by=by)
    paper = queries.issued_paper(notice)
    if paper:
        _enclose(paper, notice)
    audit.record("下发", notice, by=by, receivers=len(organisations))
    return notice


@transaction.atomic
def issue_paper(*, paper: Paper, code: str = "", by: Actor) -> Paper:
    """Issue a signed paper, and give it to the receivers of the notices that name it, or that name what it corrects."""
    issued = papers.issue(paper=paper, code=code, by=by)
    enclose(paper=issued, by=by)
    correct(paper=issued, by=by)
    return issued


@transaction.atomic
def enclose(*, paper: Paper, by: Actor) -> int:
    """Give the receivers of the notices that name this issued paper its text and its Word file; how many notices did.

    A receiver cannot see the issuer's papers: what it signs for is a copy of its own.
    """
    notices = queries.notices_under(paper)
    for notice in notices:
        receivers = _enclose(paper, notice)
        audit.record("附上公文", notice, by=by, receivers=receivers)
    return len(notices)


@transaction.atomic
def correct(*, paper: Paper, by: Actor) -> int:
    """Send an issued correction to whoever was given the paper it replaces, and tell them; how many received it."""
    sent = 0
    for notice in queries.notices_corrected_by(paper):
        copies, text, files_by_org = _handed_out(paper, notice)
        Correction.objects.bulk_create(
            Correction(
                org=copy.org,
                org_path=copy.org_path,
                returned=copy,
                number=paper.number,
                text=text,
                word=files_by_org[copy.org_id],
            )
            for copy in copies
        )
        for copy in copies:
            _tell_of_correction(copy, paper, by)
        audit.record("发更正件", notice, by=by, receivers=len(copies), number=paper.number)
        sent += len(copies)
    return sent


def _tell_of_correction(copy: Return, paper: Paper, by: Actor) -> None:
    called = f"更正件（{paper.number}）" if paper.number else "更正件"
    messages.tell(
        to=readers_of(copy.org, copy.contact, copy.phone),
        subject=f"有更正件：{copy.notice_title}"[:120],
        text=f"{copy.issuer}的《{copy.notice_title}》发来{called}，以更正件为准，请签收。",
        href=reverse("desk:return", args=[copy.pk]),
        by=by,
    )


def _handed_out(paper: Paper, notice: Notice) -> tuple[list[Return], str, dict[int, File]]:
    """The copies of a notice, the paper's words, and its Word file as each receiver's own."""
    copies = list(Return.objects.filter(notice=notice).select_related("org", "issuer"))
    files_by_org = files.hand_out(
        name=f"{notice.title[:190]}.docx",
        data=gongwen.word(paper),
        to=[copy.org for copy in copies],
        by=Actor.house(paper.org, paper.signer),
    )
    return copies, gongwen.plain(gongwen.filled(paper)), files_by_org


def _enclose(paper: Paper, notice: Notice) -> int:
    copies, text, files_by_org = _handed_out(paper, notice)
    for copy in copies:
        copy.notice_text, copy.word = text, files_by_org[copy.org_id]
    Return.objects.bulk_update(copies, ["notice_text", "word"])
    notice.text = text
    notice.save()
    return len(copies)


def _copy(notice: Notice, organisation: Organisation) -> Return:
    return Return(
        org=organisation,
        org_path=organisation.path,  # bulk_create passes by save()
        campaign_id=notice.campaign_id,
        notice=notice,
        notice_title=notice.title,
        notice_text=notice.text,
        document_number=notice.document_number,
        issuer=notice.issuer,
        issued_on=notice.issued_on,
        due=notice.due,
        form_told=notice.form_told,
        contact=organisation.contact,
        phone=organisation.phone,
    )


def _keep(notice: Notice) -> None:
    with constraints.explained(constraints.number_taken(notice.number), NoticeRefused):
        notice.save()
