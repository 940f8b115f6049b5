"""Running PostgreSQL's programs."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


def run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, without input, and return what it said. Raises OSError if there is none."""
    return subprocess.run(  # noqa: S603 — an argument list, no shell parses it
        [str(part) for part in command],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    """Return our environment without libpq's and the server's own variables, which would redirect them."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}
