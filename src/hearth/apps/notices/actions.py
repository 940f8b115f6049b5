"""Issuing notices down the tree; signing for them, answering them, sending answers back, reminding."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind, Permission
from hearth.apps.files import actions as files
from hearth.apps.notices import queries, rules
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.papers import actions as papers
from hearth.apps.papers import gongwen
from hearth.apps.papers.models import Paper


class NoticeRefused(Exception):
    """Something that may not happen to a notice or a return; the message says what to do."""


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
    by: Actor,
) -> Notice:
    """Send a notice to every organisation of these kinds at and below the issuer; each gets a copy of its own.

    With a deadline ``due`` every receiver has to return figures; without one it only signs for the notice.
    """
    _may(by, Permission.ISSUE_NOTICES)
    _refuse_foreign_issuer(issuer, by)
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
    )
    _keep(notice)
    Return.objects.bulk_create(_copy(notice, organisation) for organisation in organisations)
    paper = queries.issued_paper(notice)
    if paper:
        _enclose(paper, notice)
    audit.record("下发", notice, by=by, receivers=len(organisations))
    return notice


@transaction.atomic
def issue_paper(*, paper: Paper, code: str = "", by: Actor) -> Paper:
    """Issue a signed paper, and give it to the receivers of the notices that name it."""
    issued = papers.issue(paper=paper, code=code, by=by)
    enclose(paper=issued, by=by)
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


def _enclose(paper: Paper, notice: Notice) -> int:
    word, text = gongwen.word(paper), gongwen.plain(gongwen.filled(paper))
    copies = list(Return.objects.filter(notice=notice).select_related("org"))
    files_by_org = files.hand_out(
        name=f"{notice.title[:190]}.docx",
        data=word,
        to=[copy.org for copy in copies],
        by=Actor.house(paper.org, paper.signer),
    )
    for copy in copies:
        copy.notice_text, copy.word = text, files_by_org[copy.org_id]
    Return.objects.bulk_update(copies, ["notice_text", "word"])
    notice.text = text
    notice.save()
    return len(copies)


@transaction.atomic
def acknowledge(*, returned: Return, by: Actor) -> Return:
    """Sign for a notice."""
    _may(by, Permission.ANSWER_NOTICES)
    returned = _locked(returned)
    if returned.acknowledged_at is not None:
        raise NoticeRefused("这份通知已经签收过，不用再签。")
    returned.acknowledged_at = timezone.now()
    returned.save()
    audit.record("签收", returned, by=by)
    return returned


@transaction.atomic
def answer(
    *,
    returned: Return,
    sessions: int | None,
    people: int | None,
    outreach_events: int | None,
    digest: str = "",
    sent_on: datetime.date | None = None,
    number: str = "",
    by: Actor,
) -> Return:
    """Return the figures that a notice asks for; again after it was sent back."""
    _may(by, Permission.ANSWER_NOTICES)
    returned = _locked(returned)
    _refuse_answer(returned, sent_on or timezone.localdate())
    returned.sessions, returned.people, returned.outreach_events = sessions, people, outreach_events
    returned.digest, returned.sent_on = digest, sent_on or timezone.localdate()
    returned.number = number or returned.number
    returned.state, returned.sent_back_because = ReturnState.SENT, ""
    returned.acknowledged_at = returned.acknowledged_at or timezone.now()
    returned.save()
    audit.record("报送", returned, by=by)
    return returned


@transaction.atomic
def send_back(*, returned: Return, reason: str, by: Actor) -> Return:
    """Ask for a better answer; until it comes this one does not count."""
    _may(by, Permission.ISSUE_NOTICES)
    if not reason.strip():
        raise NoticeRefused("退回要写明原因，对方才知道改什么。")
    returned = _locked(returned)
    _refuse_foreign_issuer(returned.issuer, by)
    if returned.state != ReturnState.SENT:
        raise NoticeRefused(
            f"{returned.org} 现在是“{ReturnState(returned.state).label}”，只有已报的可以退回。"
        )
    returned.state, returned.sent_back_because = ReturnState.SENT_BACK, reason.strip()
    returned.save()
    audit.record("退回修改", returned, by=by, reason=returned.sent_back_because)
    return returned


@transaction.atomic
def remind(*, notice: Notice, returns: Sequence[Return] | None = None, by: Actor) -> int:
    """Remind these receivers, or all who have not validly answered; gives how many were reminded."""
    _may(by, Permission.ISSUE_NOTICES)
    _refuse_foreign_issuer(notice.issuer, by)
    if notice.campaign.archived_at:
        raise NoticeRefused("活动已经归档，不再催办。要补报的，请直接联系对方单位。")
    waiting = queries.outstanding(by, notice).select_for_update(of=("self",))
    if returns is not None:
        waiting = waiting.filter(pk__in=[returned.pk for returned in returns])
    reminded = [returned.pk for returned in waiting]
    if not reminded:
        raise NoticeRefused("没有要催办的单位：选中的都已报送，或这份通知不要求报送。")
    Return.objects.filter(pk__in=reminded).update(reminded_at=timezone.now())
    audit.record("催办", notice, by=by, receivers=len(reminded))
    return len(reminded)


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
    )


def _keep(notice: Notice) -> None:
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError as error:
        if "notice_number_once" not in str(error):
            raise
        raise NoticeRefused(f"编号“{notice.number}”已经用过，请换一个。") from error


def _locked(returned: Return) -> Return:
    locked: Return = Return.objects.select_for_update().get(pk=returned.pk)
    return locked


def _refuse_answer(returned: Return, sent_on: datetime.date) -> None:
    if returned.due is None:
        raise NoticeRefused("这份通知不要求报送，签收就可以。")
    if returned.state == ReturnState.SENT:
        raise NoticeRefused(f"{returned.org} 已经报送；要修改，请先由 {returned.issuer} 退回。")
    objection = rules.day_objection(sent_on, returned.issued_on)
    if objection:
        raise NoticeRefused(f"{objection}。")


def _refuse_foreign_issuer(issuer: Organisation, by: Actor) -> None:
    if not issuer.path.startswith(by.path):
        raise NoticeRefused(f"这份通知由 {issuer} 发出，只有发文单位及其上级可以这样做。")


def _may(by: Actor, permission: Permission) -> None:
    if not by.may(permission):
        raise NoticeRefused(f"{by.name} 的角色不能办这件事，请换有权限的人来做。")
