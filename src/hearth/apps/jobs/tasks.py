"""How long jobs run. A job's work is a function registered with ``work``.

The work may be run again after its worker was killed, so it is idempotent. It runs outside any transaction and opens
``scope(handle.path)`` for each part that must hold together.
"""

import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State
from hearth.lib.wall import scope

BEAT = timedelta(seconds=10)

Work = Callable[..., Any]
_works: dict[str, Work] = {}


class Cancelled(Exception):
    """Raised inside a job's work, at its next step, after somebody asked to cancel it."""


@dataclass(frozen=True)
class Handle:
    """What a running job knows of itself."""

    job_id: int
    path: str

    def step(self, done: int, total: int, message: str = "") -> None:
        """Tell how far the work is. Raises Cancelled when somebody asked for it."""
        with scope(self.path):
            job = Job.objects.select_for_update().get(pk=self.job_id)
            if job.cancel_asked:
                raise Cancelled
            job.done, job.total, job.message, job.beat_at = done, total, message, timezone.now()
            job.save(update_fields=["done", "total", "message", "beat_at"])

    def say(self, line: str) -> None:
        """Add a line to the job's log."""
        with scope(self.path):
            job = Job.objects.select_for_update().get(pk=self.job_id)
            job.log = f"{job.log}{timezone.localtime():%H:%M:%S} {line}\n"
            job.save(update_fields=["log"])


def work(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this name."""

    def register(function: Work) -> Work:
        _works[name] = function
        return function

    return register


def is_known(task: str) -> bool:
    return task in _works


@app.task(name="hearth.job", queue="hearth")  # type: ignore[untyped-decorator]  # its stubs hide the type
def run_job(*, job_id: int, path: str) -> None:
    run(job_id, path)


def run_later(*, job_id: int, path: str) -> None:
    """Put a job into the queue within the open transaction."""
    run_job.defer(job_id=job_id, path=path)


def run(job_id: int, path: str) -> None:
    """Do one job from claim to end. A job that is not waiting is left alone."""
    close_old_connections()
    if not _claim(job_id, path):
        return
    handle = Handle(job_id, path)
    with scope(path):
        job = Job.objects.get(pk=job_id)
    try:
        with _heartbeat(handle):
            result = _works[job.task](handle, **job.arguments)
    except Cancelled:
        _finish(handle, State.CANCELLED, "已取消")
    except Exception as error:
        handle.say(traceback.format_exc())
        _finish(handle, State.FAILED, str(error)[:300])
    else:
        _finish(handle, State.DONE, "", result)


def _claim(job_id: int, path: str) -> bool:
    with scope(path):
        job = Job.objects.select_for_update().filter(pk=job_id, state=State.WAITING).first()
        if job is None:
            return False
        job.state, job.beat_at, job.attempts = State.RUNNING, timezone.now(), job.attempts + 1
        job.save()
        return True


@contextmanager
def _heartbeat(handle: Handle) -> Generator[None, None, None]:
    """Sign of life from a thread of its own, so that a long silent computation is not taken for dead."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT.total_seconds()):
            with scope(handle.path):
                Job.objects.filter(pk=handle.job_id).update(beat_at=timezone.now())
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _finish(handle: Handle, state: State, message: str, result: Any = None) -> None:
    with scope(handle.path):
        job = Job.objects.select_for_update().get(pk=handle.job_id)
        end(job, state, message=message)
        job.result = result
        if state == State.DONE and job.total:
            job.done = job.total
        job.save()


def end(job: Job, state: State, *, message: str) -> None:
    job.state, job.message, job.ended_at = state, message, timezone.now()
