"""Published papers: to read, to download, to rate."""

import hashlib
import io
import secrets

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Publication
from hearth.apps.papers.states import Rating
from hearth.web.ui.access import public

VISITOR = "hearth-visitor"
CHARACTERS_A_MINUTE = 400


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html", {"publications": queries.published()[:10]})


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    found = queries.published()
    if search:
        found = found.filter(title__contains=search)
    return render(request, "public/papers.html", {"publications": found[:200], "search": search})


@public
@require_GET
def paper(request: HttpRequest, address: str) -> HttpResponse:
    publication = get_object_or_404(Publication.objects.select_related("replaced_by"), address=address)
    if publication.withdrawn_at:
        return render(request, "public/withdrawn.html", {"publication": publication}, status=410)
    layout = gongwen.public_layout(publication)
    context = {
        "publication": publication,
        "layout": layout,
        "minutes": max(1, round(publication.characters / CHARACTERS_A_MINUTE)),
        "kilobytes": max(1, round(len(publication.word) / 1024)),
        "unrecorded": sum(not figure["records"] for figure in publication.figures),
        "successor": _successor(publication),
        "ratings": queries.ratings(publication),
        "scale": Rating.choices,
        "mine": queries.opinion_of(publication, _visitor_hash(request.COOKIES.get(VISITOR, ""))),
        "address": request.build_absolute_uri(publication.get_absolute_url()),
    }
    return render(request, "public/paper.html", context)


@public
@require_GET
def word(_request: HttpRequest, address: str) -> HttpResponse:
    publication = _published(address)
    response = HttpResponse(bytes(publication.word), content_type=gongwen.WORD_TYPE)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{publication.title}（全文共{publication.characters}字）.docx"
    )
    return response


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
def qr(request: HttpRequest, address: str) -> HttpResponse:
    publication = _published(address)
    code = segno.make(request.build_absolute_uri(publication.get_absolute_url()), error="m")
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
