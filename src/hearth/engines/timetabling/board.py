"""Where solvers that work on one event post what they find, and learn what the others found."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Condition
from typing import Protocol

from hearth.engines.timetabling.event import Event


@dataclass(frozen=True, slots=True)
class Find:
    """A schedule: the slot number of every meeting id, and the breaks it causes."""

    slot_of: Mapping[str, int]
    breaks: int


class Board:
    """Best schedule and best bound so far; safe to use from several threads. `bound` starts as a proven
    lower bound.
    """

    def __init__(self, bound: int) -> None:
        self._changed = Condition()
        self._best: Find | None = None
        self._bound = bound
        self._infeasible = self._closed = False

    @property
    def best(self) -> Find | None:
        """The schedule with the fewest breaks, the first of equals."""
        return self._best

    @property
    def bound(self) -> int:
        """No schedule has fewer breaks than this."""
        return self._bound

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that there is no schedule."""
        return self._infeasible

    @property
    def closed(self) -> bool:
        """Whether solvers are to stop: everything is proven, or nobody waits any more."""
        proven = self._best is not None and self._best.breaks <= self._bound
        return self._closed or self._infeasible or proven

    def found(self, find: Find) -> None:
        """Post a schedule; it is kept if it is better than the best."""
        with self._changed:
            if self._best is None or find.breaks < self._best.breaks:
                self._best = find
            self._changed.notify_all()

    def proved(self, bound: int) -> None:
        """Post a lower bound."""
        with self._changed:
            self._bound = max(self._bound, bound)
            self._changed.notify_all()

    def proved_infeasible(self) -> None:
        """Post that there is no schedule."""
        with self._changed:
            self._infeasible = True
            self._changed.notify_all()

    def close(self) -> None:
        """Ask every solver to stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Return when somebody posted something, or after that many seconds."""
        with self._changed:
            self._changed.wait(seconds)


class Solver(Protocol):
    """One contender. `run` works in a thread of its own and posts to the board until it is done or stopped."""

    def run(self, event: Event, board: Board, *, seconds: float, seed: int) -> None:
        """Search for at most `seconds` (wall clock)."""

    def stop(self) -> None:
        """End `run` soon; called from another thread, possibly before `run` and possibly many times."""
