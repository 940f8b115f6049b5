"""Writing a paper: drafted, changed, its figures taken; every save keeps a version."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.files import queries as files
from hearth.apps.files.models import File
from hearth.apps.files.states import Kind as FileKind
from hearth.apps.measures.models import Subject
from hearth.apps.measures.queries import UnknownMeasure
from hearth.apps.papers import gongwen, rules
from hearth.apps.papers.actions.steps import PaperRefused, locked, said
from hearth.apps.papers.models import Comment, Figure, FigureRecord, Paper, Picture, Registration, Version
from hearth.apps.papers.states import Kind, State

PICTURES = (FileKind.JPEG, FileKind.PNG)


@transaction.atomic
def draft(
    *,
    subject: Subject,
    kind: Kind,
    source: str,
    why: str = "",
    notes: Sequence[str] = (),
    pictures: Mapping[str, File] | None = None,
    by: Actor,
) -> Paper:
    """Begin a paper and take its figures; ``notes`` stand beside it as comments on the whole, ``pictures`` by the names
    that the source gives them.

    Raises PaperRefused when the source cannot stand.
    """
    shown = pictures or {}
    composed = _composed(source, subject.pk, shown)
    _refuse_taken_number(composed.layout.meta.number, by.org.pk)
    paper = _begin(subject, kind, source, composed, by)
    for name, file in shown.items():
        Picture.objects.create(org=paper.org, paper=paper, name=name, file=file)
    _keep_version(paper, why or "拟稿", by)
    Comment.objects.bulk_create(
        Comment(org_id=paper.org_id, org_path=paper.org_path, paper=paper, text=note, author=by.name)
        for note in notes
    )
    audit.record("拟稿", paper, by=by)
    return paper


@transaction.atomic
def revise(*, paper: Paper, source: str, why: str = "", by: Actor) -> Paper:
    """Change a draft's source; its figures are taken anew. The same source with the same figures keeps no new version."""
    paper = locked(paper, State.DRAFT)
    composed = _composed(source, paper.subject_id, _pictures(paper))
    _refuse_taken_number(composed.layout.meta.number, paper.org_id)
    _put(paper, source, composed, by)
    _keep_version(paper, why, by)
    audit.record("修改", paper, by=by)
    return paper


@transaction.atomic
def retake(*, paper: Paper, by: Actor) -> Paper:
    """Take the figures of a draft again from the records as they are now."""
    paper = locked(paper, State.DRAFT)
    _put(paper, paper.source, _composed(paper.source, paper.subject_id, _pictures(paper)), by)
    _keep_version(paper, "按现在的记录更新数字", by)
    audit.record("更新数字", paper, by=by)
    return paper


@transaction.atomic
def restore(*, version: Version, by: Actor) -> Paper:
    """Go back to an earlier version: its source is saved as the newest one, with today's figures."""
    return revise(paper=version.paper, source=version.source, why=f"回到第 {version.number} 版", by=by)


@transaction.atomic
def correct(*, paper: Paper, by: Actor) -> Paper:
    """Begin the correction of a signed or issued paper: a new draft from the same source with today's figures.

    Its number is open.
    """
    paper = locked(paper, State.SIGNED, State.ISSUED)
    if Paper.objects.filter(replaces=paper).exists():
        raise PaperRefused(f"{paper}已经有更正件，请接着改那一件。")
    source = rules.without_serial(paper.source, timezone.localdate().year)
    new = _begin(
        paper.subject,
        Kind(paper.kind),
        source,
        _composed(source, paper.subject_id, _pictures(paper)),
        by,
        replaces=paper,
    )
    for one in paper.pictures.select_related("file"):
        Picture.objects.create(org=new.org, paper=new, name=one.name, file=one.file)
    _keep_version(new, f"更正{paper}", by)
    audit.record("发更正件", new, by=by, replaces=paper.pk)
    return new


@transaction.atomic
def add_picture(*, paper: Paper, name: str, file: File, by: Actor) -> Picture:
    """Give a draft a picture that its source may show by ``name``; one of the same name is replaced."""
    paper = locked(paper, State.DRAFT)
    name = said(name, "图片要有名字，原文里用它来指。")[:80]
    if set(name) & set("()[]") or file.kind not in PICTURES:
        raise PaperRefused("图片只收 JPG 和 PNG，名字里不要括号。")
    try:
        gongwen.check_picture(name, files.content(file))
    except gongwen.SourceError as error:
        raise PaperRefused(f"{error.message}。{error.cure}。") from error
    kept, _ = Picture.objects.update_or_create(
        paper=paper, name=name, defaults={"org": paper.org, "org_path": paper.org.path, "file": file}
    )
    audit.record("加图片", paper, by=by, sha256=file.sha256)
    return kept


def _pictures(paper: Paper) -> list[str]:
    return list(paper.pictures.values_list("name", flat=True))


def _begin(
    subject: Subject,
    kind: Kind,
    source: str,
    composed: gongwen.Composed,
    by: Actor,
    replaces: Paper | None = None,
) -> Paper:
    paper: Paper = Paper.objects.create(
        org=replaces.org if replaces else by.org,
        subject=subject,
        kind=kind,
        title=composed.title,
        source=source,
        expanded=composed.expanded,
        drafted_by_id=by.user_id,
        drafter=by.name,
        replaces=replaces,
    )
    _keep_figures(paper, composed, by)
    return paper


def _put(paper: Paper, source: str, composed: gongwen.Composed, by: Actor) -> None:
    paper.source, paper.title, paper.expanded = source, composed.title, composed.expanded
    paper.save()
    _keep_figures(paper, composed, by)


def _keep_version(paper: Paper, why: str, by: Actor) -> None:
    """Keep what was saved; the paper's row is locked, so versions are numbered without gaps."""
    last = Version.objects.filter(paper=paper).order_by("-number").first()
    figures = [
        {"key": one.key, "style": one.style, "name": one.name, "text": one.text}
        for one in paper.figures.order_by("index")
    ]
    if last and (last.source, last.figures) == (paper.source, figures):
        return
    Version.objects.create(
        org=paper.org,
        paper=paper,
        number=last.number + 1 if last else 1,
        title=paper.title,
        source=paper.source,
        figures=figures,
        why=why.strip()[:200],
        saved_by=by.name,
    )


def _refuse_taken_number(number: str, org: int) -> None:
    """An early word; the number itself is given, or refused, when the paper is issued."""
    taken = Registration.objects.filter(org_id=org, number=number).first() if number else None
    if taken:
        raise PaperRefused(
            f"文号“{number}”已经用在{taken.paper}上，请换一个，或写成“代字〔年份〕号”，印发时给号。"
        )


def _composed(source: str, subject: int, pictures: Collection[str]) -> gongwen.Composed:
    try:
        composed = gongwen.compose(source, subject, pictures)
    except (gongwen.SourceError, UnknownMeasure) as error:
        raise PaperRefused(str(error)) from error
    if composed.problems:
        lines = "；".join(f"第 {problem.line} 行：{problem.text}" for problem in composed.problems)
        raise PaperRefused(lines)
    return composed


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
