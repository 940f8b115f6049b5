"""Opening a forum, inviting both sides, timetabling their meetings, telling them, and the door on the day."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.exchange.models import Match
from hearth.apps.exchange.rules import outward
from hearth.apps.exchange.states import Judgement
from hearth.apps.jobs import actions as jobs
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.tasks import Cancelled, Handle, work
from hearth.apps.meetings import timetabling
from hearth.apps.meetings.actions.listing import put_up
from hearth.apps.meetings.models import (
    Absence,
    Appointment,
    Attendance,
    Forum,
    Meeting,
    Participant,
    Place,
    PublicForum,
    Seat,
    Slot,
)
from hearth.apps.meetings.states import HalfDay
from hearth.lib import constraints
from hearth.lib.wall import scope

LONGEST_TOPIC = 120


class ForumRefused(Exception):
    """Something that a forum does not allow; the message names the cure."""


@dataclass(frozen=True)
class SlotTime:
    starts: datetime.time
    ends: datetime.time
    half_day: HalfDay


@transaction.atomic
def open_forum(
    *,
    campaign: Campaign,
    number: str,
    name: str,
    held_on: datetime.date,
    place: str,
    tables: int,
    slots: Sequence[SlotTime],
    fairness: int = 2,
    per_demand: int = 2,
    per_expert: int = 4,
    companies: Sequence[Organisation] = (),
    signing_at: datetime.time | None = None,
    signing: str = "",
    by: Actor,
) -> Forum:
    """Open a forum with its slots; without ``companies`` every enterprise with a demand takes part."""
    _may_manage(by)
    if not slots or tables < 1:
        raise ForumRefused("对接会至少要有一个时段和一张洽谈桌，请补上。")
    forum = Forum(
        org=campaign.org,
        campaign=campaign,
        number=number,
        name=name,
        held_on=held_on,
        place=place,
        tables=tables,
        fairness=fairness,
        per_demand=per_demand,
        per_expert=per_expert,
        signing_at=signing_at,
        signing=signing,
    )
    _saved(forum, constraints.number_taken(number))
    forum.companies.set(companies)
    for index, slot in enumerate(sorted(slots, key=lambda slot: slot.starts), 1):
        row = Slot(
            org=forum.org,
            forum=forum,
            index=index,
            starts=slot.starts,
            ends=slot.ends,
            half_day=slot.half_day,
        )
        _saved(row, {"slot_ends_after_it_starts": f"{slot.starts:%H:%M} 开始的时段要晚些结束，请改正。"})
    audit.record("开对接会", forum, by=by)
    return forum


@transaction.atomic
def amend_forum(
    *, forum: Forum, tables: int, fairness: int, per_demand: int, per_expert: int, place: str, by: Actor
) -> Forum:
    """Change the frame; a timetable that no longer fits is said so by ``queries.violations``."""
    _may_manage(by)
    forum = _locked(forum)
    forum.tables, forum.fairness, forum.place = tables, fairness, place
    forum.per_demand, forum.per_expert = per_demand, per_expert
    _saved(forum, {"forum_has_tables": "洽谈桌至少 1 张，请改正。"})
    audit.record("修改对接会", forum, by=by)
    return forum


@transaction.atomic
def rearrange_forum(
    *,
    forum: Forum,
    held_on: datetime.date,
    starts: datetime.time | None,
    place: str,
    cancelled_at: datetime.datetime | None,
    by: Actor,
) -> Forum:
    """Move a forum to another day or place, begin at another time, cancel it, or let it take place after all.

    All slots move with the first one. What either side was told of its meetings follows; a cancelled forum has none.
    """
    if not (by.may(Permission.MANAGE_FORUMS) or by.may(Permission.MANAGE_CAMPAIGNS)):
        raise ForumRefused("对接会由经纪人、干事或领导变更，请转给他们。")
    forum = _locked(forum)
    was = forum.cancelled_at
    forum.held_on, forum.place, forum.cancelled_at = held_on, place, cancelled_at
    forum.save()
    if starts is not None:
        _begin_at(forum, starts)
    if cancelled_at:
        _untell(forum, list(Meeting.objects.filter(forum=forum).values_list("pk", flat=True)))
    else:
        _tell(forum)
    _copy(forum, was)
    audit.record("变更安排", forum, by=by)
    return forum


def _copy(forum: Forum, was: datetime.datetime | None) -> None:
    """The public page tells the new day and place. A forum's cancelling takes it down, and only that is taken back.

    ``was`` is when the forum had been cancelled before; a page withdrawn at another moment was withdrawn by somebody.
    """
    taken_down_with_it = Q(withdrawn_at__isnull=True) | Q(withdrawn_at=was)
    for shown in PublicForum.objects.filter(taken_down_with_it, forum_id=forum.pk).select_related("org"):
        shown.held_on, shown.place, shown.withdrawn_at = forum.held_on, forum.place, forum.cancelled_at
        shown.save()
        if forum.cancelled_at:
            catalogue.take_down(copy=shown)
        else:
            put_up(forum, shown)


def _begin_at(forum: Forum, starts: datetime.time) -> None:
    """Move every slot by as much as the first one; a day does not end before its last slot does."""
    slots = list(Slot.objects.filter(forum=forum).order_by("index"))
    if not slots or slots[0].starts == starts:
        return
    day = forum.held_on
    shift = datetime.datetime.combine(day, starts) - datetime.datetime.combine(day, slots[0].starts)
    for slot in slots:
        begins = datetime.datetime.combine(day, slot.starts) + shift
        ends = datetime.datetime.combine(day, slot.ends) + shift
        if begins.date() != day or ends.date() != day:
            raise ForumRefused(f"从 {starts:%H:%M} 开始，最后一个时段排到第二天了。请早些开始。")
        slot.starts, slot.ends = begins.time(), ends.time()
        slot.save()


@transaction.atomic
def excuse(
    *,
    forum: Forum,
    organisation: Organisation,
    person: Person | None = None,
    slots: Collection[Slot],
    reason: str = "",
    by: Actor,
) -> Participant:
    """Note in which slots somebody cannot come; it replaces what was noted before."""
    _may_manage(by)
    participant = _participant(
        forum, organisation, person.pk if person else None, person.name if person else ""
    )
    Absence.objects.filter(participant=participant).delete()
    for slot in slots:
        Absence.objects.create(org=forum.org, participant=participant, slot=slot, reason=reason)
    audit.record("不能到场", participant, by=by, slots=[str(slot) for slot in slots])
    return participant


@transaction.atomic
def arrange(
    *,
    forum: Forum,
    company: Organisation,
    organisation: Organisation,
    person: Person | None = None,
    topic: str,
    slot: Slot | None = None,
    by: Actor,
) -> Meeting:
    """Set up one meeting by hand, in a slot of one's choice or in any."""
    _may_manage(by)
    meeting = Meeting(
        org=forum.org,
        forum=forum,
        company=_participant(forum, company, None, ""),
        expert=_participant(
            forum, organisation, person.pk if person else None, person.name if person else ""
        ),
        topic=topic[:LONGEST_TOPIC],
        fixed_slot=slot,
    )
    _saved(
        meeting,
        {
            "pair_meets_once": f"{meeting.company}和{meeting.expert}已经有一场，一对只谈一次。",
            "nobody_meets_himself": f"{meeting.company}不能和自己洽谈，请另选专家。",
        },
    )
    audit.record("安排洽谈", meeting, by=by)
    return meeting


