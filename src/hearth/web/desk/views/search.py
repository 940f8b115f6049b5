"""One field that finds what the visitor may see by its name: kind by kind, with the way to the whole list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.agreements import queries as agreements
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.exchange import queries as exchange
from hearth.apps.notices import queries as notices
from hearth.apps.papers import queries as papers
from hearth.web.ui.access import acting, requires

MOST = 10
LONGEST = 60


@dataclass(frozen=True)
class Hit:
    label: str
    about: str
    href: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``more`` leads to the list when there is more than is shown."""

    label: str | Promise
    hits: tuple[Hit, ...]
    more: str


@requires(Permission.SEE_DESK)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = [group for group in _groups(text, acting(request)) if group.hits] if text else []
    return render(request, "desk/search.html", {"text": text, "groups": groups})


def _groups(text: str, by: Actor) -> Iterator[Group]:
    if by.may(Permission.SEE_CAMPAIGNS):
        yield from _of_campaigns(text, by)
    if by.may(Permission.SEE_ORGANISATIONS):
        organisations = directory.organisations(by, search=text)
        yield _group(_("组织"), organisations, text, "desk:organisations", "", "get_kind_display")
        people = directory.people(by).filter(name__icontains=text).select_related("org")
        yield _group(_("人员"), people, text, "desk:people", "desk:person", "org")
    if by.may(Permission.SEE_EXCHANGE):
        yield from _of_the_exchange(text, by)


def _of_campaigns(text: str, by: Actor) -> Iterator[Group]:
    campaigns = Campaign.objects.visible_to(by).filter(_named(text, "name", "theme"))
    yield _group(_("活动"), campaigns, text, "desk:campaigns", "desk:campaign", "org")
    duties = Duty.objects.visible_to(by).filter(_named(text, "task", "number")).select_related("campaign")
    yield _group(_("分工"), duties, text, "desk:duties", "desk:duty", "campaign", inside=True)
    found = notices.notices(by).filter(_named(text, "title", "document_number"))
    yield _group(_("通知"), found, text, "desk:notices", "desk:notice", "document_number", inside=True)
    written = papers.papers(by).filter(_named(text, "title", "number"))
    yield _group(_("公文"), written, text, "desk:papers", "desk:paper", "get_kind_display")


def _of_the_exchange(text: str, by: Actor) -> Iterator[Group]:
    demands = exchange.demands(by, search=text)
    yield _group(_("技术需求"), demands, text, "desk:demands", "desk:demand", "org")
    offers = exchange.offers(by).filter(_named(text, "title", "holder", "number"))
    yield _group(_("专家、成果、设施"), offers, text, "desk:offers", "desk:offer", "provider")
    signed = agreements.agreements(by, search=text)
    yield _group(_("协议与项目"), signed, text, "desk:agreements", "desk:agreement", "number")


def _named(text: str, *fields: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": text}) for field in fields))


def _group(
    label: str | Promise,
    rows: QuerySet[Any],
    text: str,
    listed: str,
    page: str,
    about: str,
    *,
    inside: bool = False,
) -> Group:
    """``page`` is the address of one hit, empty when it only stands in the list; ``inside``: the list is a campaign's."""
    found = list(rows[: MOST + 1])
    query = urlencode({"q": text})
    hits = tuple(
        Hit(
            str(one),
            _said(one, about),
            reverse(page, args=[one.pk]) if page else f"{reverse(listed)}?{urlencode({'q': str(one)})}",
        )
        for one in found[:MOST]
    )
    if len(found) <= MOST:
        return Group(label, hits, "")
    place = reverse(listed, args=[found[0].campaign_id]) if inside else reverse(listed)
    return Group(label, hits, f"{place}?{query}")


def _said(one: Any, name: str) -> str:
    value = getattr(one, name)
    return str(value() if callable(value) else value or "")
