"""The partner's own page: meetings, demands, offers and what was promised in agreements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hearth.apps.agreements.models import Clause
from hearth.apps.directory.states import Permission
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.meetings.models import Appointment
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_PARTNER)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    context = {
        "appointments": Appointment.objects.visible_to(actor),
        "demands": Demand.objects.visible_to(actor),
        "offers": Offer.objects.visible_to(actor).select_related("person"),
        "clauses": Clause.objects.visible_to(actor).filter(lead=actor.org).select_related("agreement", "person"),
        "today": timezone.localdate(),
    }
    return render(request, "partner/home.html", context)