@transaction.atomic
def invite(*, forum: Forum, by: Actor) -> int:
    """Make participants and meetings of the assigned and proposed matches, one meeting a pair. Returns their number.

    Meetings whose match is no longer wanted go, and what was told of them; those arranged by hand or fixed stay.
    """
    _may_manage(by)
    forum = _locked(forum)
    known = {(one.company_id, one.expert_id): one for one in Meeting.objects.filter(forum=forum)}
    wanted = _wanted(forum)
    for pair, matches in wanted.items():
        meeting = known.get(pair) or Meeting(
            org=forum.org, forum=forum, company_id=pair[0], expert_id=pair[1]
        )
        meeting.match, meeting.topic = matches[0], _topic(matches)
        meeting.save()
    gone = [
        one
        for pair, one in known.items()
        if pair not in wanted and one.match_id is not None and one.fixed_slot_id is None
    ]
    _remove(forum, gone)
    number = Meeting.objects.filter(forum=forum).count()
    audit.record("邀请", forum, by=by, meetings=number)
    return number


def _wanted(forum: Forum) -> dict[tuple[int, int], list[Match]]:
    """The matches of each pair of participants, the best first."""
    wanted: dict[tuple[int, int], list[Match]] = {}
    for match in _invited(forum):
        offer = match.offer
        company = _participant(forum, match.demand.org, None, "")
        expert = _participant(forum, offer.provider, offer.person_id, offer.holder)
        wanted.setdefault((company.pk, expert.pk), []).append(match)
    return wanted


