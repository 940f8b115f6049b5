"""The press list, releases sent to it, and the log of everything that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.papers import queries as papers
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import ContactChanges, PublicityRefused
from hearth.apps.publicity.models import Delivery, Mailing, MediaContact
from hearth.apps.publicity.states import Channel, MailingKind
from hearth.lib import workbooks
from hearth.lib.tables import Column as Heading
from hearth.lib.tables import Kind, Value
from hearth.web.desk import sendings
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, offer, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.days import moment
from hearth.web.ui.forms import RowForm
from hearth.web.ui.listing import XLSX, Choice, Column, Filter, ListPage

LABELS_A_ROW = 3
CONTACTS = ListPage(
    title=_("媒体联系人"),
    columns=(
        Column(_("姓名"), lambda one: one.name, sort="name", order=("name",)),
        Column(_("媒体"), lambda one: one.medium, sort="medium", order=("medium",)),
        Column(_("渠道"), lambda one: one.get_channel_display(), sort="channel", order=("channel",)),
        Column(_("电话"), lambda one: masked(one.phone)),
        Column(_("邮箱"), lambda one: masked(one.mail)),
        Column(_("备注"), lambda one: one.note),
    ),
    order=("-active", "channel", "medium", "name", "pk"),
    search=("name", "medium", "note"),
    search_label=_("姓名、媒体、备注"),
    filters=(
        Filter(
            "channel",
            _("渠道"),
            tuple(Choice(one, one.label, Q(channel=one)) for one in Channel),
            chips=True,
        ),
        Filter("active", _("不联系的也列出"), (Choice("yes", _("只列还在联系的"), Q(active=True)),)),
    ),
)
MAILINGS = ListPage(
    title=_("发送记录"),
    columns=(
        Column(
            _("时间"),
            lambda one: one.created_at,
            sort="at",
            order=("created_at",),
            kind=Kind.DATETIME,
        ),
        Column(_("标题"), lambda one: one.subject, sort="subject", order=("subject",)),
        Column(_("类别"), lambda one: one.get_kind_display()),
        Column(_("发给"), lambda one: one.sent_count, "sent", ("sent_count",), Kind.INTEGER),
        Column(_("没有邮件的"), lambda one: one.post_count, "post", ("post_count",), Kind.INTEGER),
        Column(_("谁发的"), lambda one: one.sent_by),
    ),
    order=("-created_at", "-pk"),
    search=("subject", "text"),
    search_label=_("标题、内容里的字"),
    filters=(
        Filter(
            "kind",
            _("类别"),
            tuple(Choice(one, one.label, Q(kind=one)) for one in MailingKind),
            chips=True,
        ),
    ),
)


def _deliveries_page(mailing: Mailing) -> ListPage:
    return ListPage(
        title=_("发给了谁"),
        columns=(
            Column(_("姓名"), lambda one: one.name, sort="name", order=("name",)),
            Column(_("单位"), lambda one: one.unit, sort="unit", order=("unit",)),
            Column(_("怎么发的"), sendings.how),
        ),
        order=("unit", "name", "pk"),
        search=("name", "unit"),
        search_label=_("姓名、单位"),
        filters=(
            Filter(
                "how",
                _("怎么发的"),
                (
                    Choice("mail", _("邮件"), ~queries.BY_POST),
                    Choice(
                        "post",
                        _("邮寄") if mailing.kind == MailingKind.LETTER else _("打电话"),
                        queries.BY_POST,
                    ),
                ),
                chips=True,
            ),
        ),
    )


class ContactForm(RowForm):
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    medium = forms.CharField(label=_("媒体"), max_length=80)
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    mail = forms.EmailField(label=_("邮箱"), required=False, help_text=_("有邮箱的，发稿直接到邮箱。"))
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class AmendContactForm(ContactForm):
    """Number and address are not shown; they are typed only to be changed."""

    active = forms.BooleanField(label=_("还在联系"), required=False)

    @classmethod
    def of(cls, found: MediaContact, *given: object) -> AmendContactForm:
        shown = {name: getattr(found, name) for name in ("channel", "medium", "name", "note", "active")}
        form = cls(*given, initial=shown)
        for name in ("phone", "mail"):
            kept = masked(getattr(found, name))
            said = _("现在是 %(now)s；不改就空着。") % {"now": kept}
            form.fields[name].help_text = said if kept else _("还没有。")
        return form


class ReleaseForm(RowForm):
    subject = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("稿件"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("全文或导语；联系人和电话写在最后。"),
    )
    href = forms.ChoiceField(
        label=_("附公开网页"), required=False, help_text=_("已经公开的稿件和公文，媒体打开就能看、能下载。")
    )
    contacts: forms.ModelMultipleChoiceField[MediaContact] = forms.ModelMultipleChoiceField(
        label=_("发给谁"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def about(cls, campaign: Campaign, by: Actor, *given: object) -> ReleaseForm:
        form = cls(*given)
        offer(form, "contacts", queries.contacts(by).filter(active=True))
        pages = [("", gettext("不附")), *_public_pages(campaign, by)]
        cast(forms.ChoiceField, form.fields["href"]).choices = pages
        return form


def _public_pages(campaign: Campaign, by: Actor) -> Iterator[tuple[str, str]]:
    """What of the campaign anyone may read: its address and title."""
    own = papers.papers(by).filter(subject=campaign.subject_id).values_list("pk", flat=True)
    for publication in papers.published().filter(paper_id__in=list(own)):
        yield publication.get_absolute_url(), publication.title
    for story in queries.public_stories().filter(org=campaign.org, campaign=str(campaign)):
        yield story.get_absolute_url(), story.title


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    return CONTACTS.show(request, queries.contacts(acting(request)), "desk/press.html")


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def new_contact(request: HttpRequest) -> HttpResponse:
    by, form = acting(request), ContactForm(request.POST or None)
    if form.is_bound:
        done = carry_out(
            request,
            form,
            lambda: actions.add_contact(org=by.org, by=by, **form.cleaned_data),
            PublicityRefused,
            _("已登记。"),
        )
        if done:
            return done
    return render(
        request, "desk/press_contact_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _contact_page(request, _contact(request, pk))


@requires(Permission.REVEAL_PERSONAL)
@require_POST
def reveal_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and address are in this answer only."""
    found = actions.reveal_contact(contact=_contact(request, pk), by=acting(request))
    return _contact_page(request, found, revealed=True)


