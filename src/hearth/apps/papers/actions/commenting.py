"""批注: said of a place in a paper, answered, settled, opened again."""

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.papers.actions.steps import PaperRefused, locked, may, said
from hearth.apps.papers.models import Comment, Paper, Reply
from hearth.apps.papers.states import State

OPEN_TO_COMMENTS = (State.DRAFT, State.REVIEW)
LONGEST_QUOTE = 200


@transaction.atomic
def comment(*, paper: Paper, text: str, quote: str = "", by: Actor) -> Comment:
    """Say something of the words quoted, or of the whole when none are. They have to stand in the source."""
    may(by, Permission.WRITE_PAPERS, Permission.REVIEW_PAPERS)
    paper = locked(paper, *OPEN_TO_COMMENTS)
    made: Comment = Comment.objects.create(
        org=paper.org,
        paper=paper,
        quote=quote.strip(),
        line=_line_of(paper, quote.strip()),
        text=said(text, "批注还没有写。请写明哪里要改、为什么。"),
        author=by.name,
    )
    audit.record("批注", paper, by=by, words=made.text[:200])
    return made


@transaction.atomic
def answer(*, comment: Comment, text: str, by: Actor) -> Reply:
    may(by, Permission.WRITE_PAPERS, Permission.REVIEW_PAPERS)
    comment = _locked(comment)
    if not comment.is_open:
        raise PaperRefused("这条批注已经办结。要接着说，请先重新打开。")
    made: Reply = Reply.objects.create(
        org=comment.org,
        comment=comment,
        text=said(text, "答复还没有写。"),
        author=by.name,
    )
    audit.record("答复批注", comment.paper, by=by, words=made.text[:200])
    return made


@transaction.atomic
def settle(*, comment: Comment, by: Actor) -> Comment:
    may(by, Permission.WRITE_PAPERS, Permission.REVIEW_PAPERS)
    comment = _locked(comment)
    if comment.is_open:
        comment.settled_by, comment.settled_at = by.name, timezone.now()
        comment.save()
        audit.record("办结批注", comment.paper, by=by, words=str(comment))
    return comment


@transaction.atomic
def reopen(*, comment: Comment, by: Actor) -> Comment:
    may(by, Permission.WRITE_PAPERS, Permission.REVIEW_PAPERS)
    comment = _locked(comment)
    if not comment.is_open:
        comment.settled_by, comment.settled_at = "", None
        comment.save()
        audit.record("重新打开批注", comment.paper, by=by, words=str(comment))
    return comment


def _locked(comment: Comment) -> Comment:
    """The comment as it is now. The paper's row is locked first, so that it is not signed meanwhile."""
    locked(comment.paper, *OPEN_TO_COMMENTS)
    found: Comment = Comment.objects.select_related("paper", "org").get(pk=comment.pk)
    return found


def _line_of(paper: Paper, quote: str) -> int | None:
    if not quote:
        return None
    if len(quote) > LONGEST_QUOTE or "\n" in quote:
        raise PaperRefused(f"引用的文字太长。请只选一行里要说的那几个字，最多 {LONGEST_QUOTE} 字。")
    lines = (at for at, line in enumerate(paper.source.split("\n"), 1) if quote in line)
    found = next(lines, None)
    if found is None:
        raise PaperRefused(f"原文里没有“{quote}”。请从原文里照抄要批注的文字，或空着，批注整篇。")
    return found
