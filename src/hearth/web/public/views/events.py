"""Outreach events that anyone may read of, and registering for one without an account."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hearth.apps.campaigns import queries as campaigns
from hearth.apps.campaigns.models import PublicCampaign
from hearth.apps.catalogue import queries as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import OutreachEvent, PublicEvent, Registration
from hearth.apps.outreach.rules import MOST_PARTY, Window
from hearth.web.public.views.gone import gone
from hearth.web.ui import fresh
from hearth.web.ui.access import actor_of, answering, public
from hearth.web.ui.card import Card
from hearth.web.ui.forms import Quantity, RowForm


class SignUpForm(RowForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.CharField(
        label=_("单位"), max_length=80, help_text=_("学校、单位或社区；没有单位的，写住在哪个区。")
    )
    contact = forms.CharField(
        label=_("手机或邮箱"), max_length=120, help_text=_("只用来告诉您有没有名额、活动有没有变。")
    )
    party = forms.IntegerField(
        label=_("一共几人"), min_value=1, max_value=MOST_PARTY, initial=1, widget=Quantity(_("人"))
    )


@dataclass(frozen=True)
class Shown:
    """An event with whether it takes registrations at this moment."""

    event: PublicEvent
    window: Window

    @property
    def is_open(self) -> bool:
        return self.window is Window.OPEN

    @property
    def is_early(self) -> bool:
        return self.window is Window.EARLY

    @property
    def is_closed(self) -> bool:
        return self.window is Window.CLOSED

    @property
    def is_over(self) -> bool:
        return self.event.held_on < timezone.localdate()


def with_windows(events: Iterable[PublicEvent]) -> list[Shown]:
    return [Shown(one, queries.window_of(one)) for one in events]


def standing_of(events: Iterable[Shown]) -> tuple[object, ...]:
    """What tells whether pages that show these events are still the same."""
    return tuple((one.event.pk, one.event.changed_at, one.window) for one in events)


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    events, past = with_windows(queries.public_events()[:100]), with_windows(queries.past_events()[:20])

    def draw() -> HttpResponse:
        card = Card(
            gettext("科普活动"), gettext("报名不用账户；报上以后给一张门票，进门扫码。"), request.path
        )
        return render(request, "public/events.html", {"events": events, "past": past, "card": card})

    return fresh.answer(request, fresh.Stand((standing_of(events), standing_of(past)), None), draw)


@public
@require_GET
def event(request: HttpRequest, address: str) -> HttpResponse:
    """Asked for often, and the places left are true each time: its row is read, the page drawn only when it changed."""
    found = _once_shown(address)
    if found.withdrawn_at:
        return _gone(request, found, found.withdrawn_at)
    shown = Shown(found, queries.window_of(found))
    stand = fresh.Stand((standing_of([shown]),), None if shown.window is Window.EARLY else found.changed_at)
    return fresh.answer(request, stand, lambda: _page(request, shown, SignUpForm()))


@public
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, address: str) -> HttpResponse:
    found = _once_shown(address)
    # a refused form is shown here; reloaded, or in the other language, it is the event
    if request.method == "GET":
        return redirect(found)
    if found.withdrawn_at:
        return _gone(request, found, found.withdrawn_at)
    form = SignUpForm(request.POST)
    if form.is_valid():
        try:
            with answering(found):
                ticket = _sign_up(request, found, form)
                return redirect(queries.ticket_addresses([ticket])[ticket.pk])
        except OutreachRefused as refused:
            form.add_error(None, str(refused))
    return _page(request, Shown(found, queries.window_of(found)), form)


def _sign_up(request: HttpRequest, shown: PublicEvent, form: SignUpForm) -> Registration:
    visitor = actor_of(request)
    said = form.cleaned_data
    return actions.sign_up(
        event=OutreachEvent.objects.get(pk=shown.event_id),
        name=said["name"],
        unit=said["unit"],
        contact=said["contact"],
        party=said["party"],
        user_id=visitor.user_id if visitor else None,
        by=Actor.house(shown.org, said["name"]),
    )


def _page(request: HttpRequest, shown: Shown, form: SignUpForm) -> HttpResponse:
    event = shown.event
    text = " ".join(filter(None, (f"{event.held_on:%Y-%m-%d}", event.whereabouts, event.about)))
    context = {
        "shown": shown,
        "event": event,
        "form": form,
        "campaign": campaign_of(event.get_absolute_url()),
        "card": Card(event.name, text, event.get_absolute_url(), "article"),
    }
    return render(request, "public/event.html", context, status=422 if form.is_bound else 200)


def campaign_of(path: str) -> PublicCampaign | None:
    """The public page of the campaign that a published page belongs to."""
    return campaigns.copy_of(catalogue.subject_of(path))


def _once_shown(address: str) -> PublicEvent:
    return get_object_or_404(PublicEvent.objects.select_related("org"), address=address)


def _gone(request: HttpRequest, event: PublicEvent, since: datetime.datetime) -> HttpResponse:
    back = (gettext("看别的科普活动"), reverse("public:events"))
    return gone(request, gettext("这场活动的网页已撤下"), event.org.name, since, back)
