"""The partner's own demands and offers: to read and to correct."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions, queries
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.entries import DemandForm, OfferForm


@requires(Permission.MANAGE_OWN_ENTRIES)
@require_http_methods(["GET", "POST"])
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    demand = get_object_or_404(queries.demands(actor).filter(org=actor.org), pk=pk)
    form = DemandForm(request.POST or None, org=actor.org, demand=demand)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_demand(demand=demand, entry=form.entry(), by=actor)
        except actions.ExchangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("需求已改。下一次匹配就照新的内容。"))
            return redirect("partner:home")
    status = 422 if form.is_bound else 200
    return render(request, "partner/entry.html", {"entry": demand, "form": form}, status=status)


@requires(Permission.MANAGE_OWN_ENTRIES)
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    offer = get_object_or_404(queries.offers(actor).filter(provider=actor.org), pk=pk)
    form = OfferForm(request.POST or None, org=actor.org, offer=offer)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_offer(offer=offer, entry=form.entry(), by=actor)
        except actions.ExchangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("供给已改。下一次匹配就照新的内容。"))
            return redirect("partner:home")
    status = 422 if form.is_bound else 200
    return render(request, "partner/entry.html", {"entry": offer, "form": form}, status=status)
