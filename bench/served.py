"""What a bench puts its load on: the house as ./hearth up serves it, or another program, on a free port of 127.0.0.1."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

WORKERS, THREADS = 2, 4
_PATIENCE = 60
_ASKING = 20


@contextmanager
def house(address: str = "", *, quiet: bool = False) -> Iterator[tuple[int, int]]:
    """The house's port and process, on the database at this address or on the present one.

    A quiet one does not print what it says when its database is killed.
    """
    surroundings = {**os.environ, "DATABASE_URL": address} if address else None
    with answering(_command, "/healthz", surroundings=surroundings, quiet=quiet) as served:
        yield served


@contextmanager
def answering(
    command: Callable[[int], list[str]],
    path: str,
    *,
    surroundings: Mapping[str, str] | None = None,
    folder: Path | None = None,
    quiet: bool = False,
) -> Iterator[tuple[int, int]]:
    """The port and the process of what this command starts, once it answers for this path.

    Raises RuntimeError when it ends or does not answer within a minute.
    """
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    process = subprocess.Popen(
        command(port), env=surroundings, cwd=folder, stderr=subprocess.DEVNULL if quiet else None
    )
    try:
        _wait(process, f"http://127.0.0.1:{port}{path}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def temporary_database() -> str:
    """The database of this connection as DATABASE_URL names it: the present address with another database's name."""
    from django.db import connection

    before = urlsplit(os.environ["DATABASE_URL"])
    return f"{before.scheme}://{before.netloc}/{connection.settings_dict['NAME']}?{before.query}"


def _command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "hearth.config.wsgi", "--preload", "--no-control-socket"),
        *(f"--workers={WORKERS}", f"--threads={THREADS}", "--worker-class=gthread", "--log-level=warning"),
        f"--bind=127.0.0.1:{port}",
    ]


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=_ASKING).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} did not answer; the server's own words stand above")
