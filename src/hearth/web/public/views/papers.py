"""Published papers: to read, to download, to rate."""

import hashlib
import io
import secrets

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns.models import PublicCampaign
from hearth.apps.catalogue import queries as catalogue
from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Publication
from hearth.apps.papers.states import Rating
from hearth.web.public.views.events import campaign_of
from hearth.web.public.views.gone import gone
from hearth.web.ui import fresh
from hearth.web.ui.access import public
from hearth.web.ui.card import Card, absolute

VISITOR = "hearth-visitor"
CHARACTERS_A_MINUTE = 400
A_PAGE = 30


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    standing = catalogue.standing(catalogue.listed())
    return fresh.answer(request, fresh.Stand((standing,), standing.changed_at), lambda: _list(request))


def _list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.published(), A_PAGE).get_page(request.GET.get("page"))
    card = Card(_("公开文件"), _("每个数字都有记录；Word 文件可以校验。"), request.path)
    return render(request, "public/papers.html", {"page": page, "publications": page, "card": card})


@public
@require_GET
def paper(request: HttpRequest, address: str) -> HttpResponse:
    publication = queries.at_address(address)
    if publication is None:
        raise Http404
    if publication.withdrawn_at:
        back = (_("看别的公开文件"), reverse("public:papers"))
        return gone(request, _("这份文件已撤下"), publication.organ, publication.withdrawn_at, back)
    visitor = request.COOKIES.get(VISITOR, "")
    mine = queries.opinion_of(publication, _visitor_hash(visitor)) if visitor else None
    campaign = campaign_of(publication.get_absolute_url())
    stand = fresh.Stand(
        (publication.pk, publication.changed_at, mine, campaign and campaign.published_at),
        publication.changed_at,
    )
    return fresh.answer(request, stand, lambda: _page(request, publication, mine, campaign))


def _page(
    request: HttpRequest, publication: Publication, mine: int | None, campaign: PublicCampaign | None
) -> HttpResponse:
    context = {
        "publication": publication,
        "campaign": campaign,
        "layout": (layout := gongwen.public_layout(publication)),
        "card": Card(
            publication.title, gongwen.prose(layout), publication.get_absolute_url(), kind="article"
        ),
        "minutes": max(1, round(publication.characters / CHARACTERS_A_MINUTE)),
        "unrecorded": sum(not figure["records"] for figure in publication.figures),
        "successor": _successor(publication),
        "ratings": queries.ratings(publication),
        "scale": Rating.choices,
        "mine": mine,
        "address": absolute(publication.get_absolute_url()),
    }
    return render(request, "public/paper.html", context)


@public
@require_GET
def word(request: HttpRequest, address: str) -> HttpResponse:
    return _file(request, address, "word", "docx", gongwen.WORD_TYPE)


@public
@require_GET
def pdf(request: HttpRequest, address: str) -> HttpResponse:
    return _file(request, address, "pdf", "pdf", "application/pdf")


def _file(request: HttpRequest, address: str, field: str, ending: str, kind: str) -> HttpResponse:
    publication = _published(address)
    stand = fresh.Stand((publication.pk, publication.published_at, field), publication.published_at)
    name = f"{publication.title}（全文共{publication.characters}字）.{ending}"

    def read() -> HttpResponse:
        data = getattr(publication, field)
        if data is None:
            raise Http404
        disposition = content_disposition_header(as_attachment=True, filename=name)
        return HttpResponse(bytes(data), content_type=kind, headers={"Content-Disposition": disposition})

    return fresh.answer_file(request, stand, read)


@public
@require_POST
def rate(request: HttpRequest, address: str) -> HttpResponse:
    """One opinion a visitor, kept under a random number that only their browser knows; it can be changed."""
    publication = _published(address)
    visitor = request.COOKIES.get(VISITOR) or secrets.token_urlsafe(16)
    response = redirect(f"{publication.get_absolute_url()}#rating")
    given = request.POST.get("rating", "")
    if given in [str(value) for value in Rating.values]:
        actions.rate(publication=publication, visitor=_visitor_hash(visitor), rating=Rating(int(given)))
    response.set_cookie(
        VISITOR,
        visitor,
        max_age=365 * 86400,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@public
@require_GET
def qr(_request: HttpRequest, address: str) -> HttpResponse:
    publication = _published(address)
    code = segno.make(absolute(publication.get_absolute_url()), error="m")
    picture = io.BytesIO()
    code.save(picture, kind="svg", scale=4, border=2, title=_("这一页的二维码"))
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _successor(publication: Publication) -> Publication | None:
    """What stands in the place of a publication, if anyone may read it."""
    found = publication.replaced_by
    return found if found and found.withdrawn_at is None else None


def _published(address: str) -> Publication:
    return get_object_or_404(queries.published(), address=address)


def _visitor_hash(visitor: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}{visitor}".encode()).hexdigest()
