"""Meetings that study a campaign: recorded with what they decided, and written up as minutes."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.models import Session
from hearth.apps.directory.states import Permission
from hearth.apps.papers import actions as papers
from hearth.apps.papers.states import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.paper_starts import minutes
from hearth.web.desk.record_page import Deed, Fact, show
from hearth.web.desk.views.consultation import place
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm


class SessionForm(RowForm):
    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("如“主席办公会议”。"))
    held_on = forms.DateField(label=_("日期"), widget=DayInput())
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    chair = forms.CharField(label=_("主持人"), max_length=40, required=False)
    attending = forms.CharField(label=_("参加单位"), max_length=300, required=False)
    decisions = forms.CharField(
        label=_("议定事项"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一项，纪要照此列出。"),
    )


class MinutesForm(RowForm):
    """Writing up a meeting asks nothing."""


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:consultation")
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = actions.record_session(campaign=shown.campaign, by=acting(request), **form.cleaned_data)
        notes.done(request, gettext("会议已登记。处理意见时选上它，纪要就列得出来。"))
        return redirect("desk:session", held.pk)
    context = {"frame": shown, "form": form}
    return render(request, "desk/session_new.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _session(request, pk), acting(request)
    facts = (
        Fact(_("日期"), found.held_on),
        Fact(_("地点"), found.place),
        Fact(_("主持人"), found.chair),
        Fact(_("参加单位"), found.attending),
        Fact(_("议定事项"), found.decisions),
    )
    href = reverse("desk:session_minutes", args=[pk])
    deeds = (
        (Deed(MinutesForm(), href, _("会议纪要：照议定事项和会上定的意见起草"), _("起草纪要")),)
        if by.may(Permission.WRITE_PAPERS)
        else ()
    )
    return show(
        request,
        found,
        campaign=found.campaign,
        place=place(found.campaign),
        facts=facts,
        deeds=deeds,
        template="desk/session.html",
        decided=found.decided.filter(joined_to=None),
    )


@requires(Permission.WRITE_PAPERS)
@require_http_methods(["POST"])
def write_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the minutes of a meeting: what it decided, and the suggestions that it handled."""
    found, by = _session(request, pk), acting(request)
    source = minutes(found, by.org.name, timezone.localdate())
    try:
        paper = papers.draft(subject=found.campaign.subject, kind=Kind.MINUTES, source=source, by=by)
    except papers.PaperRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:session", pk)
    messages.success(request, gettext("纪要草稿已存，议定事项和意见处理情况已写进去。改好后送审。"))
    return redirect("desk:paper", paper.pk)


def _session(request: HttpRequest, pk: int) -> Session:
    rows: QuerySet[Session] = Session.objects.visible_to(acting(request)).select_related("campaign")
    return get_object_or_404(rows, pk=pk)
