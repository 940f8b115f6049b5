"""Campaigns: all of them, one at a glance, quoted facts, and evidence files."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Campaign, Duty, Quotation
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files import queries as files
from hearth.lib.tables import Kind
from hearth.web.desk import overview, promises
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Fact, Place, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

CAMPAIGNS = ListPage(
    title=_("全部活动"),
    columns=(
        Column(_("活动"), lambda campaign: str(campaign), sort="name", order=("name", "year")),
        Column(_("主办"), lambda campaign: campaign.org.short_name, sort="org", order=("org__path",)),
        Column(_("起"), lambda campaign: campaign.starts, sort="starts", order=("starts",), kind=Kind.DATE),
        Column(_("止"), lambda campaign: campaign.ends, sort="ends", order=("ends",), kind=Kind.DATE),
        Column(_("任务"), lambda campaign: campaign.duty_count, kind=Kind.INTEGER),
        Column(_("做完"), lambda campaign: campaign.done_count, kind=Kind.INTEGER),
    ),
    order=("-starts", "pk"),
    search=("name", "theme", "org__short_name"),
    search_label=_("名称、主题、主办"),
    filters=(
        Filter(
            "state",
            _("状态"),
            (
                Choice("running", _("没归档"), Q(archived_at=None)),
                Choice("archived", _("已归档"), Q(archived_at__isnull=False)),
            ),
            chips=True,
        ),
    ),
)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return CAMPAIGNS.show(request, with_duties(acting(request)), "desk/campaigns.html")


def with_duties(by: Actor) -> QuerySet[Campaign]:
    """Campaigns with ``duty_count`` and ``done_count``."""
    duties = Duty.objects.visible_to(by).filter(campaign=OuterRef("pk")).order_by().values("campaign")
    counted = duties.annotate(number=Count("pk")).values("number")
    done = duties.filter(state=DutyState.DONE).annotate(number=Count("pk")).values("number")
    found: QuerySet[Campaign] = Campaign.objects.visible_to(by).select_related("org")
    return found.annotate(duty_count=Coalesce(Subquery(counted), 0), done_count=Coalesce(Subquery(done), 0))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:campaign")
    by, previous = acting(request), shown.campaign.previous
    context = {
        "frame": shown,
        "overview": overview.of(shown.campaign, on=shown.on, by=by),
        "previous": previous,
        "shown": queries.copy_of(shown.campaign.pk),
        "promises": promises.left_by(previous, by),
    }
    return render(request, "desk/campaign.html", context)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let anyone read of the campaign."""
    found = get_object_or_404(Campaign.objects.visible_to(acting(request)).select_related("org"), pk=pk)
    actions.publish(campaign=found, by=acting(request))
    said = gettext("已公开名称、主题和起止日期；以后公开的文件和科普活动都收在这一页。")
    notes.done(request, said, undo=reverse("desk:campaign_withdraw", args=[pk]))
    return redirect("desk:campaign", pk)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.visible_to(acting(request)).select_related("org"), pk=pk)
    try:
        actions.withdraw(campaign=found, by=acting(request))
    except CampaignRefused as refused:
        messages.error(request, str(refused))
    else:
        said = gettext("已撤下这次活动的公开网页；已经公开的文件和科普活动没有撤下。")
        notes.done(request, said, undo=reverse("desk:campaign_publish", args=[pk]))
    return redirect("desk:campaign", pk)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def quotation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Quotation.objects.visible_to(acting(request)).select_related("campaign"), pk=pk)
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("指标与数字"), f"{reverse('desk:measures')}?campaign={found.campaign_id}"),
        facts=(
            Fact(_("名称"), found.name),
            Fact(_("写法"), found.written),
            Fact(_("出处"), found.source),
            Fact(_("日期"), found.stated_on),
        ),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """An evidence file, to be kept and not to be opened in the house's own name."""
    found = get_object_or_404(files.visible_to(acting(request)), pk=pk)
    return FileResponse(
        files.place_of(found.sha256).open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.kind,
    )
