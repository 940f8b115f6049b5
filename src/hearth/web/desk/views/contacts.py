"""Which scientists each cadre keeps contact with, and whom he has not visited this quarter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory import queries as directory
from hearth.apps.directory.intake import Names
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission, PersonKind
from hearth.apps.visits import actions, intake, queries
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.models import Contact
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.tables import Kind
from hearth.web.desk.record_page import offer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import FileButton, Quantity, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

CONTACTS = ListPage(
    title=_("联系科技工作者"),
    columns=(
        Column(_("联系干部"), lambda one: one.cadre.name, sort="cadre", order=("cadre__name",)),
        Column(_("科技工作者"), lambda one: one.scientist.name, sort="who", order=("scientist__name",)),
        Column(_("单位"), lambda one: one.scientist.org.short_name),
        Column(
            _("本季度走访"), lambda one: one.visited, sort="visited", order=("visited",), kind=Kind.INTEGER
        ),
        Column(_("要走访"), lambda one: one.times, kind=Kind.INTEGER),
        Column(_("上次走访"), lambda one: one.last_on, sort="last", order=("last_on",), kind=Kind.DATE),
    ),
    order=("cadre__name", "scientist__name", "pk"),
    search=("cadre__name", "scientist__name", "scientist__org__name", "scientist__org__short_name"),
    search_label=_("干部、科技工作者或单位"),
    filters=(
        Filter(
            "stand",
            _("本季度"),
            (Choice("owing", _("没走访够"), Q(owing=True)), Choice("done", _("已走访"), Q(owing=False))),
            chips=True,
        ),
    ),
)


class KeepForm(RowForm):
    cadre: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("联系干部"), queryset=None)
    scientist: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("科技工作者"), queryset=None)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = directory.people(by)
        offer(self, "cadre", people.filter(kind=PersonKind.CADRE))
        offer(self, "scientist", people.exclude(kind=PersonKind.CADRE))


class TakeForm(RowForm):
    file = forms.FileField(
        label=_("Excel 文件"),
        widget=FileButton(attrs={"accept": ".xlsx"}),
        help_text=_("表名“联系”，两列：联系干部、科技工作者，都写人员表里的姓名。已经定过的不会重复。"),
    )


class AskForm(RowForm):
    times = forms.IntegerField(label=_("每位每季度至少"), min_value=1, max_value=12, widget=Quantity(_("次")))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = KeepForm(request.POST, by=by)
    if form.is_valid():
        try:
            contact = actions.keep_contact(by=by, **form.cleaned_data)
        except VisitRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("已定：%(cadre)s 联系 %(scientist)s。季度末前没走访，会提醒本人。")
            notes.done(
                request,
                said % {"cadre": contact.cadre, "scientist": contact.scientist},
                undo=reverse("desk:contact_end", args=[contact.pk]),
            )
            return redirect("desk:contacts")
    return _page(request, keeping=form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Contacts from a spreadsheet: all of it or nothing."""
    by = acting(request)
    form = TakeForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        names = Names(by)
        names.load()
        try:
            number = intake.take_contacts(
                read_xlsx(Arrival(file.name, file.read()), (intake.CONTACTS,)), names
            )
        except (Refused, VisitRefused) as refused:
            form.add_error("file", refused.text() if isinstance(refused, Refused) else str(refused))
        else:
            notes.done(request, gettext("已导入 %(number)d 对联系。") % {"number": number})
            return redirect("desk:contacts")
    return _page(request, taking=form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = AskForm(request.POST)
    if form.is_valid():
        actions.ask_for_visits(org=by.org, by=by, **form.cleaned_data)
        notes.done(
            request, gettext("已改：本单位的干部每位每季度至少走访 %(times)d 次。") % form.cleaned_data
        )
        return redirect("desk:contacts")
    return _page(request, asking=form)


@requires(Permission.MANAGE_CAMPAIGNS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    by = acting(request)
    contact = get_object_or_404(Contact.objects.visible_to(by), pk=pk)
    actions.end_contact(contact=contact, by=by)
    messages.success(request, gettext("已不再联系：%(contact)s。走访记录都在。") % {"contact": contact})
    return redirect("desk:contacts")


def _page(
    request: HttpRequest,
    *,
    keeping: KeepForm | None = None,
    taking: TakeForm | None = None,
    asking: AskForm | None = None,
) -> HttpResponse:
    by, today = acting(request), timezone.localdate()
    rows = queries.contacts(by, today)
    refused = next((form for form in (keeping, taking, asking) if form is not None), None)
    response = CONTACTS.show(
        request,
        rows,
        "desk/contacts.html",
        quarter=queries.quarter(today),
        refused=refused,
        keeping=keeping or KeepForm(by=by, auto_id="keep-%s"),
        taking=taking or TakeForm(auto_id="take-%s"),
        asking=asking or AskForm(initial={"times": queries.times_asked(by)}, auto_id="ask-%s"),
    )
    if refused is not None:
        response.status_code = 422
    return response
