"""Experts, achievements and facilities: the list, one offer, its form."""

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions, queries
from hearth.apps.exchange.models import Offer
from hearth.apps.exchange.states import OfferKind, Stage
from hearth.web.desk import traces
from hearth.web.ui.access import acting, requires
from hearth.web.ui.entries import OfferForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

OFFERS = ListPage(
    title=_("专家、成果、设施"),
    columns=(
        Column(_("名称"), lambda offer: offer.title, sort="title", order=("title",)),
        Column(_("编号"), lambda offer: offer.number, sort="number", order=("number",)),
        Column(_("类别"), lambda offer: offer.get_kind_display(), sort="kind", order=("kind",)),
        Column(_("专家或完成人"), lambda offer: offer.holder, sort="holder", order=("holder",)),
        Column(_("单位"), lambda offer: offer.provider.name, sort="provider", order=("provider__path",)),
        Column(_("领域"), lambda offer: offer.field, sort="field", order=("field",)),
        Column(_("阶段"), lambda offer: offer.get_stage_display()),
    ),
    order=("kind", "number", "pk"),
    search=("title", "text", "keywords", "holder", "provider__name", "number"),
    search_label=_("名称、人、单位或简介"),
    filters=(
        Filter(
            "kind", _("类别"), tuple(Choice(one, one.label, Q(kind=one)) for one in OfferKind), chips=True
        ),
        Filter("stage", _("阶段"), tuple(Choice(one, one.label, Q(stage=one)) for one in Stage)),
    ),
)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return OFFERS.show(request, queries.offers(acting(request)), "desk/offers.html")


@requires(Permission.SEE_EXCHANGE)
@require_GET
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    offer = _offer(request, pk)
    matches = queries.matches(actor).filter(offer=offer).order_by("-score", "pk")
    context = {
        "offer": offer,
        "matches": [(match, queries.text_of(match.demand, actor).title) for match in matches],
        "traces": traces.of(offer, actor),
    }
    return render(request, "desk/offer.html", context)


@requires(Permission.SEE_EXCHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    offer = _offer(request, pk)
    form = OfferForm(request.POST or None, org=offer.provider, offer=offer)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_offer(offer=offer, entry=form.entry(), by=actor)
        except actions.ExchangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            traces.say_changed(request, offer, gettext("供给已改。匹配要重新做一次才会跟着变。"), by=actor)
            return redirect("desk:offer", pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/offer_edit.html", {"offer": offer, "form": form}, status=status)


def _offer(request: HttpRequest, pk: int) -> Offer:
    return get_object_or_404(queries.offers(acting(request)), pk=pk)
