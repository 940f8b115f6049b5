"""Materials at hand: labels with QR codes, a hand-out counted on the phone, reserving, explaining what is left."""

from __future__ import annotations

import io

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import Material, Movement, OutreachEvent
from hearth.apps.outreach.states import Direction
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import offer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import Quantity, RowForm


class HandOutForm(RowForm):
    event: forms.ModelChoiceField[OutreachEvent] = forms.ModelChoiceField(
        label=_("科普活动"), queryset=None, empty_label=_("请选这一场")
    )
    quantity = forms.IntegerField(label=_("发出"), min_value=1, initial=1)
    signed_for = forms.CharField(label=_("签收人"), max_length=40, required=False)

    @classmethod
    def of(cls, material: Material, by: Actor, chosen: str, data: QueryDict | None) -> HandOutForm:
        events = queries.events(by, campaign=material.campaign)
        today = events.filter(held_on=timezone.localdate()).first()
        form = cls(data, initial={"event": chosen or (today.pk if today else None), "quantity": 1})
        offer(form, "event", events)
        form.fields["quantity"].widget = Quantity(material.unit)
        return form


@requires(Permission.RECORD)
@require_GET
def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Labels to print and stick on boxes: scanned with a phone, they open the hand-out of that material."""
    shown = frame(request, pk, "desk:outreach")
    context = {"frame": shown, "materials": queries.materials(acting(request), campaign=shown.campaign)}
    return render(request, "desk/labels.html", context)


@requires(Permission.RECORD)
@require_GET
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    address = request.build_absolute_uri(reverse("desk:material_hand_out", args=[material.pk]))
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=4, title=str(material))
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what is given out, where it is given out."""
    material, by = _material(request, pk), acting(request)
    data = request.POST if request.method == "POST" else None
    form = HandOutForm.of(material, by, request.GET.get("event", ""), data)
    if form.is_bound and form.is_valid():
        try:
            given = _given(material, form, by)
        except OutreachRefused as refused:
            form.add_error("quantity", str(refused))
        else:
            notes.done(
                request,
                gettext("已记：%(what)s。记错了，到这一笔里更正数量。") % {"what": given},
            )
            return redirect(f"{reverse('desk:material_hand_out', args=[pk])}?event={given.event_id}")
    context = {"material": material, "campaign": material.campaign, "form": form}
    return render(request, "desk/hand_out.html", context, status=422 if form.is_bound else 200)


def _given(material: Material, form: HandOutForm, by: Actor) -> Movement:
    return actions.move(
        material=material,
        number=queries.free_number(by, material.campaign),
        moved_on=timezone.localdate(),
        direction=Direction.GIVEN,
        quantity=form.cleaned_data["quantity"],
        event=form.cleaned_data["event"],
        signed_for=form.cleaned_data["signed_for"],
        slip=gettext("扫码发放"),
        by=by,
    )


@requires(Permission.RECORD)
@require_POST
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep some of a material for this event."""
    event, material, by = _event(request, pk), _chosen(request), acting(request)
    typed = request.POST.get("quantity", "")
    try:
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 8):
            raise OutreachRefused(
                gettext("“%(typed)s”应为整数，如 12；填 0 就是不留了。") % {"typed": typed[:20]}
            )
        actions.reserve(material=material, event=event, quantity=int(typed), by=by)
    except OutreachRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(
            request,
            gettext("已为这一场留 %(number)s %(unit)s%(what)s。")
            % {"number": typed, "unit": material.unit, "what": material},
        )
    return redirect("desk:outreach_event", pk=event.pk)


@requires(Permission.RECORD)
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why some of a material still lie at the event."""
    event, material, by = _event(request, pk), _chosen(request), acting(request)
    try:
        actions.explain(
            material=material, event=event, explanation=request.POST.get("explanation", "")[:200], by=by
        )
    except OutreachRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, gettext("已写明差异。再有出入，要重新说明。"))
    return redirect("desk:outreach_event", pk=event.pk)


def _chosen(request: HttpRequest) -> Material:
    typed = request.POST.get("material", "")
    return _material(request, int(typed) if typed.isdecimal() and len(typed) < 18 else 0)


def _material(request: HttpRequest, pk: int) -> Material:
    return get_object_or_404(queries.materials(acting(request)), pk=pk)


def _event(request: HttpRequest, pk: int) -> OutreachEvent:
    return get_object_or_404(queries.events(acting(request)), pk=pk)
