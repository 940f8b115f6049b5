"""Starting and stopping the server of a folder.

Every server process inherits a locked file (`serving`). The kernel releases it when the last of them is gone,
so "does anything still work on these files?" has a sure answer after `kill -9`, with recycled process numbers,
with zombies nobody reaps and across containers; the number in `postmaster.pid` can tell none of these apart.
"""

import os
import shlex
import shutil
import signal
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import folders, processes
from .accounts import Account, Way, choose_account
from .binaries import find_binaries, major_of
from .commands import environment, run
from .locks import grasp, hold, is_held
from .trouble import StartFailed

SUPERUSER = "postgres"
"""The login role that makes the others."""

_PORT = 5432  # no network port: PostgreSQL builds the socket's file name from it
_SOCKET = f".s.PGSQL.{_PORT}"
_SSL_REQUEST = struct.pack("!II", 8, 80877103)  # PostgreSQL protocol 3.0; answered with one byte
_LOG_LIMIT = 10_000_000  # bytes; a longer log is begun anew at the next start
_START_SECONDS = 120.0
_STOP_SECONDS = 60.0
_ORPHAN_SECONDS = 10.0


@dataclass(frozen=True)
class Server:
    """A started server. `reused`: it was already running and belongs to whoever started it."""

    folder: Path
    data: Path
    socket_dir: Path
    port: int
    binaries: Path
    account: Account
    reused: bool


@dataclass(frozen=True)
class _Note:
    """What the server writes about itself into postmaster.pid; `pid` 0 when it wrote nothing yet."""

    pid: int
    socket_dir: Path
    ready: bool

    @classmethod
    def read(cls, data: Path) -> "_Note":
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
            return cls(int(lines[0]), Path(lines[4]), lines[7].strip() == "ready")
        except (FileNotFoundError, ValueError, IndexError):
            return cls(0, Path(), ready=False)


def start(
    folder: Path, *, binaries: Path | None = None, durable: bool = True, account: Account | None = None
) -> Server:
    """Start the server of `folder`, making the cluster the first time, or return the one that runs already.

    `durable=False` gives up safety against power loss for speed: for tests only. `account` overrules
    `choose_account`. Safe to call from several processes at once and after any crash. Raises NoPostgres,
    StartFailed.
    """
    folder = folder.resolve()
    with _turn(folder):
        account = account or choose_account(folder)
        if account.home != folder:
            folders.own(account.home, account)
        return _running(folder, account) or _start(folder, account, binaries, durable=durable)


def stop(server: Server) -> None:
    """End the server, open sessions included, and wait until its last process is gone. Idempotent."""
    if not server.data.exists():  # removed under a running server, which then ends by itself within a minute
        return
    with _turn(server.folder):
        pid = _Note.read(server.data).pid
        if _serving(server.account) and processes.belongs(pid, processes.mark(server.data)):
            os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
            processes.wait(lambda: processes.reaped(pid) and not _serving(server.account), _STOP_SECONDS)
        if _serving(server.account):
            _end_orphans(server.data, server.account)


@contextmanager
def running(folder: Path, *, binaries: Path | None = None, durable: bool = True) -> Iterator[Server]:
    """Serve `folder` for the length of a block; leave a server that was already running as it was.

    A server whose block was killed is adopted: it ends with the block that found it without an owner.
    """
    server = start(folder, binaries=binaries, durable=durable)
    with _owned(server) as is_owner:
        try:
            yield server
        finally:
            if is_owner:
                stop(server)


@contextmanager
def _owned(server: Server) -> Iterator[bool]:
    """Tell whether this block ends the server: it started it, or whoever did is dead."""
    mark = server.folder / "owner"
    if server.reused and not mark.exists():
        yield False
        return
    with grasp(mark) as grasped:
        yield grasped or not server.reused
        if grasped:
            mark.unlink(missing_ok=True)


def is_running(server: Server) -> bool:
    """Tell whether the server accepts connections."""
    return _serving(server.account) and _answers(server.socket_dir) and _Note.read(server.data).ready


def postmaster(server: Server) -> int:
    """Return the process number of the running server's first process."""
    return _Note.read(server.data).pid


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server of `folder`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with hold(folder / "lock"):
            yield
    except PermissionError as error:
        raise StartFailed(
            f"{error.filename or folder}: not yours to use. Start Hearth as its owner."
        ) from error


def _serving(account: Account) -> bool:
    return is_held(account.home / "serving")


def _running(folder: Path, account: Account) -> Server | None:
    """Return the server that runs already, or None once it is sure that nothing works on the files."""
    data = account.home / "data"
    orphaned_since = time.monotonic()
    while _serving(account):
        note = _Note.read(data)
        if note.pid and _answers(note.socket_dir):
            if note.ready:
                binaries = _binaries_of_running(data)
                return Server(folder, data, note.socket_dir, _PORT, binaries, account, reused=True)
            orphaned_since = time.monotonic()  # starting up or shutting down: it will be one or the other
        if time.monotonic() - orphaned_since > _ORPHAN_SECONDS:
            _end_orphans(data, account)
        time.sleep(0.02)
    return None


