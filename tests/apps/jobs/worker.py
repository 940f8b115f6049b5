"""A worker process of its own, for tests that kill it: python -m tests.apps.jobs.worker SECONDS_UNTIL_DEAD."""

import sys
from datetime import timedelta

import django

from hearth.config import environment


def main(dead_after: float) -> None:
    environment.use_settings()
    django.setup()
    from hearth.apps.jobs import tasks
    from tests.apps.jobs import works  # noqa: F401  # registers the work

    tasks.BEAT = timedelta(seconds=0.2)
    tasks.serve(reap_every=timedelta(seconds=0.3), dead_after=timedelta(seconds=dead_after))


if __name__ == "__main__":
    main(float(sys.argv[1]))
