"""One organisation's copy of a notice: signed for and answered by the receiver, sent back by the issuer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.notices import actions
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Return
from hearth.apps.notices.queries import notices
from hearth.apps.notices.states import ReturnState
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.days import moment
from hearth.web.ui.forms import Quantity, RowForm


class AcknowledgeForm(RowForm):
    """Signing for a notice asks nothing."""


class AnswerForm(RowForm):
    sessions = forms.IntegerField(label=_("学习讨论场次"), min_value=0, widget=Quantity(_("场")))
    people = forms.IntegerField(label=_("参加人数"), min_value=0, widget=Quantity(_("人")))
    outreach_events = forms.IntegerField(label=_("科普活动场次"), min_value=0, widget=Quantity(_("场")))
    digest = forms.CharField(label=_("心得摘要"), widget=forms.Textarea(attrs={"rows": 5}), required=False)


class RemindForm(RowForm):
    """Reminding asks nothing."""


class SendBackForm(RowForm):
    reason = forms.CharField(
        label=_("原因"), max_length=300, help_text=_("写明改什么，对方照着改。退回后这份不计入汇总。")
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _return(request, pk))


@requires(Permission.ANSWER_NOTICES)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _own(request, pk), acting(request)
    form = AcknowledgeForm(request.POST)
    done = carry_out(
        request, form, lambda: actions.acknowledge(returned=found, by=by), NoticeRefused, _("已签收。")
    )
    return done or _page(request, found, form)


@requires(Permission.ANSWER_NOTICES)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _own(request, pk), acting(request)
    form = AnswerForm(request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.answer(returned=found, by=by, **form.cleaned_data),
        NoticeRefused,
        _("已报送，发文单位看得到了。要修改，请对方退回。"),
    )
    return done or _page(request, found, form)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _return(request, pk), acting(request)
    form = SendBackForm(request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.send_back(returned=found, reason=form.cleaned_data["reason"], by=by),
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


def _page(request: HttpRequest, found: Return, tried: RowForm | None = None) -> HttpResponse:
    by = acting(request)
    # the campaign and the notice may stand in a house above, which the receiver does not see
    campaign = Campaign.objects.visible_to(by).filter(pk=found.campaign_id).first()
    return show(
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
            Fact(_("学习讨论场次"), found.sessions),
            Fact(_("参加人数"), found.people),
            Fact(_("科普活动场次"), found.outreach_events),
            Fact(_("心得摘要"), found.digest),
            Fact(_("退回原因"), found.sent_back_because),
        ),
        deeds=_deeds(found, campaign, by, tried),
        template="desk/return.html",
    )


def _deeds(found: Return, campaign: Campaign | None, by: Actor, tried: RowForm | None) -> tuple[Deed, ...]:
    if found.org_id == by.org.pk and by.may(Permission.ANSWER_NOTICES):
        return _receiver_deeds(found, tried)
    if found.state == ReturnState.SENT and by.may(Permission.ISSUE_NOTICES) and _issued_below(found, by):
        form = tried or SendBackForm()
        href = reverse("desk:return_send_back", args=[found.pk])
        return (Deed(form, href, _("退回修改"), _("退回，请对方重报")),)
    if campaign and not campaign.archived_at and _can_be_reminded(found, by):
        href = reverse("desk:return_remind", args=[found.pk])
        return (Deed(RemindForm(), href, _("还没有报"), _("催办%(org)s") % {"org": found.org}),)
    return ()


def _can_be_reminded(found: Return, by: Actor) -> bool:
    asked = found.due is not None and found.state != ReturnState.SENT
    return asked and by.may(Permission.ISSUE_NOTICES) and _issued_below(found, by)


def _receiver_deeds(found: Return, tried: RowForm | None) -> tuple[Deed, ...]:
    if found.due is not None and found.state != ReturnState.SENT:
        said = {name: getattr(found, name) for name in AnswerForm.base_fields}
        href = reverse("desk:return_answer", args=[found.pk])
        return (Deed(tried or AnswerForm(initial=said), href, _("报送"), _("报给发文单位")),)
    if found.due is None and found.acknowledged_at is None:
        href = reverse("desk:return_acknowledge", args=[found.pk])
        return (Deed(tried or AcknowledgeForm(), href, _("签收"), _("签收这份通知")),)
    return ()


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
