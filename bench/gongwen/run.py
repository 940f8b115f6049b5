"""How official papers measure up: layout, provenance, LibreOffice, hostile files, speed.

Each subject is a module of this folder with a main() that prints a table; all of them run in turn, or those that
HEARTH_BENCH_GONGWEN names, parted by commas.
Run:  ./hearth bench gongwen      HEARTH_BENCH_GONGWEN=edits,speed ./hearth bench gongwen
"""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

SUBJECTS = ("edits", "roundtrip", "hostile", "speed", "layout")


def main(_data: Path | None) -> int:
    """Run the subjects; the worst of their answers."""
    asked = os.environ.get("HEARTH_BENCH_GONGWEN", "")
    return max(_run(name) for name in (asked.split(",") if asked else SUBJECTS))


def _run(name: str) -> int:
    print(f"\n== {name} ==")
    subject: Callable[[], int] = import_module(f"bench.gongwen.{name}").main
    return subject()
