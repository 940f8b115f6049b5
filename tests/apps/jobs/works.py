"""Work for the tests, in this process and in worker processes of their own."""

import time

from django.db import connection

from hearth.apps.audit.models import Event
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.tasks import Handle, work
from hearth.lib.wall import current_scope, scope

LONG = 60.0


def _leave_a_mark(handle: Handle) -> None:
    with handle.held() as job:
        Event.objects.create(org_id=job.org_id, org_path=job.org_path, who="试", verb="留痕", thing="job")


def marks(path: str) -> int:
    with scope(path):
        return Event.objects.filter(verb="留痕").count()


@work("test.mark")
def mark(handle: Handle) -> int:
    """Mark once, however often it is run; the first attempt then hangs."""
    if not marks(handle.path):
        _leave_a_mark(handle)
    return _hang_at_first(handle)


@work("test.mark_again")
def mark_again(handle: Handle) -> int:
    """The control: work that is not idempotent."""
    _leave_a_mark(handle)
    return _hang_at_first(handle)


def _hang_at_first(handle: Handle) -> int:
    handle.step(1, 2, "已留痕")
    if handle.attempt == 1:
        time.sleep(LONG)
    return handle.attempt


@work("test.steps")
def steps(handle: Handle, *, pause: float) -> dict[str, str]:
    for done in range(1, 401):
        handle.step(done, 400, f"第{done}步")
        time.sleep(pause)
    return surroundings(handle)


@work("test.look")
def surroundings(handle: Handle) -> dict[str, str]:
    with scope(handle.path), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return {
            "login": cursor.fetchone()[0],
            "scope": current_scope(),
            "jobs": str(Job.objects.count()),
        }


@work("test.fail")
def fail(handle: Handle) -> None:
    raise ValueError("第 3 行没有单位，请补上")
