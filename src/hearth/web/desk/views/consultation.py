"""The consultation of a campaign: what was suggested, what became of it, and the meetings that decided."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Campaign, Session, Suggestion
from hearth.apps.campaigns.states import Handling
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Fact, Place, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

SUGGESTIONS = ListPage(
    title=_("征求意见"),
    columns=(
        Column(_("意见建议"), lambda one: one.text),
        Column(_("提出人"), lambda one: one.proposer),
        Column(_("单位"), lambda one: one.from_org.short_name, sort="org", order=("from_org__path",)),
        Column(_("日期"), lambda one: one.received_on, sort="day", order=("received_on",), kind=Kind.DATE),
        Column(_("处理"), lambda one: one.get_handling_display(), sort="handling", order=("handling",)),
        Column(_("采纳条款"), lambda one: one.clause),
        Column(_("答复"), lambda one: one.answer),
    ),
    order=("received_on", "number", "pk"),
    search=("text", "proposer", "from_org__short_name", "clause"),
    search_label=_("意见里的字、提出人、单位"),
    filters=(
        Filter(
            "handling",
            _("处理"),
            tuple(Choice(one, one.label, Q(handling=one)) for one in Handling),
            chips=True,
        ),
    ),
)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:consultation")
    by = acting(request)
    return SUGGESTIONS.show(
        request,
        _suggestions(by).filter(campaign=shown.campaign),
        "desk/consultation.html",
        frame=shown,
        sessions=Session.objects.visible_to(by).filter(campaign=shown.campaign),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_suggestions(acting(request)), pk=pk)
    facts = (
        Fact(_("意见建议"), found.text),
        Fact(_("提出人"), found.proposer),
        Fact(_("单位"), found.from_org),
        Fact(_("日期"), found.received_on),
        Fact(_("处理"), found.get_handling_display()),
        Fact(_("采纳条款"), found.clause),
        Fact(_("答复"), found.answer),
    )
    return show(request, found, campaign=found.campaign, place=_place(found.campaign), facts=facts)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Session.objects.visible_to(acting(request)).select_related("campaign"), pk=pk)
    facts = (
        Fact(_("日期"), found.held_on),
        Fact(_("地点"), found.place),
        Fact(_("主持人"), found.chair),
        Fact(_("参加单位"), found.attending),
        Fact(_("议定事项"), found.decisions),
    )
    return show(request, found, campaign=found.campaign, place=_place(found.campaign), facts=facts)


def _place(campaign: Campaign) -> Place:
    return Place(_("征求意见"), reverse("desk:consultation", args=[campaign.pk]))


def _suggestions(by: Actor) -> QuerySet[Suggestion]:
    found: QuerySet[Suggestion] = Suggestion.objects.visible_to(by).select_related("campaign", "from_org")
    return found
