"""Who runs the server.

PostgreSQL refuses to run as root. Root's server therefore runs in a user namespace (`Way.NAMESPACE`) or, where
those are forbidden, as `postgres` or `nobody` with a folder of its own under /var/lib (`Way.DROPPED`).
No user is made, and no folder that was there before gets other permissions.
"""

import hashlib
import os
import pwd
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from .commands import run
from .trouble import StartFailed

_NOBODY = 65534
_STATE = Path("/var/lib")

# `cd /` because PostgreSQL must be able to enter the folder it is started in.
_FROM_ROOT = ["/bin/sh", "-c", 'cd / && exec "$@"', "sh"]
_DROP = "import os, sys; os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1])); "
_DROP += "os.execv(sys.argv[3], sys.argv[3:])"


class Way(Enum):
    """How the server's processes come to run as somebody other than root."""

    SELF = "as the user who starts it"
    NAMESPACE = "as root, seen as nobody inside a user namespace"
    DROPPED = "as another user, privileges given up"


@dataclass(frozen=True)
class Account:
    """Who runs the server (`uid`, `gid` as the host sees them) and the folder in which it keeps its files."""

    way: Way
    uid: int
    gid: int
    home: Path

    def wrap(self, command: Sequence[str | Path]) -> list[str]:
        """Return `command` (its program absolute) as an argument list that runs it under this account."""
        return [*self._prefix(), *_FROM_ROOT, *map(str, command)]

    def _prefix(self) -> list[str]:
        if self.way is Way.NAMESPACE:
            unshare = shutil.which("unshare") or "/usr/bin/unshare"
            return [unshare, "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}", "--"]
        if self.way is Way.DROPPED:
            return [sys.executable, "-I", "-S", "-c", _DROP, str(self.uid), str(self.gid)]
        return []


def choose_account(folder: Path) -> Account:
    """Return the account under which the server of `folder` runs on this machine.

    Data that exist decide: they stay where they are and are served by their owner. Raises StartFailed when
    that is impossible for the user who asks.
    """
    folder = folder.resolve()
    outside = state_folder(folder)
    return decide(
        uid=os.getuid(),
        inside=_owner(folder, folder / "data"),
        outside=_owner(outside, outside / "data") if os.getuid() == 0 else None,
        fresh=folder,
        state=outside,
        namespaces=namespaces_work,
    )


def decide(
    *,
    uid: int,
    inside: Account | None,
    outside: Account | None,
    fresh: Path,
    state: Path,
    namespaces: Callable[[], bool],
) -> Account:
    """Choose the account for user `uid`; `inside` and `outside` own data in `fresh` and `state`, if any."""
    if uid != 0:
        return _decide_for_user(uid, inside, fresh)
    if inside is not None and inside.uid != 0:
        return inside
    if inside is None and outside is not None:
        return outside
    if namespaces():
        return Account(Way.NAMESPACE, 0, 0, fresh)
    if inside is not None:
        raise StartFailed(
            f"{fresh} was made by root in a user namespace, and this machine no longer allows those. "
            "Start Hearth as an ordinary user who owns that folder (chown -R), or set DATABASE_URL."
        )
    return _unprivileged(state)


def _decide_for_user(uid: int, inside: Account | None, folder: Path) -> Account:
    if inside is not None and inside.uid != uid:
        raise StartFailed(
            f"{folder} belongs to user {inside.uid}, you are user {uid}. Start Hearth as that user, "
            f"or make the folder yours: sudo chown -R {uid} {shlex.quote(str(folder))}"
        )
    return Account(Way.SELF, uid, os.getgid(), folder)


def namespaces_work() -> bool:
    """Tell whether root may open a user namespace here; many containers forbid it."""
    probe = Account(Way.NAMESPACE, 0, 0, Path("/"))
    try:
        said = run(probe.wrap(["/bin/sh", "-c", "id -u"]))
    except OSError:
        return False
    return said.stdout.strip() == str(_NOBODY)


def state_folder(folder: Path) -> Path:
    """Return the folder of our own under /var/lib in which a dropped server keeps the files of `folder`."""
    return _STATE / f"hearth-{digest(folder)}"


def _unprivileged(home: Path) -> Account:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(Way.DROPPED, entry.pw_uid, entry.pw_gid, home)
    return Account(Way.DROPPED, _NOBODY, _NOBODY, home)


def _owner(home: Path, data: Path) -> Account | None:
    try:
        found = data.stat()
    except FileNotFoundError:
        return None
    except PermissionError:
        found = home.stat()
    return Account(Way.DROPPED, found.st_uid, found.st_gid, home)


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
