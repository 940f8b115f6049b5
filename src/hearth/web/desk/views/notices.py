"""Notices of a campaign: to whom each went, who answered, who is reminded."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.directory.states import Permission
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Notice
from hearth.apps.notices.rules.fields import Form
from hearth.apps.notices.states import ReturnState
from hearth.lib.tables import Kind
from hearth.web.desk import answers, deadlines, said, traces
from hearth.web.desk.campaign_frame import frame
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

MISSING = ~Q(state=ReturnState.SENT)
UNSIGNED = Q(due=None, acknowledged_at=None)
SENT = Column(_("报送日期"), lambda one: one.sent_on, sort="sent", order=("sent_on",), kind=Kind.DATE)
SIGNED = Column(
    _("签收"),
    lambda one: timezone.localdate(one.acknowledged_at) if one.acknowledged_at else None,
    sort="signed",
    order=("acknowledged_at",),
    kind=Kind.DATE,
)
SIGNING = (Choice("unsigned", _("没有签收"), UNSIGNED), Choice("signed", _("已签收"), ~UNSIGNED))
NOTICES = ListPage(
    title=_("通知与报送"),
    columns=(
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        Column(_("文号"), lambda one: one.document_number),
        Column(_("发文单位"), lambda one: one.issuer.short_name),
        Column(_("下发日期"), lambda one: one.issued_on, sort="issued", order=("issued_on",), kind=Kind.DATE),
        Column(_("报送期限"), lambda one: one.due, sort="due", order=("due",), kind=Kind.DATE),
        Column(_("下发"), lambda one: one.receiver_count, kind=Kind.INTEGER),
        Column(_("已报"), lambda one: one.answered_count, kind=Kind.INTEGER),
    ),
    order=("-issued_on", "number", "pk"),
    search=("title", "document_number", "number"),
    search_label=_("标题、文号"),
    filters=(
        Filter(
            "wants",
            _("要不要报送"),
            (
                Choice("return", _("要报送"), Q(wants_return=True)),
                Choice("read", _("签收就可以"), Q(wants_return=False)),
            ),
            chips=True,
        ),
    ),
)


def _returns_page(on: datetime.date, notice: Notice, *, whole: bool) -> ListPage:
    """Who answered a notice, or who signed for one that wants no answer.

    ``whole``: every field, for the file; the list itself shows the first numbers.
    """
    form = notice.form
    shown = form if whole else Form(said.shown(form))
    return ListPage(
        title=_("报送"),
        columns=(
            Column(_("单位"), lambda one: one.org.name, sort="org", order=("org_path",)),
            Column(_("类别"), lambda one: one.org.get_kind_display(), sort="kind", order=("org__kind",)),
            Column(_("联系人"), lambda one: one.contact or one.org.contact),
            *((Column(_("电话"), lambda one: masked(one.phone or one.org.phone)),) if whole else ()),
            *((Column(_("期限"), lambda one: one.due, kind=Kind.DATE),) if notice.wants_return else ()),
            Column(_("状态"), lambda one: str(deadlines.of_return(one, on).text)),
            SENT if notice.wants_return else SIGNED,
            *said.columns(shown),
            Column(""),
        ),
        order=(
            Case(
                When(MISSING & Q(due__lt=on, state=ReturnState.OPEN), then=0),
                When(Q(state=ReturnState.SENT_BACK), then=1),
                When(MISSING & Q(due__isnull=False) | UNSIGNED, then=2),
                default=3,
            ),
            "org_path",
            "pk",
        ),
        search=("org__name", "org__short_name", "org__contact", "wrote"),
        search_label=_("单位、联系人、写的文字"),
        filters=(
            Filter("show", _("答复"), _answered(on) if notice.wants_return else SIGNING, chips=True),
            Filter(
                "kind",
                _("所有类别"),
                tuple(Choice(one, one.label, Q(org__kind=one)) for one in OrganisationKind),
            ),
        ),
    )


def _answered(on: datetime.date) -> tuple[Choice, ...]:
    return (
        Choice("missing", _("没有答复"), MISSING),
        Choice("late", _("其中逾期"), MISSING & Q(due__lt=on)),
        Choice("back", _("退回修改"), Q(state=ReturnState.SENT_BACK)),
        Choice("sent", _("已报"), ~MISSING),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:notices")
    rows = queries.notices(acting(request), campaign=shown.campaign)
    return NOTICES.show(request, rows, "desk/notices.html", frame=shown)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _notice(request, pk), acting(request)
    shown = frame(request, found.campaign_id, "desk:notices")
    returns = list(queries.returns(by, found))
    opened = request.GET.get("open", "")
    page = _returns_page(shown.on, found, whole="export" in request.GET)
    return page.show(
        request,
        queries.with_texts(queries.returns(by, found)),
        "desk/notice.html",
        frame=shown,
        notice=found,
        opened=int(opened) if opened.isdecimal() else 0,
        outstanding=sum(one.state != ReturnState.SENT for one in returns) if found.wants_return else 0,
        may_remind=by.may(Permission.ISSUE_NOTICES) and not shown.campaign.archived_at,
        answers=answers.by_kind(returns, shown.on),
        tallies=answers.tallies(returns, shown.on),
        numbers=said.shown(found.form),
        columns=(7 if found.wants_return else 6) + len(said.shown(found.form)),
        corrections=queries.corrections(found),
        traces=traces.of(found, by),
    )


@requires(Permission.ISSUE_NOTICES)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the chosen receivers, or with ``all`` everybody who has not answered."""
    found, by = _notice(request, pk), acting(request)
    chosen = [int(one) for one in request.POST.getlist("chosen") if one.isdecimal()]
    if not chosen and "all" not in request.POST:
        messages.warning(request, gettext("没有选中单位。先在表里选，再催办。"))
        return redirect("desk:notice", pk)
    returns = None if "all" in request.POST else list(queries.returns(by, found).filter(pk__in=chosen))
    try:
        number = actions.remind(notice=found, returns=returns, by=by)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        text = gettext("已催办 %(number)d 家：联络员收到消息，逾期的也告诉了上一级；已报的没有催。")
        notes.done(request, text % {"number": number})
    return redirect("desk:notice", pk)


def _notice(request: HttpRequest, pk: int) -> Notice:
    rows: QuerySet[Notice] = queries.notices(acting(request))
    return get_object_or_404(rows, pk=pk)
