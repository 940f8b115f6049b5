"""Asking for long jobs, and cancelling them."""

from typing import Any

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.audit.actions import Doer
from hearth.apps.jobs import tasks
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import OPEN, State


@transaction.atomic
def ask(task: str, *, title: str, by: Doer, **arguments: Any) -> Job:
    """Queue a job in the transaction of the caller: rolled back, it never runs."""
    if not tasks.is_known(task):
        raise KeyError(f"no work is registered as {task}")
    job = Job.objects.create(
        org_id=by.org.id,
        org_path=by.org.path,
        title=title,
        task=task,
        arguments=arguments,
        asked_by=by.name,
    )
    tasks.run_later(job_id=job.pk, path=job.org_path)
    audit.record("排队", job, by=by, task=task)
    return job


@transaction.atomic
def cancel(*, job: Job, by: Doer) -> Job:
    """Take a waiting job back, or ask a running one to stop at its next step. A job that has ended stays as it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state in OPEN and not job.cancel_asked:
        job.cancel_asked = True
        if job.state == State.WAITING:
            tasks.end(job, State.CANCELLED, message="已取消，没有开始")
        job.save()
        audit.record("取消", job, by=by)
    return job
