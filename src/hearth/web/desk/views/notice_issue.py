"""Issuing a notice with a form of its own: designed, weighed, and sent knowingly."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.directory.states import Permission
from hearth.apps.measures import queries as measures
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.rules import burden, fields
from hearth.apps.notices.rules.burden import Burden
from hearth.apps.notices.rules.fields import Form
from hearth.apps.notices.states import FieldKind
from hearth.web.desk import designing
from hearth.web.desk.campaign_frame import Frame, frame
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, Quantity, RowForm

TOLD = (
    OrganisationKind.CITY,
    OrganisationKind.COUNTY,
    OrganisationKind.SOCIETY,
    OrganisationKind.COLLEGE,
    OrganisationKind.MEDICAL,
    OrganisationKind.ENTERPRISE_ASSOCIATION,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.SCHOOL,
    OrganisationKind.INSTITUTE,
)
"""Kinds of organisations that notices are sent to, in the order in which they are offered."""


class NoticeForm(RowForm):
    number = forms.CharField(label=_("编号"), max_length=30)
    title = forms.CharField(label=_("标题"), max_length=200)
    document_number = forms.CharField(
        label=_("文号"), max_length=40, required=False, help_text=_("写了已印发公文的文号，原文会附给每一家")
    )
    text = forms.CharField(label=_("正文"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    receivers = forms.MultipleChoiceField(
        label=_("下发范围"),
        widget=forms.CheckboxSelectMultiple,
    )
    issued_on = forms.DateField(label=_("下发日期"), widget=DayInput)
    due = forms.DateField(
        label=_("报送期限"), widget=DayInput, required=False, help_text=_("不写就只要签收，不用报送")
    )
    remind_before = forms.IntegerField(
        label=_("期限前提醒"),
        min_value=0,
        max_value=30,
        required=False,
        widget=Quantity(_("天")),
        help_text=_("只提醒没有报的，一次；不写就不提醒"),
    )
    remind_after = forms.BooleanField(label=_("期限过后第二天提醒没有报的，并告诉它的上级"), required=False)

    def __init__(
        self, issuer: Organisation, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        below = queries.kinds_below(issuer)
        offered = [kind for kind in TOLD if kind in below]
        cast(forms.MultipleChoiceField, self.fields["receivers"]).choices = [
            (kind.value, gettext("%(kind)s（%(number)d 家）") % {"kind": kind.label, "number": below[kind]})
            for kind in offered
        ]
        self.initial.setdefault("receivers", offered[:1])


@requires(Permission.ISSUE_NOTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """GET starts from a former notice's form (``from``) or the usual one; POST changes, weighs or issues."""
    shown, by = frame(request, pk, "desk:notices"), acting(request)
    if request.method != "POST":
        head = NoticeForm(by.org, initial=_started(shown))
        return _page(request, shown, head, _former(request, by))
    head, do = NoticeForm(by.org, request.POST), request.POST.get("do", "")
    form = designing.changed(designing.read(request.POST.dict()), do, request.POST.get("add_kind", ""))
    if do not in ("weigh", "issue"):
        return _page(request, shown, NoticeForm(by.org, initial=_initial(request)), form)
    if not head.is_valid():
        return _page(request, shown, head, form, status=422)
    weighed = _weighed(head.cleaned_data, form, by)
    if do == "weigh" or (weighed.warnings and "knowing" not in request.POST):
        return _page(request, shown, head, form, weighed, status=200 if do == "weigh" else 422)
    return _issued(request, shown, head, form, weighed, by)


def _issued(
    request: HttpRequest, shown: Frame, head: NoticeForm, form: Form, weighed: Burden, by: Actor
) -> HttpResponse:
    given = head.cleaned_data
    try:
        notice = actions.issue(
            campaign=shown.campaign,
            issuer=by.org,
            form=form,
            by=by,
            **given | {"receivers": [OrganisationKind(kind) for kind in given["receivers"]]},
        )
    except NoticeRefused as refused:
        head.add_error(None, str(refused))
        return _page(request, shown, head, form, weighed, status=422)
    text = gettext("已下发给 %(number)d 家，每家有自己的链接。")
    notes.done(request, text % {"number": weighed.organisations})
    return redirect("desk:notice", notice.pk)


def _weighed(given: Mapping[str, Any], form: Form, by: Actor) -> Burden:
    return burden.weigh(
        form if given["due"] else Form(),
        organisations=queries.receivers(
            by.org, [OrganisationKind(kind) for kind in given["receivers"]]
        ).count(),
        issued_on=given["issued_on"],
        due=given["due"],
    )


def _started(shown: Frame) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "number": queries.next_number(shown.campaign),
        "issued_on": today,
        "due": burden.working_day_from(today + datetime.timedelta(days=14)),
        "remind_before": 2,
        "remind_after": True,
    }


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What was typed, while only the design changes: it is judged when the notice is weighed or issued."""
    typed: dict[str, Any] = request.POST.dict()
    return typed | {"receivers": request.POST.getlist("receivers")}


def _former(request: HttpRequest, by: Actor) -> Form:
    number = request.GET.get("from", "")
    if not number.isdecimal():
        return fields.STUDY
    return get_object_or_404(queries.former_notices(by), pk=int(number)).form


def _page(
    request: HttpRequest,
    shown: Frame,
    head: NoticeForm,
    form: Form,
    weighed: Burden | None = None,
    status: int = 200,
) -> HttpResponse:
    form = designing.titled(form)
    counted = [(one.key, f"{one.name}（{one.unit}）") for one in measures.all_measures() if one.unit]
    context = {
        "frame": shown,
        "head": head,
        "fields": [(at, one, designing.texts(one)) for at, one in enumerate(form)],
        "objections": fields.objections(form),
        "kinds": [(kind.value, designing.summary(kind)) for kind in FieldKind],
        "measures": counted,
        "former": queries.former_notices(acting(request))[:20],
        "weighed": weighed,
    }
    return render(request, "desk/notice_new.html", context, status=status)
