"""Why an event that a solver proved impossible is so: a small set of its requirements that contradict each
other.

Every requirement gets a guard literal. CP-SAT's core of guards is then thinned by deletion: a requirement
without which the rest is still contradictory goes. Effort is counted in CP-SAT's deterministic time, so the
answer does not depend on the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from hearth.engines.timetabling.event import Event, Meeting, Session
from hearth.engines.timetabling.holes import add_holes
from hearth.engines.timetabling.result import Conflict, ConflictKind
from hearth.engines.timetabling.wording import pair

_EFFORT_EACH = 1.0
_EFFORT_ALL = 20.0
_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something asked for: the ids it concerns, and its sentence."""

    participants: tuple[str, ...]
    meetings: tuple[str, ...]
    text: str


def explain(event: Event, *, seed: int = 0) -> Conflict:
    """One conflict of an impossible event. The set is small and contradictory, and minimal if the effort
    sufficed.
    """
    guarded = _Guarded(event)
    chosen = _Thinning(guarded, seed).run()
    people = dict.fromkeys(person for r in chosen for person in r.participants)
    meetings = dict.fromkeys(meeting for r in chosen for meeting in r.meetings)
    sentences = "；".join(r.text for r in chosen[:_SENTENCES])
    rest = f"；等 {len(chosen)} 项" if len(chosen) > _SENTENCES else ""
    return Conflict(ConflictKind.TOGETHER, tuple(people), tuple(meetings), f"不能同时满足：{sentences}{rest}")


class _Guarded:
    """The event's constraints, each in force only while the guard of its requirement is true."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.model = cp_model.CpModel()
        self.requirements: list[tuple[Requirement, cp_model.IntVar]] = []
        self.meets = {m.id: [self.model.new_bool_var("") for _ in event.slots] for m in event.meetings}
        for literals in self.meets.values():
            self.model.add_exactly_one(literals)
        self._tables()
        self._orders()
        self._wishes()
        self._diaries()
        self._fairness()

    def _require(
        self, participants: tuple[str, ...], meetings: tuple[str, ...], text: str
    ) -> cp_model.IntVar:
        guard = self.model.new_bool_var("")
        self.requirements.append((Requirement(participants, meetings, text), guard))
        return guard

    def _tables(self) -> None:
        guard = self._require((), (), f"每个时段只有 {self.event.tables} 张桌")
        for slot in self.event.slot_numbers:
            here = sum(literals[slot - 1] for literals in self.meets.values())
            self.model.add(here <= self.event.tables).only_enforce_if(guard)

    def _orders(self) -> None:
        for meeting in self.event.meetings:
            for earlier in map(self.event.meeting.__getitem__, meeting.after):
                text = f"{pair(self.event, meeting)}要晚于{pair(self.event, earlier)}"
                guard = self._require((), (earlier.id, meeting.id), text)
                for slot in self.event.slot_numbers:
                    before = self.meets[earlier.id][: slot - 1]
                    self.model.add_bool_or(~guard, ~self.meets[meeting.id][slot - 1], *before)

    def _wishes(self) -> None:
        for meeting in self.event.meetings:
            text = _wish(meeting)
            if text:
                guard = self._require(
                    (meeting.a, meeting.b), (meeting.id,), f"{pair(self.event, meeting)}{text}"
                )
                for slot, literal in zip(self.event.slot_numbers, self.meets[meeting.id], strict=True):
                    fixed_elsewhere = meeting.fixed_slot not in (None, slot)
                    if fixed_elsewhere or not self.event.suits_session(meeting, slot):
                        self.model.add_implication(guard, ~literal)

    def _diaries(self) -> None:
        for person in self.event.participants:
            meetings = self.event.meetings_of[person.id]
            if not meetings:
                continue
            free = len(self.event.slots) - len(person.unavailable)
            guard = self._require((person.id,), (), f"{person.name}要谈 {len(meetings)} 场，有 {free} 个空档")
            for slot in self.event.slot_numbers:
                here = [self.meets[m.id][slot - 1] for m in meetings]
                most = 0 if slot in person.unavailable else 1
                self.model.add(sum(here) <= most).only_enforce_if(guard)

    def _fairness(self) -> None:
        for person in self.event.participants:
            meetings = self.event.meetings_of[person.id]
            if len(meetings) - 1 <= self.event.fairness:
                continue
            text = f"{person.name}最多 {self.event.fairness} 次间隔"
            guard = self._require((person.id,), (), text)
            ends = add_holes(self.model, self._busy(meetings))
            self.model.add(sum(ends) <= self.event.fairness).only_enforce_if(guard)

    def _busy(self, meetings: Sequence[Meeting]) -> list[cp_model.IntVar]:
        busy = [self.model.new_bool_var("") for _ in self.event.slots]
        for slot, literal in enumerate(busy):
            here = [self.meets[m.id][slot] for m in meetings]
            self.model.add_bool_or(~literal, *here)
            for each in here:
                self.model.add_implication(each, literal)
        return busy


class _Thinning:
    """Deletes requirements while the remaining ones still contradict each other."""

    def __init__(self, guarded: _Guarded, seed: int) -> None:
        self._guarded, self._seed = guarded, seed
        self._effort = 0.0

    def run(self) -> list[Requirement]:
        kept = [guard for _, guard in self._guarded.requirements]
        kept = self._core(kept) or kept
        for guard in list(kept):
            if guard in kept and self._effort < _EFFORT_ALL:
                rest = [each for each in kept if each is not guard]
                kept = self._core(rest) or kept
        indices = {guard.index for guard in kept}
        return [r for r, guard in self._guarded.requirements if guard.index in indices]

    def _core(self, guards: Sequence[cp_model.IntVar]) -> list[cp_model.IntVar]:
        """A contradictory subset of the guards; empty when there is none or it took too long to tell."""
        model = self._guarded.model
        model.clear_assumptions()
        model.add_assumptions(guards)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 0
        solver.parameters.random_seed = self._seed
        solver.parameters.max_deterministic_time = _EFFORT_EACH
        status = solver.solve(model)
        self._effort += solver.deterministic_time
        if status != cp_model.INFEASIBLE:
            return []
        indices = set(solver.sufficient_assumptions_for_infeasibility())
        return [guard for guard in guards if guard.index in indices] or list(guards)


def _wish(meeting: Meeting) -> str:
    if meeting.fixed_slot is not None:
        return f"固定在第 {meeting.fixed_slot} 时段"
    return {Session.ANY: "", Session.MORNING: "限上午", Session.AFTERNOON: "限下午"}[meeting.session]
