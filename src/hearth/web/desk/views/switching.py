"""The switch: a sheet that says what will happen, the pull or the drill, what came of it, whom to call, the undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Level
from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.actions import SwitchRefused
from hearth.apps.contingency.models import Call, PlanB, Switch
from hearth.apps.directory.states import Permission
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.contingency_forms import SwitchForm, UndoForm
from hearth.web.desk.record_page import Fact, Place, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def to_level(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet(request, get_object_or_404(queries.levels(acting(request)), pk=pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def to_plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet(request, get_object_or_404(queries.plans(acting(request)), pk=pk))


def _sheet(request: HttpRequest, of: Level | PlanB) -> HttpResponse:
    """What will happen; sent, it happens. A refusal shows what would happen now, and keeps what was typed."""
    by, is_drill = acting(request), "drill" in request.POST
    form = SwitchForm(request.POST if request.method == "POST" else None, initial={"message": of.message})
    if form.is_bound and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            switch = actions.pull(of=of, seen=seen, is_drill=is_drill, by=by, **form.cleaned_data)
        except SwitchRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, _said(switch))
            return redirect("desk:switch", switch.pk)
    pulled = queries.in_force(by, of.campaign)
    context = {
        "frame": frame(request, of.campaign_id, "desk:contingency"),
        "of": of,
        "is_level": isinstance(of, Level),
        "outlook": queries.outlook(of, by=by),
        "leading": queries.leading(of),
        "holds": isinstance(of, Level) and of.in_force_since,
        "pulled": (pulled.filter(level=of) if isinstance(of, Level) else pulled.filter(plan=of)).first(),
        "form": form,
    }
    return render(request, "desk/switch_sheet.html", context, status=422 if form.is_bound else 200)


def _said(switch: Switch) -> str:
    if switch.is_drill:
        return gettext("演练记下了，什么都没有改；告诉了 %(told)d 人，只有负责人和代理人。") % {
            "told": switch.told
        }
    said = gettext("“%(name)s”已启动：改了 %(turns)d 件活动，告诉了 %(told)d 人。") % {
        "name": switch.of,
        "turns": switch.turns.count(),
        "told": switch.told,
    }
    call = gettext("还有 %(number)d 人要打电话，名单在下面。") % {"number": switch.to_call}
    return said + (call if switch.to_call else "")


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _switch(request, pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _switch(request, pk), UndoForm(request.POST)
    if form.is_valid():
        try:
            undone = actions.undo(switch=found, why=form.cleaned_data["why"], by=acting(request))
        except SwitchRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("已撤销，又告诉了 %(told)d 人。") % {"told": undone.undone_told})
            return redirect("desk:switch", pk)
    return _page(request, found, undo=form)


@requires(Permission.REVEAL_PERSONAL)
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers are in this answer only: no address, message or cookie carries them."""
    found = _switch(request, pk)
    return _page(request, found, calls=actions.reveal_calls(switch=found, by=acting(request)))


@requires(Permission.RECORD)
@require_POST
def called(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Call.objects.visible_to(acting(request)).select_related("switch")
    found: Call = get_object_or_404(rows, pk=pk)
    actions.note_call(call=found, by=acting(request))
    return redirect(f"{reverse('desk:switch', args=[found.switch_id])}#calls-h")


def _page(
    request: HttpRequest, found: Switch, *, undo: UndoForm | None = None, calls: list[Call] | None = None
) -> HttpResponse:
    by = acting(request)
    may_undo = by.may(Permission.MANAGE_CAMPAIGNS) and found.is_in_force
    response = show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("预案"), reverse("desk:contingency", args=[found.campaign_id])),
        facts=(
            Fact(_("谁启动"), found.pulled_by),
            Fact(_("为什么启动"), found.why),
            Fact(_("原来的级别"), found.was or ""),
            Fact(_("短信"), found.message),
            Fact(_("告诉了"), _("%(number)d 人") % {"number": found.told}),
            Fact(_("谁撤销"), found.undone_by),
            Fact(_("为什么撤销"), found.undone_because),
        ),
        template="desk/switch.html",
        turns=list(found.turns.all()),
        calls=_still_to_tell(
            found, calls if calls is not None else list(Call.objects.visible_to(by).filter(switch=found))
        ),
        is_revealed=calls is not None,
        returns=queries.returns(found) if may_undo else (),
        undo=undo or UndoForm(),
        may_undo=may_undo,
    )
    if undo is not None:
        response.status_code = 422
    return response


def _still_to_tell(switch: Switch, calls: list[Call]) -> list[Call]:
    """Nobody is called about a switch that was undone before he heard of it; of the undoing he is told."""
    return [one for one in calls if one.is_undo or one.called_at or not switch.undone_at]


def _switch(request: HttpRequest, pk: int) -> Switch:
    return get_object_or_404(queries.switches(acting(request)), pk=pk)
