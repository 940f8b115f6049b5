"""Opening the house for a command: the database runs and is up to date, Django is ready."""

from collections.abc import Iterator
from contextlib import contextmanager

import django

from hearth.config import environment
from hearth.lib import postgres


@contextmanager
def opened() -> Iterator[None]:
    """Serve the embedded database unless DATABASE_URL names another one; migrate; set Django up."""
    with database():
        environment.use_settings()
        django.setup()
        from hearth.config.database import is_up_to_date, migrate

        if not is_up_to_date():
            migrate()
        yield


@contextmanager
def database() -> Iterator[None]:
    if environment.has_database():
        yield
        return
    with postgres.running(environment.data_folder() / "postgres") as server:
        postgres.prepare(server)
        environment.use_database(postgres.url(server, postgres.APP, "hearth"))
        yield
