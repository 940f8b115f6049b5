"""Publicity of a campaign: what is planned, what was placed where, what reached whom by which source."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import quote

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.queries import day_of
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.files.actions import FileRefused
from hearth.apps.papers import queries as papers
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import State
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PlacementChanges, PlanChanges, PublicityRefused
from hearth.apps.publicity.models import Placement, PlannedItem
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.lib import workbooks
from hearth.lib.tables import Column as Heading
from hearth.lib.tables import Kind
from hearth.web.desk import deadlines
from hearth.web.desk.campaign_frame import Frame, frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, changes, offer, show
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, FileButton, Quantity, RowForm
from hearth.web.ui.listing import XLSX, Choice, Column, Filter, ListPage
from hearth.web.ui.parts import Chart, Drawing, Series

REFUSALS = (PublicityRefused, FileRefused)
CHANNELS = tuple(Choice(one, one.label, Q(channel=one)) for one in Channel)
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
        Filter("channel", _("渠道"), CHANNELS, chips=True),
        Filter("kind", _("所有类型"), tuple(Choice(one, one.label, Q(kind=one)) for one in PlacementKind)),
        Filter("origin", _("原发和转载"), tuple(Choice(one, one.label, Q(origin=one)) for one in Origin)),
    ),
)


def _plan_page(on: datetime.date) -> ListPage:
    return ListPage(
        title=_("宣传计划"),
        columns=(
            Column(_("刊播日期"), lambda one: one.planned_on, "day", ("planned_on",), Kind.DATE),
            Column(_("题目"), lambda one: one.title, "title", ("title",)),
            Column(_("媒体"), lambda one: one.medium, "medium", ("medium",)),
            Column(_("渠道"), lambda one: one.get_channel_display(), "channel", ("channel",)),
            Column(_("责任人"), lambda one: one.person.name, "person", ("person__name",)),
            Column(_("交稿期限"), lambda one: one.due, "due", ("due",), Kind.DATE),
            Column(_("落实"), lambda one: str(deadlines.of_planned(one, on).text)),
        ),
        order=("planned_on", "number", "pk"),
        search=("title", "medium", "number", "person__name"),
        search_label=_("题目、媒体、责任人"),
        filters=(
            Filter(
                "show",
                _("落实"),
                (
                    Choice("open", _("没刊播"), queries.WAITING),
                    Choice("late", _("迟"), queries.late(on)),
                    Choice("done", _("已刊播"), Q(placed_count__gt=0)),
                ),
                chips=True,
            ),
            Filter("channel", _("所有渠道"), CHANNELS),
        ),
    )


class PlanForm(RowForm):
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    medium = forms.CharField(label=_("媒体"), max_length=80)
    title = forms.CharField(label=_("题目"), max_length=200, help_text=_("刊播什么，如“走访慰问消息”。"))
    planned_on = forms.DateField(label=_("计划刊播日期"), widget=DayInput)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("责任人"),
        queryset=None,
        empty_label=_("请选"),
        help_text=_("交稿前两天、当天和迟了，提醒他。"),
    )
    due = forms.DateField(label=_("交稿期限"), widget=DayInput)

    @classmethod
    def among(cls, by: Actor, *given: Any, **more: Any) -> PlanForm:
        form = cls(*given, **more)
        offer(form, "person", directory.people(by).order_by("org__path", "name"))
        return form


class ReplanForm(PlanForm):
    ready_on = forms.DateField(
        label=_("交稿日期"), required=False, widget=DayInput, help_text=_("稿子好了填上，就不再催。")
    )
    dropped_because = forms.CharField(
        label=_("不刊播的原因"), max_length=200, required=False, help_text=_("不刊播了才填；填了就不再等。")
    )


class PlacementForm(RowForm):
    placed_on = forms.DateField(label=_("日期"), widget=DayInput)
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    medium = forms.CharField(label=_("媒体"), max_length=80)
    title = forms.CharField(label=_("标题"), max_length=200)
    kind = forms.ChoiceField(label=_("类型"), choices=PlacementKind.choices)
    spot = forms.CharField(
        label=_("版面时段"), max_length=60, required=False, help_text=_("如“第2版”“8:00—8:10”。")
    )
    link = forms.URLField(
        label=_("链接"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("同一个链接只登记一次。"),
    )
    evidence = forms.FileField(
        label=_("存证文件"),
        required=False,
        widget=FileButton(),
        help_text=_("截屏、样报的照片或 PDF。链接会失效，文件一直在。"),
    )
    proof = forms.CharField(
        label=_("存证说明"),
        max_length=200,
        required=False,
        help_text=_("没有文件时，写明原件在哪里。"),
    )
    reach = forms.IntegerField(label=_("触达人数"), min_value=0, required=False, widget=Quantity(_("人")))
    reach_source = forms.CharField(
        label=_("数据来源"),
        max_length=120,
        required=False,
        help_text=_("填了触达人数就要写，例如公众号后台。"),
    )
    origin = forms.ChoiceField(label=_("原发转载"), choices=Origin.choices)
    reprint_of: forms.ModelChoiceField[Placement] = forms.ModelChoiceField(
        label=_("转载自"),
        queryset=None,
        required=False,
        empty_label=_("不选"),
        help_text=_("转载的才选；原文没有登记就不选。"),
    )
    planned: forms.ModelChoiceField[PlannedItem] = forms.ModelChoiceField(
        label=_("落实的计划"),
        queryset=None,
        required=False,
        empty_label=_("不选"),
        help_text=_("计划里有的，选了就算落实。"),
    )
    paper: forms.ModelChoiceField[Paper] = forms.ModelChoiceField(
        label=_("刊播的公文"),
        queryset=None,
        required=False,
        empty_label=_("不选"),
        help_text=_("刊登的是慰问信等公文时选。"),
    )

    @classmethod
    def about(cls, campaign: Campaign, by: Actor, *given: Any, **more: Any) -> PlacementForm:
        form = cls(*given, **more)
        placed = queries.placements(by, campaign=campaign).filter(origin=Origin.ORIGINAL)
        offer(form, "reprint_of", placed)
        offer(form, "planned", queries.planned(by, campaign=campaign).filter(dropped_because=""))
        offer(form, "paper", papers.papers(by).filter(subject=campaign.subject_id, state=State.ISSUED))
        return form

    def said(self, names: Sequence[str], by: Actor) -> dict[str, Any]:
        """What the action takes of these fields; a file is checked and kept first."""
        told = {name: self.cleaned_data[name] for name in names}
        file = told.pop("evidence", None)
        if file:
            told["evidence"] = files.keep(name=file.name, data=file.read(), by=by)
        return told


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    by = acting(request)
    reached = queries.by_channel(by, campaign=shown.campaign)
    plan = queries.planned(by, campaign=shown.campaign)
    return PLACEMENTS.show(
        request,
        queries.placements(by, campaign=shown.campaign),
        "desk/publicity.html",
        frame=shown,
        reached=reached,
        chart=_chart(reached),
        planned=plan.count(),
        late=plan.filter(queries.late(shown.on)).count(),
        profiles=queries.profiles(by, campaign=shown.campaign).count(),
        articles=queries.articles(by, campaign=shown.campaign).count(),
        mailings=queries.mailings(by, campaign=shown.campaign).count(),
        letters=queries.letters(by, campaign=shown.campaign).count(),
    )


def _chart(reached: Sequence[queries.Reached]) -> Chart | None:
    if not any(one.placements for one in reached):
        return None
    most = max(reached, key=lambda one: one.reach)
    originals = sum(one.reach for one in reached)
    said = gettext(
        "各渠道触达人次：原发共 %(originals)d，%(channel)s最多，%(most)d；转载另计 %(reprints)d。"
    ) % {
        "originals": originals,
        "channel": most.channel.label,
        "most": most.reach,
        "reprints": sum(one.reprint_reach for one in reached),
    }
    return Chart(
        drawing=Drawing.BAR,
        sentence=said,
        over=_("渠道"),
        categories=[one.channel.label for one in reached],
        series=(
            Series(_("原发触达"), [one.reach for one in reached]),
            Series(_("转载触达"), [one.reprint_reach for one in reached]),
        ),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of the plan, in one Excel file: each channel, each planned item."""
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    sheets = [_channels(shown, by), _planned(shown, by)]
    name = f"{shown.campaign}_宣传成效_{timezone.localdate():%Y-%m-%d}.xlsx"
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(
        workbooks.write(sheets), content_type=XLSX, headers={"Content-Disposition": disposition}
    )


