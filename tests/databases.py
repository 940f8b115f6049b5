"""Databases for tests: made from templates, so that each test may commit what it likes and nothing has to be flushed."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

SOURCE = Path(__file__).parents[1] / "src/hearth"


def _owner() -> psycopg.Connection:
    default = settings.DATABASES["default"]
    return psycopg.connect(
        host=default["HOST"] or None,
        port=default["PORT"] or None,
        user=settings.OWNER_LOGIN["USER"],
        password=settings.OWNER_LOGIN["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def exists(name: str) -> bool:
    with _owner() as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def copy(template: str, name: str) -> None:
    drop(name)
    with _owner() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
        )


def drop(name: str) -> None:
    with _owner() as connection:
        for tries_left in range(5, -1, -1):
            try:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            except psycopg.errors.ObjectInUse:  # a server that was just ended is still closing
                if not tries_left:
                    raise
            else:
                return


def rename(name: str, new: str) -> None:
    with _owner() as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (name, new)))
        )


@contextmanager
def use(name: str) -> Iterator[None]:
    """Point Django at another database for a while."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def one_at_a_time(folder: Path, name: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest_of(*patterns: str) -> str:
    found = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(SOURCE.glob(pattern)):
            found.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def address(name: str) -> str:
    """The DATABASE_URL of another database on the same server, for processes of their own."""
    default = settings.DATABASES["default"]
    host, port = quote(str(default["HOST"]), safe=""), default["PORT"]
    return f"postgresql://{default['USER']}:{quote(str(default['PASSWORD']), safe='')}@/{name}?host={host}&port={port}"
