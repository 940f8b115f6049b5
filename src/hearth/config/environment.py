"""What the surroundings say. The only module that reads the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

HOME = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Database:
    name: str = "hearth"
    host: str = ""
    port: str = ""
    user: str = "hearth_app"
    password: str = field(default="", repr=False)
    owner: str = "hearth_owner"
    owner_password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str, *, owner: str, owner_password: str) -> "Database":
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        return cls(
            name=parts.path.lstrip("/") or "hearth",
            host=options.get("host") or parts.hostname or "",
            port=options.get("port") or str(parts.port or ""),
            user=unquote(parts.username or "hearth_app"),
            password=unquote(parts.password or ""),
            owner=owner,
            owner_password=owner_password,
        )


@dataclass(frozen=True)
class Environment:
    database: Database
    data: Path
    secret_key: str = field(repr=False)
    hosts: tuple[str, ...]
    debug: bool
    secure: bool
    second_factor: bool

    @classmethod
    def read(cls) -> "Environment":
        data = Path(os.environ.get("HEARTH_DATA", HOME / ".hearth"))
        return cls(
            database=Database.from_url(
                os.environ.get("DATABASE_URL", ""),
                owner=os.environ.get("HEARTH_OWNER", "hearth_owner"),
                owner_password=os.environ.get("HEARTH_OWNER_PASSWORD", ""),
            ),
            data=data,
            secret_key=os.environ.get("HEARTH_SECRET_KEY") or _kept_secret(data),
            hosts=tuple(os.environ.get("HEARTH_HOSTS", "127.0.0.1,localhost").split(",")),
            debug=os.environ.get("HEARTH_DEBUG") == "1",
            secure=os.environ.get("HEARTH_SECURE") == "1",
            second_factor=os.environ.get("HEARTH_SECOND_FACTOR", "1") == "1",
        )


def has_database() -> bool:
    return "DATABASE_URL" in os.environ


def set_database(url: str) -> None:
    """Tell this process and its children which database to use."""
    os.environ["DATABASE_URL"] = url


def _kept_secret(data: Path) -> str:
    """The house's own key, made once and readable by its owner alone."""
    place = data / "secret-key"
    if not place.exists():
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(48).hex())
    return place.read_text()
