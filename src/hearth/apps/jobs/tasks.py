"""How long jobs run. A job's work is a function registered with ``work``.

The work may be run again after its worker was killed, so it is idempotent. It runs outside any transaction and opens
``scope(handle.path)`` for each part that must hold together.
"""

import asyncio
import datetime
import logging
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from procrastinate.contrib.django import app

from hearth.apps.jobs import queries
from hearth.apps.jobs.models import Job, Round
from hearth.apps.jobs.states import State
from hearth.lib.wall import scope

QUEUE = "hearth"
BEAT = timedelta(seconds=10)
DEAD_AFTER = timedelta(seconds=60)
REAP_EVERY = timedelta(seconds=20)
MOST_ATTEMPTS = 3
GRACE = timedelta(seconds=5)

EARLIEST = datetime.time(7, 30)
"""Nobody is reminded of anything before this hour."""

Work = Callable[..., Any]
Daily = Callable[[datetime.date], None]
_works: dict[str, Work] = {}
_daily: dict[str, Daily] = {}
_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Raised inside a job's work, at its next step, after somebody asked to cancel it."""


class Superseded(Exception):
    """Raised inside a job's work when this worker was taken for dead and another one has the job."""


@dataclass(frozen=True)
class Handle:
    """What a running job knows of itself. ``attempt`` fences off a worker that was taken for dead."""

    job_id: int
    path: str
    asked_by: str
    attempt: int

    def step(self, done: int, total: int, message: str = "") -> None:
        """Tell how far the work is. Raises Cancelled when somebody asked for it, Superseded when it is no longer ours."""
        with self.held() as job:
            if job.cancel_asked:
                raise Cancelled
            job.done, job.total, job.message, job.beat_at = done, total, message[:300], timezone.now()
            job.save(update_fields=["done", "total", "message", "beat_at"])

    def say(self, line: str) -> None:
        """Add a line to the job's log."""
        with self.held() as job:
            job.log = f"{job.log}{timezone.localtime():%H:%M:%S} {line}\n"
            job.save(update_fields=["log"])

    @contextmanager
    def held(self) -> Generator[Job, None, None]:
        """The job's row, locked in a transaction. Work that keeps its results inside it cannot keep them twice."""
        with scope(self.path):
            own = Job.objects.select_for_update().filter(
                pk=self.job_id, state=State.RUNNING, attempts=self.attempt
            )
            job = own.first()
            if job is None:
                raise Superseded
            yield job


