"""Forums: the list, the timetable of one, its people, and the way from matches to a timetable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.agreements import queries as agreements
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions as exchange
from hearth.apps.exchange.models import Match
from hearth.apps.exchange.states import Judgement
from hearth.apps.jobs import queries as jobs
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import OPEN
from hearth.apps.meetings import actions, queries
from hearth.apps.meetings.models import Forum, Participant, Slot
from hearth.apps.meetings.states import TimetableStatus
from hearth.lib import workbooks
from hearth.lib.tables import Column as Heading
from hearth.lib.tables import Kind
from hearth.web.desk import timetable_grid as grids
from hearth.web.desk import traces
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import Quantity, RowForm
from hearth.web.ui.listing import XLSX, Choice, Column, Filter, ListPage

SECONDS = 60
TIMES = (
    Heading(name="起", kind=Kind.TIME),
    Heading(name="止", kind=Kind.TIME),
    Heading(name="桌", kind=Kind.INTEGER),
)

FORUMS = ListPage(
    title=_("对接会"),
    columns=(
        Column(_("名称"), lambda forum: forum.name, sort="name", order=("name",)),
        Column(_("日期"), lambda forum: forum.held_on, sort="held", order=("held_on",), kind=Kind.DATE),
        Column(_("地点"), lambda forum: forum.place),
        Column(_("时间表"), lambda forum: forum.get_status_display()),
        Column(_("洽谈场次"), lambda forum: forum.placed, kind=Kind.INTEGER),
        Column(_("签到人数"), lambda forum: forum.came, kind=Kind.INTEGER),
    ),
    order=("-held_on", "pk"),
    search=("name", "place"),
    search_label=_("名称或地点"),
    filters=(
        Filter(
            "status", _("时间表"), tuple(Choice(one, one.label, Q(status=one)) for one in TimetableStatus)
        ),
    ),
)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return FORUMS.show(request, queries.forums(acting(request)), "desk/forums.html")


class AbsenceForm(RowForm):
    """When one participant cannot come; it replaces what was noted before."""

    slots = forms.ModelMultipleChoiceField(
        label=_("不能到场的时段"),
        queryset=Slot.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("原因"), max_length=120, required=False)

    def __init__(self, *args: Any, forum: Forum, participant: Participant, **kwargs: Any) -> None:
        absences = list(participant.absences.all())
        initial = {
            "slots": [one.slot_id for one in absences],
            "reason": absences[0].reason if absences else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["slots"].queryset = forum.slots.all()  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class ForumForm(RowForm):
    place = forms.CharField(label=_("地点"), max_length=120)
    tables = forms.IntegerField(label=_("洽谈桌"), min_value=1, max_value=500, widget=Quantity(_("张")))
    fairness = forms.IntegerField(
        label=_("空等上限"),
        min_value=0,
        max_value=50,
        widget=Quantity(_("次")),
        help_text=_("一个人两场之间最多空几段"),
    )
    per_demand = forms.IntegerField(
        label=_("每项需求最多约"), min_value=1, max_value=50, widget=Quantity(_("位"))
    )
    per_expert = forms.IntegerField(
        label=_("每位专家最多谈"), min_value=1, max_value=50, widget=Quantity(_("场"))
    )


@dataclass(frozen=True)
class Way:
    """How far the matches of a forum's campaign are on the way to its timetable."""

    matches: int
    wanted: int


