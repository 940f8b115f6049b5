"""Agreements, and what was promised in them: who owes it, until when, whether it was kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.agreements import actions, queries
from hearth.apps.agreements.models import Clause
from hearth.apps.agreements.states import AgreementKind
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk import traces
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

AGREEMENTS = ListPage(
    title=_("协议与项目"),
    columns=(
        Column(_("名称"), lambda one: one.name, sort="name", order=("name",)),
        Column(_("编号"), lambda one: one.number, sort="number", order=("number",)),
        Column(_("类别"), lambda one: one.get_kind_display()),
        Column(_("签约方"), lambda one: "、".join(str(party.organisation) for party in one.parties.all())),
        Column(_("签订日期"), lambda one: one.signed_on, sort="signed", order=("signed_on",), kind=Kind.DATE),
        Column(
            _("有效期至"), lambda one: one.valid_until, sort="until", order=("valid_until",), kind=Kind.DATE
        ),
        Column(_("事项"), lambda one: one.promised, sort="promised", order=("promised",), kind=Kind.INTEGER),
        Column(_("已兑现"), lambda one: one.kept, sort="kept", order=("kept",), kind=Kind.INTEGER),
    ),
    order=("-signed_on", "number", "pk"),
    search=("name", "number"),
    search_label=_("名称或编号"),
    filters=(
        Filter("kind", _("类别"), tuple(Choice(one, one.label, Q(kind=one)) for one in AgreementKind)),
        Filter(
            "kept",
            _("兑现"),
            (
                Choice("all", _("全部兑现"), Q(promised__gt=0, kept=F("promised"))),
                Choice("part", _("还有未兑现"), Q(kept__lt=F("promised"))),
            ),
            chips=True,
        ),
    ),
)


class ClauseForm(RowForm):
    text = forms.CharField(label=_("事项"), widget=forms.Textarea(attrs={"rows": 4}))
    due = forms.DateField(label=_("期限"), widget=DayInput)
    evidence = forms.CharField(label=_("佐证"), max_length=200, required=False)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return AGREEMENTS.show(request, queries.agreements(acting(request)), "desk/agreements.html")


@requires(Permission.SEE_EXCHANGE)
@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    agreement = get_object_or_404(queries.agreements(actor), pk=pk)
    clauses = list(queries.clauses(actor, agreement=agreement))
    today = timezone.localdate()
    context = {
        "agreement": agreement,
        "clauses": clauses,
        "keeping": queries.keeping(clauses, today),
        "today": today,
        "traces": traces.of(agreement, actor),
    }
    return render(request, "desk/agreement.html", context)


@requires(Permission.SEE_EXCHANGE)
@require_http_methods(["GET", "POST"])
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    clause = _clause(request, pk)
    form = ClauseForm(
        request.POST or None, initial={name: getattr(clause, name) for name in ClauseForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_clause(clause=clause, by=actor, **form.cleaned_data)
        except actions.AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("事项已改，%(lead)s看到的也跟着变。") % {"lead": clause.lead}
            traces.say_changed(request, clause, said, by=actor)
            return redirect("desk:clause", pk)
    context = {
        "clause": clause,
        "form": form,
        "today": timezone.localdate(),
        "traces": traces.of(clause, actor),
    }
    return render(request, "desk/clause.html", context, status=422 if form.is_bound else 200)


@requires(Permission.MANAGE_AGREEMENTS)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, actions.begin, gettext("已开始办理，%(lead)s看得到。"))


@requires(Permission.MANAGE_AGREEMENTS)
@require_POST
def fulfil(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(
        request,
        pk,
        actions.fulfil,
        gettext("已记为完成，计入兑现率，%(lead)s看得到。"),
        undo="desk:clause_reopen",
        evidence=request.POST.get("evidence", ""),
    )


@requires(Permission.MANAGE_AGREEMENTS)
@require_POST
def declare_late(request: HttpRequest, pk: int) -> HttpResponse:
    said = gettext("已标为逾期，%(lead)s看得到。")
    return _move(request, pk, actions.declare_late, said, undo="desk:clause_reopen")


@requires(Permission.MANAGE_AGREEMENTS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, actions.reopen, gettext("已改回进行中，%(lead)s看得到。"))


def _move(
    request: HttpRequest, pk: int, action: Callable[..., Clause], said: str, *, undo: str = "", **more: Any
) -> HttpResponse:
    """One step of a promise: done and said, or refused and said why."""
    clause, actor = _clause(request, pk), acting(request)
    try:
        with transaction.atomic():
            action(clause=clause, by=actor, **more)
    except actions.AgreementRefused as refused:
        messages.error(request, str(refused))
    else:
        back = reverse(undo, args=[pk]) if undo else ""
        traces.say_changed(request, clause, said % {"lead": clause.lead}, by=actor, undo=back)
    return redirect("desk:clause", pk)


def _clause(request: HttpRequest, pk: int) -> Clause:
    return get_object_or_404(queries.clauses(acting(request)), pk=pk)
