"""Asking for long jobs, cancelling them, and taking up those whose worker died."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.audit.actions import Doer
from hearth.apps.jobs import queries, tasks
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import OPEN, State
from hearth.lib.wall import scope

DEAD_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3


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
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state in OPEN:
        job.cancel_asked = True
        if job.state == State.WAITING:
            tasks.end(job, State.CANCELLED, message="已取消，没有开始")
        job.save()
        audit.record("取消", job, by=by)
    return job


def reap(path: str, after: timedelta = DEAD_AFTER) -> int:
    """Give jobs of dead workers back to the queue, or fail them after too many attempts. Returns how many were found."""
    found = 0
    with scope(path):
        for job in queries.abandoned(after).select_for_update(skip_locked=True):
            found += 1
            if job.attempts >= MOST_ATTEMPTS:
                tasks.end(job, State.FAILED, message=f"执行 {job.attempts} 次都中断了，请查看日志后重新发起")
            else:
                job.state = State.WAITING
                tasks.run_later(job_id=job.pk, path=job.org_path)
            job.save()
    return found
