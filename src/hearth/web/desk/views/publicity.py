"""Publicity of a campaign: what was placed where, what reached whom by which source, and the profiles."""

from typing import cast

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PlacementChanges, ProfileChanges, PublicityRefused
from hearth.apps.publicity.models import Placement, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.lib.tables import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, Quantity, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

PLACEMENTS = ListPage(
    title=_("宣传刊播"),
    columns=(
        Column(_("日期"), lambda one: one.placed_on, sort="day", order=("placed_on",), kind=Kind.DATE),
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        Column(_("媒体"), lambda one: one.medium, sort="medium", order=("medium",)),
        Column(_("渠道"), lambda one: one.get_channel_display(), sort="channel", order=("channel",)),
        Column(_("类型"), lambda one: one.get_kind_display()),
        Column(_("原发转载"), lambda one: one.get_origin_display()),
        Column(_("触达人数"), lambda one: one.reach, sort="reach", order=("reach",), kind=Kind.INTEGER),
        Column(_("数据来源"), lambda one: one.reach_source),
        Column(_("存证"), lambda one: one.evidence.name if one.evidence else one.proof),
    ),
    order=("placed_on", "number", "pk"),
    search=("title", "medium", "number", "spot"),
    search_label=_("标题、媒体、编号"),
    filters=(
        Filter(
            "channel", _("渠道"), tuple(Choice(one, one.label, Q(channel=one)) for one in Channel), chips=True
        ),
        Filter("kind", _("所有类型"), tuple(Choice(one, one.label, Q(kind=one)) for one in PlacementKind)),
        Filter("origin", _("原发和转载"), tuple(Choice(one, one.label, Q(origin=one)) for one in Origin)),
    ),
)
PROFILES = ListPage(
    title=_("典型事迹"),
    columns=(
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        Column(_("人员"), lambda one: one.person.name, sort="person", order=("person__name",)),
        Column(_("单位"), lambda one: one.person.org.short_name),
        Column(_("同意日期"), lambda one: one.consented_on, kind=Kind.DATE),
        Column(_("审核人"), lambda one: one.reviewer),
        Column(_("审核日期"), lambda one: one.reviewed_on, kind=Kind.DATE),
    ),
    order=("number", "pk"),
    search=("title", "person__name", "person__org__short_name"),
    search_label=_("标题、姓名、单位"),
)


class PlacementForm(RowForm):
    placed_on = forms.DateField(label=_("日期"), widget=DayInput)
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    medium = forms.CharField(label=_("媒体"), max_length=80)
    title = forms.CharField(label=_("标题"), max_length=200)
    kind = forms.ChoiceField(label=_("类型"), choices=PlacementKind.choices)
    origin = forms.ChoiceField(label=_("原发转载"), choices=Origin.choices)
    spot = forms.CharField(label=_("版面时段"), max_length=60, required=False)
    link = forms.URLField(label=_("链接"), max_length=300, required=False, assume_scheme="https")
    reach = forms.IntegerField(label=_("触达人数"), min_value=0, required=False, widget=Quantity(_("人")))
    reach_source = forms.CharField(
        label=_("数据来源"),
        max_length=120,
        required=False,
        help_text=_("填了触达人数就要写，例如公众号后台。"),
    )
    proof = forms.CharField(label=_("存证"), max_length=200, required=False)


class ProfileForm(RowForm):
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(label=_("事迹"), widget=forms.Textarea(attrs={"rows": 8}))
    consented_on = forms.DateField(label=_("本人同意日期"), widget=DayInput)
    reviewer = forms.CharField(label=_("审核人"), max_length=40)
    reviewed_on = forms.DateField(label=_("审核日期"), widget=DayInput)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    by = acting(request)
    return PLACEMENTS.show(
        request,
        queries.placements(by, campaign=shown.campaign),
        "desk/publicity.html",
        frame=shown,
        reached=queries.by_channel(by, campaign=shown.campaign),
        profiles=queries.profiles(by, campaign=shown.campaign).count(),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def profiles(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    rows = queries.profiles(acting(request), campaign=shown.campaign)
    return PROFILES.show(request, rows, "desk/profiles.html", frame=shown)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    return _placement_page(request, _placement(request, pk))


@requires(Permission.RECORD)
@require_POST
def amend_placement(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _placement(request, pk), acting(request)
    form = PlacementForm(request.POST, initial=_said(PlacementForm, found))
    done = carry_out(
        request,
        form,
        lambda: actions.amend(placement=found, by=by, **cast(PlacementChanges, changes(form))),
        PublicityRefused,
        _("已更正这条刊播。"),
    )
    return done or _placement_page(request, _placement(request, pk), form)


def _placement_page(
    request: HttpRequest, found: Placement, form: PlacementForm | None = None
) -> HttpResponse:
    form = form or PlacementForm(initial=_said(PlacementForm, found))
    deed = Deed(form, reverse("desk:placement_amend", args=[found.pk]), _("更正"), _("存更正"))
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("宣传刊播"), reverse("desk:publicity", args=[found.campaign_id])),
        facts=(
            Fact(_("日期"), found.placed_on),
            Fact(_("标题"), found.title),
            Fact(_("媒体"), found.medium),
            Fact(_("渠道"), found.get_channel_display()),
            Fact(_("类型"), found.get_kind_display()),
            Fact(_("版面时段"), found.spot),
            Fact(_("原发转载"), found.get_origin_display()),
            Fact(_("链接"), found.link, found.link),
            Fact(_("触达人数"), found.reach),
            Fact(_("数据来源"), found.reach_source),
            Fact(_("存证"), found.proof),
        ),
        deeds=(deed,) if acting(request).may(Permission.RECORD) else (),
        evidence=found.evidence,
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    return _profile_page(request, _profile(request, pk))


@requires(Permission.RECORD)
@require_POST
def amend_profile(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _profile(request, pk), acting(request)
    form = ProfileForm(request.POST, initial=_said(ProfileForm, found))
    done = carry_out(
        request,
        form,
        lambda: actions.amend_profile(profile=found, by=by, **cast(ProfileChanges, changes(form))),
        PublicityRefused,
        _("已更正这篇事迹。"),
    )
    return done or _profile_page(request, _profile(request, pk), form)


def _profile_page(request: HttpRequest, found: Profile, form: ProfileForm | None = None) -> HttpResponse:
    form = form or ProfileForm(initial=_said(ProfileForm, found))
    deed = Deed(form, reverse("desk:profile_amend", args=[found.pk]), _("更正"), _("存更正"))
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("典型事迹"), reverse("desk:profiles", args=[found.campaign_id])),
        facts=(
            Fact(_("人员"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(_("单位"), found.person.org),
            Fact(_("事迹"), found.text),
            Fact(_("本人同意日期"), found.consented_on),
            Fact(_("审核人"), found.reviewer),
            Fact(_("审核日期"), found.reviewed_on),
        ),
        deeds=(deed,) if acting(request).may(Permission.RECORD) else (),
    )


def _said(form: type[RowForm], found: Placement | Profile) -> dict[str, object]:
    """What a record says now, for the fields of its form."""
    return {name: getattr(found, name) for name in form.base_fields}


def _placement(request: HttpRequest, pk: int) -> Placement:
    return get_object_or_404(queries.placements(acting(request)), pk=pk)


def _profile(request: HttpRequest, pk: int) -> Profile:
    return get_object_or_404(queries.profiles(acting(request)), pk=pk)
