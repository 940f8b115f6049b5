"""Folders of the server: private, and never anybody else's."""

import os
import re
import shutil
import stat
from pathlib import Path

from .accounts import Account, Way, digest
from .binaries import version_of
from .commands import run
from .trouble import StartFailed

_SOCKET_PATH_LIMIT = 107  # bytes of sockaddr_un.sun_path without the closing zero
_SHARED = Path("/tmp")  # noqa: S108 — what we make there is private, and refused if somebody else made it


def socket_folder(account: Account, socket_name: str) -> Path:
    """Return a private folder in which a socket's path fits and is not read as a list by libpq."""
    folder = account.home / "socket"
    too_long = len(os.fsencode(folder / socket_name)) > _SOCKET_PATH_LIMIT
    if too_long or re.search(r'[,"]', str(folder)):
        folder = _SHARED / f"hearth-{account.uid}-{digest(account.home)}"
    own(folder, account)
    return folder


def own(folder: Path, account: Account) -> None:
    """Make `folder` for the account alone. Raises StartFailed when somebody else made it before."""
    if not os.path.lexists(folder):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.getuid()}:
        raise StartFailed(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    if found.st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def reachable(binaries: Path, account: Account) -> Path:
    """Return `binaries`, or a copy in the account's home when the account cannot run them where they are."""
    if account.way is not Way.DROPPED or _can_run(binaries, account):
        return binaries
    prefix = binaries.parent
    copy = account.home / f"binaries-{version_of(binaries)}"
    if not copy.exists():
        fresh = copy.with_name("binaries.new")
        shutil.rmtree(fresh, ignore_errors=True)
        headers = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(prefix, fresh / prefix.parent.name / prefix.name, symlinks=True, ignore=headers)
        libraries = prefix.parent.with_name(f"{prefix.parent.name}.libs")  # wheels put shared libraries there
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        give(fresh, account)
        fresh.rename(copy)
    return copy / prefix.parent.name / prefix.name / "bin"


def _can_run(binaries: Path, account: Account) -> bool:
    tries = [run(account.wrap([binaries / name, "--version"])) for name in ("initdb", "postgres")]
    return all(said.returncode == 0 for said in tries)


def give(tree: Path, account: Account) -> None:
    """Make the account the owner of `tree` and all that is in it."""
    for path in [tree, *tree.rglob("*")]:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def sync(folder: Path) -> None:
    """Make a rename inside `folder` safe against power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
