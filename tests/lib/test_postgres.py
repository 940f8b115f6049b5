"""One house's server: made, stopped, killed, started twice, prepared."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from hearth.lib import postgres
from hearth.lib.postgres import Server, locks, processes
from hearth.lib.postgres import server as serving

MACHINE = next(postgres.machine_binaries(), None)
WHEEL = next(postgres.wheel_binaries())
KIND = {WHEEL: "wheel", MACHINE: "machine"}.get
BINARIES = [WHEEL, *([MACHINE] if MACHINE else [])]

START = """
import sys
from pathlib import Path
from hearth.lib import postgres
server = postgres.start(Path(sys.argv[1]), durable=False)
print(server.reused, postgres.postmaster(server))
"""


HELD = """
import sys, time
from pathlib import Path
from hearth.lib import postgres
with postgres.running(Path(sys.argv[1]), durable=False):
    print("open", flush=True)
    time.sleep(600)
"""


def run(server: Server, *statements: str) -> list[tuple[object, ...]]:
    with psycopg.connect(postgres.url(server, "postgres", "postgres"), autocommit=True) as connection:
        for statement in statements[:-1]:
            connection.execute(statement.encode())
        return connection.execute(statements[-1].encode()).fetchall()


def show(server: Server, setting: str) -> object:
    return run(server, f"SHOW {setting}")[0][0]


def start_elsewhere(folder: Path) -> subprocess.Popen[str]:
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-c", START, str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "house"
    yield folder
    home = postgres.choose_account(folder).home
    if locks.is_held(home / "serving"):
        postgres.stop(postgres.start(folder))


@pytest.fixture(params=BINARIES, ids=KIND)
def server(request: pytest.FixtureRequest, folder: Path) -> Server:
    return postgres.start(folder, binaries=request.param, durable=False)


@pytest.fixture(scope="module", params=BINARIES, ids=KIND)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("shared") / "house"
    with postgres.running(folder, binaries=request.param, durable=False) as server:
        yield server


def test_serves_on_a_private_socket_only(shared: Server) -> None:
    assert postgres.is_running(shared)
    assert show(shared, "listen_addresses") == ""
    assert stat.S_IMODE(shared.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared.data.stat().st_mode) == 0o700


def test_text_is_utf8_and_sorted_by_code_point_with_unicode_letters(shared: Server) -> None:
    assert show(shared, "server_encoding") == "UTF8"
    sort = (
        "SELECT array_agg(w ORDER BY w), lower('ÉÄ'), '科' ~ '\\w' FROM unnest(ARRAY['b','a','B','科','É']) w"
    )
    assert run(shared, sort) == [(["B", "a", "b", "É", "科"], "éä", True)]


def test_the_two_roles_have_exactly_their_rights_even_after_somebody_widened_them(shared: Server) -> None:
    postgres.prepare(shared, "home")
    run(shared, "ALTER ROLE hearth_app SUPERUSER BYPASSRLS INHERIT", "SELECT 1")
    postgres.prepare(shared, "home")
    rights = "rolcanlogin, rolinherit, rolcreatedb, rolbypassrls, rolsuper, rolcreaterole, rolreplication"
    roles = run(shared, f"SELECT rolname, {rights} FROM pg_roles WHERE rolname LIKE 'hearth%' ORDER BY 1")
    assert roles == [
        ("hearth_app", True, False, False, False, False, False, False),
        ("hearth_owner", True, True, True, True, False, False, False),
    ]


def test_the_owner_makes_tables_and_the_application_does_not(shared: Server) -> None:
    postgres.prepare(shared)
    with psycopg.connect(postgres.url(shared, postgres.OWNER, "hearth")) as owner:
        owner.execute("CREATE TABLE visit ()")
    with (
        psycopg.connect(postgres.url(shared, postgres.APP, "hearth")) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("CREATE TABLE stray ()")


def test_rows_survive_a_stop(server: Server) -> None:
    run(server, "CREATE TABLE kept AS SELECT 7 AS number", "SELECT 1")
    postgres.stop(server)
    assert not postgres.is_running(server)
    began = time.monotonic()
    again = postgres.start(server.folder, durable=False)
    assert time.monotonic() - began < 5
    assert run(again, "SELECT number FROM kept") == [(7,)]


@pytest.mark.parametrize("binaries", BINARIES, ids=KIND)
def test_rows_survive_a_killed_postmaster_in_this_process_and_in_a_new_one(
    folder: Path, binaries: Path
) -> None:
    server = postgres.start(folder, binaries=binaries)
    run(server, "CREATE TABLE kept AS SELECT 7 AS number", "SELECT 1")
    os.kill(postgres.postmaster(server), signal.SIGKILL)
    again = postgres.start(server.folder)
    assert run(again, "INSERT INTO kept VALUES (8)", "SELECT number FROM kept") == [(7,), (8,)]
    os.kill(postgres.postmaster(again), signal.SIGKILL)
    with start_elsewhere(server.folder) as process:
        assert process.communicate()[0].startswith("False")
    reused = postgres.start(server.folder)
    assert reused.reused
    assert run(reused, "SELECT number FROM kept") == [(7,), (8,)]


def test_a_busy_orphan_of_a_killed_postmaster_is_ended(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(postgres.url(server, "postgres", "postgres")) as connection:
        connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e15)")
        time.sleep(0.2)
        os.kill(postgres.postmaster(server), signal.SIGKILL)
        monkeypatch.setattr(serving, "_ORPHAN_SECONDS", 0.5)
        assert not postgres.start(server.folder, durable=False).reused
        with suppress(psycopg.OperationalError):
            connection.close()


def test_a_stale_pid_file_is_healed_whoever_has_its_number_now(folder: Path) -> None:
    server = postgres.start(folder, durable=False)
    for pid in (os.getpid(), os.getppid(), 1, 4_000_000):
        postgres.stop(server)
        lines = [pid, server.data, 1, 5432, server.socket_dir, "", "1 1", "ready   "]
        (server.data / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
        (server.socket_dir / ".s.PGSQL.5432.lock").write_text(f"{pid}\n")
        (server.socket_dir / ".s.PGSQL.5432").touch()
        postgres.stop(server)
        server = postgres.start(folder, durable=False)
        assert not server.reused


def test_two_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    first, second = start_elsewhere(folder), start_elsewhere(folder)
    with first, second:
        said = sorted(process.communicate()[0].split() for process in (first, second))
    assert [reused for reused, _ in said] == ["False", "True"]
    assert said[0][1] == said[1][1]


def test_an_interrupted_first_start_is_repeated(folder: Path) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    assert postgres.is_running(postgres.start(folder, durable=False))
    assert not (folder / "data.new").exists()


@pytest.mark.parametrize("name", ["很长的文件夹名" * 5, "comma, and \"quote\" and $HOME and 'more'"])
def test_a_folder_whose_socket_would_not_work_gets_a_private_one_elsewhere(tmp_path: Path, name: str) -> None:
    with postgres.running(tmp_path / name, durable=False) as server:
        assert server.socket_dir.parent == Path("/tmp")
        assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
        assert postgres.start(tmp_path / name).socket_dir == server.socket_dir
        assert run(server, "SELECT 1") == [(1,)]
    shutil.rmtree(server.socket_dir)


def test_a_socket_folder_that_somebody_else_prepared_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    with postgres.running(folder, durable=False) as server:
        pass
    shutil.rmtree(server.socket_dir)
    server.socket_dir.symlink_to(tmp_path)
    with pytest.raises(postgres.StartFailed, match="belongs to somebody else"):
        postgres.start(folder, durable=False)
    server.socket_dir.unlink()


def test_a_block_leaves_a_server_running_that_it_did_not_start(folder: Path) -> None:
    with postgres.running(folder, durable=False) as outer:
        with postgres.running(folder) as inner:
            assert inner.reused
        assert postgres.is_running(outer)
    assert not postgres.is_running(outer)
    postgres.stop(outer)


def test_a_block_adopts_a_server_whose_own_block_was_killed(folder: Path) -> None:
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-c", HELD, str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with postgres.running(folder, durable=False) as guest:
            assert guest.reused
        assert postgres.is_running(guest)
        holder.kill()
    with postgres.running(folder, durable=False) as heir:
        assert heir.reused
    assert not postgres.is_running(heir)


def test_a_failed_start_shows_the_end_of_the_log(folder: Path) -> None:
    server = postgres.start(folder, durable=False)
    postgres.stop(server)
    settings = server.data / "postgresql.conf"
    sound = settings.read_text()
    settings.write_text("nonsense\n")
    with pytest.raises(postgres.StartFailed, match="syntax error in file"):
        postgres.start(folder)
    settings.write_text(sound)
    assert postgres.is_running(postgres.start(folder))


def test_a_server_is_durable_unless_told_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGPORT", "1")
    with postgres.running(folder) as server:
        assert show(server, "fsync") == show(server, "full_page_writes") == "on"
    with postgres.running(folder, durable=False) as server:
        assert show(server, "fsync") == "off"


def test_no_process_is_left_after_a_stop(folder: Path) -> None:
    server = postgres.start(folder, durable=False)
    name = processes.mark(server.data)
    assert postgres.postmaster(server) in processes.marked(name)
    assert len(processes.marked(name)) > 3
    postgres.stop(server)
    assert processes.marked(name) == []


def test_a_house_that_was_removed_needs_no_stop(folder: Path) -> None:
    server = postgres.start(folder, durable=False)
    postgres.stop(server)
    shutil.rmtree(folder)
    postgres.stop(server)
    assert not postgres.is_running(server)
    assert not folder.exists()
