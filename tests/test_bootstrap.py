"""./hearth: sets up .venv once, heals what was interrupted, says what is missing. No index is reached."""

import ast
import base64
import hashlib
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "hearth"
COMMAND = "import os, sys\nfrom pinned import NAME\nprint(NAME, sys.argv[1:], os.getcwd(), sys.prefix)\n"
BLOCK = "import sys\nsys.modules['ensurepip'] = None\n"


def wheel(folder: Path, version: str) -> str:
    """Write a wheel of the package `pinned`; return its line for a lock."""
    record = f"pinned-{version}.dist-info"
    contents = {
        "pinned.py": f"NAME = 'pinned {version}'\n",
        f"{record}/METADATA": f"Metadata-Version: 2.1\nName: pinned\nVersion: {version}\n",
        f"{record}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    hashes = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},"
        for name, text in contents.items()
    ]
    path = folder / f"pinned-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
        archive.writestr(f"{record}/RECORD", "\n".join([*hashes, f"{record}/RECORD,,"]) + "\n")
    return f"pinned=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class House:
    """A project with ./hearth, two locks of one small package and a command that prints it."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.wheels = wheels
        command = folder / "src/hearth/cli"
        command.mkdir(parents=True)
        shutil.copy(SCRIPT, folder / "hearth")
        for name, text in (("../__init__", ""), ("__init__", ""), ("__main__", COMMAND)):
            (command / f"{name}.py").write_text(text)
        self.lock("1.0", "requirements")
        self.lock("2.0", "requirements-dev")
        without_uv = [part for part in os.environ["PATH"].split(os.pathsep) if not Path(part, "uv").exists()]
        self.environment = dict(
            os.environ, PATH=os.pathsep.join(without_uv), PIP_NO_INDEX="1", PIP_FIND_LINKS=str(self.wheels)
        )
        self.environment.pop("PYTHONPATH", None)

    def lock(self, version: str, name: str) -> None:
        (self.folder / f"{name}.lock").write_text(wheel(self.wheels, version))

    def begin(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.folder / "hearth"), *words],
            env={**self.environment, **environment},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **environment: str) -> tuple[int, str, str]:
        with self.begin(*words, **environment) as process:
            out, error = process.communicate()
        return process.returncode, out, error


@pytest.fixture(scope="module")
def first_starts(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, list[tuple[str, str]]]:
    """A house that two processes set up at once, and what each of them printed."""
    house = House(tmp_path_factory.mktemp("众创 house"), tmp_path_factory.mktemp("wheels"))
    with house.begin("up", "--port", "1") as one, house.begin("up", "--port", "1") as other:
        return house, [one.communicate(), other.communicate()]


@pytest.fixture(scope="module")
def house(first_starts: tuple[House, list[tuple[str, str]]]) -> House:
    return first_starts[0]


@pytest.fixture
def bare(tmp_path: Path) -> House:
    return House(tmp_path / "house", tmp_path)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    loader = importlib.machinery.SourceFileLoader("bootstrap", str(SCRIPT))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bootstrap", loader))
    loader.exec_module(module)
    return module


def test_two_first_starts_at_once_install_once_and_run_both(
    first_starts: tuple[House, list[tuple[str, str]]],
) -> None:
    house, said = first_starts
    assert {out for out, _ in said} == {f"pinned 1.0 ['up', '--port', '1'] / {house.folder / '.venv'}\n"}
    told = "".join(error for _, error in said)
    assert told.count("setting up .venv with 1 packages") == told.count("ready after") == 1
    assert "another ./hearth is setting up" in told


def test_a_second_start_installs_nothing_and_is_quick(house: House) -> None:
    began = time.monotonic()
    code, out, error = house.run("match", "a b", PIP_FIND_LINKS="/nowhere", PYTHONPATH="/nowhere")
    assert (code, error) == (0, "")
    assert out.startswith("pinned 1.0 ['match', 'a b']")
    assert time.monotonic() - began < 5


def test_a_changed_lock_is_installed_and_an_interrupted_installation_repeated(house: House) -> None:
    house.lock("1.1", "requirements")
    code, out, _ = house.run("up", PIP_FIND_LINKS="/nowhere")
    assert (code, out) == (2, "")
    code, out, error = house.run("up")
    assert (code, out.split(" [")[0]) == (0, "pinned 1.1")
    assert "ready after" in error


def test_developer_commands_install_the_developers_lock_which_serves_the_others_too(house: House) -> None:
    for command in ("test", "up", "check"):
        code, out, error = house.run("--quiet", command)
        assert (code, out.split(" [")[0]) == (0, "pinned 2.0")
        assert ("setting up" in error) == (command == "test")


def test_a_venv_whose_python_is_gone_is_made_anew(house: House) -> None:
    python = house.folder / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert house.run("test")[0] == 0


def test_a_python_without_venv_names_the_package(bare: House, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCK)
    code, out, error = bare.run("up", PYTHONPATH=str(tmp_path))
    assert (code, out) == (2, "")
    assert "no venv module. Cure: apt-get install python3" in error
    assert error.rstrip().endswith("-venv, then ./hearth again.")


def test_an_unreachable_index_is_told_with_its_cure(script: ModuleType) -> None:
    pip = script.Installer("pip", [], 1)
    pip.lines = [
        "WARNING: Retrying: Temporary failure in name resolution\n",
        "ERROR: No matching distribution\n",
    ]
    assert pip.diagnosis().startswith("the package index could not be reached")
    assert "pip config set global.index-url" in pip.diagnosis()
    assert pip.diagnosis().endswith("  | ERROR: No matching distribution")


def test_a_package_with_another_hash_is_refused(house: House) -> None:
    lock = house.folder / "requirements-dev.lock"
    lock.write_text("pinned==1.0 --hash=sha256:" + "0" * 64 + "\n")
    code, out, error = house.run("check")
    assert (code, out) == (2, "")
    assert "differs from the one this release was made with" in error


def test_uv_is_preferred_and_pip_takes_over_when_it_fails(house: House, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\nexit 1\n')
    uv.chmod(0o755)
    house.lock("2.1", "requirements-dev")
    code, out, error = house.run("check", PATH=f"{tmp_path}{os.pathsep}{house.environment['PATH']}")
    assert (code, out.split(" [")[0]) == (0, "pinned 2.1")
    assert "uv could not install the packages; trying pip." in error
    assert "--require-hashes" in calls.read_text()


def test_progress_tells_how_far_pip_is(script: ModuleType) -> None:
    pip = script.Installer("pip", [], 68)
    assert pip.progress() == "working"
    pip.lines = ["Collecting absl-py==2.5.1 (from -r x)\n", "  Downloading\n", "Collecting django==5.2\n"]
    assert pip.progress() == "2 of 68 packages, django"
    pip.lines.append("Installing collected packages: django\n")
    assert pip.progress() == "unpacking 68 packages"


def test_pythons_as_old_as_3_6_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_an_old_python_says_so_and_names_the_cure(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(script, "ready", lambda needed: False)
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2))
    assert script.main(["up"]) == 2
    assert "Python 3.11 or newer is needed; this is 3.9" in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_newer_one_on_the_path(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newer = tmp_path / "python3.13"
    newer.symlink_to(sys.executable)
    started: list[list[str]] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(script, "ready", lambda needed: False)
    monkeypatch.setattr(script, "set_up", lambda needed: pytest.fail("the old Python went on"))
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2))

    def handed_over(program: str, arguments: list[str]) -> None:
        started.append(arguments)
        raise script.Refusal

    monkeypatch.setattr(script.os, "execv", handed_over)
    script.main(["up", "--empty"])
    assert started == [[str(newer), str(SCRIPT), "up", "--empty"]]


def test_no_index_is_named_in_the_project() -> None:
    lines = [line for name in ("requirements", "requirements-dev") for line in locked(name)]
    assert lines
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    assert "://" not in SCRIPT.read_text()


def locked(name: str) -> list[str]:
    return (SCRIPT.parent / f"{name}.lock").read_text().splitlines()
