"""What the surroundings say. The only module that reads the environment."""

import os
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
        )


def data_folder() -> Path:
    """Where the house keeps its database, files and key."""
    return Path(os.environ.get("HEARTH_DATA", HOME / ".hearth"))


def has_database() -> bool:
    return "DATABASE_URL" in os.environ


def use_database(address: str) -> None:
    """Tell this process and its children which database to use."""
    os.environ["DATABASE_URL"] = address


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
