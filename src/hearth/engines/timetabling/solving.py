"""From an event to a result: simple obstacles first, then the solvers, then tables, judged by the checker."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

from hearth.engines.timetabling.board import Board, Solver
from hearth.engines.timetabling.checker import check, count_breaks
from hearth.engines.timetabling.cpsat import CpSat
from hearth.engines.timetabling.event import Event
from hearth.engines.timetabling.explain import explain
from hearth.engines.timetabling.obstacles import fewest_breaks, obstacles
from hearth.engines.timetabling.result import Conflict, Progress, Result, Status
from hearth.engines.timetabling.tables import seat

Listener = Callable[[Progress], bool]

_HEARTBEAT = 0.25
"""Seconds between two reports to the caller when nothing new was found."""


def solve(event: Event, *, seconds: float = 60, seed: int = 0, progress: Listener | None = None) -> Result:
    """The timetable of an event with the fewest breaks that could be found, and a proven lower bound.

    seconds: wall-clock limit of the search; naming conflicts and seating come on top.
    seed: the same event and seed give the same placements whenever the search ends before the limit.
    progress: called several times a second, in the caller's own thread; False means 'use what we have'.
    An event that has no timetable is no error: the status is INFEASIBLE and `conflicts` say whom it concerns.
    """
    started = monotonic()
    found = obstacles(event)
    if found:
        return _infeasible(found, started)
    board = Board(sum(fewest_breaks(event, person) for person in event.participants))
    contenders: list[Solver] = [CpSat()]
    with ThreadPoolExecutor(len(contenders)) as pool:
        runs = [pool.submit(each.run, event, board, seconds=seconds, seed=seed) for each in contenders]
        try:
            while not (board.closed or all(run.done() for run in runs)):
                board.wait(_HEARTBEAT)
                _report(board, progress, started)
        finally:
            _stop(contenders, board, runs)
    for run in runs:
        run.result()
    if board.infeasible:
        return _infeasible((explain(event, seed=seed),), started)
    return _result(event, board, started)


def _report(board: Board, progress: Listener | None, started: float) -> None:
    if progress is None:
        return
    best = None if board.best is None else board.best.breaks
    if not progress(Progress(best, board.bound, monotonic() - started)):
        board.close()


def _stop(contenders: Sequence[Solver], board: Board, runs: Sequence[Future[None]]) -> None:
    """A stop that arrives while a solver is between two searches is lost, so it is repeated."""
    board.close()
    while not all(run.done() for run in runs):
        for contender in contenders:
            contender.stop()
        wait(runs, timeout=_HEARTBEAT)


def _infeasible(conflicts: tuple[Conflict, ...], started: float) -> Result:
    return Result(Status.INFEASIBLE, None, None, monotonic() - started, conflicts=conflicts)


def _result(event: Event, board: Board, started: float) -> Result:
    if board.best is None:
        return Result(Status.UNKNOWN, None, board.bound, monotonic() - started)
    placements = seat(event, board.best.slot_of)
    breaks = count_breaks(event, placements)
    assert not check(event, placements), check(event, placements)
    status = Status.OPTIMAL if breaks == board.bound else Status.FEASIBLE
    return Result(status, breaks, board.bound, monotonic() - started, placements)
