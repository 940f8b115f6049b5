"""A paper as a file: Word, PDF when LibreOffice is there, and pictures of its pages."""

from __future__ import annotations

from functools import lru_cache

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from hearth.apps.directory.states import Permission
from hearth.apps.papers import gongwen, queries
from hearth.apps.papers.models import Paper
from hearth.lib import office
from hearth.lib import pages as pdf_pages
from hearth.web.ui.access import acting, requires

SECONDS = 45.0
"""Longer than a paper takes, shorter than people wait."""
DPI = 110.0
KEPT = 8


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def word(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _paper(request, pk)
    return _file(paper, "docx", gongwen.word(paper), gongwen.WORD_TYPE)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _paper(request, pk)
    try:
        return _file(paper, "pdf", _pdf(gongwen.word(paper)), "application/pdf")
    except (office.NoOffice, office.NotConverted) as refused:
        messages.error(request, f"{gettext('没有 PDF，请下载 Word。')}{refused}")
        return redirect("desk:paper", pk)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as they print, one picture each."""
    paper = _paper(request, pk)
    trouble, number = "", 0
    try:
        number = pdf_pages.count(_pdf(gongwen.word(paper)))
    except (office.NoOffice, office.NotConverted) as refused:
        trouble = str(refused)
    context = {"paper": paper, "pages": range(1, number + 1), "trouble": trouble}
    return render(request, "desk/paper_pages.html", context)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def picture(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    paper = _paper(request, pk)
    try:
        drawn = pdf_pages.picture(_pdf(gongwen.word(paper)), page, DPI)
    except (office.NoOffice, office.NotConverted, IndexError) as refused:
        raise Http404 from refused
    return HttpResponse(drawn, content_type="image/png")


@lru_cache(maxsize=KEPT)
def _pdf(docx: bytes) -> bytes:
    """The PDF of a Word file; the last few are kept, since a page of pictures asks once for each."""
    return office.find().convert([docx], office.Format.PDF, seconds=SECONDS)[0]


def _file(paper: Paper, ending: str, data: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    name = f"{paper.title}{'' if paper.is_frozen else '（草稿）'}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _paper(request: HttpRequest, pk: int) -> Paper:
    return get_object_or_404(queries.papers(acting(request)), pk=pk)
