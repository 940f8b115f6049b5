"""Anyone checks the numbers of a text by a table. Nothing is kept: no row, no session, no line in a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from hearth.apps.papers.figures import checking
from hearth.apps.papers.figures.checking import TrapKind, Verdict
from hearth.lib import statements
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.web.public.views.checking_example import TABLE, TEXT
from hearth.web.ui.access import public, reads_only
from hearth.web.ui.card import Card
from hearth.web.ui.forms import FileButton, RowForm

LARGEST = 2 * 2**20
"""Bytes of one request: so many are held in memory, more would be put on the disk."""

LONGEST_TABLE = 60_000

WORDS: Mapping[Verdict, Promise] = {
    Verdict.SUPPORTED: _("相符"),
    Verdict.CONTRADICTED: _("不符"),
    Verdict.AMBIGUOUS: _("说不准"),
    Verdict.UNSUPPORTED: _("没有依据"),
}
SHAPES: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "done",
    Verdict.CONTRADICTED: "late",
    Verdict.AMBIGUOUS: "soon",
    Verdict.UNSUPPORTED: "wait",
}
KINDS: Mapping[TrapKind, Promise] = {
    TrapKind.IDIOM: _("成语、习语"),
    TrapKind.WORD: _("词语"),
    TrapKind.SECTION: _("序号"),
    TrapKind.LISTING: _("列举"),
    TrapKind.DOCNO: _("文号"),
    TrapKind.PHONE: _("电话"),
    TrapKind.CODE: _("编码、证号"),
    TrapKind.PLAN: _("规划名"),
    TrapKind.NAME: _("名称"),
    TrapKind.INDEF: _("泛指"),
    TrapKind.GRADE: _("等级"),
    TrapKind.DISEASE: _("病名"),
    TrapKind.TERM: _("提法"),
    TrapKind.WEEKDAY: _("星期"),
}


class CheckForm(RowForm):
    text = forms.CharField(
        label=_("文字"),
        max_length=checking.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off"}),
        help_text=format_lazy(_("最多 {most} 字。"), most=checking.LONGEST),
    )
    table = forms.CharField(
        label=_("表格"),
        required=False,
        max_length=LONGEST_TABLE,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off", "wrap": "off"}
        ),
        help_text=format_lazy(
            _(
                "从 Excel 或 Word 里选中表格复制，贴在这里：“项目、数量”两列的，有表头的，横竖都有名称的，都认得。"
                "最多 {most} 个数字。"
            ),
            most=checking.MOST,
        ),
    )
    file = forms.FileField(
        label=_("或者选表格文件"),
        required=False,
        widget=FileButton(_("选 .xlsx 或 .csv"), attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise forms.ValidationError(_("还没有填。"))
        return text

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "table" in given and not given["table"].strip() and not given.get("file") and not self.errors:
            self.add_error("table", _("还没有表格。请把表格里的格子复制过来，或选一个表格文件。"))
        return given

    def understood(self) -> statements.Understood:
        """What the table says; the file goes before what is pasted. Raises Refused for a file that is no table."""
        sent: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if sent is None:
            return statements.read(self.cleaned_data["table"], checking.MOST)
        return statements.read_file(Arrival(sent.name or "", sent.read()), checking.MOST)


@csrf_exempt  # it changes nothing, and asks nothing of who sends it
@public
@reads_only
@cache_control(no_store=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        example = {"text": TEXT, "table": TABLE} if "example" in request.GET else {}
        return _page(request, {"form": CheckForm(initial=example)})
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _too_large(request)
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _checked(request, CheckForm(request.POST, request.FILES))


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    text = gettext("贴上一段总结和一张表格，逐个核对文中的数字。不用登录，不留存。")
    card = Card(gettext("核对数字"), text, request.path)
    return render(request, "public/check.html", {**context, "card": card}, status=status)


def _too_large(request: HttpRequest) -> HttpResponse:
    """Nothing of it is read."""
    context = {"form": CheckForm(), "refused": _("内容超过 2 MB，没有读。请只留要核对的文字和表格。")}
    return _page(request, context, status=413)


@sensitive_variables()
def _checked(request: HttpRequest, form: CheckForm) -> HttpResponse:
    understood = None
    if form.is_valid():
        try:
            understood = form.understood()
        except Refused as refused:
            form.add_error("file", "\n".join(fault.text for fault in refused.faults))
    if understood is None:
        return _page(request, {"form": form}, status=422)
    if not understood.statements:
        for fault in understood.faults:
            form.add_error("file" if form.cleaned_data.get("file") else "table", fault.text)
        return _page(request, {"form": form}, status=422)
    found = checking.check(form.cleaned_data["text"], understood.statements)
    context = {
        "form": form,
        "checked": found,
        "understood": understood,
        "tallies": [(SHAPES[verdict], word, len(found.of(verdict))) for verdict, word in WORDS.items()],
        "unsupported": found.of(Verdict.UNSUPPORTED),
        "ambiguous": found.of(Verdict.AMBIGUOUS),
        "supported": found.of(Verdict.SUPPORTED),
        "others": [(one, KINDS[one.kind]) for one in found.others],
    }
    context["report"] = render_to_string("public/check_report.txt", context)
    return _page(request, context)