def _channels(shown: Frame, by: Actor) -> workbooks.Sheet:
    names = ("篇数", "原发", "原发触达人次", "转载", "转载触达人次", "没有数的")
    return workbooks.Sheet(
        title="各渠道",
        columns=(Heading(name="渠道"), *(Heading(name=name, kind=Kind.INTEGER) for name in names)),
        rows=(
            [
                str(one.channel.label),
                one.placements,
                one.originals,
                one.reach,
                one.reprints,
                one.reprint_reach,
                one.unmeasured,
            ]
            for one in queries.by_channel(by, campaign=shown.campaign)
        ),
    )


def _planned(shown: Frame, by: Actor) -> workbooks.Sheet:
    return workbooks.Sheet(
        title="计划与落实",
        columns=(
            Heading(name="刊播日期", kind=Kind.DATE),
            Heading(name="渠道"),
            Heading(name="媒体"),
            Heading(name="题目"),
            Heading(name="责任人"),
            Heading(name="刊播篇数", kind=Kind.INTEGER),
            Heading(name="落实"),
        ),
        rows=(
            [
                one.planned_on,
                str(one.get_channel_display()),
                one.medium,
                one.title,
                one.person.name,
                one.placed_count,  # type: ignore[attr-defined]
                str(deadlines.of_planned(one, shown.on).text),
            ]
            for one in queries.planned(by, campaign=shown.campaign).order_by("planned_on", "number")
        ),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    rows = queries.planned(acting(request), campaign=shown.campaign)
    return _plan_page(shown.on).show(request, rows, "desk/publicity_plan.html", frame=shown)


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def plan_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one more item into the plan."""
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    form = PlanForm.among(by, request.POST or None)
    if form.is_bound:
        done = carry_out(
            request,
            form,
            lambda: actions.plan(campaign=shown.campaign, by=by, **form.cleaned_data),
            PublicityRefused,
            _("已列入计划。刊播以后登记一条，就算落实。"),
        )
        if done:
            return done
    context = {"frame": shown, "form": form}
    return render(request, "desk/publicity_plan_one.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def planned(request: HttpRequest, pk: int) -> HttpResponse:
    return _planned_page(request, _planned_item(request, pk))


@requires(Permission.RECORD)
@require_POST
def replan(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _planned_item(request, pk), acting(request)
    form = ReplanForm.among(by, request.POST, initial=_said(ReplanForm, found))
    done = carry_out(
        request,
        form,
        lambda: actions.replan(item=found, by=by, **cast(PlanChanges, changes(form))),
        PublicityRefused,
        _("计划已更改。"),
    )
    return done or _planned_page(request, found, form)


def _planned_page(request: HttpRequest, found: PlannedItem, form: PlanForm | None = None) -> HttpResponse:
    by = acting(request)
    form = form or ReplanForm.among(by, initial=_said(ReplanForm, found))
    deed = Deed(form, reverse("desk:planned_amend", args=[found.pk]), _("更改计划"), _("存更改"))
    return show(
        request,
        found,
        campaign=found.campaign,
        place=Place(_("宣传计划"), reverse("desk:publicity_plan", args=[found.campaign_id])),
        facts=(
            Fact(_("计划刊播日期"), found.planned_on),
            Fact(_("题目"), found.title),
            Fact(_("媒体"), found.medium),
            Fact(_("渠道"), found.get_channel_display()),
            Fact(_("责任人"), found.person, reverse("desk:person", args=[found.person_id])),
            Fact(_("交稿期限"), found.due),
            Fact(_("交稿日期"), found.ready_on),
            Fact(_("不刊播的原因"), found.dropped_because),
        ),
        deeds=(deed,) if by.may(Permission.RECORD) else (),
        template="desk/planned.html",
        placed=queries.placements(by, campaign=found.campaign).filter(planned=found),
    )


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one more placement; ``planned`` or ``paper`` in the address fills in what is known of it."""
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    if request.method == "POST":
        form = PlacementForm.about(shown.campaign, by, request.POST, request.FILES)
        done = carry_out(
            request,
            form,
            lambda: actions.place(campaign=shown.campaign, by=by, **form.said(list(form.fields), by)),
            REFUSALS,
            _("已登记这条刊播。"),
        )
        if done:
            return done
    else:
        form = PlacementForm.about(shown.campaign, by, initial=_known(request, shown, by))
    context = {"frame": shown, "form": form}
    return render(request, "desk/place_one.html", context, status=422 if form.is_bound else 200)


def _known(request: HttpRequest, shown: Frame, by: Actor) -> dict[str, Any]:
    known: dict[str, Any] = {"placed_on": day_of(shown.campaign)}
    item, paper = request.GET.get("planned", ""), request.GET.get("paper", "")
    if item.isdecimal():
        found = get_object_or_404(queries.planned(by, campaign=shown.campaign), pk=int(item))
        known |= {"planned": found.pk, "channel": found.channel, "medium": found.medium, "title": found.title}
    if paper.isdecimal():
        letter = get_object_or_404(queries.letters(by, campaign=shown.campaign), pk=int(paper))
        known |= {"paper": letter.pk, "title": letter.title, "kind": PlacementKind.LETTER}
    return known


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    return _placement_page(request, _placement(request, pk))


@requires(Permission.RECORD)
@require_POST
def amend_placement(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _placement(request, pk), acting(request)
    form = PlacementForm.about(
        found.campaign, by, request.POST, request.FILES, initial=_said(PlacementForm, found)
    )
    done = carry_out(
        request,
        form,
        lambda: actions.amend(
            placement=found, by=by, **cast(PlacementChanges, form.said(form.changed_data, by))
        ),
        REFUSALS,
        _("已更正这条刊播。"),
    )
    return done or _placement_page(request, _placement(request, pk), form)


def _placement_page(
    request: HttpRequest, found: Placement, form: PlacementForm | None = None
) -> HttpResponse:
    by = acting(request)
    form = form or PlacementForm.about(found.campaign, by, initial=_said(PlacementForm, found))
    deed = Deed(form, reverse("desk:placement_amend", args=[found.pk]), _("更正"), _("存更正"))
    first, item, paper = found.reprint_of, found.planned, found.paper
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
            Fact(_("转载自"), first, reverse("desk:placement", args=[first.pk]) if first else ""),
            Fact(_("链接"), found.link, found.link),
            Fact(_("触达人数"), found.reach),
            Fact(_("数据来源"), found.reach_source),
            Fact(_("存证"), found.proof),
            Fact(_("落实的计划"), item, reverse("desk:planned", args=[item.pk]) if item else ""),
            Fact(_("刊播的公文"), paper, reverse("desk:paper", args=[paper.pk]) if paper else ""),
        ),
        deeds=(deed,) if by.may(Permission.RECORD) else (),
        evidence=found.evidence,
    )


def _said(form: type[RowForm], found: Placement | PlannedItem) -> dict[str, object]:
    """What a record says now, for the fields of its form."""
    return {name: getattr(found, name) for name in form.base_fields if name != "evidence"}


def _placement(request: HttpRequest, pk: int) -> Placement:
    return get_object_or_404(queries.placements(acting(request)), pk=pk)


def _planned_item(request: HttpRequest, pk: int) -> PlannedItem:
    return get_object_or_404(queries.planned(acting(request)), pk=pk)
