"""One duty: given, amended, begun, handed over to the deputy, finished with its evidence, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.files.actions import FileRefused
from hearth.web.desk import traces
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.duty_forms import DutyForm, FinishForm, HandOverForm
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import RowForm


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a task."""
    shown, by = frame(request, pk, "desk:duties"), acting(request)
    data = request.POST if request.method == "POST" else None
    part = request.GET.get("part", Part.PLAN)
    form = DutyForm.among(by, data, {"part": part, "due": shown.campaign.ends, "lead": by.org})
    done = form.is_bound and carry_out(
        request,
        form,
        lambda: actions.entrust(campaign=shown.campaign, by=by, **_told(form)),
        CampaignRefused,
        _("分好了，已告诉责任人和代理人。"),
    )
    context = {"frame": shown, "form": form}
    return done or render(request, "desk/duty_new.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _duty(request, pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _duty(request, pk), acting(request)
    form = DutyForm.of(found, by, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_duty(duty=found, by=by, **changes(form)),
        CampaignRefused,
        _("改好了。换了人、改了期限的，已告诉本人。"),
    )
    return done or _page(request, found, amend=form)


@requires(Permission.RECORD)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _duty(request, pk), acting(request)
    try:
        actions.begin(duty=found, by=by)
    except CampaignRefused as refused:
        messages.info(request, str(refused))
    else:
        traces.say_changed(request, found, gettext("“%(task)s”开始办了。") % {"task": found.task}, by=by)
    return redirect("desk:duty", pk)


@requires(Permission.RECORD)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _duty(request, pk), acting(request)
    form = HandOverForm(request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.hand_over(duties=[found], why=form.cleaned_data["why"], by=by)[0],
        CampaignRefused,
        _("移交了，两个人都告诉了。人回来了，再移交一次就回来。"),
    )
    return done or _page(request, found, hand=form)


@requires(Permission.RECORD)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _duty(request, pk), acting(request)
    form = FinishForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _finish(found, form, by)
        except FileRefused as refused:
            form.add_error("file", str(refused))
    if form.errors:
        return _page(request, found, finish=form)
    traces.say_changed(
        request,
        found,
        gettext("“%(task)s”已完成。") % {"task": found.task},
        by=by,
        undo=reverse("desk:duty_reopen", args=[pk]),
    )
    return redirect("desk:duty", pk)


def _finish(found: Duty, form: FinishForm, by: Any) -> None:
    sent = form.cleaned_data["file"]
    kept = files.keep(name=sent.name, data=sent.read(), by=by) if sent else None
    actions.finish(duty=found, evidence=form.cleaned_data["evidence"], file=kept, by=by)


@requires(Permission.RECORD)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _duty(request, pk)
    if found.state != DutyState.DONE:
        messages.info(request, gettext("这件任务还在办理，不用重新办理。"))
        return redirect("desk:duty", pk)
    actions.reopen(duty=found, by=acting(request))
    traces.say_changed(
        request, found, gettext("“%(task)s”改回进行中。") % {"task": found.task}, by=acting(request)
    )
    return redirect("desk:duty", pk)


def _told(form: DutyForm) -> dict[str, Any]:
    return {**form.cleaned_data, "part": Part(form.cleaned_data["part"])}


def _page(
    request: HttpRequest,
    found: Duty,
    *,
    finish: FinishForm | None = None,
    hand: HandOverForm | None = None,
    amend: DutyForm | None = None,
) -> HttpResponse:
    by = acting(request)
    is_open = found.state != DutyState.DONE
    own = (found.pk,)
    deeds = [
        _deed(
            by.may(Permission.RECORD) and is_open,
            finish or FinishForm,
            "desk:duty_finish",
            own,
            _("做完了"),
            _("记为已完成"),
        ),
        _deed(
            by.may(Permission.RECORD) and is_open and found.deputy_id is not None,
            hand or HandOverForm,
            "desk:duty_hand_over",
            own,
            _("责任人不在岗"),
            gettext("移交给代理人%(name)s") % {"name": found.deputy},
        ),
        _deed(
            by.may(Permission.MANAGE_CAMPAIGNS),
            amend or (lambda: DutyForm.of(found, by)),
            "desk:duty_amend",
            own,
            _("修改"),
            _("存修改"),
        ),
    ]
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("分工与日程"), reverse("desk:duties", args=[found.campaign_id])),
        facts=_facts(found),
        deeds=[deed for deed in deeds if deed is not None],
        evidence=found.file,
        template="desk/duty.html",
    )


def _deed(
    may: bool,
    form: RowForm | Callable[[], RowForm],
    name: str,
    args: tuple[int, ...],
    title: Any,
    button: Any,
) -> Deed | None:
    if not may:
        return None
    return Deed(form if isinstance(form, RowForm) else form(), reverse(name, args=args), title, button)


def _facts(found: Duty) -> tuple[Fact, ...]:
    is_link = found.evidence.startswith(("https://", "http://"))
    return (
        Fact(_("部分"), found.get_part_display()),
        Fact(_("责任人"), found.person, reverse("desk:person_duties", args=[found.person_id])),
        Fact(
            _("代理人"),
            found.deputy or _("没有"),
            reverse("desk:person_duties", args=[found.deputy_id]) if found.deputy_id else "",
        ),
        Fact(_("牵头单位"), found.lead),
        Fact(_("协办单位"), found.supporting),
        Fact(_("期限"), found.due),
        Fact(_("完成日期"), found.done_on),
        Fact(_("佐证"), found.evidence, found.evidence if is_link else ""),
    )


def _duty(request: HttpRequest, pk: int) -> Duty:
    return get_object_or_404(queries.duties(acting(request)), pk=pk)
