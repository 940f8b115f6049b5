"""What the surroundings say. The only module that reads the environment."""

import os
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from hearth.lib import postgres

HOME = Path(__file__).resolve().parents[3]
NO_DATABASE = "postgresql:///hearth"


@dataclass(frozen=True)
class Environment:
    database: postgres.DatabaseSettings = field(repr=False)
    owner: str
    owner_password: str = field(repr=False)
    data: Path
    secret_key: str = field(repr=False)
    hosts: tuple[str, ...]
    secure: bool
    second_factor: bool
    address: str
    mail: "MailServer | None" = field(repr=False)

    @property
    def profile(self) -> Path:
        """Where the house keeps what was measured on its printer (docs/calibration.md)."""
        return self.data / "profile.yaml"

    @classmethod
    def read(cls) -> "Environment":
        database = postgres.parse(os.environ.get("DATABASE_URL", NO_DATABASE))
        return cls(
            database=database,
            owner=os.environ.get("HEARTH_OWNER", postgres.OWNER),
            owner_password=os.environ.get("HEARTH_OWNER_PASSWORD", ""),
            data=data_folder(),
            secret_key=os.environ.get("HEARTH_SECRET_KEY") or _kept_secret(data_folder()),
            hosts=tuple(os.environ.get("HEARTH_HOSTS", "127.0.0.1,localhost").split(",")),
            secure=os.environ.get("HEARTH_SECURE") == "1",
            second_factor=os.environ.get("HEARTH_SECOND_FACTOR", "1") == "1",
            address=os.environ.get("HEARTH_ADDRESS", "http://127.0.0.1:8000").rstrip("/"),
            mail=_mail_server(os.environ.get("HEARTH_MAIL", ""), os.environ.get("HEARTH_MAIL_FROM", "")),
        )


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed in, and whom they come from."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    encrypted_from_the_start: bool
    sender: str


def _mail_server(address: str, sender: str) -> MailServer | None:
    """The server of an address such as ``smtps://name:password@mail.example.cn``. Raises ValueError with the cure."""
    if not address:
        return None
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise ValueError(
            "HEARTH_MAIL 应为 smtps://用户名:密码@主机:端口，并在 HEARTH_MAIL_FROM 写明发件邮箱（含 @）"
        )
    secure = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if secure else 587),
        user=urllib.parse.unquote(parts.username or ""),
        password=urllib.parse.unquote(parts.password or ""),
        encrypted_from_the_start=secure,
        sender=sender,
    )


def data_folder() -> Path:
    """Where the house keeps its database, files and key."""
    return Path(os.environ.get("HEARTH_DATA", HOME / ".hearth"))


def has_database() -> bool:
    return "DATABASE_URL" in os.environ


def use_database(address: str) -> None:
    """Tell this process and its children which database to use."""
    os.environ["DATABASE_URL"] = address


def use_address(address: str) -> None:
    """Tell this process and its children under which address others reach the house, unless that was said already."""
    os.environ.setdefault("HEARTH_ADDRESS", address)


def use_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")


def _kept_secret(data: Path) -> str:
    """The house's own key, made once and readable by its owner alone."""
    place = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    key = os.urandom(48).hex()
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
