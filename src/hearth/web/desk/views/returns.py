"""One organisation's copy of a notice: signed for and answered by the receiver, sent back by the issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files.queries import place_of
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Return
from hearth.apps.notices.queries import notices, stamping
from hearth.apps.notices.rules.fields import Form
from hearth.apps.notices.rules.stamped import Compared
from hearth.apps.notices.states import ReturnState, StampStanding
from hearth.lib import pages
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, show
from hearth.web.ui import answering, notes, return_page
from hearth.web.ui.access import acting, requires
from hearth.web.ui.answering import Answering
from hearth.web.ui.days import moment
from hearth.web.ui.forms import RowForm

BECAUSE = "because_"
STAMP_DPI = 100
MOST_STAMP_PAGES = 5


class RemindForm(RowForm):
    """Reminding asks nothing."""


class SendBackForm(RowForm):
    """A reason for the whole, and one for each field that has to be changed."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        required=False,
        help_text=_("写明改什么，对方照着改；也可以只写在下面各项里。退回后这份不计入汇总。"),
    )

    def __init__(self, *args: Any, asked: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            label = _("“%(label)s”为什么退回") % {"label": one.label}
            self.fields[BECAUSE + one.key] = forms.CharField(label=label, max_length=200, required=False)

    @property
    def field_reasons(self) -> dict[str, str]:
        return {
            name.removeprefix(BECAUSE): text
            for name, text in self.cleaned_data.items()
            if name.startswith(BECAUSE) and text
        }


class StampForm(RowForm):
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _return(request, pk))


@requires(Permission.ANSWER_NOTICES)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _own(request, pk), acting(request)
    return return_page.acknowledged(request, found, by, back=reverse("desk:return", args=[pk]))


@requires(Permission.ANSWER_NOTICES)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a draft or send it, as the pressed button says."""
    found, by = _own(request, pk), acting(request)
    if not found.is_open:
        messages.error(request, gettext("这份已经报送，或者不用报送。要修改，请先由发文单位退回。"))
        return redirect("desk:return", pk)

    def page(shown: Answering | None, status: int) -> HttpResponse:
        return _page(request, found, shown=shown, status=status)

    back = reverse("desk:return", args=[pk])
    return return_page.posted(request, found, by, href=_answer_href(found), back=back, page=page)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def confirm_stamp(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the data after a person has laid the stamped PDF beside them."""
    found, by = _return(request, pk), acting(request)
    form = StampForm(request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.confirm_stamp(returned=found, reason=form.cleaned_data["reason"], by=by),
        NoticeRefused,
        _("已记下：盖章件由您对照过，采用填报的数据。"),
    )
    return done or _page(request, found, form)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def stamp_page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """A page of the stamped PDF as a picture, to be laid beside the numbers."""
    file = queries.stamped_file(_return(request, pk))
    if file is None:
        raise Http404
    try:
        drawn = pages.picture(place_of(file.sha256).read_bytes(), page, STAMP_DPI)
    except (IndexError, pages.BadPdf) as wrong:
        raise Http404 from wrong
    return HttpResponse(drawn, content_type="image/png")


@requires(Permission.ISSUE_NOTICES)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _return(request, pk), acting(request)
    form = SendBackForm(request.POST, asked=found.form)
    done = carry_out(
        request,
        form,
        lambda: actions.send_back(
            returned=found, reason=form.cleaned_data["reason"], field_reasons=form.field_reasons, by=by
        ),
        NoticeRefused,
        _("已退回修改，重报以前不计入汇总。"),
    )
    return done or _page(request, found, form)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _return(request, pk), acting(request)
    notice = get_object_or_404(notices(by), pk=found.notice_id)
    try:
        actions.remind(notice=notice, returns=[found], by=by)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, gettext("已催办，对方的联络员在“我的任务”里看得到。"))
    return redirect("desk:return", pk)


