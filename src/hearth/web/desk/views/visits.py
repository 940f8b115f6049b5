"""Visits of a campaign, the difficulties told there and how each is seen through, the suggestions heard."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.visits import actions, queries
from hearth.apps.visits.actions import VisitChanges, VisitRefused
from hearth.apps.visits.models import Gift, Visit
from hearth.apps.visits.states import CLOSED, Manner, Shown, VisitedKind
from hearth.lib.tables import Kind
from hearth.web.desk import deadlines
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, offer, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

VISITS = ListPage(
    title=_("走访慰问"),
    columns=(
        Column(_("日期"), lambda one: one.visited_on, sort="day", order=("visited_on",), kind=Kind.DATE),
        Column(_("走访对象"), lambda one: one.person.name, sort="person", order=("person__name",)),
        Column(_("单位"), lambda one: one.unit.short_name, sort="unit", order=("unit__path",)),
        Column(_("职称"), lambda one: one.title),
        Column(_("类别"), lambda one: one.get_kind_display()),
        Column(_("带队领导"), lambda one: one.leader, sort="leader", order=("leader",)),
        Column(_("工作进展"), lambda one: one.progress),
        Column(_("困难"), lambda one: one.case_count, kind=Kind.INTEGER),
        Column(_("没办结"), lambda one: one.open_count, kind=Kind.INTEGER),
        Column(_("建议"), lambda one: one.suggestion_count, kind=Kind.INTEGER),
    ),
    order=("visited_on", "number", "pk"),
    search=("person__name", "unit__name", "unit__short_name", "field", "progress", "leader"),
    search_label=_("姓名、单位、领域、带队领导"),
    filters=(
        Filter(
            "kind", _("类别"), tuple(Choice(one, one.label, Q(kind=one)) for one in VisitedKind), chips=True
        ),
    ),
)


def _case_list(on: datetime.date) -> ListPage:
    return ListPage(
        title=_("走访中的困难"),
        columns=(
            Column(_("困难"), lambda case: case.text),
            Column(
                _("谁的"), lambda case: case.visit.person.name, sort="whose", order=("visit__person__name",)
            ),
            Column(_("类别"), lambda case: case.get_kind_display()),
            Column(
                _("承办单位"), lambda case: case.handled_by.short_name, sort="by", order=("handled_by__path",)
            ),
            Column(_("责任人"), lambda case: case.person.name),
            Column(_("期限"), lambda case: case.due, sort="due", order=("due",), kind=Kind.DATE),
            Column(_("状态"), lambda case: str(deadlines.of_case(case, on).text)),
            Column(_("答复"), lambda case: case.answer),
            Column(_("满意度"), lambda case: case.get_satisfaction_display()),
        ),
        order=(Case(When(state__in=CLOSED, then=1), default=0), "due", "number", "pk"),
        search=("text", "visit__person__name", "handled_by__short_name", "person__name"),
        search_label=_("困难里的字、姓名、单位"),
        filters=(
            Filter(
                "state",
                _("状态"),
                (
                    Choice("open", _("没办结"), ~Q(state__in=CLOSED)),
                    Choice("late", _("逾期"), ~Q(state__in=CLOSED) & Q(due__lt=on)),
                    *(Choice(one, one.label, Q(state=one)) for one in CLOSED),
                ),
                chips=True,
            ),
        ),
    )


class VisitForm(RowForm):
    visited_on = forms.DateField(label=_("日期"), widget=DayInput)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("走访对象"), queryset=None)
    unit: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("单位"), queryset=None)
    title = forms.CharField(label=_("职称"), max_length=40, required=False)
    field = forms.CharField(label=_("领域"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("没有写明")), *VisitedKind.choices], required=False
    )
    leader = forms.CharField(label=_("带队领导"), max_length=40)
    on_behalf_of = forms.CharField(label=_("受托"), max_length=80, required=False)
    companions = forms.CharField(label=_("陪同"), max_length=200, required=False)
    progress = forms.CharField(label=_("工作进展"), widget=forms.Textarea(attrs={"rows": 4}))
    gifts = forms.CharField(label=_("慰问品"), max_length=120, required=False)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    manner = forms.ChoiceField(
        label=_("方式"), choices=[("", _("没有写明")), *Manner.choices], required=False
    )
    achievements = forms.CharField(
        label=_("主要成绩"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    recorder = forms.CharField(label=_("记录人"), max_length=40, required=False)
    may_publish = forms.BooleanField(label=_("本人同意公开"), required=False)

    @classmethod
    def about(cls, visit: Visit, by: Actor, data: QueryDict | None = None) -> VisitForm:
        """The form of one visit, with the people and organisations that the actor sees."""
        form = cls(data, initial={name: getattr(visit, name) for name in cls.base_fields})
        offer(form, "person", directory.people(by))
        offer(form, "unit", directory.organisations(by))
        return form


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:visits")
    by = acting(request)
    return VISITS.show(
        request,
        queries.visits(by, campaign=shown.campaign),
        "desk/visits.html",
        frame=shown,
        cases=queries.cases(by, campaign=shown.campaign).count(),
        late=queries.cases(by, campaign=shown.campaign, overdue_on=shown.on).count(),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:visits")
    rows = queries.cases(acting(request), campaign=shown.campaign)
    return _case_list(shown.on).show(request, rows, "desk/cases.html", frame=shown)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    told = _told(request, pk)
    return _visit_page(request, told, VisitForm.about(told.visit, acting(request)))


@requires(Permission.RECORD)
@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    told, by = _told(request, pk), acting(request)
    form = VisitForm.about(told.visit, by, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend(visit=told.visit, by=by, **cast(VisitChanges, changes(form))),
        VisitRefused,
        _("已更正这次走访。"),
    )
    return done or _visit_page(request, told, form)


@requires(Permission.SEE_CAMPAIGNS)
@require_POST
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """What money was given, for those who may see it: it stands in this answer only."""
    told, by = _told(request, pk), acting(request)
    try:
        given = actions.reveal_money(visit=told.visit, by=by)
    except VisitRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    return _visit_page(request, told, VisitForm.about(told.visit, by), money=given)


@requires(Permission.RECORD)
@require_POST
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    return _drafted(request, pk, actions.draft_demand, "demand")


@requires(Permission.RECORD)
@require_POST
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    return _drafted(request, pk, actions.draft_expert, "offer")


def _drafted(request: HttpRequest, pk: int, draft: Callable[..., Demand | Offer], name: str) -> HttpResponse:
    """Make the draft, once, and go on to complete it where the visitor may."""
    told, by = _told(request, pk), acting(request)
    try:
        made = draft(visit=told.visit, by=by)
    except VisitRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:visit", pk)
    notes.done(request, gettext("草稿已放进众创之家，还没有参加匹配。补全存好以后才算登记。"))
    return (
        redirect(f"desk:{name}_edit", made.pk)
        if by.may(Permission.SEE_EXCHANGE)
        else redirect("desk:visit", pk)
    )


def _visit_page(
    request: HttpRequest, told: queries.Told, form: VisitForm, *, money: Sequence[Gift] = ()
) -> HttpResponse:
    found, by = told.visit, acting(request)
    deed = Deed(form, reverse("desk:visit_amend", args=[found.pk]), _("更正"), _("存更正"))
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("走访慰问"), reverse("desk:visits", args=[found.campaign_id])),
        facts=(
            Fact(_("日期"), found.visited_on),
            Fact(_("方式"), found.get_manner_display()),
            Fact(_("地点"), found.place),
            Fact(_("走访对象"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(_("单位"), found.unit),
            Fact(_("职称"), found.title),
            Fact(_("领域"), found.field),
            Fact(_("类别"), found.get_kind_display()),
            Fact(_("带队领导"), found.leader),
            Fact(_("受托"), found.on_behalf_of),
            Fact(_("陪同"), found.companions),
            Fact(_("记录人"), found.recorder),
            Fact(_("工作进展"), found.progress),
            Fact(_("主要成绩"), found.achievements),
            Fact(_("慰问品"), found.gifts),
            Fact(_("可公开"), _("本人同意") if found.may_publish else _("没有同意，不公开")),
        ),
        deeds=(deed,) if by.may(Permission.RECORD) else (),
        template="desk/visit.html",
        told=told,
        photos=[one.file for one in told.files if one.shows == Shown.PHOTO],
        receipts=[one for one in told.files if one.shows != Shown.PHOTO],
        money=money,
        may_see_money=told.has_money and queries.may_see_money(by, found),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.suggestions(acting(request)), pk=pk)
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("走访慰问"), reverse("desk:visits", args=[found.campaign_id])),
        facts=(
            Fact(_("建议"), found.text),
            Fact(_("走访"), found.visit, reverse("desk:visit", args=[found.visit_id])),
            Fact(_("走访日期"), found.visit.visited_on),
        ),
    )


def _told(request: HttpRequest, pk: int) -> queries.Told:
    told = queries.told(acting(request), pk=pk)
    if told is None:
        raise Http404
    return told
