"""A campaign at a glance: what changed after signing, what is late and with whom, how far each part is, who answered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.apps.campaigns import queries
from hearth.apps.campaigns.models import Campaign, CampaignRecord, Duty, Level, Suggestion
from hearth.apps.campaigns.states import TAKEN_UP, DutyState, Part
from hearth.apps.directory.models import Actor
from hearth.apps.measures import queries as measures
from hearth.apps.measures.states import Shape as ValueShape
from hearth.apps.notices import queries as notices
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.outreach.models import OutreachEvent
from hearth.apps.papers import queries as papers
from hearth.apps.papers.figures import show
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import State
from hearth.apps.publicity import queries as publicity
from hearth.apps.publicity.models import Placement, PlannedItem
from hearth.apps.publicity.states import PlacementKind
from hearth.apps.visits.models import Case, Visit
from hearth.apps.visits.states import CLOSED, CaseState
from hearth.web.desk import answers, arrivals, deadlines
from hearth.web.ui.parts import Chart, Figure, Tally
from hearth.web.ui.standing import Standing

MOST_LATE = 10
FIGURES = (
    "outreach.boards",
    "outreach.booklets",
    "outreach.leaflets",
    "visits.people",
    "publicity.placements",
    "campaigns.suggestions",
)
# where the work of each part is seen
PLACES = {
    Part.CONSULTATION: "desk:consultation",
    Part.PLAN: "desk:duties",
    Part.CONTINGENCY: "desk:contingency",
    Part.PUBLICITY: "desk:publicity",
    Part.LETTER: "desk:publicity",
    Part.VISITS: "desk:visits",
    Part.NOTICES: "desk:notices",
    Part.OUTREACH: "desk:outreach",
}


@dataclass(frozen=True)
class Changed:
    """A signed paper and what its records say otherwise now."""

    paper: Paper
    changes: tuple[papers.Change, ...]


@dataclass(frozen=True)
class Overdue:
    """Something that is late or due on the day, with the person and what it hangs on."""

    label: str
    href: str
    who: str
    deputy: str
    due: datetime.date
    standing: Standing
    why: str


@dataclass(frozen=True)
class Progress:
    """How far one part is: by its duties, and by what its own records came to."""

    of: queries.PartProgress
    href: str
    step: str


@dataclass(frozen=True)
class Overview:
    changed: tuple[Changed, ...]
    overdue: tuple[Overdue, ...]
    progress: tuple[Progress, ...]
    figures: tuple[Figure, ...]
    arrivals: tuple[arrivals.Arrival, ...]
    notice: Notice | None
    answers: tuple[answers.Answers, ...]
    tallies: tuple[Tally, ...]
    chart: Chart | None

    @property
    def most_overdue(self) -> tuple[Overdue, ...]:
        return self.overdue[:MOST_LATE]


def of(campaign: Campaign, *, on: datetime.date, by: Actor) -> Overview:
    notice = notices.notices(by, campaign=campaign).filter(wants_return=True).first()
    returns = list(notices.returns(by, notice)) if notice else []
    return Overview(
        changed=tuple(_changed(campaign, by)),
        overdue=tuple(_overdue(campaign, returns, on, by)),
        progress=tuple(_progress(campaign, returns, on, by)),
        figures=tuple(_figure(campaign, key) for key in FIGURES),
        arrivals=arrivals.latest(campaign, by),
        notice=notice,
        answers=answers.by_kind(returns, on),
        tallies=answers.tallies(returns, on),
        chart=answers.cumulated(returns, campaign.year),
    )


def _changed(campaign: Campaign, by: Actor) -> list[Changed]:
    signed = list(
        papers.papers(by)
        .filter(subject=campaign.subject_id, state__in=(State.SIGNED, State.ISSUED))
        .order_by("signed_at")
    )
    changes = papers.changes_of(signed)
    undecided = [Changed(paper, papers.undecided(paper, changes[paper.pk])) for paper in signed]
    return [one for one in undecided if one.changes]


def _overdue(campaign: Campaign, returns: Sequence[Return], on: datetime.date, by: Actor) -> list[Overdue]:
    duties = (
        _own(Duty, campaign, by)
        .filter(due__lte=on)
        .exclude(state=DutyState.DONE)
        .select_related("person", "deputy")
    )
    cases = (
        Case.objects.visible_to(by)
        .filter(campaign=campaign, due__lte=on)
        .exclude(state__in=CLOSED)
        .select_related("person", "handled_by")
    )
    found = [
        *(_late_duty(duty, on) for duty in duties),
        *(_late_case(case, on) for case in cases),
        *(
            _late_planned(item, on)
            for item in publicity.planned(by, campaign=campaign).filter(publicity.late(on))
        ),
        *(
            _late_return(returned, on)
            for returned in returns
            if returned.state != ReturnState.SENT and returned.due and returned.due <= on
        ),
    ]
    return sorted(found, key=lambda one: one.due)


def _late_duty(duty: Duty, on: datetime.date) -> Overdue:
    return Overdue(
        label=duty.task,
        href=reverse("desk:duty", args=[duty.pk]),
        who=duty.person.name,
        deputy=duty.deputy.name if duty.deputy else "",
        due=duty.due,
        standing=deadlines.of_duty(duty, on),
        why=str(duty.get_state_display()),
    )


def _late_case(case: Case, on: datetime.date) -> Overdue:
    return Overdue(
        label=_("走访困难：%(text)s") % {"text": case},
        href=reverse("desk:case", args=[case.pk]),
        who=case.person.name,
        deputy="",
        due=case.due,
        standing=deadlines.of_case(case, on),
        why=f"{case.handled_by}：{case.get_state_display()}",
    )


def _late_planned(item: PlannedItem, on: datetime.date) -> Overdue:
    return Overdue(
        label=_("宣传：%(item)s") % {"item": item},
        href=reverse("desk:planned", args=[item.pk]),
        who=item.person.name,
        deputy="",
        due=item.planned_on if item.ready_on else item.due,
        standing=deadlines.of_planned(item, on),
        why=_("等刊播") if item.ready_on else _("等交稿"),
    )


def _late_return(returned: Return, on: datetime.date) -> Overdue:
    assert returned.due is not None
    return Overdue(
        label=_("%(org)s报送") % {"org": returned.org},
        href=reverse("desk:return", args=[returned.pk]),
        who=returned.org.contact,
        deputy="",
        due=returned.due,
        standing=deadlines.of_return(returned, on),
        why=answers.hanging_on(returned),
    )


def _progress(campaign: Campaign, returns: Sequence[Return], on: datetime.date, by: Actor) -> list[Progress]:
    steps = _steps(campaign, returns, on, by)
    return [
        Progress(of=one, href=_place(campaign, one.part), step=steps.get(one.part, ""))
        for one in queries.progress(campaign, on=on, by=by)
    ]


def _place(campaign: Campaign, part: Part) -> str:
    if part in PLACES:
        return reverse(PLACES[part], args=[campaign.pk])
    return f"{reverse('desk:duties', args=[campaign.pk])}?part={part}"


def _steps(campaign: Campaign, returns: Sequence[Return], on: datetime.date, by: Actor) -> dict[Part, str]:
    """What each part has come to, in numbers of its own records."""
    suggestions = _own(Suggestion, campaign, by).aggregate(
        all=Count("pk"), taken=Count("pk", filter=Q(handling__in=TAKEN_UP))
    )
    placements = _own(Placement, campaign, by).aggregate(
        all=Count("pk"), letters=Count("pk", filter=Q(kind=PlacementKind.LETTER))
    )
    people = _own(Visit, campaign, by).aggregate(all=Count("person", distinct=True))
    cases = _own(Case, campaign, by).aggregate(
        all=Count("pk"), settled=Count("pk", filter=Q(state=CaseState.SETTLED))
    )
    events = _own(OutreachEvent, campaign, by).filter(cancelled_at=None)
    held = events.aggregate(
        held=Count("pk", filter=Q(held_on__lte=on)), coming=Count("pk", filter=Q(held_on__gt=on))
    )
    level = _own(Level, campaign, by).filter(in_force_since__isnull=False).first()
    sent = sum(returned.state == ReturnState.SENT for returned in returns)
    return {
        Part.CONSULTATION: _("%(all)d 条意见，采纳 %(taken)d 条") % suggestions,
        Part.CONTINGENCY: _("现在是%(level)s") % {"level": level.name} if level else _("没有启用的级别"),
        Part.PUBLICITY: _("已刊播 %(all)d 篇") % placements,
        Part.LETTER: _("刊播 %(letters)d 次") % placements,
        Part.VISITS: _("%(people)d 人；困难 %(all)d 件，办结 %(settled)d 件")
        % {**cases, "people": people["all"]},
        Part.NOTICES: _("%(all)d 家中已报 %(sent)d 家") % {"all": len(returns), "sent": sent},
        Part.OUTREACH: (
            _("办了 %(held)d 场，还有 %(coming)d 场") if held["coming"] else _("办了 %(held)d 场")
        )
        % held,
    }


def _own(model: type[CampaignRecord], campaign: Campaign, by: Actor) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.visible_to(by).filter(campaign=campaign).order_by()
    return found


def _figure(campaign: Campaign, key: str) -> Figure:
    measured = measures.measure(key, campaign.pk)
    value = measured.value
    counted = value is not None and value.shape == ValueShape.COUNT
    return Figure(
        label=measured.measure.name.replace(".", ""),
        value=(value.number or 0) if value and counted else show(value, None) if value else "—",
        unit=value.unit if value and counted else "",
        href=reverse("desk:measure", args=[campaign.pk, key]),
        source=_("%(number)d 条记录") % {"number": len(measured.records)},
    )
