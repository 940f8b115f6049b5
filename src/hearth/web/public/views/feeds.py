"""What machines read: Atom feeds, the site map, and what robots may ask for."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hearth.apps.catalogue import queries
from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.apps.directory import queries as directory
from hearth.web.public.views.campaigns import shown_at
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import absolute

NEWEST = 50
MOST = 50_000
"""Addresses in a site map, by its protocol."""
BEGINNING = 200
LISTS = ("public:home", "public:campaigns", "public:events", "public:papers", "public:search", "public:check")


@public
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    return _feed(request, _("全部"), reverse("public:home"), queries.listed())


@public
@require_GET
def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    page = f"{reverse('public:search')}?kind={kind}"
    return _feed(request, str(Kind(kind).label), page, queries.listed().filter(kind=kind))


@public
@require_GET
def of_campaign(request: HttpRequest, address: str) -> HttpResponse:
    shown = shown_at(address)
    return _feed(request, shown.name, shown.get_absolute_url(), queries.of_subject(shown.campaign_id))


@public
@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """Published pages only, each with the moment of its last change."""
    published = queries.listed()
    standing = queries.standing(published)

    def draw() -> HttpResponse:
        context = {
            "lists": [absolute(reverse(name)) for name in LISTS],
            "pages": [(absolute(one.path), one.changed_at) for one in published[:MOST]],
        }
        return render(request, "public/sitemap.xml", context, content_type="application/xml")

    return fresh.answer(request, fresh.Stand((standing,), standing.changed_at), draw)


@public
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": absolute(reverse("public:sitemap"))}
    return render(request, "public/robots.txt", context, content_type="text/plain; charset=utf-8")


def _feed(request: HttpRequest, title: str, page: str, published: QuerySet[Entry]) -> HttpResponse:
    standing = queries.standing(published)
    stand = fresh.Stand((title, standing), standing.changed_at)
    return fresh.answer(request, stand, lambda: _drawn(request, title, page, published))


def _drawn(request: HttpRequest, title: str, page: str, published: QuerySet[Entry]) -> HttpResponse:
    house = directory.house()
    name = house.name if house else _("众创之家")
    feed = Atom1Feed(
        title=f"{name}　{title}",
        link=absolute(page),
        description=None,
        feed_url=absolute(request.path),
        feed_guid=absolute(request.path),
        author_name=name,
        language=get_language(),
    )
    for one in published.defer("terms")[:NEWEST]:
        feed.add_item(
            title=one.title,
            link=absolute(one.path),
            unique_id=absolute(one.path),
            description=escape(one.text[:BEGINNING] or one.title),
            author_name=one.organ,
            pubdate=one.published_at,
            updateddate=one.changed_at,
            categories=[str(Kind(one.kind).label)],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
