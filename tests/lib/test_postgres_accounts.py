"""Who runs the server: root in both ways, an ordinary user, and what none of them may leave behind."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hearth.lib import postgres
from hearth.lib.postgres import Account, Way, accounts

ROOT = os.getuid() == 0
NOBODY = 65534
FRESH, STATE = Path("/srv/house"), Path("/var/lib/hearth-0")
WHEEL = next(postgres.wheel_binaries())
MACHINE = next(postgres.machine_binaries(), None)
BINARIES = [WHEEL, *([MACHINE] if MACHINE else [])]
KIND = {WHEEL: "wheel", MACHINE: "machine"}.get

# Imports everything while it may still read the interpreter's files, then becomes the user `uid`.
AS_USER = """
import os, sys
from pathlib import Path
import psycopg
from hearth.lib import postgres
folder, binaries, uid = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
if os.getuid() != uid:
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
with postgres.running(folder, binaries=binaries, durable=False) as server:
    postgres.prepare(server)
    with psycopg.connect(postgres.url(server, postgres.APP, "hearth")) as app:
        print(server.account.way.name, server.data.stat().st_uid == uid, app.execute("SELECT 1").fetchone())
"""


def decide(uid: int, **given: Account | bool) -> Account:
    works = bool(given.pop("namespaces", True))
    owners = {"inside": None, "outside": None, **given}
    return accounts.decide(uid=uid, fresh=FRESH, state=STATE, namespaces=lambda: works, **owners)


def owned_by(uid: int, home: Path) -> Account:
    return Account(Way.DROPPED, uid, uid, home)


def modes_above(folder: Path) -> list[tuple[Path, int, int, int]]:
    found = [(parent, parent.stat()) for parent in [*folder.parents, Path("/var/lib"), Path("/root")]]
    return [(parent, status.st_mode, status.st_uid, status.st_gid) for parent, status in found]


def test_an_ordinary_user_runs_it_as_himself() -> None:
    assert decide(1000) == Account(Way.SELF, 1000, os.getgid(), FRESH)
    assert decide(1000, inside=owned_by(1000, FRESH)).way is Way.SELF


@pytest.mark.parametrize("owner", [0, 1001])
def test_an_ordinary_user_is_told_whose_the_data_are(owner: int) -> None:
    with pytest.raises(postgres.StartFailed, match=f"belongs to user {owner}.*chown -R 1000 /srv/house"):
        decide(1000, inside=owned_by(owner, FRESH))


def test_root_prefers_a_namespace_and_keeps_the_data_in_the_house() -> None:
    assert decide(0) == Account(Way.NAMESPACE, 0, 0, FRESH)
    assert decide(0, inside=owned_by(0, FRESH)) == Account(Way.NAMESPACE, 0, 0, FRESH)


def test_root_without_namespaces_gives_privileges_up() -> None:
    account = decide(0, namespaces=False)
    assert (account.way, account.home) == (Way.DROPPED, STATE)
    assert account.uid != 0


def test_data_that_exist_decide_before_what_the_machine_allows_today() -> None:
    assert decide(0, outside=owned_by(101, STATE)) == owned_by(101, STATE)
    assert decide(0, inside=owned_by(1000, FRESH)) == owned_by(1000, FRESH)
    with pytest.raises(postgres.StartFailed, match="no longer allows"):
        decide(0, inside=owned_by(0, FRESH), outside=owned_by(101, STATE), namespaces=False)


def test_the_users_for_dropping_are_those_that_every_system_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_known(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(accounts.pwd, "getpwnam", nobody_known)
    assert decide(0, namespaces=False).uid == NOBODY


def test_a_namespace_that_is_forbidden_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forbidden = tmp_path / "unshare"
    forbidden.write_text("#!/bin/sh\necho 'unshare failed: Operation not permitted' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not postgres.namespaces_work()


@pytest.fixture
def everyones() -> Iterator[Path]:
    """A folder that any user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="hearth-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def reachable(binaries: Path, copies: Path) -> Path:
    """The binaries, or a copy when others may not read them where they are (a checkout under /root)."""
    if binaries != WHEEL or all(parent.stat().st_mode & 0o001 for parent in binaries.parents):
        return binaries
    package = binaries.parents[1]
    for tree in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(
            tree, copies / tree.name, ignore=shutil.ignore_patterns("pginstall", "include", "*.a")
        )
    return copies / package.name / binaries.parent.name / "bin"


