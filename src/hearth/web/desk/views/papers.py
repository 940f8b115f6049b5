"""Papers on the desk: list, editor, the way from draft to issue, and the published copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.notices import actions as notices
from hearth.apps.papers import actions, gongwen, queries, rules
from hearth.apps.papers.models import Comment, Paper, Publication
from hearth.apps.papers.states import Assent, Kind, State
from hearth.lib.tables import Kind as Cell
from hearth.web.desk import traces
from hearth.web.desk.records import address_of
from hearth.web.desk.views.paper_writing import looked, source_of
from hearth.web.ui.access import acting, requires
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

STEPS = (State.DRAFT, State.REVIEW, State.SIGNED, State.ISSUED)


PAPERS = ListPage(
    title=_("公文"),
    columns=(
        Column(_("标题"), lambda paper: paper.title, sort="title", order=("title",)),
        Column(_("文种"), lambda paper: paper.get_kind_display(), sort="kind", order=("kind",)),
        Column(_("文号"), lambda paper: paper.number),
        Column(_("状态"), lambda paper: paper.get_state_display(), sort="state", order=("state",)),
        Column(_("签发人"), lambda paper: paper.signer),
        Column(_("等谁办"), lambda paper: paper.waiting),
        Column(
            _("存于"), lambda paper: paper.updated_at, sort="saved", order=("updated_at",), kind=Cell.DATETIME
        ),
    ),
    order=("-updated_at", "-pk"),
    search=("title", "number"),
    search_label=_("标题或文号里的字"),
    filters=(
        Filter("state", _("状态"), tuple(Choice(one, one.label, Q(state=one)) for one in State), chips=True),
        Filter("kind", _("文种"), tuple(Choice(one, one.label, Q(kind=one)) for one in Kind)),
    ),
)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    waiting = queries.disclosures(by).filter(assent=Assent.ASKED, recalled_at=None).count()
    return PAPERS.show(request, queries.papers(by), "desk/papers.html", to_countersign=waiting)


@dataclass(frozen=True)
class Shown:
    """A figure as the editor shows it."""

    figure: Any
    change: queries.Change | None
    opened: bool


@dataclass(frozen=True)
class Said:
    """A comment and the line where its words stand now; 0 when they no longer do or when it is on the whole."""

    comment: Comment
    line: int


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _editor(request, _paper(request, pk))


def _editor(
    request: HttpRequest, paper: Paper, *, source: str | None = None, error: str = ""
) -> HttpResponse:
    """The paper as it is saved; with ``source`` what somebody typed that could not be saved."""
    context = {**_numbers(request, paper), **_way(request, paper), "source": paper.source, "error": error}
    if source is not None:
        context |= {"source": source, **looked(paper, source)}
    return render(request, "desk/paper.html", context, status=422 if error else 200)


def _numbers(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    figures = list(queries.figures_of(paper))
    changes = {change.figure.pk: change for change in queries.changes(paper)}
    undecided = queries.undecided(paper, tuple(changes.values()))
    opened = request.GET.get("figure", "")
    shown = [Shown(figure, changes.get(figure.pk), opened == str(figure.index)) for figure in figures]
    chosen = next((one for one in shown if one.opened), None)
    layout = gongwen.filled(paper, figures)
    is_written = paper.state == State.DRAFT and acting(request).may(Permission.WRITE_PAPERS)
    offered = queries.offered(paper.subject_id) if is_written else ()
    prose = _prose(paper, layout, figures)
    return {
        "paper": paper,
        "is_written": is_written,
        "layout": layout,
        "figures": shown,
        "backed": len(shown),
        "opened": chosen,
        "opened_records": _records(chosen.figure if chosen else None),
        "changed": {one.figure.index for one in shown if one.change},
        "changes": list(changes.values()),
        "must_decide": any(one.differs for one in undecided),
        "undecided": undecided,
        "changers": traces.changers_of(list(changes.values()), acting(request)),
        "loose": queries.unbacked(gongwen.loose_in(layout), prose, offered),
        "slips": prose.slips if not paper.is_frozen else (),
        "offered": offered,
        "pictures": paper.pictures.all() if is_written else (),
        "characters": gongwen.characters(layout),
    }


def _prose(paper: Paper, layout: gongwen.Layout, figures: Sequence[Any]) -> queries.Prose:
    taken = [(label, one.style, one.text) for one in figures for label in (one.key, one.name)]
    return queries.Prose(gongwen.plain(layout), paper.source, taken)


def _way(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    by = acting(request)
    comments = [_said(comment, paper) for comment in queries.comments_of(paper)]
    countersigns = queries.countersigns_of(paper)
    number, codes = queries.next_number(paper) if paper.state == State.SIGNED else ("", ())
    return {
        "steps": [(step, step.label) for step in STEPS],
        "publication": Publication.objects.filter(paper_id=paper.pk).first(),
        "comments": comments,
        "may_comment": paper.state in (State.DRAFT, State.REVIEW) and by.may(Permission.WRITE_PAPERS),
        "open_comments": sum(one.comment.is_open for one in comments),
        "countersigns": countersigns,
        "unsent": [one for one in countersigns if one.found is None and one.partner],
        "unagreed": [one for one in countersigns if not one.is_agreed],
        "last_day": rules.last_day_to_answer(timezone.localdate()),
        "signers": queries.signers(paper) if paper.state == State.DRAFT else (),
        "number": number,
        "codes": codes,
        "version": queries.versions_of(paper).first(),
        "traces": traces.of(paper, by),
        "successor": Paper.objects.visible_to(by).filter(replaces=paper).first(),
    }


def _said(comment: Comment, paper: Paper) -> Said:
    lines = enumerate(paper.source.split("\n"), 1)
    line = next((at for at, line in lines if comment.quote and comment.quote in line), 0)
    return Said(comment, line)


def _records(figure: Any) -> list[dict[str, Any]]:
    if figure is None:
        return []
    return [
        {"label": row.label, "amount": row.amount, "address": address_of(row.thing, row.thing_id)}
        for row in figure.records.all()
    ]


@requires(Permission.WRITE_PAPERS)
@require_http_methods(["POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _paper(request, pk)
    source = source_of(request)
    try:
        with transaction.atomic():
            actions.revise(paper=paper, source=source, why=request.POST.get("why", ""), by=acting(request))
    except actions.PaperRefused as refused:
        return _editor(request, paper, source=source, error=str(refused))
    messages.success(request, gettext("已存，数字已按现在的记录取好。"))
    return redirect("desk:paper", pk)


@requires(Permission.WRITE_PAPERS)
@require_POST
def retake(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.retake, _("数字已按现在的记录更新。"))


@requires(Permission.WRITE_PAPERS)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("to", "")
    to = next((one for one in queries.signers(_paper(request, pk)) if str(one.pk) == chosen), None)
    return _do(request, pk, actions.submit, _("已送审，等领导签发。"), to=to)


@requires(Permission.REVIEW_PAPERS)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.send_back, _("已退回拟稿人。"), reason=request.POST.get("reason", ""))


@requires(Permission.SIGN_PAPERS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        actions.sign,
        _("已签发。文字和数字从现在起不再变；记录变了会提醒您。"),
        despite=request.POST.get("despite", ""),
    )


@requires(Permission.ISSUE_PAPERS)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, notices.issue_paper, _("已印发。"), code=request.POST.get("code", ""))


@requires(Permission.SIGN_PAPERS)
@require_POST
def keep_as_signed(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        actions.keep_as_signed,
        _("已记下维持原文的理由。"),
        reason=request.POST.get("reason", ""),
    )


@requires(Permission.WRITE_PAPERS)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.correct, _("更正件已拟好，数字是现在的。核对后送审。"))


@requires(Permission.ISSUE_PAPERS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.publish, _("已公开，任何人都能看到；不含记录里的个人信息。"))


@requires(Permission.ISSUE_PAPERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.withdraw, _("已撤下，外面看不到了。"))


def _paper(request: HttpRequest, pk: int) -> Paper:
    return get_object_or_404(queries.papers(acting(request)), pk=pk)


def _do(request: HttpRequest, pk: int, action: Any, done: str | Promise, **more: Any) -> HttpResponse:
    """One step of a paper: done and said, or refused and said why. A new paper that came of it is shown next."""
    try:
        with transaction.atomic():
            made = action(paper=_paper(request, pk), by=acting(request), **more)
    except actions.PaperRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:paper", pk)
    messages.success(request, str(done))
    return redirect("desk:paper", made.pk if isinstance(made, Paper) else pk)