@requires(Permission.RECORD)
@require_POST
def amend_contact(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _contact(request, pk), acting(request)
    form = AmendContactForm.of(found, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_contact(contact=found, by=by, **cast(ContactChanges, changes(form))),
        PublicityRefused,
        _("已更正。"),
    )
    return done or _contact_page(request, _contact(request, pk), form)


def _contact_page(
    request: HttpRequest, found: MediaContact, form: RowForm | None = None, *, revealed: bool = False
) -> HttpResponse:
    by = acting(request)
    form = form or AmendContactForm.of(found)
    deed = Deed(form, reverse("desk:press_contact_amend", args=[found.pk]), _("更正"), _("存更正"))
    return show(
        request,
        found,
        campaign=None,
        place=Place(_("媒体联系人"), reverse("desk:press")),
        facts=(
            Fact(_("姓名"), found.name),
            Fact(_("媒体"), found.medium),
            Fact(_("渠道"), found.get_channel_display()),
            Fact(_("电话"), found.phone if revealed else masked(found.phone)),
            Fact(_("邮箱"), found.mail if revealed else masked(found.mail)),
            Fact(_("备注"), found.note),
        ),
        deeds=(deed,) if by.may(Permission.RECORD) else (),
        template="desk/press_contact.html",
        revealed=revealed,
        sent=found.deliveries.select_related("mailing").order_by("-pk")[:10],
    )


def _contact(request: HttpRequest, pk: int) -> MediaContact:
    return get_object_or_404(queries.contacts(acting(request)), pk=pk)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def mailings(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    rows = queries.mailings(acting(request), campaign=shown.campaign)
    return MAILINGS.show(request, rows, "desk/mailings.html", frame=shown)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    form = ReleaseForm.about(shown.campaign, by, request.POST or None)
    if form.is_bound:
        done = carry_out(
            request,
            form,
            lambda: actions.send_release(campaign=shown.campaign, by=by, **form.cleaned_data),
            PublicityRefused,
            _("记下了。邮件到不了的，名单里写着，请打电话。"),
        )
        if done:
            return done
    context = {"frame": shown, "form": form, "any": queries.contacts(by).filter(active=True).exists()}
    return render(request, "desk/release.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _mailing(request, pk), acting(request)
    shown = frame(request, found.campaign_id, "desk:publicity")
    address = f"{settings.ADDRESS}{found.href}" if found.href else ""
    return _deliveries_page(found).show(
        request,
        queries.deliveries(by, mailing=found),
        "desk/mailing.html",
        frame=shown,
        mailing=found,
        sent_at=moment(found.created_at),
        address=address,
        opened=queries.openings([found]).get(found.pk),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has the letter to come by post: an address list, and labels to be printed."""
    found = _mailing(request, pk)
    rows = list(
        queries.deliveries(acting(request), mailing=found)
        .filter(queries.BY_POST)
        .order_by("unit", "name", "pk")
    )
    name = f"{found.subject[:60]}_邮寄清单.xlsx"
    return HttpResponse(
        workbooks.write([_address_list(rows), _labels(rows)]),
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


def _address_list(rows: list[Delivery]) -> workbooks.Sheet:
    return workbooks.Sheet(
        title="地址清单",
        columns=(
            Heading(name="序号", kind=Kind.INTEGER),
            *(Heading(name=name) for name in ("地区", "单位", "职务", "姓名", "职称")),
        ),
        rows=([at, *_address(one)] for at, one in enumerate(rows, 1)),
    )


def _address(one: Delivery) -> list[Value]:
    person = one.person
    if person is None:
        return ["", one.unit, "", one.name, ""]
    return [person.org.region, one.unit, person.post, one.name, person.title]


def _labels(rows: list[Delivery]) -> workbooks.Sheet:
    """Labels side by side, as they stand on a sheet."""
    said: list[Value] = [f"{one.unit}\n{one.name} 同志收" for one in rows]
    said += [None] * (-len(said) % LABELS_A_ROW)
    return workbooks.Sheet(
        title="标签",
        columns=tuple(Heading(name=f"标签{at}") for at in range(1, LABELS_A_ROW + 1)),
        rows=(said[at : at + LABELS_A_ROW] for at in range(0, len(said), LABELS_A_ROW)),
    )


def _mailing(request: HttpRequest, pk: int) -> Mailing:
    return get_object_or_404(queries.mailings(acting(request)), pk=pk)
