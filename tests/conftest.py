"""The suite's own house: an embedded PostgreSQL, a migrated template, and a database of its own for each worker."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import django
import hypothesis
import psycopg
import pytest
from django.utils import translation

from hearth.config import environment
from hearth.lib import postgres

DATA = Path(__file__).parents[1] / ".hearth/tests"
os.environ["HEARTH_DATA"] = str(DATA)
os.environ.setdefault("HEARTH_SECOND_FACTOR", "1")
# Playwright keeps its event loop in the thread in which the tests use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
environment.use_settings()
# These machines are shared: a slow draw is no fault of a strategy.
hypothesis.settings.register_profile(
    "shared", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared")

_server: postgres.Server | None = None


def pytest_configure(config: pytest.Config) -> None:
    """The main process starts a server of its own; its workers inherit the address."""
    global _server
    os.environ.setdefault("HEARTH_TEST_RUN", str(os.getpid()))
    if not environment.has_database():
        _remove_what_killed_runs_left()
        _server = postgres.start(DATA / f"postgres-{os.getpid()}", durable=False)
        postgres.prepare(_server)
        environment.use_database(postgres.url(_server, postgres.APP, "hearth"))
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        postgres.stop(_server)
        shutil.rmtree(_server.folder)


def _remove_what_killed_runs_left() -> None:
    for folder in DATA.glob("postgres-*"):
        if not Path(f"/proc/{folder.name.removeprefix('postgres-')}").exists():
            with suppress(postgres.StartFailed):  # it was killed while it was removed
                postgres.stop(postgres.start(folder, durable=False))
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def own_name(worker_id: str) -> str:
    """A name that no other run and no other worker uses."""
    return f"{os.environ['HEARTH_TEST_RUN']}_{worker_id}"


@pytest.fixture(scope="session")
def migrated(django_test_environment: None, django_db_blocker) -> str:
    """The name of a migrated, empty database that serves as a template."""
    from django.db import connections

    from hearth.config.database import migrate
    from tests import databases

    name = f"test_template_{databases.digest_of('apps/*/migrations/*.py', 'lib/wall.py')}"
    with databases.one_at_a_time(DATA, "template"), django_db_blocker.unblock():
        if not databases.exists(name):
            databases.drop(f"{name}_making")
            databases.copy("template0", f"{name}_making")
            with databases.use(f"{name}_making"):
                migrate()
                connections["default"].close()
            databases.rename(f"{name}_making", name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(migrated: str, own_name: str, django_db_blocker) -> Iterator[None]:
    """Each worker has a database of its own; tests that use ``db`` roll back inside it."""
    from django.db import connections

    from tests import databases

    name = f"test_hearth_{own_name}"
    with django_db_blocker.unblock():
        databases.copy(migrated, name)
        with databases.use(name):
            yield
            connections["default"].close()
        with suppress(psycopg.errors.ObjectInUse):  # a thread of a test still holds a connection
            databases.drop(name)


@pytest.fixture
def committed(migrated: str, own_name: str, django_db_blocker) -> Iterator[str]:
    """A fresh database in which the test commits for real: for races, workers and servers. Gives its name."""
    from tests import databases

    name = f"test_committed_{own_name}"
    with django_db_blocker.unblock():
        databases.copy(migrated, name)
        with databases.use(name):
            yield name
        databases.drop(name)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test begins in the house's own language, whatever a request before it chose."""
    with translation.override("zh-hans"):
        yield
