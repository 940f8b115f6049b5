"""Two acts at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.models import QuerySet

from hearth.lib.wall import as_owner, scope

PATIENCE = 1.0
"""Seconds that the first waits for the second: with a lock in place the second never comes, and the first goes on."""


def together(path: str, *acts: Callable[[], object]) -> list[Exception | None]:
    """Run the acts at once, each in a scope of its own; what each raised, None when it went through."""

    def run(act: Callable[[], object]) -> Exception | None:
        try:
            with scope(path):
                act()
        except Exception as error:  # the test looks at it
            return error
        finally:
            connections["default"].close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def meeting(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, at whose end two callers wait for each other."""
    barrier = threading.Barrier(2)

    @wraps(function)
    def met(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(PATIENCE)
        return found

    return met


def unlocked(self: QuerySet[Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
    """``select_for_update`` that locks nothing, for controls."""
    return self


def drop_constraint(table: str, name: str) -> None:
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def drop_index(name: str) -> None:
    """Drop a conditional unique constraint, which PostgreSQL keeps as an index."""
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
