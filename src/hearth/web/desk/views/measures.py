"""Measures: what can be counted, what it comes to, and the records behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.states import Permission
from hearth.apps.measures import queries
from hearth.apps.papers.figures import show
from hearth.web.desk.records import address_of
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every measure of one campaign: the chosen one, else the newest."""
    campaigns = Campaign.objects.visible_to(acting(request))
    chosen = request.GET.get("campaign", "")
    campaign = get_object_or_404(campaigns, pk=chosen) if chosen.isdecimal() else campaigns.first()
    rows = [queries.measure(one.key, campaign.pk) for one in queries.all_measures()] if campaign else []
    shown = [(row.measure, show(row.value, None) if row.value else "", len(row.records)) for row in rows]
    return render(
        request, "desk/measures.html", {"campaign": campaign, "campaigns": campaigns, "rows": shown}
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def measure(request: HttpRequest, subject: int, key: str) -> HttpResponse:
    """One measure with the records behind its value."""
    campaign = get_object_or_404(Campaign.objects.visible_to(acting(request)), pk=subject)
    try:
        measured = queries.measure(key, subject)
    except queries.UnknownMeasure as error:
        raise Http404 from error
    records = [
        (str(record), measured.measure.amount(record), address_of(record._meta.label_lower, str(record.pk)))
        for record in measured.records
    ]
    context = {
        "campaign": campaign,
        "measure": measured.measure,
        "text": show(measured.value, None) if measured.value else "",
        "records": records,
    }
    return render(request, "desk/measure.html", context)
