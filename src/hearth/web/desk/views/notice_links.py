"""The own link of each receiver of a notice: to copy, to renew, to take back."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.links import queries as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Notice, Return
from hearth.web.desk.campaign_frame import frame
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.listing import Column, ListPage


@dataclass(frozen=True)
class Addresses:
    """The addresses of a notice's links, by the return's id."""

    by_return: dict[int, Link]

    def of(self, returned: Return) -> str:
        link = self.by_return.get(returned.pk)
        return f"{settings.ADDRESS}{reverse('public:return', args=[link.token])}" if link else ""


def _page(addresses: Addresses) -> ListPage:
    return ListPage(
        title=_("各单位的链接"),
        columns=(
            Column(_("单位"), lambda one: one.org.name, sort="org", order=("org_path",)),
            Column(_("联系人"), lambda one: one.contact or one.org.contact),
            Column(_("电话"), lambda one: masked(one.phone or one.org.phone)),
            Column(_("链接"), addresses.of),
            Column(""),
        ),
        order=("org_path", "pk"),
        search=("org__name", "org__short_name", "org__contact"),
        search_label=_("单位、联系人"),
    )


@requires(Permission.ISSUE_NOTICES)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _notice(request, pk), acting(request)
    rows = queries.returns(by, found)
    addresses = Addresses(links.of(Purpose.RETURN, rows.order_by().values_list("pk", flat=True)))
    given = Link.objects.filter(
        purpose=Purpose.RETURN, target__in=rows.order_by().values_list("pk", flat=True)
    )
    without = rows.count() - given.count()
    return _page(addresses).show(
        request,
        rows,
        "desk/notice_links.html",
        frame=frame(request, found.campaign_id, "desk:notices"),
        notice=found,
        addresses=addresses,
        without=without,
    )


@requires(Permission.ISSUE_NOTICES)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Links for those that have none: notices of before links were, and receivers whose link was taken back."""
    found, by = _notice(request, pk), acting(request)
    try:
        actions.give_links(notice=found, copies=list(queries.returns(by, found)), by=by)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, gettext("每个单位都有链接了；已有的没有变。"))
    return redirect("desk:notice_links", pk)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _return(request, pk), acting(request)
    link = get_object_or_404(Link, purpose=Purpose.RETURN, target=found.pk)
    try:
        actions.renew_link(returned=found, link=link, by=by)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        text = gettext("已给%(org)s换了新链接，原来的打不开了。请把新的发给对方。")
        notes.done(request, text % {"org": found.org})
    return redirect("desk:notice_links", found.notice_id)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _return(request, pk), acting(request)
    link = get_object_or_404(Link, purpose=Purpose.RETURN, target=found.pk)
    try:
        actions.revoke_link(returned=found, link=link, by=by)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        text = gettext("%(org)s的链接已停用。要再用，按“换新链接”。")
        notes.done(request, text % {"org": found.org})
    return redirect("desk:notice_links", found.notice_id)


def _notice(request: HttpRequest, pk: int) -> Notice:
    rows: QuerySet[Notice] = queries.notices(acting(request)).filter(wants_return=True)
    return get_object_or_404(rows, pk=pk)


def _return(request: HttpRequest, pk: int) -> Return:
    rows: QuerySet[Return] = Return.objects.visible_to(acting(request)).select_related("org", "issuer")
    return get_object_or_404(rows, pk=pk)
