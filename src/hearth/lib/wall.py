"""The second wall: row-level security of PostgreSQL. The only module that knows of it.

Every table that holds an organisation's business carries ``org_id`` and ``org_path``. ``WallTable`` puts such a table
behind the wall; ``scope`` opens a transaction that sees exactly the rows at or below one path. Without a scope a
transaction sees no rows at all. Facts and measurements behind the choices: docs/decisions/0002-row-level-security.md.
"""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from django.db import connections, migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from hearth.lib.postgres import APP as APP_ROLE

SETTING = "hearth.scope"
# Inline, not in a sub-select: the planner looks at the value while it estimates.
CURRENT = f"NULLIF(current_setting('{SETTING}', true), '')"
# '~' sorts after every character a path may hold in the "C" collation.
POLICY = f"org_path >= {CURRENT} AND org_path < ({CURRENT} || '~')"
PATH = re.compile(r"([0-9]{4}\.)+")


@contextmanager
def scope(path: str, *, read_only: bool = False, using: str = "default") -> Generator[None, None, None]:
    """Open a transaction that sees exactly the organisations at and below ``path``.

    ``path`` is an organisation's path such as ``0001.0003.``, or empty for 'sees nothing'. Nests: the former scope comes
    back at the end. ``read_only`` makes PostgreSQL refuse every write of a transaction opened here. Raises ValueError on a
    path that is none.
    """
    if path and not PATH.fullmatch(path):
        raise ValueError(f"a scope is a path such as 0001.0003., not {path!r}")
    with transaction.atomic(using=using):
        connection = connections[using]
        outermost = not connection.savepoint_ids
        before = _swap(connection, path, read_only=read_only and outermost)
        yield
        # the end of a transaction, like a rollback, brings the old value back by itself
        if not outermost and not connection.needs_rollback:
            _swap(connection, before)


def refuse_writes(using: str = "default") -> None:
    """From here on PostgreSQL refuses every write of the open transaction."""
    with connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


def current_scope(using: str = "default") -> str:
    """The path that the open transaction sees, empty when it sees nothing."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return cursor.fetchone()[0] or ""


def _swap(connection: BaseDatabaseWrapper, path: str, *, read_only: bool = False) -> str:
    """Set the scope for the rest of the transaction, and give the former; with ``read_only`` in the same step, since every
    page begins with it."""
    also = ", set_config('transaction_read_only', 'on', true)" if read_only else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT current_setting(%s, true), set_config(%s, %s, true){also}", [SETTING, SETTING, path]
        )
        return cursor.fetchone()[0] or ""


class WallTable(migrations.RunSQL):
    """Put a table behind the wall: composite key to the organisation, range index, forced policy."""

    def __init__(self, table: str, key: str = "id") -> None:
        self.table = table
        self.key = key
        super().__init__(
            [
                f"""ALTER TABLE {table} ADD CONSTRAINT {table}_org_fk FOREIGN KEY (org_id, org_path)
                    REFERENCES directory_organisation (id, path) ON UPDATE CASCADE""",
                f"CREATE INDEX {table}_org_path ON {table} (org_path, {key})",
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY hearth_scope ON {table} TO {APP_ROLE} USING ({POLICY}) WITH CHECK ({POLICY})",
            ],
            [
                f"DROP POLICY hearth_scope ON {table}",
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                f"DROP INDEX {table}_org_path",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_org_fk",
            ],
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        return type(self).__qualname__, [self.table, self.key], {}

    def describe(self) -> str:
        return f"Put {self.table} behind the wall"


class AppendOnly(migrations.RunSQL):
    """Make a table refuse UPDATE, DELETE and TRUNCATE, from the owner too."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            [
                f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
                f"""CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}",
            ],
            [f"DROP TRIGGER {table}_keep ON {table}", f"DROP FUNCTION {table}_refuse()"],
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        return type(self).__qualname__, [self.table], {}

    def describe(self) -> str:
        return f"Make {self.table} append-only"


def grant_defaults(*, using: str, **_: Any) -> None:
    """Before migrating: what the owner creates from now on, the app may use but not own."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}"
        )
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE}"
        )


@contextmanager
def as_owner(login: dict[str, str], using: str = "default") -> Generator[None, None, None]:
    """Work with the owner's login for a while: migrations, making and dropping databases."""
    connection = connections[using]
    before = {key: connection.settings_dict[key] for key in login}
    _log_in(connection, login)
    try:
        yield
    finally:
        _log_in(connection, before)


def _log_in(connection: BaseDatabaseWrapper, login: dict[str, str]) -> None:
    connection.close()
    close_pool: Callable[[], None] | None = getattr(connection, "close_pool", None)
    if close_pool:
        close_pool()
    connection.settings_dict.update(login)
