"""The timetable of a forum, at once or as a job, and telling either side of its meetings."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.jobs import actions as jobs
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.tasks import Cancelled, Handle, work
from hearth.apps.meetings import timetabling
from hearth.apps.meetings.actions.steps import ForumRefused, locked, may_manage
from hearth.apps.meetings.actions.telling import tell
from hearth.apps.meetings.models import (
    Forum,
    Meeting,
    Place,
    Seat,
    Slot,
)
from hearth.lib.wall import scope


@transaction.atomic
def timetable(*, forum: Forum, seconds: float = 60, seed: int = 0, by: Actor) -> Forum:
    """Timetable all meetings of a forum and tell both sides. An impossible one keeps the former timetable and names why."""
    may_manage(by)
    solution = timetabling.solve(_event(forum), seconds=seconds, seed=seed)
    return _keep(forum, solution, by)


@transaction.atomic
def timetable_later(*, forum: Forum, seconds: float = 60, seed: int = 0, by: Actor) -> Job:
    """Ask for ``timetable`` as a job; cancelling it means 'use the best so far'."""
    may_manage(by)
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
    forum = locked(forum)
    if solution.places:
        if timetabling.violations(_event(forum), solution.places):
            raise ForumRefused("排的时候对接会有了改动，这次的结果不能用。请再排一次。")
        _place(forum, solution.places)
        tell(forum)
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
