from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.jobs import actions, queries, tasks
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.jobs import works  # noqa: F401  # registers the work

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return houses.build()


@pytest.fixture
def by(house) -> Actor:
    return house.officer()


def ask(by: Actor, task: str, **arguments) -> Job:
    with scope(by.path):
        return actions.ask(task, title="试验", by=by, **arguments)


def seen(job: Job) -> Job:
    with scope(job.org_path):
        return Job.objects.get(pk=job.pk)


def test_asking_queues_one_ticket_and_one_event(by):
    job = ask(by, "test.look")
    assert job.state == State.WAITING
    assert [ticket.args for ticket in queries.queued()] == [{"job_id": job.pk, "path": by.path}]
    with scope(by.path):
        assert [event.verb for event in Event.objects.filter(thing="jobs.job")] == ["排队"]


def test_unknown_work_is_refused_when_it_is_asked_for(by):
    with scope(by.path), pytest.raises(KeyError, match=r"test\.nothing"):
        actions.ask("test.nothing", title="试验", by=by)


def test_a_rolled_back_ask_leaves_no_ticket(by):
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(by, "test.look")
        raise RuntimeError
    assert not queries.queued().exists()


def test_done_work_keeps_its_result(by):
    job = ask(by, "test.look")
    tasks.run(job.pk, by.path)
    done = seen(job)
    assert (done.state, done.result["scope"], done.attempts) == (State.DONE, by.path, 1)
    assert done.ended_at is not None


def test_failed_work_keeps_its_reason_and_its_log(by):
    job = ask(by, "test.fail")
    tasks.run(job.pk, by.path)
    failed = seen(job)
    assert (failed.state, failed.message) == (State.FAILED, "第 3 行没有单位，请补上")
    assert "ValueError" in failed.log


def test_a_job_that_is_not_waiting_is_left_alone(by):
    job = ask(by, "test.look")
    tasks.run(job.pk, by.path)
    tasks.run(job.pk, by.path)
    assert seen(job).attempts == 1


def test_a_waiting_job_that_is_cancelled_never_runs(by):
    job = ask(by, "test.fail")
    with scope(by.path):
        actions.cancel(job=job, by=by)
    tasks.run(job.pk, by.path)
    cancelled = seen(job)
    assert (cancelled.state, cancelled.attempts) == (State.CANCELLED, 0)


def test_cancelling_what_has_ended_changes_nothing(by):
    job = ask(by, "test.look")
    tasks.run(job.pk, by.path)
    with scope(by.path):
        actions.cancel(job=job, by=by)
        assert not Event.objects.filter(verb="取消").exists()
    assert seen(job).state == State.DONE


def test_running_work_stops_at_its_next_step_after_a_cancel(by, monkeypatch):
    job = ask(by, "test.steps", pause=0)
    step = tasks.Handle.step

    def cancel_at_3(handle, done, total, message=""):
        step(handle, done, total, message)
        if done == 3:
            with scope(by.path):
                actions.cancel(job=job, by=by)

    monkeypatch.setattr(tasks.Handle, "step", cancel_at_3)
    tasks.run(job.pk, by.path)
    stopped = seen(job)
    assert (stopped.state, stopped.done, stopped.total) == (State.CANCELLED, 3, 400)


def claimed(job: Job, *, silent_for: timedelta) -> tasks.Handle:
    """As a worker left it that has given no sign for a while."""
    with scope(job.org_path):
        Job.objects.filter(pk=job.pk).update(
            state=State.RUNNING, attempts=1, beat_at=timezone.now() - silent_for
        )
    return tasks.Handle(job.pk, job.org_path, job.asked_by, 1)


def test_a_job_with_a_sign_of_life_is_not_reaped(by):
    job = ask(by, "test.look")
    claimed(job, silent_for=timedelta(seconds=30))
    assert tasks.reap(by.path) == 0
    assert seen(job).state == State.RUNNING


def test_a_silent_job_goes_back_to_the_queue(by):
    job = ask(by, "test.look")
    claimed(job, silent_for=timedelta(seconds=90))
    assert tasks.reap(by.path) == 1
    assert seen(job).state == State.WAITING
    assert queries.queued().count() == 2


def test_a_silent_job_that_was_to_be_cancelled_is_cancelled(by):
    job = ask(by, "test.look")
    claimed(job, silent_for=timedelta(seconds=90))
    with scope(by.path):
        actions.cancel(job=job, by=by)
    tasks.reap(by.path)
    assert seen(job).state == State.CANCELLED


def test_a_job_whose_workers_keep_dying_fails_with_a_cure(by):
    job = ask(by, "test.look")
    claimed(job, silent_for=timedelta(seconds=90))
    with scope(by.path):
        Job.objects.filter(pk=job.pk).update(attempts=tasks.MOST_ATTEMPTS)
    tasks.reap(by.path)
    failed = seen(job)
    assert failed.state == State.FAILED
    assert "重新发起" in failed.message


def test_a_worker_taken_for_dead_can_neither_report_nor_finish(by):
    job = ask(by, "test.look")
    old = claimed(job, silent_for=timedelta(seconds=90))
    tasks.reap(by.path)
    tasks.run(job.pk, by.path)
    with pytest.raises(tasks.Superseded):
        old.step(1, 2)
    with pytest.raises(tasks.Superseded):
        tasks._finish(old, State.FAILED, "迟到")
    assert (seen(job).state, seen(job).attempts) == (State.DONE, 2)


def test_jobs_of_a_sister_city_are_out_of_sight(house, by):
    job = ask(by, "test.look")
    sister = house.officer(house.sister)
    with scope(sister.path):
        assert not queries.visible_to(by).exists()
        assert not queries.visible_to(sister).exists()
    with scope(by.path):
        assert list(queries.visible_to(by)) == [job]
