"""The processes of one cluster, found by a name that all of them carry in their command line."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def mark(data: Path) -> str:
    """Return the cluster's name. It follows the data folder when that is moved, which its path would not."""
    found = data.stat()
    return f"hearth-{found.st_dev:x}-{found.st_ino:x}"


def marked(name: str) -> list[int]:
    """Return the numbers of all server processes of the cluster `name`; none where there is no /proc."""
    found = []
    for command in _PROC.glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            words = command.read_bytes()
            program = words.split(b"\0")[0].split(b":")[0]
            if program.endswith(b"postgres") and name.encode() in words:
                found.append(int(command.parent.name))
    return found


def belongs(pid: int, name: str) -> bool:
    """Tell whether `pid` is a living process of the cluster `name`, as well as this system can tell."""
    return pid in marked(name) if (_PROC / "self").exists() else pid > 1


def end(name: str) -> None:
    """End all processes of the cluster: first as PostgreSQL ends its own in an emergency, then by force."""
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in marked(name):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        wait(lambda: not marked(name), 5)


def reaped(pid: int) -> bool:
    """Tell whether `pid` needs no more waiting for: it ended, or it is not our child."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def wait(done: Callable[[], bool], seconds: float) -> None:
    """Return when `done` says so, or after `seconds`."""
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
