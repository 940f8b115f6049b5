"""The two login roles and the database."""

import psycopg
from psycopg import sql

from .addresses import url
from .server import SUPERUSER, Server

OWNER = "hearth_owner"
"""The login role that migrates and owns every table."""
APP = "hearth_app"
"""The login role of the running application; it owns nothing."""

_OWNER_ATTRIBUTES = "LOGIN CREATEDB BYPASSRLS NOSUPERUSER NOCREATEROLE NOREPLICATION"
_APP_ATTRIBUTES = "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def prepare(server: Server, database: str = "hearth") -> None:
    """Make the two login roles, with exactly their attributes, and the database of the owner. Idempotent."""
    with psycopg.connect(url(server, SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('hearth.prepare'))")
        for role, attributes in ((OWNER, _OWNER_ATTRIBUTES), (APP, _APP_ATTRIBUTES)):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER ROLE {} {}" if known else "CREATE ROLE {} {}")
            connection.execute(verb.format(sql.Identifier(role), sql.SQL(attributes)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            names = sql.Identifier(database), sql.Identifier(OWNER)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
