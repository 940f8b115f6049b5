"""Who comes to an outreach event: the public copy, registrations, the door, what those who came say."""

from __future__ import annotations

import io
from collections.abc import Callable

import segno
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.links import queries as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.messages.models import Message
from hearth.apps.messages.states import Mail
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import OutreachEvent
from hearth.apps.outreach.states import Audience, Standing
from hearth.lib.tables import Kind
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.forms import RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

REGISTRATIONS = ListPage(
    title=_("报名名单"),
    columns=(
        Column(_("姓名"), lambda one: one.name, sort="name", order=("name",)),
        Column(_("单位"), lambda one: one.unit, sort="unit", order=("unit",)),
        Column(_("人数"), lambda one: one.party, sort="party", order=("party",), kind=Kind.INTEGER),
        Column(_("电话或邮箱"), lambda one: masked(one.contact)),
        Column(_("状态"), lambda one: one.get_standing_display(), sort="standing", order=("standing",)),
        Column(_("到场"), lambda one: gettext("已进场") if one.came else "", sort="came", order=("came",)),
        Column(_("票号"), lambda one: one.code),
    ),
    order=("registered_at", "pk"),
    search=("name", "unit", "code", "contact"),
    search_label=_("姓名、单位、票号"),
    filters=(
        Filter(
            "standing",
            _("状态"),
            tuple(Choice(one, one.label, Q(standing=one)) for one in Standing),
            chips=True,
        ),
        Filter(
            "came",
            _("到场"),
            (
                Choice("yes", _("来了"), Q(came=True)),
                Choice("no", _("有名额没来"), Q(came=False, standing=Standing.HELD)),
            ),
            chips=True,
        ),
    ),
)

LISTED = {
    Audience.ALL: "",
    Audience.CAME: "came=yes",
    Audience.ABSENT: "came=no",
    Audience.WAITING: f"standing={Standing.WAITING}",
}
"""What the list shows after something was written to them."""


class WriteForm(RowForm):
    to = forms.TypedChoiceField(label=_("写给"), choices=Audience.choices, coerce=Audience)
    subject = forms.CharField(label=_("题目"), max_length=60)
    text = forms.CharField(
        label=_("内容"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("邮件里自动附上各家门票的链接。"),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    return _list(request, _event(request, pk))


@requires(Permission.REVEAL_PERSONAL)
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """The same list with its numbers in full, in this answer only; what is filtered from here on has none."""
    event = _event(request, pk)
    if request.method == "GET":
        place = reverse("desk:outreach_event_registrations", args=[pk])
        return redirect(f"{place}?{request.GET.urlencode()}")
    actions.reveal_contacts(event=event, by=acting(request))
    return _list(request, event, revealed=True)


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to some of those who registered; who left no e-mail address stands in the list that follows, to be called."""
    event, by = _event(request, pk), acting(request)
    form = WriteForm(request.POST or None, initial={"to": request.GET.get("to", Audience.ALL)})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            told = actions.write(
                event=event, to=said["to"], subject=said["subject"], text=said["text"], by=by
            )
        except OutreachRefused as refused:
            form.add_error("to", str(refused))
        else:
            notes.done(request, _told(told))
            place = reverse("desk:outreach_event_registrations", args=[pk])
            return redirect(f"{place}?{LISTED[said['to']]}")
    context = {"event": event, "form": form}
    return render(request, "desk/registrations_write.html", context, status=422 if form.errors else 200)


def _told(told: list[Message]) -> str:
    mailed = sum(one.mail == Mail.WAITING for one in told)
    number = {"told": len(told), "mailed": mailed, "by_hand": len(told) - mailed}
    if mailed == len(told):
        return gettext("已写给 %(told)d 家，都发邮件。") % number
    if not mailed:
        return gettext("记下了要告诉的 %(told)d 家。他们没有邮箱或邮件发不出，请按名单打电话。") % number
    return gettext("已写给 %(mailed)d 家；另外 %(by_hand)d 家邮件到不了，请按名单打电话。") % number


@requires(Permission.RECORD)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    event, by = _event(request, pk), acting(request)
    undo = reverse("desk:outreach_event_withdraw", args=[pk])
    return _done(
        request,
        event,
        lambda: actions.publish_event(event=event, by=by),
        gettext("已公开，任何人都能看到、报名。"),
        undo,
    )


@requires(Permission.RECORD)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    event, by = _event(request, pk), acting(request)
    said = gettext("已撤下，不再收报名；发出的门票还有效。")
    undo = reverse("desk:outreach_event_publish", args=[pk])
    return _done(request, event, lambda: actions.withdraw_event(event=event, by=by), said, undo)


@requires(Permission.RECORD)
@require_POST
def open_door(request: HttpRequest, pk: int) -> HttpResponse:
    event, by = _event(request, pk), acting(request)
    said = gettext("门口的链接在下面，用门口的手机扫一下就打开；活动第二天以后失效。")
    return _done(request, event, lambda: actions.open_door(event=event, by=by), said)


@requires(Permission.RECORD)
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    event, by = _event(request, pk), acting(request)
    said = gettext("参加人数已按门口的人数登记。")
    return _done(request, event, lambda: actions.take_attendance(event=event, by=by), said)


@requires(Permission.RECORD)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    event, by = _event(request, pk), acting(request)
    said = gettext("已请学校和来过的人反馈，没来的不问，问过的不再问。没有邮箱的列在下面，把链接发给他们。")
    return _done(request, event, lambda: actions.ask_feedback(event=event, by=by), said)


@requires(Permission.RECORD)
@require_GET
def door_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to the door's page, to be opened on the phones at the doors."""
    address = request.build_absolute_uri(reverse("public:door", args=[_door(request, pk).token]))
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=4, title=gettext("门口签到页"))
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _list(request: HttpRequest, event: OutreachEvent, *, revealed: bool = False) -> HttpResponse:
    rows = queries.registrations(acting(request), event=event)
    return REGISTRATIONS.show(
        request,
        rows,
        "desk/registrations.html",
        event=event,
        arrivals=queries.arrivals(event),
        revealed=revealed,
    )


def _door(request: HttpRequest, pk: int) -> Link:
    found = links.of(Purpose.DOOR, [_event(request, pk).pk]).get(pk)
    if found is None:
        raise Http404
    return found


def _done(
    request: HttpRequest, event: OutreachEvent, act: Callable[[], object], said: str, undo: str = ""
) -> HttpResponse:
    try:
        act()
    except OutreachRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, said, undo=undo)
    return redirect("desk:outreach_event", pk=event.pk)


def _event(request: HttpRequest, pk: int) -> OutreachEvent:
    return get_object_or_404(queries.events(acting(request)), pk=pk)
