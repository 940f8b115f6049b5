"""Technical demands: the list, one demand with its ranked matches, its form."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions, queries
from hearth.apps.exchange.matching import Standing
from hearth.apps.exchange.models import Demand, Match, Offer
from hearth.apps.exchange.rules import UNTOLD, names_in
from hearth.apps.exchange.states import Cooperation, Secrecy
from hearth.lib.tables import Kind
from hearth.web.desk import traces
from hearth.web.desk.reasons import Reasoned, reasoned
from hearth.web.ui.access import acting, requires
from hearth.web.ui.entries import DemandForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

MOST_FOUND = 8

DEMANDS = ListPage(
    title=_("技术需求"),
    columns=(
        Column(_("名称"), lambda demand: demand.called, sort="title", order=("called",)),
        Column(_("编号"), lambda demand: demand.number, sort="number", order=("number",)),
        Column(_("单位"), lambda demand: demand.org.name, sort="org", order=("org__path",)),
        Column(_("领域"), lambda demand: demand.field, sort="field", order=("field",)),
        Column(_("投入万元"), lambda demand: demand.funds, sort="funds", order=("funds",), kind=Kind.MONEY),
        Column(_("期限"), lambda demand: demand.due, sort="due", order=("due",), kind=Kind.DATE),
        Column(_("保密"), lambda demand: demand.get_secrecy_display()),
        Column(
            _("已推荐"),
            lambda demand: demand.proposed,
            sort="proposed",
            order=("proposed",),
            kind=Kind.INTEGER,
        ),
        Column(
            _("候选未看"),
            lambda demand: demand.waiting,
            sort="waiting",
            order=("waiting",),
            kind=Kind.INTEGER,
        ),
    ),
    order=("number", "pk"),
    search=("readable", "org__name", "org__short_name", "number"),
    search_label=_("需求、单位或编号"),
    filters=(
        Filter(
            "stand",
            _("推荐"),
            (
                Choice("proposed", _("已推荐"), Q(proposed__gt=0)),
                Choice("waiting", _("还没推荐"), Q(proposed=0, waiting__gt=0)),
                Choice("none", _("没有匹配"), Q(proposed=0, waiting=0)),
            ),
            chips=True,
        ),
        Filter("secrecy", _("保密"), tuple(Choice(one, one.label, Q(secrecy=one)) for one in Secrecy)),
        Filter(
            "way", _("合作方式"), tuple(Choice(one, one.label, Q(cooperation=one)) for one in Cooperation)
        ),
    ),
)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    campaigns = Campaign.objects.visible_to(actor)
    return DEMANDS.show(
        request, _readable(queries.demands(actor), actor), "desk/demands.html", campaigns=campaigns
    )


def _readable(rows: QuerySet[Demand], actor: Actor) -> QuerySet[Demand]:
    """What the list shows, sorts and searches: of a secret demand only what its organisation lets out."""
    hidden = Q(secrecy=Secrecy.SECRET) & ~Q(org=actor.org)
    text = Concat("title", Value(" "), "problem", Value(" "), "keywords", output_field=TextField())
    return rows.annotate(
        called=Case(
            When(hidden & Q(public_summary=""), then=Value(UNTOLD)),
            When(hidden, then=F("public_summary")),
            default=F("title"),
            output_field=CharField(),
        ),
        readable=Case(When(hidden, then=F("public_summary")), default=text, output_field=TextField()),
    )


@requires(Permission.BROKER)
@require_POST
def match(request: HttpRequest, campaign: int) -> HttpResponse:
    """Rank every demand of a campaign anew, as a job."""
    found = get_object_or_404(Campaign.objects.visible_to(acting(request)), pk=campaign)
    job = actions.match_later(campaign=found, by=acting(request))
    return redirect("desk:job", job.pk)


@dataclass(frozen=True)
class Asked:
    """The answer to “why not …?”: one offer's standing, or several offers to choose from."""

    search: str
    offer: Offer | None
    standing: Standing | None
    found: tuple[Offer, ...]
    match: Match | None


@requires(Permission.SEE_EXCHANGE)
@require_GET
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    demand = _demand(request, pk)
    found = [reasoned(match, demand) for match in queries.matches_of(demand, actor)]
    context = {
        "demand": demand,
        "text": queries.text_of(demand, actor),
        "matches": found,
        "words": _words(found),
        "avoided": _avoided(demand, actor),
        "asked": _asked(request, demand, found),
        "traces": traces.of(demand, actor),
    }
    return render(request, "desk/demand.html", context)


def _words(found: list[Reasoned]) -> tuple[str, ...]:
    return tuple({word for one in found for word in one.words})


def _avoided(demand: Demand, actor: Actor) -> int:
    """How many offers are left out because somebody is to be avoided; who it is stays unsaid."""
    names = names_in(demand.avoid)
    if not names:
        return 0
    return queries.offers(actor, demand.campaign).filter(provider__short_name__in=names).count()


def _asked(request: HttpRequest, demand: Demand, listed: list[Reasoned]) -> Asked | None:
    actor = acting(request)
    search, chosen = request.GET.get("why", "").strip(), request.GET.get("offer", "")
    offers = queries.offers(actor, demand.campaign)
    if chosen.isdecimal():
        found = tuple(offers.filter(pk=chosen))
    elif search:
        named = Q(holder__contains=search) | Q(title__contains=search)
        of = Q(provider__name__contains=search) | Q(provider__short_name__contains=search)
        found = tuple(offers.filter(named | of).order_by("number")[:MOST_FOUND])
    else:
        return None
    if len(found) != 1:
        return Asked(search, None, None, found, None)
    standing = queries.why_not(demand, found[0], actor)
    match = next((one.match for one in listed if one.match.offer_id == found[0].pk), None)
    return Asked(search, found[0], standing, (), match)


@requires(Permission.SEE_EXCHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    demand = _demand(request, pk)
    if queries.text_of(demand, actor).hidden:
        raise Http404  # only its own organisation reads, and changes, a secret demand
    form = DemandForm(request.POST or None, org=demand.org, demand=demand)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_demand(demand=demand, entry=form.entry(), by=actor)
        except actions.ExchangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            traces.say_changed(request, demand, gettext("需求已改。匹配要重新做一次才会跟着变。"), by=actor)
            return redirect("desk:demand", pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/demand_edit.html", {"demand": demand, "form": form}, status=status)


def _demand(request: HttpRequest, pk: int) -> Demand:
    return get_object_or_404(queries.demands(acting(request)), pk=pk)
