"""Looking at long jobs."""

from datetime import timedelta
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State


class Onlooker(Protocol):
    @property
    def path(self) -> str: ...


def visible_to(actor: Onlooker) -> QuerySet[Job]:
    return Job.objects.filter(org_path__gte=actor.path, org_path__lt=actor.path + "~")


def abandoned(after: timedelta) -> QuerySet[Job]:
    """Running jobs whose worker has not given a sign for longer than ``after``."""
    return Job.objects.filter(state=State.RUNNING, beat_at__lt=timezone.now() - after)