def _invited(forum: Forum) -> QuerySet[Match]:
    found: QuerySet[Match] = Match.objects.filter(
        Q(assigned=True) | Q(judgement=Judgement.PROPOSED), campaign=forum.campaign
    )
    if forum.companies.exists():
        found = found.filter(demand__org__in=forum.companies.all())
    return found.select_related("demand__org", "offer__provider").order_by("-score", "pk")


def _topic(matches: Sequence[Match]) -> str:
    demands = {match.demand_id: match.demand for match in matches}
    called = (
        outward(title=one.title, secrecy=one.secrecy, public_summary=one.public_summary).rstrip("。；;. ")
        for one in demands.values()
    )
    return "；".join(dict.fromkeys(called))[:LONGEST_TOPIC]


def _participant(forum: Forum, organisation: Organisation, person_id: int | None, name: str) -> Participant:
    """The side of a meeting; a person is one participant whatever organisation he was asked through."""
    side = {"person_id": person_id} if person_id else {"person": None, "organisation": organisation}
    known: QuerySet[Participant] = Participant.objects.filter(forum=forum, **side)
    found = known.select_related("organisation").first()
    if found is not None:
        return found
    short = name if person_id else organisation.short_name
    taken = Participant.objects.filter(forum=forum, name=short).exists()
    made = Participant(
        org=forum.org,
        forum=forum,
        organisation=organisation,
        person_id=person_id,
        name=f"{short}（{organisation}）" if taken else short,
    )
    made.save()
    return made


def _remove(forum: Forum, meetings: Sequence[Meeting]) -> None:
    _untell(forum, [meeting.pk for meeting in meetings])
    Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).delete()
    sides = Meeting.objects.filter(forum=forum).values_list("company_id", "expert_id")
    busy = {side for pair in sides for side in pair}
    Participant.objects.filter(forum=forum, absences=None).exclude(pk__in=busy).delete()


