"""Writing a paper in the browser: begun, looked at while one types, its versions compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.papers import actions, gongwen, intake, queries
from hearth.apps.papers.models import Paper, Version
from hearth.apps.papers.states import Kind, State
from hearth.lib.arrivals import LARGEST, Arrival
from hearth.lib.faults import Refused
from hearth.web.desk.paper_starts import joint_plan, start
from hearth.web.ui.access import acting, reads_only, requires
from hearth.web.ui.forms import FileButton, RowForm


class NewForm(RowForm):
    campaign = forms.ModelChoiceField(
        label=_("关于哪项活动"),
        queryset=Campaign.objects.none(),
        help_text=_("公文里的数字取自这项活动的记录。"),
    )
    kind = forms.ChoiceField(label=_("文种"), choices=Kind.choices)
    word = forms.FileField(
        label=_("已有的 Word 文件"),
        required=False,
        widget=FileButton(attrs={"accept": ".docx"}),
        help_text=_("传 .docx，读成原文接着改；不传就从这一文种的样子写起。"),
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.visible_to(by).order_by("-year", "-pk")
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["campaign"].initial = campaigns.first()


@requires(Permission.WRITE_PAPERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("campaign", "kind") if name in request.GET}
    form = NewForm(acting(request), request.POST or None, request.FILES or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                paper = _begin(form, acting(request))
        except (actions.PaperRefused, Refused) as refused:
            form.add_error("word" if form.cleaned_data["word"] else None, str(refused))
        else:
            messages.success(request, gettext("草稿已存。改好后送审。"))
            return redirect("desk:paper", paper.pk)
    return render(request, "desk/paper_new.html", {"form": form}, status=422 if form.errors else 200)


def _begin(form: NewForm, by: Actor) -> Paper:
    subject, kind = form.cleaned_data["campaign"].subject, Kind(form.cleaned_data["kind"])
    sent = form.cleaned_data["word"]
    if sent is None:
        organs = _organs(form.cleaned_data["campaign"], by)
        if kind == Kind.PLAN and len(organs) > 1:
            source, kind = joint_plan(organs, timezone.localdate()), Kind.NOTICE
        else:
            source = start(kind, by.org.name, timezone.localdate())
        return actions.draft(subject=subject, kind=kind, source=source, by=by)
    return intake.take_word(Arrival(sent.name, sent.read(LARGEST + 1)), subject, kind, by)


def _organs(campaign: Campaign, by: Actor) -> list[str]:
    """Who issues the plan of a campaign: the partners countersign it."""
    return [by.org.name, *(partner.name for partner in campaign.partners.exclude(pk=by.org.pk))]


@requires(Permission.WRITE_PAPERS)
@require_POST
def add_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a picture for the paper, under the name of its file."""
    paper, sent = get_object_or_404(queries.papers(acting(request)), pk=pk), request.FILES.get("picture")
    try:
        with transaction.atomic():
            _add_picture(paper, sent, acting(request))
    except (actions.PaperRefused, files.FileRefused) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("图片已存。要显示的地方另起一行，写 ![图题](图片名)。"))
    return redirect("desk:paper", pk)


def _add_picture(paper: Paper, sent: UploadedFile[bytes] | None, by: Actor) -> None:
    if sent is None:
        raise actions.PaperRefused("还没有选图片。")
    file = files.keep(name=sent.name or "", data=sent.read(), by=by)
    actions.add_picture(paper=paper, name=file.name.rpartition(".")[0], file=file, by=by)


@requires(Permission.WRITE_PAPERS)
@require_POST
@reads_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of what is being typed, as parts that take the place of those on the editor. Writes nothing."""
    paper = get_object_or_404(queries.papers(acting(request)), pk=pk)
    return render(request, "desk/_paper_preview.html", {"paper": paper, **looked(paper, source_of(request))})


def source_of(request: HttpRequest) -> str:
    return request.POST.get("source", "").replace("\r\n", "\n")


def looked(paper: Paper, source: str) -> dict[str, Any]:
    """A source that is not saved, as the parts of the editor show it."""
    try:
        shown = paper.pictures.values_list("name", flat=True)
        look = queries.look(source, paper.subject_id, list(shown))
    except gongwen.SourceError as error:
        return {"problems": [gongwen.Problem(error.line, error.column, f"{error.message}。{error.cure}。")]}
    return {
        "layout": look.layout,
        "problems": look.problems,
        "loose": look.loose,
        "slips": look.slips,
        "unfilled": look.unfilled,
        "backed": len(look.taken),
        "characters": look.characters,
    }


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(queries.papers(acting(request)), pk=pk)
    found = list(queries.versions_of(paper))
    before, after = _chosen(found, request.GET.get("from", ""), request.GET.get("to", ""))
    context = {
        "paper": paper,
        "versions": found,
        "before": before,
        "after": after,
        "compared": queries.compared(before, after) if before and after and before != after else None,
        "is_draft": paper.state == State.DRAFT,
    }
    return render(request, "desk/paper_versions.html", context)


def _chosen(found: list[Version], before: str, after: str) -> tuple[Version | None, Version | None]:
    """The two versions to compare: those asked for, else the last two."""
    if not found:
        return None, None
    newer = _numbered(found, after) or found[0]
    older = _numbered(found, before) or next((one for one in found if one.number < newer.number), None)
    return (newer, older) if older and older.number > newer.number else (older, newer)


def _numbered(found: Iterable[Version], number: str) -> Version | None:
    return next((one for one in found if str(one.number) == number), None)


@requires(Permission.WRITE_PAPERS)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Version.objects.visible_to(acting(request)).select_related("paper")
    version = get_object_or_404(visible, pk=pk)
    try:
        with transaction.atomic():
            actions.restore(version=version, by=acting(request))
    except actions.PaperRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:paper_versions", version.paper_id)
    messages.success(
        request,
        gettext("原文已回到第 %(number)d 版，数字是现在的。") % {"number": version.number},
    )
    return redirect("desk:paper", version.paper_id)
