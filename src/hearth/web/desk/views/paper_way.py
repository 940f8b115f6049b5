"""What others say of a paper: comments of reviewers, countersigns of other organs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Comment, Disclosure, Paper
from hearth.apps.papers.states import Assent
from hearth.lib.tables import Kind as Cell
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, FileButton, Pick, Picks, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage


@requires(Permission.WRITE_PAPERS)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request,
        pk,
        _("批注已记下。办结以前，签发的人会看到。"),
        lambda: actions.comment(
            paper=_paper(request, pk),
            text=request.POST.get("text", ""),
            quote=request.POST.get("quote", ""),
            by=acting(request),
        ),
    )


@requires(Permission.WRITE_PAPERS)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    text = request.POST.get("text", "")
    return _said(
        request,
        found.paper_id,
        _("答复已记下。"),
        lambda: actions.answer(comment=found, text=text, by=acting(request)),
    )


@requires(Permission.WRITE_PAPERS)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    return _said(
        request, found.paper_id, _("批注已办结。"), lambda: actions.settle(comment=found, by=acting(request))
    )


@requires(Permission.WRITE_PAPERS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    return _said(
        request,
        found.paper_id,
        _("批注已重新打开。"),
        lambda: actions.reopen(comment=found, by=acting(request)),
    )


class AskForm(forms.Form):
    until = forms.DateField(required=False)


@requires(Permission.WRITE_PAPERS)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    form = AskForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    return _said(
        request,
        pk,
        _("已送会签：对方能看到这一稿，到期限为止。"),
        lambda: actions.ask_countersign(paper=_paper(request, pk), until=until, by=acting(request)),
        anchor="countersigns",
    )


class SheetForm(RowForm):
    """A countersign that came on paper."""

    organ = forms.CharField(label=_("会签机关"), max_length=80)
    answered_on = forms.DateField(label=_("会签日期"), widget=DayInput())
    answered_by = forms.CharField(label=_("谁签的"), max_length=80)
    sheet = forms.FileField(
        label=_("会签单"), widget=FileButton(), help_text=_("盖章或签字的扫描件，PDF 或图片。")
    )


@requires(Permission.WRITE_PAPERS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the answer of an organ that signed on paper."""
    paper = _paper(request, pk)
    given = {"organ": request.GET.get("organ", ""), "answered_on": timezone.localdate()}
    form = SheetForm(request.POST or None, request.FILES or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _record(paper, form, request)
        except (actions.PaperRefused, files.FileRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(_("会签已登记。")))
            return redirect("desk:paper", pk)
    return render(
        request,
        "desk/paper_countersign.html",
        {"form": form, "paper": paper},
        status=422 if form.errors else 200,
    )


def _record(paper: Paper, form: SheetForm, request: HttpRequest) -> None:
    sheet = form.cleaned_data["sheet"]
    actions.record_countersign(
        paper=paper,
        organ=form.cleaned_data["organ"],
        answered_on=form.cleaned_data["answered_on"],
        answered_by=form.cleaned_data["answered_by"],
        evidence=files.keep(name=sheet.name, data=sheet.read(), by=acting(request)),
        by=acting(request),
    )


DISCLOSURES = ListPage(
    title=_("送来会签的文稿"),
    columns=(
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        Column(_("主办机关"), lambda one: one.host.name, sort="host", order=("host__path",)),
        Column(
            _("送来时间"),
            lambda one: one.disclosed_at,
            sort="sent",
            order=("disclosed_at",),
            kind=Cell.DATETIME,
        ),
        Column(_("答复期限"), lambda one: one.until, sort="until", order=("until",), kind=Cell.DATE),
        Column(_("答复"), lambda one: one.get_assent_display(), sort="assent", order=("assent",)),
        Column(_("谁答复的"), lambda one: one.answered_by),
    ),
    order=("-disclosed_at", "-pk"),
    search=("title", "host__name"),
    search_label=_("标题、主办机关"),
    filters=(
        Filter(
            "assent", _("答复"), tuple(Choice(one, one.label, Q(assent=one)) for one in Assent), chips=True
        ),
    ),
)


class AnswerForm(RowForm):
    assent = forms.ChoiceField(
        label=_("答复"),
        choices=[
            (Assent.AGREED, Pick(_("同意"), _("主办机关可以签发。"))),
            (Assent.OBJECTED, Pick(_("有意见"), _("写明意见，主办机关改了再送来。"))),
        ],
        widget=Picks,
    )
    note = forms.CharField(
        label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def disclosures(request: HttpRequest) -> HttpResponse:
    return DISCLOSURES.show(request, queries.disclosures(acting(request)), "desk/paper_disclosures.html")


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    return _disclosure(request, _disclosed(request, pk), AnswerForm())


def _disclosure(request: HttpRequest, found: Disclosure, form: AnswerForm) -> HttpResponse:
    context = {
        "disclosure": found,
        "layout": gongwen.disclosed_layout(found) if _is_readable(found) else None,
        "form": form,
        "may_answer": found.assent == Assent.ASKED and _is_readable(found),
    }
    return render(request, "desk/paper_disclosure.html", context, status=422 if form.errors else 200)


@requires(Permission.SIGN_PAPERS)
@require_POST
def disclosure_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _disclosed(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _disclosure(request, found, form)
    try:
        with transaction.atomic():
            actions.countersign(
                disclosure=found,
                assent=Assent(form.cleaned_data["assent"]),
                note=form.cleaned_data["note"],
                by=acting(request),
            )
    except actions.PaperRefused as refused:
        form.add_error(None, str(refused))
        return _disclosure(request, found, form)
    messages.success(request, str(_("已答复，主办机关看得到。")))
    return redirect("desk:paper_disclosure", pk)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def disclosure_word(request: HttpRequest, pk: int) -> HttpResponse:
    found = _disclosed(request, pk)
    if not _is_readable(found):
        raise Http404
    response = HttpResponse(bytes(found.word), content_type=gongwen.WORD_TYPE)
    name = f"{found.title}（会签稿）.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _is_readable(found: Disclosure) -> bool:
    return found.recalled_at is None and found.until >= timezone.localdate()


def _disclosed(request: HttpRequest, pk: int) -> Disclosure:
    return get_object_or_404(queries.disclosures(acting(request)), pk=pk)


def _paper(request: HttpRequest, pk: int) -> Paper:
    return get_object_or_404(queries.papers(acting(request)), pk=pk)


def _comment(request: HttpRequest, pk: int) -> Comment:
    visible = Comment.objects.visible_to(acting(request)).select_related("paper__org")
    found: Comment = get_object_or_404(visible, pk=pk)
    return found


def _said(
    request: HttpRequest, pk: int, done: str | Promise, act: Any, *, anchor: str = "comments"
) -> HttpResponse:
    """One act beside the text, and back to the place where it stands."""
    try:
        with transaction.atomic():
            act()
    except actions.PaperRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(done))
    response = redirect("desk:paper", pk)
    response["Location"] += f"#{anchor}"
    return response
