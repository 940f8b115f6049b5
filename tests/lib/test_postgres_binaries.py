"""Which server programs are taken, and what is said when there are none."""

from pathlib import Path

import pytest

from hearth.lib import postgres
from hearth.lib.postgres import binaries


def programs(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def _no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEARTH_PG_BIN", raising=False)


def test_the_first_new_enough_folder_is_taken(tmp_path: Path) -> None:
    old, good = programs(tmp_path / "old", "14.20"), programs(tmp_path / "good", "17.6 (Debian 17.6-1)")
    newer = programs(tmp_path / "newer", "18.1")
    assert postgres.find_binaries(search=[tmp_path / "none", old, good, newer]) == good


def test_data_get_the_version_that_made_them(tmp_path: Path) -> None:
    newer, same = programs(tmp_path / "newer", "18.1"), programs(tmp_path / "same", "16.4")
    assert postgres.find_binaries(search=[newer, same], major=16) == same
    with pytest.raises(
        postgres.NoPostgres, match=r"PostgreSQL 15, which made .*apt-get install postgresql-15"
    ):
        postgres.find_binaries(search=[newer, same], major=15)


def test_the_variable_overrules_the_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named, other = programs(tmp_path / "named", "16.4"), programs(tmp_path / "other", "18.1")
    monkeypatch.setenv("HEARTH_PG_BIN", str(named))
    assert postgres.find_binaries(search=[other]) == named
    monkeypatch.setenv("HEARTH_PG_BIN", str(tmp_path))
    with pytest.raises(postgres.NoPostgres, match=f"looked in: {tmp_path}"):
        postgres.find_binaries(search=[other])


def test_programs_that_do_not_run_are_passed_over(tmp_path: Path) -> None:
    broken = programs(tmp_path / "broken", "18.1")
    (broken / "postgres").write_text("no program")
    incomplete = programs(tmp_path / "incomplete", "18.1")
    (incomplete / "initdb").unlink()
    with pytest.raises(postgres.NoPostgres, match="PostgreSQL 15 or newer"):
        postgres.find_binaries(search=[broken, incomplete])


def test_the_machine_comes_before_the_wheel_and_its_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [programs(tmp_path / major / "bin", f"{major}.1") for major in ("9.6", "15", "18")]
    assert sorted(folders, key=binaries.packaged_version, reverse=True) == folders[::-1]
    monkeypatch.setattr(binaries, "machine_binaries", lambda: iter([folders[2]]))
    assert postgres.find_binaries() == folders[2]
    monkeypatch.setattr(binaries, "machine_binaries", lambda: iter([]))
    assert postgres.find_binaries() == next(postgres.wheel_binaries())


def test_the_wheel_brings_a_current_server() -> None:
    assert postgres.find_binaries(search=list(postgres.wheel_binaries())).parent.name == "pginstall18"
