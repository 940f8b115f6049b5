"""Real worker processes, killed and watched from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from hearth.apps.jobs import actions, queries
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State
from hearth.lib.wall import scope
from tests import databases
from tests.apps import houses
from tests.apps.jobs import works

HOME = Path(__file__).parents[3]
PATIENCE = 30


@pytest.fixture
def by(committed):
    return houses.build().officer()


@contextmanager
def worker(*, dead_after: float = 60) -> Iterator[subprocess.Popen]:
    address = databases.address(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.apps.jobs.worker", str(dead_after)],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": "src:.", "DATABASE_URL": address},
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(by, task: str, **arguments) -> Job:
    with scope(by.path):
        return actions.ask(task, title="试验", by=by, **arguments)


def seen_when(job: Job, condition: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with scope(job.org_path):
            now = Job.objects.get(pk=job.pk)
        if condition(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"still {now.state} {now.done}/{now.total} {now.message} {now.log}")


def ended(job: Job) -> bool:
    return job.state not in (State.WAITING, State.RUNNING)


def test_a_worker_works_as_the_app_and_inside_the_scope_of_the_job(by):
    job = ask(by, "test.look")
    with worker():
        done = seen_when(job, ended)
    assert done.result == {"login": "hearth_app", "scope": by.path, "jobs": "1"}
    assert not queries.queued().exists()


def test_progress_is_seen_from_another_connection_and_a_cancel_reaches_the_worker(by):
    job = ask(by, "test.steps", pause=0.05)
    with worker():
        early = seen_when(job, lambda now: now.done >= 2)
        later = seen_when(job, lambda now: now.done > early.done)
        assert (later.state, later.total) == (State.RUNNING, 400)
        with scope(by.path):
            actions.cancel(job=job, by=by)
        assert seen_when(job, ended).state == State.CANCELLED


@pytest.mark.parametrize(("task", "left"), [("test.mark", 1), ("test.mark_again", 2)])
def test_a_job_whose_worker_is_killed_is_run_again_and_idempotent_work_counts_once(by, task, left):
    job = ask(by, task)
    with worker() as first:
        seen_when(job, lambda now: now.done == 1)
        first.kill()
        first.wait()
    assert works.marks(by.path) == 1
    with worker(dead_after=1):
        done = seen_when(job, ended)
    assert (done.state, done.attempts, done.result) == (State.DONE, 2, 2)
    assert works.marks(by.path) == left


def test_a_rolled_back_ask_never_runs_while_a_worker_waits(by):
    with worker():
        with pytest.raises(RuntimeError), transaction.atomic():
            lost = ask(by, "test.mark")
            raise RuntimeError
        after = ask(by, "test.look")
        seen_when(after, ended)
    assert works.marks(by.path) == 0
    with scope(by.path):
        assert not Job.objects.filter(pk=lost.pk).exists()


def test_a_stopped_worker_ends_in_good_time(by):
    with worker() as process:
        seen_when(ask(by, "test.look"), ended)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
