"""The 20 original instances of the B2B meeting scheduling literature, against published results and a peer.

Data: a folder with `original/*.dzn` and `published.csv` (instance, optimum, maxsat_seconds), see README.md.
Run:  python bench/timetabling/run.py DATA [--seconds 20] [--peer-seconds 20] [--only PART] [--folders original,fixed]
Every timetable is checked; the exit code is 1 when one is invalid or disagrees with the published optimum.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ortools.sat.python import cp_model

from hearth.engines.timetabling import (
    Event,
    Result,
    Status,
    check,
    count_breaks,
    read_dzn,
    solve,
    table_changes,
)
from hearth.engines.timetabling.cpsat import TimetableModel

HEADING = (
    "instance",
    "published",
    "maxsat s",
    "ours",
    "bound",
    "s",
    "moves",
    "peer",
    "bound",
    "s",
    "verdict",
)
WIDTHS = (28, 10, 8, 11, 5, 6, 10, 8, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Published:
    """A line of published.csv; optimum is None when the instance was proven infeasible."""

    optimum: int | None
    seconds: str


@dataclass(frozen=True, slots=True)
class Peer:
    """What CP-SAT's default portfolio answered on the same model."""

    breaks: int | None
    bound: int | None
    seconds: float | None


def published(folder: Path) -> dict[str, Published]:
    """published.csv by instance."""
    with (folder / "published.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["instance"]: Published(
                None if row["optimum"] == "infeasible" else int(row["optimum"]), row["maxsat_seconds"]
            )
            for row in csv.DictReader(file)
        }


def default_portfolio(event: Event, seconds: float) -> Peer:
    """The plain way to use CP-SAT: the same constraints, its own choice of subsolvers, two workers."""
    timetable = TimetableModel(event)
    timetable.minimise_breaks()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(timetable.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Peer(round(solver.objective_value), round(solver.best_objective_bound), solver.wall_time)
    return Peer(None, None, solver.wall_time)


def verdict(event: Event, result: Result, known: Published | None) -> str:
    """'ok', 'open' (not proven in time) or what is wrong."""
    if result.placements and (
        check(event, result.placements) or count_breaks(event, result.placements) != result.breaks
    ):
        return "INVALID"
    if result.status in (Status.UNKNOWN, Status.FEASIBLE):
        return "open"
    return "ok" if known is None or known.optimum == result.breaks else "DIFFERS"


def shown(value: object) -> str:
    """One cell."""
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def line(cells: Sequence[object]) -> str:
    """One row of the table."""
    return " ".join(shown(cell).ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def run(path: Path, known: Published | None, seconds: float, peer_seconds: float) -> str:
    """Solve one instance twice, print its line, return the verdict."""
    event = read_dzn(path.read_text(encoding="utf-8"))
    result = solve(event, seconds=seconds)
    peer = (
        default_portfolio(event, peer_seconds)
        if peer_seconds and result.placements
        else Peer(None, None, None)
    )
    judged = verdict(event, result, known)
    optimum = "?" if known is None else "infeasible" if known.optimum is None else known.optimum
    ours = result.breaks if result.breaks is not None else result.status.value
    moves, steps = table_changes(result.placements)
    print(
        line(
            (
                path.stem,
                optimum,
                known.seconds if known else None,
                ours,
                result.bound,
                result.seconds,
                f"{moves}/{steps}",
                peer.breaks,
                peer.bound,
                peer.seconds,
                judged,
            )
        ),
        flush=True,
    )
    return judged


def main(
    data: Path, seconds: float = 20, peer_seconds: float = 20, only: str = "", folders: str = "original"
) -> int:
    """Print the table; 0 when every answer is valid and agrees with what is published."""
    known = published(data)
    verdicts = []
    print(line(HEADING))
    for folder in folders.split(","):
        for path in sorted((data / folder).glob("*.dzn")):
            if only in path.stem:
                verdicts.append(run(path, known.get(path.stem), seconds, peer_seconds))
    proven = verdicts.count("ok")
    print(f"{proven} of {len(verdicts)} proven within {seconds:g} s each")
    return int(any(judged in ("INVALID", "DIFFERS") for judged in verdicts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--peer-seconds", type=float, default=20, help="0 leaves the peer out")
    parser.add_argument("--only", default="", help="part of the instance's name")
    parser.add_argument("--folders", default="original", help="e.g. original,forbidden,fixed,precedence")
    arguments = parser.parse_args()
    sys.exit(
        main(arguments.data, arguments.seconds, arguments.peer_seconds, arguments.only, arguments.folders)
    )
