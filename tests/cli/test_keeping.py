"""Backup and restore: what was kept comes back, a damaged archive changes nothing, a full house is not overwritten."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hearth.config.environment import HOME
from tests import databases
from tests.cli import folders


def run(database: str, data: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hearth.cli", *map(str, words)],
        env={
            **os.environ,
            "PYTHONPATH": str(HOME / "src"),
            "DATABASE_URL": databases.address(database),
            "HEARTH_DATA": str(data),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def counts(database: str, data: Path) -> str:
    script = (
        "from hearth.lib.wall import scope\n"
        "from hearth.apps.campaigns.models import Duty\n"
        "from hearth.apps.audit.models import Event\n"
        "with scope('0001.'): print(Duty.objects.count(), Event.objects.count())\n"
    )
    return run(database, data, "manage", "shell", "-v", "0", "-c", script).stdout.strip()


@pytest.fixture
def two(migrated: str, own_name: str, django_db_blocker):
    names = [f"test_keeping_{own_name}_{number}" for number in (1, 2)]
    for name in names:
        databases.copy(migrated, name)
    yield names
    for name in names:
        databases.drop(name)


def test_what_was_kept_comes_back(two: list[str], tmp_path: Path) -> None:
    old, new = two
    folder = folders.fill(tmp_path / "活动")
    done = run(old, tmp_path / "old", "load", folder)
    assert done.returncode == 0, done.stderr
    evidence = tmp_path / "old/files/ab/abcdef"
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"evidence")
    kept = tmp_path / "house.backup"
    assert run(old, tmp_path / "old", "backup", kept).returncode == 0

    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(kept.read_bytes()[:-200])
    assert run(new, tmp_path / "new", "restore", damaged).returncode == 2

    done = run(new, tmp_path / "new", "restore", kept)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new/files/ab/abcdef").read_bytes() == b"evidence"
    before = counts(old, tmp_path / "old")
    assert before.startswith("1 ")
    assert counts(new, tmp_path / "new") == before

    again = run(new, tmp_path / "new", "restore", kept)
    assert again.returncode == 2
    assert "只能恢复到空库" in again.stderr
