"""An organisation answers a notice by its own link, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.notices import actions, queries
from hearth.apps.notices.models import Return
from hearth.web.ui import answering, return_page
from hearth.web.ui.access import by_link
from hearth.web.ui.answering import Answering


@by_link(Purpose.RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: HttpRequest, link: Link) -> HttpResponse:
    """GET shows the form, or what was sent; POST keeps a draft or sends it."""
    found = get_object_or_404(Return.objects.select_related("org", "issuer", "word"), pk=link.target)
    href = reverse("public:return", args=[link.token])

    def page(shown: Answering | None, status: int) -> HttpResponse:
        context = {
            "returned": found,
            "answering": shown,
            "correction": queries.correction_of(found),
            "told": () if shown else answering.told(found),
            "history": queries.history(found),
        }
        return render(request, "public/return.html", context, status=status)

    if request.method == "POST":
        return return_page.posted(request, found, actions.visitor(link), href=href, back=href, page=page)
    return page(answering.shown(found, href=href) if found.is_open else None, 200)