def _start(folder: Path, account: Account, binaries: Path | None, *, durable: bool) -> Server:
    data = account.home / "data"
    binaries = folders.reachable(binaries or find_binaries(major=_made_by(data)), account)
    if not data.exists():
        _make_cluster(binaries, data, account, durable=durable)
    socket_dir = folders.socket_folder(account, _SOCKET)
    server = Server(folder, data, socket_dir, _PORT, binaries, account, reused=False)
    for stale in (data / "postmaster.pid", socket_dir / _SOCKET, socket_dir / f"{_SOCKET}.lock"):
        stale.unlink(missing_ok=True)  # nobody holds `serving`: what these name is gone
    pid = _spawn(server, durable=durable)
    processes.wait(lambda: is_running(server) or processes.reaped(pid), _START_SECONDS)
    if not is_running(server):
        raise StartFailed(f"PostgreSQL did not start; {_log(account)} ends:\n{_log_end(account)}")
    return server


def _make_cluster(binaries: Path, data: Path, account: Account, *, durable: bool) -> None:
    fresh = data.with_name("data.new")
    if fresh.exists():  # an earlier attempt was interrupted
        shutil.rmtree(fresh)
    # The sort order is by code point and letters are Unicode's, whichever provider the version has.
    builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = builtin if (major_of(binaries) or 0) >= 17 else ["--locale=C.UTF-8", "--lc-messages=C"]
    options = [
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-k",
        *locale,
        *([] if durable else ["--no-sync"]),
    ]
    said = run(account.wrap([binaries / "initdb", "-D", fresh, *options]))
    if said.returncode:
        raise StartFailed(f"initdb failed:\n{said.stdout}{said.stderr}")
    fresh.rename(data)
    folders.sync(data.parent)


def _spawn(server: Server, *, durable: bool) -> int:
    """Start the server process in a session of its own, so that Ctrl-C in the terminal does not reach it."""
    account = server.account
    settings = [part for key, value in _tuning(server, durable=durable) for part in ("-c", f"{key}={value}")]
    argv = account.wrap([server.binaries / "postgres", "-D", server.data, *settings])
    with _open_log(account) as out, hold(account.home / "serving") as serving:
        if os.fstat(out.fileno()).st_size > _LOG_LIMIT:
            out.truncate(0)
        _hand_over(account)
        os.set_inheritable(serving, True)
        silence = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
        copies = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
        return os.posix_spawn(
            argv[0], argv, environment(), file_actions=[silence, *copies], setsid=True, setsigmask=()
        )


def _hand_over(account: Account) -> None:
    """Give the files that root made in a user's folder to that user, who may start the server next time."""
    if account.way is Way.DROPPED:
        for name in ("lock", "serving", "log"):
            if (account.home / name).exists():
                os.chown(account.home / name, account.uid, account.gid, follow_symlinks=False)


def _tuning(server: Server, *, durable: bool) -> list[tuple[str, str]]:
    settings = [
        ("listen_addresses", ""),
        ("port", str(_PORT)),
        ("unix_socket_directories", str(server.socket_dir)),
        ("unix_socket_permissions", "0700"),
        ("cluster_name", processes.mark(server.data)),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("shared_buffers", "64MB"),
        ("jit", "off"),  # compiling costs more than our short queries take
        ("max_parallel_workers_per_gather", "0"),  # a container's /dev/shm of 64 MB is too small for them
    ]
    return settings if durable else [*settings, ("fsync", "off"), ("full_page_writes", "off")]


def _made_by(data: Path) -> int | None:
    version = data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _binaries_of_running(data: Path) -> Path:
    return Path(shlex.split((data / "postmaster.opts").read_text())[0]).parent


def _answers(socket_dir: Path) -> bool:
    """Tell whether the first process is alive enough to answer: its socket alone may outlive it a moment."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(os.fsencode(socket_dir / _SOCKET))
            client.sendall(_SSL_REQUEST)
            return len(client.recv(1)) == 1
        except OSError:
            return False


def _end_orphans(data: Path, account: Account) -> None:
    """End processes that outlived their first one: they would keep a new server from the files."""
    processes.end(processes.mark(data))
    processes.wait(lambda: not _serving(account), 5)
    if _serving(account):
        raise StartFailed(f"Processes of an earlier server still work on {data}. End them, then start again.")


def _log(account: Account) -> Path:
    return account.home / "log"


def _open_log(account: Account) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    return os.fdopen(os.open(_log(account), flags, 0o600), "ab")


def _log_end(account: Account) -> str:
    return "\n".join(_log(account).read_text(errors="replace").splitlines()[-12:])