def _page(
    request: HttpRequest,
    found: Return,
    tried: RowForm | None = None,
    *,
    shown: Answering | None = None,
    status: int = 200,
) -> HttpResponse:
    by = acting(request)
    # the campaign and the notice may stand in a house above, which the receiver does not see
    campaign = Campaign.objects.visible_to(by).filter(pk=found.campaign_id).first()
    if shown is None and found.is_open and _answers(found, by):
        shown = answering.shown(found, href=_answer_href(found))
    response = show(
        request,
        found,
        campaign=campaign,
        place=Place(found.notice_title, reverse("desk:notice", args=[found.notice_id]))
        if campaign
        else Place(_("我的任务"), reverse("desk:home")),
        facts=(
            Fact(_("通知"), found.notice_title),
            Fact(_("文号"), found.document_number),
            Fact(_("发文单位"), found.issuer),
            Fact(_("下发日期"), found.issued_on),
            Fact(_("报送期限"), found.due or _("不用报送，签收就可以")),
            Fact(_("签收"), moment(found.acknowledged_at) if found.acknowledged_at else _("没有签收")),
            Fact(_("最近催办"), moment(found.reminded_at) if found.reminded_at else ""),
            Fact(_("报送日期"), found.sent_on),
            Fact(_("联系人"), found.contact),
            Fact(_("退回原因"), found.sent_back_because),
        ),
        deeds=_deeds(found, campaign, by, tried),
        template="desk/return.html",
        answering=shown,
        receipt=reverse("desk:return_acknowledge", args=[found.pk]) if _answers(found, by) else "",
        correction=queries.correction_of(found),
        told=answering.told(found) if found.version else (),
        history=queries.history(found),
        evidence_page=True,
        stamp=_stamp(found, by),
    )
    response.status_code = max(response.status_code, status)
    return response


@dataclass(frozen=True)
class Stamp:
    """A stamped PDF beside the data."""

    compared: tuple[Compared, ...]
    has_text: bool
    pages: range
    waits: bool


def _stamp(found: Return, by: Actor) -> Stamp | None:
    file = queries.stamped_file(found)
    if file is None or found.stamp == StampStanding.NONE:
        return None
    read = stamping.read(found, file)
    waits = found.state == ReturnState.SENT and by.may(Permission.ISSUE_NOTICES) and _issued_below(found, by)
    unsettled = found.stamp in (StampStanding.DIFFERS, StampStanding.UNREAD)
    return Stamp(
        read.compared, read.has_text, range(1, min(read.pages, MOST_STAMP_PAGES) + 1), waits and unsettled
    )


def _answers(found: Return, by: Actor) -> bool:
    return bool(found.org_id == by.org.pk and by.may(Permission.ANSWER_NOTICES))


def _answer_href(found: Return) -> str:
    return reverse("desk:return_answer", args=[found.pk])


def _deeds(found: Return, campaign: Campaign | None, by: Actor, tried: RowForm | None) -> tuple[Deed, ...]:
    if _answers(found, by):
        return ()
    if found.state == ReturnState.SENT and by.may(Permission.ISSUE_NOTICES) and _issued_below(found, by):
        back = tried if isinstance(tried, SendBackForm) else SendBackForm(asked=found.form)
        href = reverse("desk:return_send_back", args=[found.pk])
        deeds = [Deed(back, href, _("退回修改"), _("退回，请对方重报"))]
        if found.stamp in (StampStanding.DIFFERS, StampStanding.UNREAD):
            seen = tried if isinstance(tried, StampForm) else StampForm()
            href = reverse("desk:return_stamp", args=[found.pk])
            deeds.insert(0, Deed(seen, href, _("对照盖章件"), _("我对照过，采用填报的数据")))
        return tuple(deeds)
    if campaign and not campaign.archived_at and _can_be_reminded(found, by):
        href = reverse("desk:return_remind", args=[found.pk])
        return (Deed(RemindForm(), href, _("还没有报"), _("催办%(org)s") % {"org": found.org}),)
    return ()


def _can_be_reminded(found: Return, by: Actor) -> bool:
    asked = found.due is not None and found.state != ReturnState.SENT
    return asked and by.may(Permission.ISSUE_NOTICES) and _issued_below(found, by)


def _issued_below(found: Return, by: Actor) -> bool:
    return bool(found.issuer.path.startswith(by.path))


def _return(request: HttpRequest, pk: int) -> Return:
    rows: QuerySet[Return] = Return.objects.visible_to(acting(request)).select_related(
        "org", "issuer", "word"
    )
    return get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> Return:
    """A return of the visitor's own organisation: nobody answers for another."""
    rows: QuerySet[Return] = Return.objects.visible_to(acting(request)).filter(org=acting(request).org)
    return get_object_or_404(rows.select_related("org", "issuer", "word"), pk=pk)
