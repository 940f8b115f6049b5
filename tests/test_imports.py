"""Import directions hold, and a violation of each contract breaks the build."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_holds() -> None:
    found = lint(HOME)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("lib/lines.py", "import hearth.engines.figures", "Imports go down"),
        ("apps/campaigns/queries.py", "import hearth.web.ui.access", "Imports go down"),
        ("stray/__init__.py", "", "Imports go down"),
        ("apps/papers/queries.py", "import hearth.apps.campaigns.models", "Among the apps"),
        ("apps/visits/queries.py", "import hearth.apps.outreach.models", "Among the apps"),
        ("apps/stray/__init__.py", "", "Among the apps"),
        ("apps/visits/models.py", "import hearth.apps.visits.actions", "Inside an app"),
        ("apps/visits/stray.py", "", "Inside an app"),
        ("engines/figures/__init__.py", "import hearth.engines.gongwen", "Engines are strangers"),
        ("engines/figures/__init__.py", "import django", "Engines know no framework"),
        ("web/desk/records.py", "import hearth.web.public.urls", "Pages of different audiences"),
        ("apps/campaigns/actions.py", "import hearth.engines.figures", "Each engine has one door"),
    ],
)
def test_a_planted_violation_breaks_the_build(tmp_path: Path, place: str, line: str, contract: str) -> None:
    shutil.copy(HOME / ".importlinter", tmp_path)
    shutil.copytree(
        HOME / "src/hearth",
        tmp_path / "src/hearth",
        ignore=lambda folder, names: [
            name for name in names if name in ("static", "templates", "locale", "__pycache__")
        ],
    )
    target = tmp_path / "src/hearth" / place
    target.parent.mkdir(exist_ok=True)
    before = target.read_text() if target.exists() else ""
    target.write_text(f"{before}\n{line}\n")
    found = lint(tmp_path)
    assert found.returncode != 0
    broken = found.stdout + found.stderr
    assert contract in broken