@requires(Permission.SEE_EXCHANGE)
@require_GET
def forum(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    forum = _forum(request, pk)
    places = list(queries.places(forum, actor))
    participants = list(queries.participants(forum, actor))
    followed = next((one for one in participants if str(one.pk) == request.GET.get("who")), None)
    context = {
        "forum": forum,
        "way": _way(forum),
        "job": _running(forum, actor),
        "misfits": queries.violations(forum),
        "participants": participants,
        "followed": followed,
        "day": next((day for day in grids.days(places) if day.participant == followed), None),
        "away": AbsenceForm(forum=forum, participant=followed) if followed else None,
        "grid": grids.grid(list(forum.slots.all()), places, forum.tables, followed),
        "unplaced": queries.meetings(forum, actor).filter(place=None),
        "seconds": SECONDS,
        "shown": queries.copy_of(forum),
        "traces": traces.of(forum, actor),
    }
    return render(request, "desk/forum.html", context)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's own card, one to a sheet of A6."""
    forum = _forum(request, pk)
    context = {"forum": forum, "days": grids.days(queries.places(forum, acting(request)))}
    return render(request, "desk/forum_cards.html", context)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One participant's meetings, for a calendar."""
    actor = acting(request)
    participant = get_object_or_404(Participant.objects.visible_to(actor), pk=pk)
    disposition = content_disposition_header(as_attachment=True, filename=f"{participant}.ics")
    return HttpResponse(
        queries.ics(participant, actor),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@requires(Permission.SEE_EXCHANGE)
@require_GET
def timetable_file(request: HttpRequest, pk: int) -> HttpResponse:
    forum, actor = _forum(request, pk), acting(request)
    name = f"{forum}_{gettext('洽谈时间表')}.xlsx"
    return HttpResponse(
        workbooks.write([_by_time(forum, actor), _by_person(forum, actor)]),
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )


def _by_time(forum: Forum, actor: Actor) -> workbooks.Sheet:
    return workbooks.Sheet(
        title=gettext("按时间"),
        columns=(*TIMES, *_texts(_("企业"), _("专家"), _("议题"))),
        rows=[
            (line.starts, line.ends, line.table, line.company, line.expert, line.topic)
            for line in queries.lines(forum, actor)
        ],
    )


def _by_person(forum: Forum, actor: Actor) -> workbooks.Sheet:
    return workbooks.Sheet(
        title=gettext("按人"),
        columns=(*_texts(_("谁")), *TIMES, *_texts(_("对方"), _("议题"))),
        rows=[
            (
                day.participant.full_name,
                place.slot.starts,
                place.slot.ends,
                place.table,
                other.full_name,
                place.meeting.topic,
            )
            for day in grids.days(queries.places(forum, actor))
            for place, other in day.meetings
        ],
    )


def _texts(*names: Any) -> tuple[Heading, ...]:
    return tuple(Heading(name=str(name)) for name in names)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose from the matches who is to meet whom, within the forum's limits."""
    forum, actor = _forum(request, pk), acting(request)
    try:
        with transaction.atomic():
            without = exchange.assign(
                campaign=forum.campaign, per_demand=forum.per_demand, per_offer=forum.per_expert, by=actor
            )
    except exchange.ExchangeRefused as refused:
        messages.error(request, str(refused))
    else:
        said = (
            gettext("已分派。%(number)d 项需求没有合适的对象。")
            if without
            else gettext("已分派，每项需求都有对象。")
        )
        notes.done(request, said % {"number": len(without)})
    return redirect("desk:forum", pk)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    forum = _forum(request, pk)
    said = gettext("现在共有 %(number)d 场洽谈要排。时间表排好以前，双方还没有收到时间。")
    return _do(request, pk, lambda: actions.invite(forum=forum, by=acting(request)), said)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Note when one participant cannot come."""
    actor = acting(request)
    participant = get_object_or_404(
        Participant.objects.visible_to(actor).select_related("forum", "organisation"), pk=pk
    )
    form = AbsenceForm(request.POST, forum=participant.forum, participant=participant)
    if not form.is_valid():
        raise BadRequest
    known = Person(pk=participant.person_id, name=participant.name) if participant.person_id else None
    answer = _do(
        request,
        participant.forum_id,
        lambda: actions.excuse(
            forum=participant.forum,
            organisation=participant.organisation,
            person=known,
            slots=form.cleaned_data["slots"],
            reason=form.cleaned_data["reason"],
            by=actor,
        ),
        gettext("已记下什么时候不能到场。时间表要再排一次才会跟着变。"),
    )
    answer["Location"] += f"?who={pk}#card"
    return answer


@requires(Permission.MANAGE_FORUMS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    forum, actor = _forum(request, pk), acting(request)
    form = ForumForm(
        request.POST or None, initial={name: getattr(forum, name) for name in ForumForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.amend_forum(forum=forum, by=actor, **form.cleaned_data)
        except actions.ForumRefused as refused:
            form.add_error(None, str(refused))
        else:
            traces.say_changed(request, forum, gettext("对接会已改。时间表要再排一次才会跟着变。"), by=actor)
            return redirect("desk:forum", pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/forum_edit.html", {"forum": forum, "form": form}, status=status)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a timetable as a job; the forum's page shows how far it is."""
    forum = _forum(request, pk)
    said = gettext("已开始排时间表，最多 %(seconds)d 秒。可以随时停下，用那时最好的。") % {"seconds": SECONDS}
    return _do(
        request,
        pk,
        lambda: actions.timetable_later(forum=forum, seconds=SECONDS, by=acting(request)),
        said,
    )


@requires(Permission.MANAGE_FORUMS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let anyone read when and where it is, with the numbers of this moment."""
    forum, by = _forum(request, pk), acting(request)
    signed = agreements.agreements(by, forum.campaign).count()
    said = gettext("已公开日期、地点和几个总数；企业、专家和需求的内容没有公开。")
    return _do(request, pk, lambda: actions.publish(forum=forum, agreements=signed, by=by), said)


@requires(Permission.MANAGE_FORUMS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    forum, by = _forum(request, pk), acting(request)
    return _do(request, pk, lambda: actions.withdraw(forum=forum, by=by), gettext("已撤下公开网页。"))


def _do(request: HttpRequest, pk: int, act: Callable[[], Any], said: str) -> HttpResponse:
    """One step towards the timetable: done and said, or refused and said why."""
    try:
        with transaction.atomic():
            done = act()
    except actions.ForumRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, said % {"number": done} if "%(number)d" in said else said)
    return redirect("desk:forum", pk)


def _forum(request: HttpRequest, pk: int) -> Forum:
    return get_object_or_404(queries.forums(acting(request)), pk=pk)


def _way(forum: Forum) -> Way:
    counted = Match.objects.filter(campaign=forum.campaign).aggregate(
        matches=Count("pk"), wanted=Count("pk", filter=Q(assigned=True) | Q(judgement=Judgement.PROPOSED))
    )
    return Way(**counted)


def _running(forum: Forum, actor: Actor) -> Job | None:
    return (
        jobs.visible_to(actor)
        .filter(task="meetings.timetable", arguments__forum=forum.pk, state__in=OPEN)
        .first()
    )
