"""Bringing the database up to date, and making databases for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from hearth.lib.wall import as_owner, grant_defaults

ONE_AT_A_TIME = 5_200_917  # any number that nothing else locks


def migrate(*, verbosity: int = 0) -> None:
    """Migrate as the owner; the app's login then may use, and never owns, what was made.

    Of several processes that start together one migrates, the others wait and find nothing left to do.
    """
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        grant_defaults(using="default")
        call_command("migrate", verbosity=verbosity, interactive=False)


def is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@contextmanager
def temporary(name: str) -> Iterator[None]:
    """Work in a fresh database of this name, which is gone afterwards."""
    before = connection.settings_dict["NAME"]
    _replace(name, make=True)
    try:
        _use(name)
        migrate()
        yield
    finally:
        _use(before)
        _replace(name, make=False)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _replace(name: str, *, make: bool) -> None:
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        if make:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