def work(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this name."""

    def register(function: Work) -> Work:
        _works[name] = function
        return function

    return register


def daily(name: str) -> Callable[[Daily], Daily]:
    """Register what is done once a day for the whole house; the function opens the scopes that it needs."""

    def register(function: Daily) -> Daily:
        _daily[name] = function
        return function

    return register


def is_known(task: str) -> bool:
    return task in _works


@app.task(name=queries.TASK, queue=QUEUE)  # type: ignore[untyped-decorator]  # its stubs hide the type
def run_job(*, job_id: int, path: str) -> None:
    close_old_connections()
    try:
        run(job_id, path)
    finally:
        connection.close()  # the worker's threads come and go


def run_later(*, job_id: int, path: str) -> None:
    """Put a job into the queue within the open transaction."""
    run_job.defer(job_id=job_id, path=path)


def run(job_id: int, path: str) -> None:
    """Do one job from claim to end. A job that is not waiting is left alone."""
    job = _claim(job_id, path)
    if job is None:
        return
    handle = Handle(job_id, path, job.asked_by, job.attempts)
    with suppress(Superseded):
        try:
            with _heartbeat(handle):
                result = _works[job.task](handle, **job.arguments)
        except Cancelled:
            _finish(handle, State.CANCELLED, "已取消")
        except Superseded:
            raise
        except Exception as error:
            handle.say(traceback.format_exc())
            _finish(handle, State.FAILED, str(error)[:300])
        else:
            _finish(handle, State.DONE, "", result)


def _claim(job_id: int, path: str) -> Job | None:
    with scope(path):
        job = Job.objects.select_for_update().filter(pk=job_id, state=State.WAITING).first()
        if job is not None:
            job.state, job.beat_at, job.attempts = State.RUNNING, timezone.now(), job.attempts + 1
            job.save()
        return job


@contextmanager
def _heartbeat(handle: Handle) -> Generator[None, None, None]:
    """Sign of life from a thread of its own, so that a long silent computation is not taken for dead."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(ended, handle), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat_until(ended: threading.Event, handle: Handle) -> None:
    while not ended.wait(BEAT.total_seconds()):
        try:
            with scope(handle.path):
                Job.objects.filter(pk=handle.job_id, attempts=handle.attempt, state=State.RUNNING).update(
                    beat_at=timezone.now()
                )
        except DatabaseError:
            connection.close()  # the database may be back at the next beat
    connection.close()


def _finish(handle: Handle, state: State, message: str, result: Any = None) -> None:
    with handle.held() as job:
        end(job, state, message=message or job.message)
        job.result = result
        if state == State.DONE and job.total:
            job.done = job.total
        job.save()


def end(job: Job, state: State, *, message: str) -> None:
    job.state, job.message, job.ended_at = state, message, timezone.now()


def reap(path: str, after: timedelta = DEAD_AFTER) -> int:
    """Give jobs of dead workers back to the queue, or fail them after too many attempts. Returns how many were found."""
    found = 0
    with scope(path):
        for job in queries.abandoned(after).select_for_update(skip_locked=True):
            found += 1
            if job.cancel_asked:
                end(job, State.CANCELLED, message="已取消")
            elif job.attempts >= MOST_ATTEMPTS:
                end(job, State.FAILED, message=f"执行 {job.attempts} 次都中断了，请查看日志后重新发起")
            else:
                job.state = State.WAITING
                run_later(job_id=job.pk, path=job.org_path)
            job.save()
    return found


def _return_lost_tickets(after: timedelta) -> None:
    """Put the queue's own entries of dead workers back. One too many does no harm: only a waiting job is run."""
    with transaction.atomic():
        for ticket in queries.lost(after).select_for_update(skip_locked=True, of=("self",)):
            app.job_manager.retry_job_by_id(ticket.pk, retry_at=timezone.now())


def do_rounds(now: datetime.datetime) -> list[str]:
    """Do what is due today and was not done, whoever works first after EARLIEST; the names of what this call did.

    One that fails is not tried again today: its trouble is kept and logged.
    """
    if now.time() < EARLIEST:
        return []
    done = set(Round.objects.filter(day=now.date()).values_list("name", flat=True))
    return [name for name in _daily if name not in done and _did_round(name, now.date())]


def _did_round(name: str, day: datetime.date) -> bool:
    try:
        with transaction.atomic():
            _row, ours = Round.objects.get_or_create(day=day, name=name)
            if ours:
                _daily[name](day)
    except DatabaseError:
        raise
    except Exception as error:
        _log.exception("the daily round %s failed", name)
        Round.objects.get_or_create(day=day, name=name, defaults={"trouble": str(error)[:300]})
        return False
    return ours


def serve(
    *,
    concurrency: int = 2,
    wait: bool = True,
    reap_every: timedelta = REAP_EVERY,
    dead_after: timedelta = DEAD_AFTER,
) -> None:
    """Be a worker: do jobs, and take up those of dead workers, until SIGTERM or SIGINT (``wait=False``: until none wait).

    What has not ended within GRACE after the signal is left to the next worker's reaper.
    """
    autodiscover_modules("actions", "tasks")  # importing them registers what they can do
    ended = threading.Event()
    reaper = threading.Thread(target=_reap_until, args=(ended, reap_every, dead_after), daemon=True)
    reaper.start()
    try:
        asyncio.run(_work(concurrency, wait))
    finally:
        ended.set()
        reaper.join()


async def _work(concurrency: int, wait: bool) -> None:
    # Not replace_connector: jobs that this process asks for are still queued in Django's own transaction.
    worker = app.with_connector(app.connector.get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(
            queues=[QUEUE],
            concurrency=concurrency,
            wait=wait,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE.total_seconds(),
        )


def _reap_until(ended: threading.Event, every: timedelta, dead_after: timedelta) -> None:
    while True:
        try:
            for path in queries.paths_in_queue():
                reap(path, dead_after)
            _return_lost_tickets(dead_after)
            do_rounds(timezone.localtime())
        except DatabaseError:
            connection.close()  # the database may be back at the next round
        if ended.wait(every.total_seconds()):
            break
    connection.close()
