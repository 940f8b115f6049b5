"""The timetable as a CP-SAT model, solved core-guided with one worker.

Optima are a handful of breaks while the linear relaxation says 0, so clause learning on explicit break
literals, proving from below, beats linear bounds and local search (bench/timetabling). Because a
core-guided search holds no schedule before it ends, a schedule of any quality is looked for first, and
whatever time is left at the end goes into improving on it.
"""

import math
from collections.abc import Iterator
from itertools import chain
from threading import Event as Flag
from time import monotonic

from ortools.sat.python import cp_model

from hearth.engines.timetabling.board import Board, Find
from hearth.engines.timetabling.cardinality import add_network
from hearth.engines.timetabling.event import Event, Meeting, Participant
from hearth.engines.timetabling.holes import add_holes
from hearth.engines.timetabling.obstacles import fewest_breaks

_CORE_SHARE = 0.75
"""Of the time that is left once a schedule is known; the rest improves on it if the proof has not come."""

_NEARLY_FULL = 0.9
"""Share of all tables of the day in use from which networks pay: at 0.95 they bring a proof that does not come
without them, at 0.62 they take three times as long (tic-13crafc and forum-14 of the bench)."""


class TimetableModel:
    """The constraints of an event over `meets[meeting id, slot]` and `busy[participant id]` (a literal a
    slot).
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.model = cp_model.CpModel()
        self.meets = {
            (m.id, t): self.model.new_bool_var("") for m in event.meetings for t in event.allowed_slots(m)
        }
        self.busy = {
            p.id: [self.model.new_bool_var("") for _ in event.slots]
            for p in event.participants
            if event.meetings_of[p.id]
        }
        self.holes: dict[str, list[cp_model.IntVar]] = {}
        self._each_meeting_once()
        self._one_meeting_at_a_time()
        self._tables()
        self._order()
        self._breaks()

    def minimise_breaks(self) -> None:
        """Make the sum of all breaks the objective; without it the model asks for any schedule.

        Proofs with nearly full tables also need these as networks, which slow down everything else.
        """
        if len(self.event.meetings) >= _NEARLY_FULL * self.event.tables * len(self.event.slots):
            for seated in self._seated():
                add_network(self.model, seated, 2 * self.event.tables)
        self.model.minimize(sum(chain.from_iterable(self.holes.values())))

    def hint(self, find: Find) -> None:
        """Start the search from a known schedule."""
        for (meeting, slot), literal in self.meets.items():
            self.model.add_hint(literal, find.slot_of[meeting] == slot)

    def _at(self, meeting: Meeting, slots: range) -> list[cp_model.IntVar]:
        return [self.meets[meeting.id, t] for t in slots if (meeting.id, t) in self.meets]

    def _each_meeting_once(self) -> None:
        for meeting in self.event.meetings:
            self.model.add_exactly_one(self._at(meeting, self.event.slot_numbers))

    def _one_meeting_at_a_time(self) -> None:
        """Exactly one meeting or idle: channelling and clash in one; the sum over the day is implied but
        decisive.
        """
        for person, busy in self.busy.items():
            meetings = self.event.meetings_of[person]
            for slot, literal in zip(self.event.slot_numbers, busy, strict=True):
                here = [self.meets[m.id, slot] for m in meetings if (m.id, slot) in self.meets]
                self.model.add_exactly_one([*here, ~literal])
            self.model.add(sum(busy) == len(meetings))

    def _tables(self) -> None:
        """At most two people a table, which is to say one meeting: everybody who is busy sits with somebody."""
        for seated in self._seated():
            self.model.add(sum(seated) <= 2 * self.event.tables)

    def _seated(self) -> Iterator[list[cp_model.IntVar]]:
        """For each slot in which tables may run short, the literals of everybody who may be busy."""
        if len(self.busy) > 2 * self.event.tables:
            for slot in self.event.slot_numbers:
                yield [busy[slot - 1] for busy in self.busy.values()]

    def _order(self) -> None:
        for meeting in self.event.meetings:
            for earlier in map(self.event.meeting.__getitem__, meeting.after):
                self._one_before_other(earlier, meeting)

    def _one_before_other(self, earlier: Meeting, later: Meeting) -> None:
        for slot in self.event.slot_numbers:
            if (later.id, slot) in self.meets:
                before = self._at(earlier, range(1, slot))
                self.model.add_bool_or(~self.meets[later.id, slot], *before)
            if (earlier.id, slot) in self.meets:
                following = self._at(later, range(slot + 1, len(self.event.slots) + 1))
                self.model.add_bool_or(~self.meets[earlier.id, slot], *following)

    def _breaks(self) -> None:
        for person in self.event.participants:
            if 1 < len(self.event.meetings_of[person.id]) < len(self.event.slots):
                ends = add_holes(self.model, self.busy[person.id])
                self.holes[person.id] = ends
                self.model.add(sum(ends) <= self.event.fairness)
                self._scattered(person, ends)

    def _scattered(self, person: Participant, ends: list[cp_model.IntVar]) -> None:
        if fewest_breaks(self.event, person):
            self.model.add(sum(ends) >= fewest_breaks(self.event, person))


class CpSat:
    """A `board.Solver`: find any schedule, prove the optimum core-guided, else improve on the schedule."""

    def __init__(self) -> None:
        self._stopped = Flag()
        self._running: cp_model.CpSolver | None = None

    def run(self, event: Event, board: Board, *, seconds: float, seed: int) -> None:
        """See `board.Solver.run`."""
        deadline = monotonic() + seconds
        timetable = TimetableModel(event)
        self._solve(_any_schedule(seed), timetable, board, deadline)
        timetable.minimise_breaks()
        known = monotonic()
        self._solve(_core_guided(seed, board), timetable, board, known + (deadline - known) * _CORE_SHARE)
        if board.best is not None:
            timetable.hint(board.best)
        self._solve(_worker(seed), timetable, board, deadline)

    def stop(self) -> None:
        """See `board.Solver.stop`."""
        self._stopped.set()
        running = self._running  # the thread of `run` may clear it at any moment
        if running is not None:
            running.stop_search()

    def _solve(
        self, solver: cp_model.CpSolver, timetable: TimetableModel, board: Board, deadline: float
    ) -> None:
        if self._stopped.is_set() or board.closed:
            return
        solver.parameters.max_time_in_seconds = max(deadline - monotonic(), 0)
        self._running = solver
        status = solver.solve(timetable.model, _Watcher(timetable, board))
        self._running = None
        if status == cp_model.INFEASIBLE:
            board.proved_infeasible()
        elif timetable.model.has_objective():
            board.proved(_whole(solver.best_objective_bound))


def _worker(seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = seed
    return solver


def _any_schedule(seed: int) -> cp_model.CpSolver:
    """Probing and symmetry take longer than the search they would help."""
    solver = _worker(seed)
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    return solver


def _core_guided(seed: int, board: Board) -> cp_model.CpSolver:
    solver = _worker(seed)
    solver.parameters.optimize_with_core = True
    solver.best_bound_callback = lambda bound: board.proved(_whole(bound))
    return solver


class _Watcher(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # ortools is untyped here
    """Posts every schedule the solver meets, and stops it when nobody needs more."""

    def __init__(self, timetable: TimetableModel, board: Board) -> None:
        super().__init__()
        self._timetable, self._board = timetable, board

    def on_solution_callback(self) -> None:
        """Called by CP-SAT."""
        chosen = {m: t for (m, t), literal in self._timetable.meets.items() if self.boolean_value(literal)}
        breaks = sum(self.boolean_value(end) for ends in self._timetable.holes.values() for end in ends)
        self._board.found(Find(chosen, breaks))
        if self._board.closed:
            self.stop_search()


def _whole(bound: float) -> int:
    """Breaks are whole numbers; a bound a rounding error above one must not count as the next."""
    return max(math.ceil(bound - 1e-6), 0)
