"""The way of a paper: to review, back, signed, issued."""

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Membership
from hearth.apps.directory.states import Permission
from hearth.apps.papers import queries
from hearth.apps.papers.actions.countersigning import recall, refuse_without_assent
from hearth.apps.papers.actions.numbering import give_number
from hearth.apps.papers.actions.steps import (
    PaperRefused,
    both_values,
    locked,
    may,
    refuse_undecided,
    said,
    step,
)
from hearth.apps.papers.models import Comment, Paper, Publication
from hearth.apps.papers.states import FROZEN, State


@transaction.atomic
def submit(*, paper: Paper, to: Membership | None = None, by: Actor) -> Paper:
    """Hand a draft to review: every number in it has a figure, every figure is what the records say.

    ``to`` is who shall sign it; without, any leader of the organ may.
    """
    paper = locked(paper, State.DRAFT)
    _refuse_loose_or_stale(paper)
    paper.returned_because = ""
    paper.submitted_at = timezone.now()
    _wait_for(paper, to)
    return step(paper, State.REVIEW, "送审", by, to=paper.waiting)


@transaction.atomic
def send_back(*, paper: Paper, reason: str, by: Actor) -> Paper:
    may(by, Permission.REVIEW_PAPERS)
    reason = said(reason, "退回要写明原因，拟稿人才知道改什么。")
    paper = locked(paper, State.REVIEW)
    paper.returned_because = reason
    recall(paper)
    _wait_for_drafter(paper)
    return step(paper, State.DRAFT, "退回", by, reason=reason)


@transaction.atomic
def sign(*, paper: Paper, despite: str = "", by: Actor) -> Paper:
    """Sign a reviewed paper; from now on its words and figures stay as they are.

    ``despite`` is the reason to sign while comments are open.
    """
    may(by, Permission.SIGN_PAPERS)
    paper = locked(paper, State.REVIEW)
    if by.user_id is not None and paper.drafted_by_id == by.user_id:
        raise PaperRefused(f"{by.name} 是拟稿人，不能签发自己拟的稿。请另一位领导签发。")
    _refuse_loose_or_stale(paper)
    refuse_without_assent(paper)
    paper.despite_comments = _reason_despite_comments(paper, despite)
    paper.signed_by_id, paper.signer, paper.signed_at = by.user_id, by.name, timezone.now()
    _wait_for_drafter(paper)
    detail = {"reason": paper.despite_comments} if paper.despite_comments else {}
    return step(paper, State.SIGNED, "签发", by, **detail)


@transaction.atomic
def issue(*, paper: Paper, code: str = "", by: Actor) -> Paper:
    """Issue a signed paper and give it its number; ``code`` is the 机关代字 when the source names none."""
    may(by, Permission.ISSUE_PAPERS)
    paper = locked(paper, State.SIGNED)
    refuse_without_assent(paper)
    if Paper.objects.filter(replaces=paper).exists():
        raise PaperRefused(f"{paper}已经有更正件，请印发那一件。")
    refuse_undecided(paper)
    give_number(paper, code.strip(), by)
    paper.issued_at = timezone.now()
    paper.waits_for, paper.waiting = None, ""
    if paper.replaces is not None:
        step(paper.replaces, State.SUPERSEDED, "被更正", by)
        Publication.objects.filter(paper_id=paper.replaces.pk).update(
            superseded_at=paper.issued_at, changed_at=paper.issued_at
        )
    return step(paper, State.ISSUED, "印发", by, **({"number": paper.number} if paper.number else {}))


@transaction.atomic
def keep_as_signed(*, paper: Paper, reason: str, by: Actor) -> Paper:
    """Records changed after signing, and the paper stays as it is: somebody says why."""
    may(by, Permission.SIGN_PAPERS)
    reason = said(reason, "维持原文要写明理由。")
    paper = locked(paper, *FROZEN)
    paper.kept_because, paper.kept_against = reason, queries.digest(queries.changes(paper))
    paper.save()
    audit.record("维持原文", paper, by=by, reason=reason)
    return paper


def _wait_for(paper: Paper, to: Membership | None) -> None:
    if to is None:
        paper.waits_for, paper.waiting = None, ""
        return
    signer = to.actor()
    if to.org_id != paper.org_id or not signer.may(Permission.SIGN_PAPERS):
        raise PaperRefused(f"{signer.name}不能签发{paper.org}的公文，请另选一位领导。")
    if to.user_id == paper.drafted_by_id:
        raise PaperRefused(f"{signer.name}是拟稿人，不能签发自己拟的稿。请另选一位领导。")
    paper.waits_for_id, paper.waiting = to.user_id, signer.name


def _wait_for_drafter(paper: Paper) -> None:
    paper.waits_for_id, paper.waiting = paper.drafted_by_id, paper.drafter


def _reason_despite_comments(paper: Paper, despite: str) -> str:
    waiting = Comment.objects.filter(paper=paper, settled_at=None).count()
    if not waiting:
        return ""
    return said(despite, f"还有 {waiting} 条批注没有办结。请先办结，或写明为什么照样签发。")[:300]


def _refuse_loose_or_stale(paper: Paper) -> None:
    loose = queries.loose(paper)
    if loose:
        named = "、".join(f"“{number.text}”" for number in loose[:5])
        raise PaperRefused(f"{named}没有记录。每个数字要有记录，或写明出处。")
    stale = queries.changes(paper)
    if stale:
        raise PaperRefused(f"取数之后记录变了：{both_values(stale)}。请先更新数字。")