@pytest.mark.parametrize("binaries", BINARIES, ids=KIND)
def test_an_ordinary_user_gets_a_server(everyones: Path, binaries: Path) -> None:
    uid = NOBODY if ROOT else os.getuid()
    home = everyones / "home"
    home.mkdir(mode=0o700)
    os.chown(home, uid, uid if ROOT else os.getgid())
    command = [sys.executable, "-c", AS_USER, home / "house", reachable(binaries, everyones), uid]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    said = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("SELF True (1,)\n", "")


def ways_here(folder: Path) -> list[Account]:
    if not ROOT:
        return [accounts.choose_account(folder)]
    dropped = accounts.decide(
        uid=0,
        inside=None,
        outside=None,
        fresh=folder,
        state=postgres.state_folder(folder),
        namespaces=lambda: False,
    )
    in_namespace = Account(Way.NAMESPACE, 0, 0, folder)
    return [dropped, in_namespace] if postgres.namespaces_work() else [dropped]


@pytest.mark.parametrize("binaries", BINARIES, ids=KIND)
def test_every_way_works_makes_no_user_and_opens_no_folder(tmp_path: Path, binaries: Path) -> None:
    folder = (tmp_path / "private" / "house").resolve()
    folder.parent.mkdir(mode=0o700)
    before = modes_above(folder), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()
    for account in ways_here(folder):
        server = postgres.start(folder, binaries=binaries, durable=False, account=account)
        try:
            postgres.prepare(server)
            with psycopg.connect(postgres.url(server, postgres.APP, "hearth")) as app:
                assert app.execute("SELECT current_user").fetchone() == ("hearth_app",)
            assert server.account == account
            assert server.data.stat().st_uid == account.uid
        finally:
            postgres.stop(server)
            shutil.rmtree(account.home)
        folder.mkdir(exist_ok=True)
    after = modes_above(folder), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()
    assert after == before


@pytest.mark.parametrize("way", [Way.DROPPED] if ROOT else [Way.SELF])
def test_binaries_that_the_account_cannot_read_are_copied_and_others_are_not(
    tmp_path: Path, way: Way
) -> None:
    folder = (tmp_path / "house").resolve()
    package = WHEEL.parents[1]
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    for tree in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(
            tree, hidden / tree.name, ignore=shutil.ignore_patterns("pginstall", "include", "*.a")
        )
    binaries = hidden / package.name / WHEEL.parent.name / "bin"
    account = ways_here(folder)[0]
    assert account.way is way
    server = postgres.start(folder, binaries=binaries, durable=False, account=account)
    try:
        assert server.binaries.is_relative_to(account.home) == (way is Way.DROPPED)
        again = postgres.start(folder, binaries=binaries, account=account)
        assert (again.reused, again.binaries) == (True, server.binaries)
    finally:
        postgres.stop(server)
        shutil.rmtree(account.home)


def test_root_serves_a_users_house_as_that_user_and_leaves_it_his(everyones: Path) -> None:
    owner = NOBODY if ROOT else os.getuid()
    folder = everyones / "house"
    folder.mkdir(mode=0o700)
    os.chown(folder, owner, owner if ROOT else os.getgid())
    binaries = reachable(WHEEL, everyones)
    run = [sys.executable, "-c", AS_USER, folder, binaries, owner]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    for _ in range(2):
        subprocess.run(list(map(str, run)), env=environment, check=True, capture_output=True)
        with postgres.running(folder, durable=False) as server:
            assert server.account.uid == owner
        assert {path.lstat().st_uid for path in folder.rglob("*")} == {owner}


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(postgres.StartFailed, match=f"{tmp_path}: not yours to use"):
        postgres.start(tmp_path / "house")
