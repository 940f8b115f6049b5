"""The contingency plan of a campaign: its levels and plans B, what was pulled, what can be used."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.models import Resource
from hearth.apps.directory.states import Permission
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.contingency_forms import ResourceForm
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires

MOST_LOGGED = 30


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def add_resource(request: HttpRequest, pk: int) -> HttpResponse:
    by, shown = acting(request), frame(request, pk, "desk:contingency")
    form = ResourceForm(request.POST, shown.campaign, by)
    if not form.is_valid():
        return _page(request, pk, form=form)
    kept = actions.add_resource(campaign=shown.campaign, by=by, **form.cleaned_data)
    notes.done(request, gettext("“%(name)s”记下了，列在用得上的里面。") % {"name": kept})
    return redirect("desk:contingency", pk)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def drop_resource(request: HttpRequest, pk: int) -> HttpResponse:
    found = _resource(request, pk)
    actions.drop_resource(resource=found, by=acting(request))
    notes.done(request, gettext("“%(name)s”去掉了。") % {"name": found})
    return redirect("desk:contingency", found.campaign_id)


@requires(Permission.REVEAL_PERSONAL)
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The number is in this answer only: no address, message or cookie carries it."""
    found = _resource(request, pk)
    phone = actions.reveal_resource(resource=found, by=acting(request))
    return _page(request, found.campaign_id, phones={found.pk: phone})


def _page(
    request: HttpRequest,
    pk: int,
    *,
    form: ResourceForm | None = None,
    phones: dict[int, str] | None = None,
) -> HttpResponse:
    shown, by = frame(request, pk, "desk:contingency"), acting(request)
    levels = list(queries.levels(by).filter(campaign=shown.campaign))
    holding = list(queries.in_force(by, shown.campaign))
    context = {
        "frame": shown,
        "levels": levels,
        "plans": list(queries.plans(by).filter(campaign=shown.campaign)),
        "in_force": next((level for level in levels if level.in_force_since), None),
        "holding": holding,
        "pulled": {one.plan_id for one in holding},
        "resources": list(queries.resources(by, shown.campaign)),
        "phones": phones or {},
        "log": list(queries.log(by, shown.campaign)[:MOST_LOGGED]),
        "form": form or ResourceForm(None, shown.campaign, by),
    }
    return render(request, "desk/contingency.html", context, status=422 if form else 200)


def _resource(request: HttpRequest, pk: int) -> Resource:
    rows = Resource.objects.visible_to(acting(request)).select_related("campaign")
    found: Resource = get_object_or_404(rows, pk=pk)
    return found
