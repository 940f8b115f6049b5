"""Outreach events, the stock of materials and their ledger; each event reconciled."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns import queries as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.queries import day_of
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.files.actions import FileRefused
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import EventChanges, OutreachRefused
from hearth.apps.outreach.models import Material, Movement, OutreachEvent
from hearth.apps.outreach.states import Direction, MaterialKind, Standing
from hearth.lib.tables import Kind
from hearth.web.desk import stock
from hearth.web.desk.campaign_frame import Frame, frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, offer, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import ClockInput, DayInput, FileButton, MomentInput, Quantity, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

EVENTS = ListPage(
    title=_("科普活动"),
    columns=(
        Column(_("日期"), lambda one: one.held_on, sort="day", order=("held_on",), kind=Kind.DATE),
        Column(_("名称"), lambda one: one.name, sort="name", order=("name",)),
        Column(_("学校"), lambda one: one.school.short_name, sort="school", order=("school__path",)),
        Column(_("地点"), lambda one: one.place),
        Column(_("负责人"), lambda one: one.person.name, sort="person", order=("person__name",)),
        Column(
            _("参加人数"),
            lambda one: one.attendance,
            sort="attendance",
            order=("attendance",),
            kind=Kind.INTEGER,
        ),
    ),
    order=("held_on", "number", "pk"),
    search=("name", "school__name", "school__short_name", "place", "person__name"),
    search_label=_("名称、学校、负责人"),
    filters=(
        Filter(
            "counted",
            _("人数"),
            (
                Choice("yes", _("有人数"), Q(attendance__isnull=False)),
                Choice("no", _("没有人数"), Q(attendance=None)),
            ),
            chips=True,
        ),
    ),
)
MOVEMENTS = ListPage(
    title=_("物料出入库"),
    columns=(
        Column(_("日期"), lambda one: one.moved_on, sort="day", order=("moved_on",), kind=Kind.DATE),
        Column(_("编号"), lambda one: one.number, sort="number", order=("number",)),
        Column(_("物料"), lambda one: one.material.name, sort="material", order=("material__name",)),
        Column(_("方向"), lambda one: one.get_direction_display(), sort="direction", order=("direction",)),
        Column(_("数量"), lambda one: one.quantity, sort="quantity", order=("quantity",), kind=Kind.INTEGER),
        Column(_("单位"), lambda one: one.material.unit),
        Column(_("科普活动"), lambda one: one.event.name if one.event else ""),
        Column(_("签收人"), lambda one: one.signed_for),
        Column(_("单据"), lambda one: one.evidence.name if one.evidence else one.slip),
    ),
    order=("moved_on", "number", "pk"),
    search=("material__name", "number", "signed_for", "slip", "event__name"),
    search_label=_("物料、编号、签收人、单据"),
    filters=(
        Filter(
            "direction",
            _("方向"),
            tuple(Choice(one, one.label, Q(direction=one)) for one in Direction),
            chips=True,
        ),
    ),
)


class EventForm(RowForm):
    name = forms.CharField(label=_("名称"), max_length=120)
    school: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("学校"), queryset=None)
    held_on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("负责人"), queryset=None)
    starts = forms.TimeField(label=_("几点开始"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=_("几点结束"), required=False, widget=ClockInput)
    about = forms.CharField(
        label=_("介绍"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("公开以后，谁都能看到。"),
    )
    capacity = forms.IntegerField(
        label=_("名额"),
        min_value=0,
        required=False,
        widget=Quantity(_("人")),
        help_text=_("不填：不用报名。名额加了，候补的自动递补。"),
    )
    opens_at = forms.DateTimeField(label=_("报名开始"), required=False, widget=MomentInput)
    closes_at = forms.DateTimeField(
        label=_("报名截止"), required=False, widget=MomentInput, help_text=_("不填：到活动当天为止。")
    )
    attendance = forms.IntegerField(
        label=_("参加人数"), min_value=0, required=False, widget=Quantity(_("人"))
    )

    @classmethod
    def of(cls, event: OutreachEvent, by: Actor, data: QueryDict | None = None) -> EventForm:
        return cls.among(by, data, {name: getattr(event, name) for name in cls.base_fields})

    @classmethod
    def among(cls, by: Actor, data: QueryDict | None, initial: dict[str, Any]) -> EventForm:
        form = cls(data, initial=initial)
        offer(form, "school", directory.organisations(by, kind=OrganisationKind.SCHOOL))
        offer(form, "person", directory.people(by))
        return form


class QuantityForm(RowForm):
    quantity = forms.IntegerField(label=_("数量"), min_value=1)

    @classmethod
    def about(cls, movement: Movement, data: QueryDict | None = None) -> QuantityForm:
        form = cls(data, initial={"quantity": movement.quantity})
        form.fields["quantity"].widget = Quantity(movement.material.unit)
        return form


class MaterialField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when the house runs
    """Materials, each with its unit."""

    def label_from_instance(self, material: Material) -> str:
        return f"{material}（{material.unit}）"


class MoveForm(RowForm):
    direction = forms.ChoiceField(label=_("方向"), choices=Direction.choices)
    material = MaterialField(label=_("物料"), queryset=None, empty_label=_("请选物料"))
    quantity = forms.IntegerField(
        label=_("数量"), min_value=1, help_text=_("单位看所选物料后面的括号。"), widget=Quantity("")
    )
    event: forms.ModelChoiceField[OutreachEvent] = forms.ModelChoiceField(
        label=_("科普活动"),
        queryset=None,
        required=False,
        empty_label=_("不选：入库到库房"),
        help_text=_("入库不选；别的都要选是哪一场。"),
    )
    moved_on = forms.DateField(label=_("日期"), widget=DayInput)
    number = forms.CharField(label=_("编号"), max_length=30, help_text=_("接着上一笔编的，可以改。"))
    signed_for = forms.CharField(label=_("签收人"), max_length=40, required=False)
    slip = forms.CharField(label=_("单据"), max_length=80, required=False)
    evidence = forms.FileField(
        label=_("佐证文件"), required=False, widget=FileButton(), help_text=_("签收单的照片或扫描件。")
    )

    @classmethod
    def about(cls, campaign: Campaign, by: Actor, *given: Any) -> MoveForm:
        number = queries.free_number(by, campaign)
        form = cls(*given, initial={"moved_on": day_of(campaign), "number": number})
        materials, events = queries.materials(by, campaign=campaign), queries.events(by, campaign=campaign)
        offer(form, "material", materials)
        offer(form, "event", events)
        return form


class MaterialForm(RowForm):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("如“饮水安全展板”。"))
    kind = forms.ChoiceField(label=_("类别"), choices=MaterialKind.choices)
    unit = forms.CharField(label=_("单位"), max_length=4, help_text=_("块、册、份、个。"))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:outreach")
    by = acting(request)
    return EVENTS.show(
        request,
        queries.events(by, campaign=shown.campaign),
        "desk/outreach.html",
        frame=shown,
        accounts=stock.accounts(shown.campaign, by),
    )


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one more event."""
    shown, by = frame(request, pk, "desk:outreach"), acting(request)
    data = request.POST if request.method == "POST" else None
    form = EventForm.among(by, data, {"held_on": day_of(shown.campaign)})
    if form.is_bound:
        done = carry_out(
            request, form, lambda: _planned(form, shown.campaign, by), OutreachRefused, _("已登记这一场。")
        )
        if done:
            return done
    context = {"frame": shown, "form": form}
    return render(request, "desk/outreach_plan.html", context, status=422 if form.is_bound else 200)


