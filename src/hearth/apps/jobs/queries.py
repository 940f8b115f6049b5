"""Looking at long jobs."""

from datetime import timedelta
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State

TASK = "hearth.job"


class Onlooker(Protocol):
    @property
    def path(self) -> str: ...


def visible_to(actor: Onlooker) -> QuerySet[Job]:
    return Job.objects.filter(org_path__gte=actor.path, org_path__lt=actor.path + "~")


def abandoned(after: timedelta) -> QuerySet[Job]:
    """Running jobs whose worker has not given a sign for longer than ``after``."""
    return Job.objects.filter(state=State.RUNNING, beat_at__lt=timezone.now() - after)


def queued() -> QuerySet[ProcrastinateJob]:
    """What the queue holds: tickets that are waiting, being worked on, or lost with their worker."""
    tickets: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(task_name=TASK)
    return tickets


def lost(after: timedelta) -> QuerySet[ProcrastinateJob]:
    """Tickets whose worker is gone."""
    gone = Q(worker=None) | Q(worker__last_heartbeat__lt=timezone.now() - after)
    return queued().filter(gone, status="doing")


def paths_in_queue() -> list[str]:
    """Scopes of the jobs in the queue. It stands outside the wall, so a worker need not know the organisation tree."""
    return sorted(set(queued().values_list("args__path", flat=True)))
