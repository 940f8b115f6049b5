"""A letter as those read it to whom it was sent. How often it was opened is counted, by whom is not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.papers import gongwen
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.models import LetterPage
from hearth.web.public.views.gone import gone
from hearth.web.ui.access import public
from hearth.web.ui.card import Card


@public
@require_GET
def letter(request: HttpRequest, address: str) -> HttpResponse:
    page = _page(address)
    publication = page.publication
    if publication.withdrawn_at:
        back = (gettext("看别的公开文件"), reverse("public:papers"))
        return gone(request, gettext("这份文件已撤下"), publication.organ, publication.withdrawn_at, back)
    context = {
        "page": page,
        "publication": publication,
        "layout": gongwen.public_layout(publication),
        "card": Card(publication.title, publication.organ, request.path, "article"),
    }
    return render(request, "public/letter.html", context)


@public
@require_POST
def opened(_request: HttpRequest, address: str) -> HttpResponse:
    actions.count_opening(page=_page(address))
    return HttpResponse(status=204)


def _page(address: str) -> LetterPage:
    found = queries.letter_page(address)
    if found is None:
        raise Http404
    return found