def _planned(form: EventForm, campaign: Campaign, by: Actor) -> OutreachEvent:
    number = queries.next_number(by, campaign.pk)
    return actions.plan_event(campaign=campaign, number=number, by=by, **form.cleaned_data)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def movements(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:outreach")
    rows = queries.movements(acting(request), campaign=shown.campaign)
    return MOVEMENTS.show(request, rows, "desk/movements.html", frame=shown)


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a line of the ledger."""
    shown = frame(request, pk, "desk:outreach")
    by = acting(request)
    if request.method == "POST":
        form = MoveForm.about(shown.campaign, by, request.POST, request.FILES)
        done = carry_out(
            request, form, lambda: _moved(form, by), (OutreachRefused, FileRefused), _("已记一笔。")
        )
        if done:
            return done
    else:
        form = MoveForm.about(shown.campaign, by)
    return _move_page(request, shown, form, MaterialForm(auto_id="opening_%s"))


@requires(Permission.RECORD)
@require_POST
def new_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account of a material, so that it can be moved."""
    shown, by = frame(request, pk, "desk:outreach"), acting(request)
    form = MaterialForm(request.POST, auto_id="opening_%s")
    if form.is_valid():
        number = campaigns.next_number(Material, shown.campaign, "WL")
        said = {**form.cleaned_data, "kind": MaterialKind(form.cleaned_data["kind"])}
        try:
            made = actions.register(campaign=shown.campaign, number=number, by=by, **said)
        except OutreachRefused as refused:
            form.add_error(None, str(refused))
        else:
            notes.done(request, gettext("已登记“%(name)s”，现在可以记入库。") % {"name": made})
            return redirect("desk:move", pk)
    return _move_page(request, shown, MoveForm.about(shown.campaign, by), form)


def _move_page(request: HttpRequest, shown: Frame, form: MoveForm, opening: MaterialForm) -> HttpResponse:
    accounts = stock.accounts(shown.campaign, acting(request))
    context = {"frame": shown, "form": form, "opening": opening, "accounts": accounts}
    refused = form.is_bound or opening.is_bound
    return render(request, "desk/move.html", context, status=422 if refused else 200)


def _moved(form: MoveForm, by: Actor) -> Movement:
    said = form.cleaned_data
    file = said["evidence"]
    return actions.move(
        material=said["material"],
        number=said["number"],
        moved_on=said["moved_on"],
        direction=Direction(said["direction"]),
        quantity=said["quantity"],
        event=said["event"],
        signed_for=said["signed_for"],
        slip=said["slip"],
        evidence=files.keep(name=file.name, data=file.read(), by=by) if file else None,
        by=by,
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    found = _event(request, pk)
    return _event_page(request, found, EventForm.of(found, acting(request)))


@requires(Permission.RECORD)
@require_POST
def amend_event(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _event(request, pk), acting(request)
    form = EventForm.of(found, by, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_event(event=found, by=by, **cast(EventChanges, changes(form))),
        OutreachRefused,
        _("已更正这场科普活动。"),
    )
    return done or _event_page(request, found, form)


def _event_page(request: HttpRequest, found: OutreachEvent, form: EventForm) -> HttpResponse:
    by = acting(request)
    deed = Deed(form, reverse("desk:outreach_event_amend", args=[found.pk]), _("更正"), _("存更正"))
    reconciled = queries.reconcile(found, by=by)
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("科普活动"), reverse("desk:outreach", args=[found.campaign_id])),
        facts=(
            Fact(_("学校"), found.school),
            Fact(_("日期"), found.held_on),
            Fact(_("时间"), "—".join(f"{one:%H:%M}" for one in (found.starts, found.ends) if one)),
            Fact(_("地点"), found.place),
            Fact(_("负责人"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(_("参加人数"), _("还没有") if found.attendance is None else found.attendance),
        ),
        deeds=(deed,) if by.may(Permission.RECORD) else (),
        template="desk/outreach_event.html",
        reconciled=reconciled,
        unclear=[one for one in reconciled if not one.is_settled],
        materials=queries.materials(by, campaign=found.campaign),
        shown=queries.copy_of(found),
        arrivals=queries.arrivals(found),
        waiting=queries.registrations(by, event=found).filter(standing=Standing.WAITING).count(),
        door=links.of(Purpose.DOOR, [found.pk]).get(found.pk),
        opinions=queries.opinions(by, found),
        said=queries.feedback(by, found)[:50],
        by_hand=[(one, request.build_absolute_uri(way)) for one, way in queries.feedback_by_hand(by, found)],
        movements=queries.movements(by, event=found),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    found = _movement(request, pk)
    return _movement_page(request, found, QuantityForm.about(found))


@requires(Permission.RECORD)
@require_POST
def amend_movement(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _movement(request, pk), acting(request)
    form = QuantityForm.about(found, request.POST)
    done = carry_out(
        request,
        form,
        lambda: actions.amend_movement(movement=found, quantity=form.cleaned_data["quantity"], by=by),
        OutreachRefused,
        _("数量已更正，库存和现场的数跟着改了。"),
    )
    return done or _movement_page(request, _movement(request, pk), form)


def _movement_page(request: HttpRequest, found: Movement, form: QuantityForm) -> HttpResponse:
    deed = Deed(form, reverse("desk:movement_amend", args=[found.pk]), _("更正数量"), _("存数量"))
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("物料出入库"), reverse("desk:movements", args=[found.campaign_id])),
        facts=(
            Fact(_("物料"), found.material),
            Fact(_("方向"), found.get_direction_display()),
            Fact(_("数量"), f"{found.quantity} {found.material.unit}"),
            Fact(_("日期"), found.moved_on),
            Fact(
                _("科普活动"),
                found.event or "",
                reverse("desk:outreach_event", args=[found.event_id]) if found.event_id else "",
            ),
            Fact(_("签收人"), found.signed_for),
            Fact(_("单据"), found.slip),
            Fact(_("现在在库"), f"{found.material.in_stock} {found.material.unit}"),
        ),
        deeds=(deed,) if acting(request).may(Permission.RECORD) else (),
        evidence=found.evidence,
    )


def _event(request: HttpRequest, pk: int) -> OutreachEvent:
    return get_object_or_404(queries.events(acting(request)), pk=pk)


def _movement(request: HttpRequest, pk: int) -> Movement:
    return get_object_or_404(queries.movements(acting(request)), pk=pk)
