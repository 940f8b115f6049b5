"""Searching everything that is published."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hearth.apps.catalogue import queries
from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.lib import terms
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import Card

A_PAGE = 20
LONGEST = 60


@dataclass(frozen=True)
class Hit:
    """An entry as it was found: its whole title and a cut of its text, what was asked for set apart."""

    entry: Entry
    title: tuple[terms.Part, ...]
    cut: tuple[terms.Part, ...]


@public
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    chosen = request.GET.get("kind", "")
    kind = Kind(chosen) if chosen in Kind.values else None
    standing = queries.standing(queries.listed())
    stand = fresh.Stand((standing,), standing.changed_at)
    return fresh.answer(request, stand, lambda: _page(request, asked, kind))


def _page(request: HttpRequest, asked: str, kind: Kind | None) -> HttpResponse:
    found = queries.search(asked)
    numbers = queries.counts(found.entries)
    page = Paginator(found.best_first(kind), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "card": Card(_("查找"), _("在公开的文件、活动和人物里查找。"), request.path),
        "asked": asked,
        "exact": found.exact,
        "kind": kind,
        "kinds": numbers.items(),
        "total": sum(numbers.values()),
        "page": page,
        "hits": [_hit(entry, asked) for entry in page],
    }
    return render(request, "public/search.html", context)


def _hit(entry: Entry, asked: str) -> Hit:
    return Hit(entry, terms.whole(entry.title, asked), terms.cut(entry.text, asked))
