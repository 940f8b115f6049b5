"""pretix beside the house: in an environment of the bench's own, served as its documentation says.

Its database lies in the bench's own PostgreSQL, beside the house's; its cache is a Redis when this machine has one. One
organiser, one live event, one product with one quota. The environment, the migrated database and its data are kept, since
making them takes minutes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from hearth.lib import postgres

PACKAGES = ("pretix==2026.8.0", "gunicorn")
PAGE = "/org/day/"
SUPERUSER = "postgres"
_SETUP = """
from datetime import timedelta
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Event, Organizer

with scopes_disabled():
    organizer, _ = Organizer.objects.get_or_create(slug="org", defaults={"name": "云州市科协"})
    event, made = Event.objects.get_or_create(
        organizer=organizer,
        slug="day",
        defaults={
            "name": "科普进校园", "date_from": now() + timedelta(days=30), "currency": "CNY", "live": True,
            "location": "第二中学操场", "plugins": "",
        },
    )
    if made:
        event.settings.locale = "zh-hans"
        event.settings.locales = ["zh-hans", "en"]
        item = event.items.create(name="入场", default_price=0)
        quota = event.quotas.create(name="名额", size=500)
        quota.items.add(item)
"""


class NotThere(Exception):
    """The peer cannot be measured here; the message says why and how it could be."""


def prepare(folder: Path, server: postgres.Server) -> None:
    """Make the environment, the database and the event, as far as they are not there. Raises NotThere."""
    python = folder / "pretix" / "bin" / "python"
    if not python.exists():
        if not os.environ.get("HEARTH_BENCH_PEERS"):
            raise NotThere("HEARTH_BENCH_PEERS=1 makes pretix's environment from the package index")
        _run([sys.executable, "-m", "venv", str(folder / "pretix")])
        _run([str(python), "-m", "pip", "install", "-q", *PACKAGES])
    _configure(folder, server)
    if not (folder / "prepared").exists():
        _run([str(python), "-m", "pretix", "migrate", "--verbosity=0"], folder)
        _run([str(python), "-m", "pretix", "rebuild"], folder)
        _run([str(python), "-m", "pretix", "shell", "-c", _SETUP], folder)
        (folder / "prepared").touch()


@contextmanager
def cache(folder: Path) -> Iterator[None]:
    """A Redis on a socket in the bench's folder, while it is needed; nothing when this machine has none."""
    program = shutil.which("redis-server")
    if program is None:
        yield
        return
    command = [program, "--port", "0", "--unixsocket", str(folder / "redis.sock"), "--save", ""]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def command(folder: Path, port: int, workers: int) -> list[str]:
    python = folder / "pretix" / "bin" / "python"
    return [
        *(str(python), "-m", "gunicorn", "pretix.wsgi", "--name", "pretix", f"--workers={workers}"),
        *("--max-requests=1200", "--max-requests-jitter=50", "--no-control-socket", "--log-level=warning"),
        f"--bind=127.0.0.1:{port}",
    ]


def surroundings(folder: Path) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("HEARTH_", "DJANGO_", "PYTHON"))
    }
    return {**kept, "PRETIX_CONFIG_FILE": str(folder / "pretix.cfg")}


def _configure(folder: Path, server: postgres.Server) -> None:
    (folder / "data").mkdir(exist_ok=True)
    login = psycopg.conninfo.conninfo_to_dict(postgres.url(server, SUPERUSER, "postgres"))
    with psycopg.connect(postgres.url(server, SUPERUSER, "postgres"), autocommit=True) as database:
        if not database.execute("SELECT 1 FROM pg_database WHERE datname = 'pretix'").fetchone():
            database.execute("CREATE DATABASE pretix")
    redis = (
        f"[redis]\nlocation=unix://{folder / 'redis.sock'}?db=0\nsessions=true\n"
        if shutil.which("redis-server")
        else ""
    )
    (folder / "pretix.cfg").write_text(
        f"[pretix]\ninstance_name=bench\nurl=http://127.0.0.1\ndatadir={folder / 'data'}\n"
        f"trust_x_forwarded_for=off\n[database]\nbackend=postgresql\nname=pretix\nuser={login['user']}\n"
        f"host={login['host']}\n[mail]\nfrom=bench@example.cn\n{redis}[django]\nsecret=bench\ndebug=false\n"
    )


def _run(command: list[str], folder: Path | None = None) -> None:
    """Run a step in an empty folder: pretix reads whatever lies in its own."""
    where = None
    if folder:
        where = folder / "empty"
        where.mkdir(exist_ok=True)
    done = subprocess.run(
        command,
        cwd=where,
        env=surroundings(folder) if folder else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotThere(f"{' '.join(command[1:4])} failed: {done.stderr.strip()[-600:]}")
