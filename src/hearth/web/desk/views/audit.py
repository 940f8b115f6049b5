"""The audit trail: who did what, when. Nobody changes it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.audit.models import Event
from hearth.apps.directory.states import Permission
from hearth.lib.tables import Kind
from hearth.web.desk.deeds import details, name_of
from hearth.web.ui.access import acting, requires
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

EVENTS = ListPage(
    title=_("审计记录"),
    columns=(
        Column(_("时间"), lambda event: event.at, sort="at", order=("at",), kind=Kind.DATETIME),
        Column(_("谁"), lambda event: event.who, sort="who", order=("who",)),
        Column(_("做了什么"), lambda event: event.verb, sort="verb", order=("verb",)),
        Column(_("对象类型"), lambda event: str(name_of(event.thing))),
        Column(_("对象"), lambda event: event.label),
        Column(_("细节"), lambda event: "；".join(f"{name}：{said}" for name, said in details(event))),
    ),
    order=("-id",),
    search=("who", "verb", "label"),
    search_label=_("谁、做了什么、对象"),
)


@requires(Permission.SEE_AUDIT)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = Event.objects.under(acting(request).path)
    page = replace(EVENTS, filters=(_when(), _verbs(rows), _things(rows)))
    return page.show(request, rows, "desk/audit.html")


def _when() -> Filter:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    choices = (
        Choice("today", _("今天"), Q(at__gte=midnight)),
        Choice("week", _("近 7 天"), Q(at__gte=midnight - timedelta(days=6))),
    )
    return Filter("when", _("时间"), choices, chips=True)


def _verbs(rows: QuerySet[Event]) -> Filter:
    return Filter(
        "verb", _("做了什么"), tuple(Choice(verb, verb, Q(verb=verb)) for verb in _distinct(rows, "verb"))
    )


def _things(rows: QuerySet[Event]) -> Filter:
    choices = (Choice(thing, name_of(thing), Q(thing=thing)) for thing in _distinct(rows, "thing"))
    return Filter("thing", _("对象类型"), tuple(choices))


def _distinct(rows: QuerySet[Event], field: str) -> Iterable[str]:
    return rows.order_by(field).values_list(field, flat=True).distinct()