@transaction.atomic
def fix(*, meeting: Meeting, slot: Slot, by: Actor) -> Meeting:
    """Ask that a meeting be in this slot; the next timetable keeps to it."""
    _may_manage(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if slot.forum_id != meeting.forum_id:
        raise ForumRefused("这个时段是另一场对接会的，请选本场的时段。")
    meeting.fixed_slot = slot
    meeting.save()
    audit.record("指定时段", meeting, by=by, slot=str(slot))
    return meeting


@transaction.atomic
def unfix(*, meeting: Meeting, by: Actor) -> Meeting:
    _may_manage(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.fixed_slot = None
    meeting.save()
    audit.record("取消指定", meeting, by=by)
    return meeting


@transaction.atomic
def timetable(*, forum: Forum, seconds: float = 60, seed: int = 0, by: Actor) -> Forum:
    """Timetable all meetings of a forum and tell both sides. An impossible one keeps the former timetable and names why."""
    _may_manage(by)
    solution = timetabling.solve(_event(forum), seconds=seconds, seed=seed)
    return _keep(forum, solution, by)


@transaction.atomic
def timetable_later(*, forum: Forum, seconds: float = 60, seed: int = 0, by: Actor) -> Job:
    """Ask for ``timetable`` as a job; cancelling it means 'use the best so far'."""
    _may_manage(by)
    return jobs.ask(
        "meetings.timetable",
        title=f"排洽谈时间表：{forum}",
        by=by,
        forum=forum.pk,
        seconds=seconds,
        seed=seed,
    )


@work("meetings.timetable")
def timetable_in_background(handle: Handle, *, forum: int, seconds: float, seed: int) -> dict[str, Any]:
    with scope(handle.path):
        by = Actor.house(Organisation.objects.get(path=handle.path), name=handle.asked_by)
        found = Forum.objects.get(pk=forum)
        event = _event(found)
    watch = _Watch(handle, seconds)
    solution = timetabling.solve(event, seconds=seconds, seed=seed, progress=watch)
    if watch.cancelled and not solution.places:
        raise Cancelled
    with handle.held() as job:
        kept = _keep(found, solution, by)
        job.message = f"{kept.get_status_display()}{'，按要求提前停止' if watch.cancelled else ''}"
        job.save(update_fields=["message"])
    return {"status": solution.status.value, "breaks": solution.breaks, "bound": solution.bound}


class _Watch:
    """Tells a job how the search goes, whenever there is news or a second has passed."""

    def __init__(self, handle: Handle, seconds: float) -> None:
        self.handle = handle
        self.total = max(1, round(seconds))
        self.told: tuple[int, str] | None = None
        self.cancelled = False

    def __call__(self, state: timetabling.Progress) -> bool:
        best = "还没有排出" if state.best is None else f"最好 {state.best} 次空等"
        news = min(self.total, int(state.seconds)), f"{best}，已证明至少 {state.bound or 0} 次"
        if news != self.told:
            self.told = news
            try:
                self.handle.step(news[0], self.total, news[1])
            except Cancelled:
                self.cancelled = True
        return not self.cancelled


def _event(forum: Forum) -> timetabling.Event:
    try:
        event = timetabling.event_of(forum)
    except timetabling.BadForum as error:
        raise ForumRefused(str(error)) from error
    if not event.meetings:
        raise ForumRefused("还没有洽谈可排。请先分派或推荐，再邀请双方。")
    return event


def _keep(forum: Forum, solution: timetabling.Solution, by: Actor) -> Forum:
    forum = _locked(forum)
    if solution.places:
        if timetabling.violations(_event(forum), solution.places):
            raise ForumRefused("排的时候对接会有了改动，这次的结果不能用。请再排一次。")
        _place(forum, solution.places)
        _tell(forum)
        forum.breaks, forum.bound, forum.timed_at = solution.breaks, solution.bound, timezone.now()
    forum.status, forum.conflicts = solution.status, list(solution.conflicts)
    forum.save()
    audit.record("排时间表", forum, by=by, status=solution.status.value, meetings=len(solution.places))
    return forum


def _place(forum: Forum, places: Collection[timetabling.Placed]) -> None:
    Place.objects.filter(forum=forum).delete()
    slots = list(Slot.objects.filter(forum=forum).order_by("index"))
    meetings = Meeting.objects.in_bulk([place.meeting_id for place in places])
    for placed in places:
        meeting, slot = meetings[placed.meeting_id], slots[placed.slot - 1]
        place = Place.objects.create(
            org=forum.org, forum=forum, meeting=meeting, slot=slot, table=placed.table
        )
        for side in (meeting.company_id, meeting.expert_id):
            Seat.objects.create(org=forum.org, place=place, slot=slot, participant_id=side)


def _tell(forum: Forum) -> None:
    """Copy each meeting into the scope of either side; what was told before is replaced."""
    _untell(forum, list(Meeting.objects.filter(forum=forum).values_list("pk", flat=True)))
    places = Place.objects.filter(forum=forum).select_related(
        "slot", "meeting__company__organisation", "meeting__expert__organisation"
    )
    for place in places:
        company, expert = place.meeting.company, place.meeting.expert
        _tell_side(forum, place, company, expert)
        _tell_side(forum, place, expert, company)


def _tell_side(forum: Forum, place: Place, side: Participant, other: Participant) -> None:
    with scope(side.organisation.path):
        Appointment.objects.create(
            org=side.organisation,
            forum_name=forum.name,
            meeting_id=place.meeting_id,
            who=side.name,
            counterpart=other.full_name,
            topic=place.meeting.topic,
            held_on=forum.held_on,
            starts=place.slot.starts,
            ends=place.slot.ends,
            place=forum.place,
            table=place.table,
        )


def _untell(forum: Forum, meetings: Collection[int]) -> None:
    organisations = Organisation.objects.filter(
        pk__in=Participant.objects.filter(forum=forum).values("organisation")
    )
    for organisation in organisations:
        with scope(organisation.path):
            Appointment.objects.filter(org=organisation, meeting_id__in=meetings).delete()


@transaction.atomic
def check_in(
    *,
    forum: Forum,
    name: str,
    unit: str,
    kind: str,
    number: str = "",
    came_at: datetime.datetime | None = None,
    entrance: str = "",
    by: Actor,
) -> Attendance:
    """Note that somebody came. The same person a second time, at whichever entrance, changes nothing."""
    _may_record(by)
    name, unit = name.strip(), unit.strip()
    if not name or not unit:
        raise ForumRefused("签到要有姓名和单位，请补上。")
    forum = _locked(forum)
    earlier: QuerySet[Attendance] = Attendance.objects.filter(forum=forum)
    before = earlier.filter(name=name, unit=unit).first()
    if before is not None:
        return before
    came = Attendance(
        org=forum.org,
        campaign=forum.campaign,
        forum=forum,
        number=number or f"QD-{earlier.count() + 1:03d}",
        name=name,
        unit=unit,
        kind=kind,
        came_at=came_at or timezone.now(),
        entrance=entrance,
    )
    said = f"{name}（{unit}）已经签到过，同一人只计一次。"
    _saved(came, {"checked_in_once": said, **constraints.number_taken(came.number)})
    audit.record("签到", came, by=by)
    return came


@transaction.atomic
def correct_attendance(*, attendance: Attendance, name: str, unit: str, kind: str, by: Actor) -> Attendance:
    _may_record(by)
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    attendance.name, attendance.unit, attendance.kind = name.strip(), unit.strip(), kind
    _saved(attendance, {"checked_in_once": f"{name}（{unit}）已经签到过，同一人只计一次。"})
    audit.record("更正签到", attendance, by=by)
    return attendance


def _saved(row: Forum | Slot | Meeting | Attendance, cures: Mapping[str, str]) -> None:
    with constraints.explained(cures, ForumRefused):
        row.save()


def _locked(forum: Forum) -> Forum:
    rows: QuerySet[Forum] = Forum.objects.select_for_update(of=("self",)).select_related("org", "campaign")
    return rows.get(pk=forum.pk)


def _may_manage(by: Actor) -> None:
    if not by.may(Permission.MANAGE_FORUMS):
        raise ForumRefused("对接会由经纪人或科协干事安排，请转给他们。")


def _may_record(by: Actor) -> None:
    if not (by.may(Permission.RECORD) or by.may(Permission.MANAGE_FORUMS)):
        raise ForumRefused("签到由会务人员办理，请转给他们。")
