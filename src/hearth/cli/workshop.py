"""./hearth test, check, fix, bench: for those who build the house."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from rich.console import Console

from hearth.cli import licences, translations
from hearth.config.environment import HOME
from hearth.lib import browsers, office, typefaces

CODE = ("src", "tests", "bench", "hearth")


def test(arguments: Sequence[str]) -> int:
    """Every test; browser, LibreOffice and fonts are found or installed first, and nothing is skipped."""
    browsers.ensure_chinese_font()
    os.environ["HEARTH_BROWSER"] = str(browsers.find())
    os.environ["HEARTH_OFFICE"] = str(office.ensure().program)
    os.environ["HEARTH_FONTS"] = str(typefaces.ensure())
    parallel = (
        []
        if any(one.startswith(("-n", "-p")) for one in arguments)
        else ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"]
    )
    return _run("-m", "pytest", *parallel, *arguments)


def check() -> int:
    """Everything that can be told without running the product. Changes nothing."""
    results = {
        "格式": _run("-m", "ruff", "format", "--check", *CODE),
        "规范": _run("-m", "ruff", "check", *CODE),
        "类型": _run("-m", "mypy"),
        "引用方向": _run(
            "-c", "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
        ),
        "翻译": _tell(translations.problems()),
        "许可": _tell(licences.problems()),
    }
    console = Console(stderr=True)
    for name, code in results.items():
        console.print(f"{'●' if code == 0 else '◆'} {name}", markup=False)
    return max(results.values())


def fix() -> int:
    """Format, mend what ruff can mend, and bring the catalogue's list of strings up to date."""
    translations.mend()
    return max(_run("-m", "ruff", "check", "--fix", *CODE), _run("-m", "ruff", "format", *CODE))


def bench(name: str, data: Path | None) -> int:
    """Run bench/NAME/run.py, whose main takes the folder of evaluation data."""
    known = sorted(place.parent.name for place in (HOME / "bench").glob("*/run.py"))
    if name not in known:
        Console(stderr=True).print(f"可以量的：{'、'.join(known)}", markup=False)
        return 2 if name else 0
    return int(_bench(name).main(data))


def _bench(name: str) -> ModuleType:
    sys.path.insert(0, str(HOME))
    spec = importlib.util.spec_from_file_location(f"bench.{name}.run", HOME / "bench" / name / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _tell(problems: Sequence[str]) -> int:
    for problem in problems:
        Console(stderr=True).print(problem, markup=False)
    return 1 if problems else 0


def _run(*arguments: str) -> int:
    surroundings = {**os.environ, "PYTHONPATH": str(HOME / "src")}
    return subprocess.call([sys.executable, *arguments], cwd=HOME, env=surroundings)  # noqa: S603  # our own tools
