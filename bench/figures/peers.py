"""Recognizers-Text and JioNLP on the same texts, in an environment of the bench's own, never in the product's.

A peer's answer is right when it overlaps the figure and names its value (and, for "value and bounds", both bounds; neither
peer gives bounds, so an approximate figure is wrong there). That is kind to peers: spans and units are not compared.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
ENVIRONMENT = HOME / ".hearth" / "bench" / "figures"
PACKAGES = ("recognizers-text-suite==1.0.2a2", "emoji<2", "jionlp==1.5.31", "setuptools<81")
_WORKER = Path(__file__).with_name("peer_worker.py")
_MINUTES = 15


def main(sets: dict[str, list[dict[str, Any]]]) -> None:
    """Print a row a peer, or that they were not measured and how to."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists() and not (os.environ.get("HEARTH_BENCH_PEERS") and _made(python)):
        print("peers not measured: HEARTH_BENCH_PEERS=1 makes their environment from the package index")
        return
    documents = [document for documents in sets.values() for document in documents]
    for peer in ("recognizers", "jionlp"):
        print(_row(peer, documents, _answers(python, peer, documents)))


def _made(python: Path) -> bool:
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    done = subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=False)
    return done.returncode == 0


def _answers(python: Path, peer: str, documents: list[dict[str, Any]]) -> dict[str, Any] | None:
    asked = json.dumps([document["text"] for document in documents])
    done = subprocess.run(
        [str(python), str(_WORKER), peer],
        input=asked,
        capture_output=True,
        text=True,
        timeout=60 * _MINUTES,
        check=False,
    )
    if done.returncode:
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _row(peer: str, documents: list[dict[str, Any]], found: dict[str, Any] | None) -> str:
    if found is None:
        return f"{peer}: did not run"
    figures = values = exact = traps = hit = 0
    for document, answers in zip(documents, found["answers"], strict=True):
        for figure in document["figures"]:
            figures += 1
            near = [one for one in answers if one["start"] < figure["end"] and figure["start"] < one["end"]]
            right = any(_names(one["value"], figure["value"]) for one in near)
            values += right
            exact += right and figure["approx"] == "exact"
        for trap in document["traps"]:
            traps += 1
            hit += any(one["start"] < trap["end"] and trap["start"] < one["end"] for one in answers)
    speed = sum(len(document["text"]) for document in documents) / found["seconds"]
    return (
        f"{peer}: value right {100 * values / figures:.1f} %, value and bounds {100 * exact / figures:.1f} %, "
        f"traps hit {hit} of {traps}, {speed:,.0f} characters/s"
    )


def _names(value: object, wanted: object) -> bool:
    if isinstance(wanted, int | float):
        try:
            return abs(float(str(value).rstrip("%")) - wanted) <= 1e-6 * max(1.0, abs(wanted))
        except ValueError:
            return False
    return wanted is not None and str(wanted).lstrip("-").split("/")[0] in str(value)
