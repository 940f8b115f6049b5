"""The way of a paper: drafted, reviewed, signed, issued, superseded; and its published copy."""

import secrets

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.measures.models import Subject
from hearth.apps.measures.queries import UnknownMeasure
from hearth.apps.papers import gongwen, queries, rules
from hearth.apps.papers.models import Figure, FigureRecord, Opinion, Paper, Publication
from hearth.apps.papers.states import Kind, Rating, State


class PaperRefused(Exception):
    """Something that may not happen to a paper; the message says why and what to do."""


@transaction.atomic
def draft(*, subject: Subject, kind: Kind, source: str, by: Actor) -> Paper:
    """Begin a paper and take its figures. Raises SourceError or PaperRefused when the source cannot stand."""
    composed = _composed(source, subject.pk)
    _refuse_taken_number(composed.layout.meta.number, by)
    paper = Paper.objects.create(
        org=by.org,
        subject=subject,
        kind=kind,
        title=composed.title,
        number=composed.layout.meta.number,
        source=source,
        expanded=composed.expanded,
        drafted_by_id=by.user_id,
        drafter=by.name,
    )
    _keep_figures(paper, composed, by)
    audit.record("拟稿", paper, by=by)
    return paper


@transaction.atomic
def revise(*, paper: Paper, source: str, by: Actor) -> Paper:
    """Change a draft's source; its figures are taken anew."""
    paper = _locked(paper, State.DRAFT)
    composed = _composed(source, paper.subject_id)
    _refuse_taken_number(composed.layout.meta.number, by, but=paper.pk)
    paper.source, paper.number = source, composed.layout.meta.number
    paper.title, paper.expanded = composed.title, composed.expanded
    paper.save()
    _keep_figures(paper, composed, by)
    audit.record("修改", paper, by=by)
    return paper


@transaction.atomic
def retake(*, paper: Paper, by: Actor) -> Paper:
    """Take the figures of a draft again from the records as they are now."""
    paper = _locked(paper, State.DRAFT)
    composed = _composed(paper.source, paper.subject_id)
    paper.title, paper.expanded = composed.title, composed.expanded
    paper.save()
    _keep_figures(paper, composed, by)
    audit.record("更新数字", paper, by=by)
    return paper


@transaction.atomic
def submit(*, paper: Paper, by: Actor) -> Paper:
    """Hand a draft to review: every number in it has a figure, every figure is what the records say."""
    paper = _locked(paper, State.DRAFT)
    _refuse_loose_or_stale(paper)
    paper.returned_because = ""
    return _step(paper, State.REVIEW, "送审", by)


@transaction.atomic
def send_back(*, paper: Paper, reason: str, by: Actor) -> Paper:
    _may(by, Permission.REVIEW_PAPERS)
    if not reason.strip():
        raise PaperRefused("退回要写明原因，拟稿人才知道改什么。")
    paper = _locked(paper, State.REVIEW)
    paper.returned_because = reason.strip()
    return _step(paper, State.DRAFT, "退回", by)


@transaction.atomic
def sign(*, paper: Paper, by: Actor) -> Paper:
    """Sign a reviewed paper; from now on its words and figures stay as they are."""
    _may(by, Permission.SIGN_PAPERS)
    paper = _locked(paper, State.REVIEW)
    if by.user_id is not None and paper.drafted_by_id == by.user_id:
        raise PaperRefused(f"{by.name} 是拟稿人，不能签发自己拟的稿。请另一位领导签发。")
    _refuse_loose_or_stale(paper)
    paper.signed_by_id, paper.signer, paper.signed_at = by.user_id, by.name, timezone.now()
    return _step(paper, State.SIGNED, "签发", by)


@transaction.atomic
def issue(*, paper: Paper, by: Actor) -> Paper:
    _may(by, Permission.ISSUE_PAPERS)
    paper = _locked(paper, State.SIGNED)
    paper.issued_at = timezone.now()
    if paper.replaces is not None:
        _step(paper.replaces, State.SUPERSEDED, "被更正", by)
    return _step(paper, State.ISSUED, "印发", by)


@transaction.atomic
def keep_as_signed(*, paper: Paper, reason: str, by: Actor) -> Paper:
    """Records changed after signing, and the paper stays as it is: somebody says why."""
    if not reason.strip():
        raise PaperRefused("维持原文要写明理由。")
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    paper.kept_because = reason.strip()
    paper.save()
    audit.record("维持原文", paper, by=by, reason=paper.kept_because)
    return paper


@transaction.atomic
def correct(*, paper: Paper, by: Actor) -> Paper:
    """Begin the correction of an issued paper: a new draft from the same source with today's figures."""
    paper = _locked(paper, State.ISSUED)
    if Paper.objects.filter(replaces=paper).exists():
        raise PaperRefused(f"{paper}已经有更正件，请接着改那一件。")
    composed = _composed(paper.source, paper.subject_id)
    new = Paper.objects.create(
        org=paper.org,
        subject=paper.subject,
        kind=paper.kind,
        title=composed.title,
        source=paper.source,
        expanded=composed.expanded,
        drafted_by_id=by.user_id,
        drafter=by.name,
        replaces=paper,
    )
    _keep_figures(new, composed, by)
    audit.record("发更正件", new, by=by, replaces=paper.pk)
    return new


