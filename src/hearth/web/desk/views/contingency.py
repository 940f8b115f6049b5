"""The contingency plan of a campaign: its levels, what triggers each, who leads, and which one is in force."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Level
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Fact, Place, show
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:contingency")
    levels = list(_levels(acting(request)).filter(campaign=shown.campaign))
    in_force = next((level for level in levels if level.in_force_since), None)
    context = {"frame": shown, "levels": levels, "in_force": in_force}
    return render(request, "desk/contingency.html", context)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def level(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_levels(acting(request)), pk=pk)
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("预案"), reverse("desk:contingency", args=[found.campaign_id])),
        facts=(
            Fact(_("触发条件"), found.trigger),
            Fact(_("负责人"), found.lead, reverse("desk:person", args=[found.lead_id])),
            Fact(_("代理人"), found.deputy or _("没有")),
            Fact(_("措施"), found.measures),
            Fact(_("短信"), found.message),
            Fact(_("启用日期"), found.in_force_since or _("没有启用")),
        ),
    )


def _levels(by: Actor) -> QuerySet[Level]:
    found: QuerySet[Level] = Level.objects.visible_to(by).select_related("campaign", "lead", "deputy")
    return found
