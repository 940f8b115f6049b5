"""One difficulty: assigned, begun, answered, opened again, and how satisfied the person is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.visits import actions, queries, rules
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.models import Case, Confidence
from hearth.apps.visits.states import CLOSED, CaseState, Satisfaction
from hearth.web.desk.record_page import Deed, Fact, Place, Text, carry_out, offer, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, RowForm


class AssignForm(RowForm):
    handled_by: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("承办单位"), queryset=None
    )
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("责任人"), queryset=None)
    due = forms.DateField(label=_("期限"), widget=DayInput)

    @classmethod
    def about(cls, case: Case, by: Actor, data: QueryDict | None = None) -> AssignForm:
        form = cls(
            data, initial={"handled_by": case.handled_by_id, "person": case.person_id, "due": case.due}
        )
        offer(form, "handled_by", directory.organisations(by))
        offer(form, "person", directory.people(by))
        return form


class CloseForm(RowForm):
    outcome = forms.ChoiceField(
        label=_("结果"), choices=[(one.value, one.label) for one in CLOSED], widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("答复本人"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("怎么解决的，或者为什么解决不了。"),
    )


class RateForm(RowForm):
    satisfaction = forms.ChoiceField(
        label=_("满意度"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )


class PlainForm(RowForm):
    """A deed that asks nothing."""


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _case(request, pk))


@requires(Permission.RECORD)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _case(request, pk), acting(request)
    form = AssignForm.about(found, by, request.POST)
    return _do(
        request,
        found,
        form,
        lambda: actions.assign(
            case=found,
            handled_by=form.cleaned_data["handled_by"],
            person=form.cleaned_data["person"],
            due=form.cleaned_data["due"],
            by=by,
        ),
        _("已交办，已告诉责任人；在“我的任务”里也看得到。"),
    )


@requires(Permission.RECORD)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    found = _case(request, pk)
    return _do(
        request,
        found,
        PlainForm(request.POST),
        lambda: actions.begin(case=found, by=acting(request)),
        _("已开始办理。"),
    )


@requires(Permission.RECORD)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _case(request, pk), acting(request)
    form = CloseForm(request.POST)

    def act() -> Case:
        ending = actions.settle if form.cleaned_data["outcome"] == CaseState.SETTLED else actions.give_up
        return ending(case=found, answer=form.cleaned_data["answer"], by=by)

    return _do(
        request,
        found,
        form,
        act,
        _("已办结，答复已记下。本人的链接在下面：有邮箱的已发去，没有的请转给本人。"),
    )


@requires(Permission.RECORD)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _case(request, pk)
    return _do(
        request,
        found,
        PlainForm(request.POST),
        lambda: actions.reopen(case=found, by=acting(request)),
        _("已重新办理，原来的答复留着。"),
    )


@requires(Permission.RECORD)
@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _case(request, pk), acting(request)
    form = RateForm(request.POST)
    return _do(
        request,
        found,
        form,
        lambda: actions.rate(case=found, satisfaction=Satisfaction(form.cleaned_data["satisfaction"]), by=by),
        _("已记下满意度。"),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_POST
def confidence(request: HttpRequest, pk: int) -> HttpResponse:
    """What was told in confidence, for those who may read it: it stands in this answer only."""
    found = _case(request, pk)
    try:
        kept = actions.reveal(case=found, by=acting(request))
    except VisitRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    return _page(request, found, confidence=kept)


def _do(
    request: HttpRequest, found: Case, form: RowForm, act: Callable[[], Case], said: Text
) -> HttpResponse:
    done = carry_out(request, form, act, VisitRefused, said)
    return done or _page(request, _case(request, found.pk), form)


def _page(
    request: HttpRequest, found: Case, tried: RowForm | None = None, *, confidence: Confidence | None = None
) -> HttpResponse:
    by = acting(request)
    link = links.of(Purpose.CASE, [found.pk]).get(found.pk) if by.may(Permission.RECORD) else None
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("走访中的困难"), reverse("desk:cases", args=[found.campaign_id])),
        facts=(
            Fact(_("困难"), found.text),
            Fact(_("类别"), found.get_kind_display()),
            Fact(_("紧急程度"), found.get_urgency_display()),
            Fact(_("走访"), found.visit, reverse("desk:visit", args=[found.visit_id])),
            Fact(_("承办单位"), found.handled_by),
            Fact(_("责任人"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(_("期限"), found.due),
            Fact(_("答复"), found.answer),
            Fact(_("满意度"), found.get_satisfaction_display()),
        ),
        deeds=_deeds(found, by, tried),
        template="desk/case.html",
        confidence=confidence,
        may_read=found.private and queries.confidences(by).filter(case=found).exists(),
        replies=found.replies.all(),
        reminded=found.reminders.all(),
        address=request.build_absolute_uri(link.get_absolute_url()) if link else "",
    )


def _deeds(found: Case, by: Actor, tried: RowForm | None) -> tuple[Deed, ...]:
    """What can be done to the case as it stands; a form that was tried and refused stands in its place."""
    if not by.may(Permission.RECORD):
        return ()
    offered = _closed_deeds(found) if found.state in CLOSED else _open_deeds(found, by)
    shown = tuple(replace(deed, form=tried) if type(tried) is type(deed.form) else deed for deed in offered)
    if tried is not None and not any(deed.form is tried for deed in shown):
        shown = (replace(shown[0], form=tried), *shown[1:])
    return shown


def _open_deeds(found: Case, by: Actor) -> tuple[Deed, ...]:
    def address(name: str) -> str:
        return reverse(name, args=[found.pk])

    following = rules.NEXT[CaseState(found.state)]
    begin = Deed(PlainForm(), address("desk:case_begin"), _("开始办理"), _("记为办理中"))
    return (
        Deed(CloseForm(), address("desk:case_close"), _("办结"), _("答复本人，记为办结")),
        Deed(AssignForm.about(found, by), address("desk:case_assign"), _("交办"), _("交办给这个人")),
        *((begin,) if CaseState.HANDLING in following else ()),
    )


def _closed_deeds(found: Case) -> tuple[Deed, ...]:
    return (
        Deed(
            RateForm(initial={"satisfaction": found.satisfaction}),
            reverse("desk:case_rate", args=[found.pk]),
            _("本人满意吗"),
            _("记下满意度"),
        ),
        Deed(
            PlainForm(),
            reverse("desk:case_reopen", args=[found.pk]),
            _("没有解决"),
            _("重新办理"),
        ),
    )


def _case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(queries.cases(acting(request)), pk=pk)
