"""Database addresses: DATABASE_URL and what Django makes of it."""

from typing import TypedDict
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from .server import Server


class DatabaseSettings(TypedDict):
    """One entry of Django's DATABASES, without the engine."""

    HOST: str
    PORT: str
    USER: str
    PASSWORD: str
    NAME: str
    OPTIONS: dict[str, str]


def url(server: Server, user: str, database: str) -> str:
    """Return the address of a database of this server, as DATABASE_URL would hold it."""
    where = urlencode({"host": str(server.socket_dir), "port": server.port}, quote_via=quote, safe="")
    return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?{where}"


def parse(address: str) -> DatabaseSettings:
    """Read a DATABASE_URL. Raises ValueError that says what one looks like.

    `host`, `port`, `user` and `password` may stand in the query as with libpq; the rest of the query becomes
    OPTIONS (`sslmode`, `connect_timeout` …).
    """
    try:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = parts.port
    except ValueError as error:
        raise ValueError(_bad_address(str(error))) from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(_bad_address(f"the scheme is {parts.scheme or 'missing'}"))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ValueError(_bad_address("the database's name is missing"))
    return {
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": query.pop("port", "") or str(port or ""),
        "USER": query.pop("user", "") or unquote(parts.username or ""),
        "PASSWORD": query.pop("password", "") or unquote(parts.password or ""),
        "NAME": name,
        "OPTIONS": query,
    }


def _bad_address(why: str) -> str:
    return f"DATABASE_URL: {why}. It looks like postgresql://user:password@host:5432/name"