@transaction.atomic
def publish(*, paper: Paper, by: Actor) -> Publication:
    """Put a copy of an issued paper where anyone may read it; without the labels of the records."""
    _may(by, Permission.ISSUE_PAPERS)
    if paper.state != State.ISSUED:
        raise PaperRefused(f"{paper}还没有印发，印发后才能公开。")
    figures = list(queries.figures_of(paper))
    layout = gongwen.filled(paper, figures)
    publication = Publication.objects.filter(paper_id=paper.pk).first() or Publication(
        paper_id=paper.pk, address=secrets.token_urlsafe(9)
    )
    publication.kind, publication.title, publication.subject = paper.kind, paper.title, str(paper.subject)
    publication.organ = "、".join(layout.meta.organs) or paper.org.name
    publication.source = paper.expanded
    publication.figures = [_public_figure(figure) for figure in figures]
    publication.characters, publication.word = gongwen.characters(layout), gongwen.word(paper)
    publication.published_at, publication.withdrawn_at = timezone.now(), None
    publication.save()
    audit.record("公开", paper, by=by, address=publication.address)
    return publication


@transaction.atomic
def withdraw(*, paper: Paper, by: Actor) -> Publication:
    """Take a published copy down at once."""
    _may(by, Permission.ISSUE_PAPERS)
    publication = Publication.objects.filter(paper_id=paper.pk, withdrawn_at=None).first()
    if publication is None:
        raise PaperRefused(f"{paper}现在没有公开，不用撤下。")
    publication.withdrawn_at = timezone.now()
    publication.save(update_fields=["withdrawn_at"])
    audit.record("撤下", paper, by=by)
    return publication


@transaction.atomic
def rate(*, publication: Publication, visitor: str, rating: Rating) -> Opinion:
    """A visitor's opinion; a second one of the same visitor replaces the first."""
    opinion, _ = Opinion.objects.update_or_create(
        publication=publication, visitor=visitor, defaults={"rating": rating}
    )
    return opinion


def _refuse_taken_number(number: str, by: Actor, but: int | None = None) -> None:
    taken = Paper.objects.filter(org=by.org, number=number).exclude(pk=but).first() if number else None
    if taken:
        raise PaperRefused(f"文号“{number}”已经用在{taken}上，请换一个。")


def _composed(source: str, subject: int) -> gongwen.Composed:
    try:
        composed = gongwen.compose(source, subject)
    except (gongwen.SourceError, UnknownMeasure) as error:
        raise PaperRefused(str(error)) from error
    if composed.problems:
        lines = "；".join(f"第 {problem.line} 行：{problem.text}" for problem in composed.problems)
        raise PaperRefused(lines)
    return composed


def _locked(paper: Paper, state: State) -> Paper:
    locked: Paper = Paper.objects.select_for_update().select_related("subject", "org").get(pk=paper.pk)
    if locked.state != state:
        raise PaperRefused(f"{locked}现在是“{locked.get_state_display()}”，不能这样办。请刷新页面再看。")
    return locked


def _step(paper: Paper, state: State, verb: str, by: Actor) -> Paper:
    assert rules.may_become(State(paper.state), state)
    paper.state = state
    paper.save()
    audit.record(verb, paper, by=by)
    return paper


def _may(by: Actor, permission: Permission) -> None:
    if not by.may(permission):
        raise PaperRefused(f"{by.name} 现在的角色不能这样办。")


def _refuse_loose_or_stale(paper: Paper) -> None:
    loose = queries.loose(paper)
    if loose:
        named = "、".join(f"“{number.text}”" for number in loose[:5])
        raise PaperRefused(f"{named}没有记录。每个数字要有记录，或写明出处。")
    stale = queries.changes(paper)
    if stale:
        named = "；".join(
            f"{change.figure.name}写“{change.figure.text}”，现在是“{change.now}”" for change in stale[:3]
        )
        raise PaperRefused(f"取数之后记录变了：{named}。请先更新数字。")


def _keep_figures(paper: Paper, composed: gongwen.Composed, by: Actor) -> None:
    paper.figures.all().delete()
    entries = {entry.id: entry for entry in gongwen.ledger(gongwen.fill_taken(composed))}
    figures = Figure.objects.bulk_create(
        _figure(paper, one, entries[one.token], by) for one in composed.taken
    )
    FigureRecord.objects.bulk_create(
        FigureRecord(
            org_id=paper.org_id,
            org_path=paper.org_path,
            figure=figure,
            thing=behind.thing,
            thing_id=behind.thing_id,
            label=behind.label,
            amount=behind.amount,
            fingerprint=behind.fingerprint,
        )
        for figure, one in zip(figures, composed.taken, strict=True)
        for behind in one.records or gongwen.itself(paper, one)
    )


def _figure(paper: Paper, one: gongwen.Taken, entry: gongwen.LedgerEntry, by: Actor) -> Figure:
    return Figure(
        org_id=paper.org_id,
        org_path=paper.org_path,
        paper=paper,
        index=one.index,
        token=one.token,
        key=one.key,
        name=one.name,
        style=one.style,
        definition=one.definition,
        value=one.value.as_json(),
        text=one.text,
        before=entry.before,
        after=entry.after,
        taken_by=by.name,
    )


def _public_figure(figure: Figure) -> dict[str, object]:
    """What the public learns of a figure: its definition and how many records, not who is in them."""
    return {
        "index": figure.index,
        "token": figure.token,
        "key": figure.key,
        "name": figure.name,
        "text": figure.text,
        "definition": figure.definition,
        "records": len(figure.records.all()),
    }
