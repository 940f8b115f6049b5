"""Levels and plans B: their pages, setting and amending them, and what each prepares for an activity."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Level
from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.actions import SwitchRefused
from hearth.apps.contingency.models import Change, PlanB
from hearth.apps.directory.states import Permission
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.contingency_forms import ChangeForm, LevelForm, PlanForm
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def new_level(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:contingency"), acting(request)
    ranks = queries.levels(by).filter(campaign=shown.campaign).values_list("rank", flat=True)
    form = LevelForm.among(by, _posted(request), {"rank": max(ranks, default=0) + 1, "set_on": shown.on})
    done = form.is_bound and carry_out(
        request,
        form,
        lambda: actions.set_level(campaign=shown.campaign, by=by, **form.cleaned_data),
        SwitchRefused,
        _("这一级定好了。再写清启动时哪些活动怎么变。"),
    )
    context = {"frame": shown, "form": form, "title": _("加一级"), "button": _("定下这一级")}
    return done or render(request, "desk/plan_edit.html", context, status=422 if form.is_bound else 200)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:contingency"), acting(request)
    form = PlanForm.among(by, _posted(request), {"set_on": shown.on})
    done = form.is_bound and carry_out(
        request,
        form,
        lambda: actions.make_plan(campaign=shown.campaign, by=by, **form.cleaned_data),
        SwitchRefused,
        _("B 案定好了。再写清启动时哪些活动怎么变。"),
    )
    context = {"frame": shown, "form": form, "title": _("加一个 B 案"), "button": _("定下这个 B 案")}
    return done or render(request, "desk/plan_edit.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def level(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _level(request, pk))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _plan(request, pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def amend_level(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _level(request, pk), acting(request)
    form = LevelForm.of(found, by, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_level(level=found, by=by, **changes(form)),
        SwitchRefused,
        _("改好了。"),
    )
    return done or _page(request, found, form=form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def amend_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _plan(request, pk), acting(request)
    form = PlanForm.of(found, by, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_plan(plan=found, by=by, **changes(form)),
        SwitchRefused,
        _("改好了。"),
    )
    return done or _page(request, found, form=form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def prepare_for_level(request: HttpRequest, pk: int) -> HttpResponse:
    return _prepare(request, _level(request, pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def prepare_for_plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _prepare(request, _plan(request, pk))


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def drop_change(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Change.objects.visible_to(acting(request)).select_related("level", "plan", "event", "forum")
    found: Change = get_object_or_404(rows, pk=pk)
    actions.drop_change(change=found, by=acting(request))
    notes.done(request, gettext("去掉了。启动时，%(name)s不变。") % {"name": found.activity})
    return (
        redirect("desk:level", found.level_id) if found.level_id else redirect("desk:plan_b", found.plan_id)
    )


def _prepare(request: HttpRequest, of: Level | PlanB) -> HttpResponse:
    by = acting(request)
    form = ChangeForm(request.POST, of.campaign, by)
    done = carry_out(
        request,
        form,
        lambda: actions.prepare(of=of, by=by, **form.prepared) and of,
        SwitchRefused,
        _("写好了，启动时照办；现在什么都没有变。"),
    )
    return done or _page(request, of, change=form)


def _page(
    request: HttpRequest, of: Level | PlanB, *, form: PlanForm | None = None, change: ChangeForm | None = None
) -> HttpResponse:
    by, kind = acting(request), "level" if isinstance(of, Level) else "plan_b"
    drawn = form or (LevelForm if isinstance(of, Level) else PlanForm).of(of, by)
    deeds = (
        Deed(
            change or ChangeForm(None, of.campaign, by),
            reverse(f"desk:{kind}_prepare", args=[of.pk]),
            _("启动时还要变的活动"),
            _("写进预案"),
        ),
        Deed(drawn, reverse(f"desk:{kind}_amend", args=[of.pk]), _("修改"), _("存修改")),
    )
    return show(
        request,
        of,
        campaign=of.campaign,
        place=Place(_("预案"), reverse("desk:contingency", args=[of.campaign_id])),
        facts=_facts(of),
        deeds=deeds if by.may(Permission.MANAGE_CAMPAIGNS) else (),
        template="desk/plan.html",
        prepared=list(of.changes.all()),
        resources=list(of.resources.all()) if isinstance(of, Level) else [],
        sheet=reverse(f"desk:{kind}_switch", args=[of.pk]),
    )


def _facts(of: Level | PlanB) -> tuple[Fact, ...]:
    in_force = (Fact(_("启用日期"), of.in_force_since or _("没有启用")),) if isinstance(of, Level) else ()
    return (
        Fact(_("触发条件"), of.trigger),
        Fact(_("触发条件定于"), of.set_on),
        Fact(_("负责人"), of.lead, reverse("desk:person", args=[of.lead_id])),
        Fact(
            _("代理人"),
            of.deputy or _("没有"),
            reverse("desk:person", args=[of.deputy_id]) if of.deputy_id else "",
        ),
        Fact(_("措施"), of.measures),
        Fact(_("短信"), of.message),
        *in_force,
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _level(request: HttpRequest, pk: int) -> Level:
    return get_object_or_404(queries.levels(acting(request)), pk=pk)


def _plan(request: HttpRequest, pk: int) -> PlanB:
    return get_object_or_404(queries.plans(acting(request)), pk=pk)
