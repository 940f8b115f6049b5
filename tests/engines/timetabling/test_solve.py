import json
import threading
from itertools import combinations

import pytest
from hypothesis import given, settings

from hearth.engines.timetabling import (
    Event,
    Meeting,
    Progress,
    Session,
    Status,
    as_json,
    check,
    count_breaks,
    solve,
)

from .small_events import day, events, optimum, people


def round_robin(persons: int, slots: int, tables: int, fairness: int = 2) -> Event:
    meetings = tuple(
        Meeting(f"m{n}", a.id, b.id) for n, (a, b) in enumerate(combinations(people(persons), 2), start=1)
    )
    return Event(people(persons), meetings, day(slots), tables, fairness)


class TestOptimum:
    def test_everybody_meets_everybody_without_a_break(self):
        result = solve(round_robin(4, slots=3, tables=2))
        assert (result.status, result.breaks, result.bound) == (Status.OPTIMAL, 0, 0)

    def test_a_single_table_forces_breaks(self):
        event = round_robin(4, slots=6, tables=1)
        result = solve(event)
        assert (result.status, result.breaks) == (Status.OPTIMAL, optimum(event))
        assert result.breaks == result.bound > 0

    def test_two_idle_slots_in_a_row_are_one_break(self):
        meetings = (Meeting("m1", "p1", "p2", fixed_slot=1), Meeting("m2", "p1", "p3", fixed_slot=4))
        result = solve(Event(people(3), meetings, day(4), 1))
        assert (result.status, result.breaks) == (Status.OPTIMAL, 1)

    def test_a_slot_in_which_one_is_unavailable_is_idle(self):
        meetings = (Meeting("m1", "p1", "p2"), Meeting("m2", "p1", "p3"))
        result = solve(Event(people(3, p1=frozenset({2})), meetings, day(3), 1))
        assert (result.status, result.breaks, result.bound) == (Status.OPTIMAL, 1, 1)

    def test_session_fixed_slot_and_order_are_kept(self):
        meetings = (
            Meeting("m1", "p1", "p2", Session.AFTERNOON),
            Meeting("m2", "p1", "p3", fixed_slot=2),
            Meeting("m3", "p1", "p2", after=("m2",)),
        )
        result = solve(Event(people(3), meetings, day(2, 2), 2))
        slot_of = {p.meeting: p.slot for p in result.placements}
        assert result.breaks == 0
        assert slot_of["m2"] == 2
        assert {slot_of["m1"], slot_of["m3"]} == {3, 4}

    def test_no_meetings_at_all(self):
        result = solve(Event(people(2), (), day(1), 1))
        assert (result.status, result.breaks, result.bound, result.placements) == (Status.OPTIMAL, 0, 0, ())

    @settings(max_examples=40, deadline=None)
    @given(events())
    def test_equals_the_best_of_all_timetables(self, event: Event):
        result = solve(event)
        best = optimum(event)
        assert result.breaks == best
        assert result.status is (Status.INFEASIBLE if best is None else Status.OPTIMAL)


class TestEveryResult:
    @settings(max_examples=40, deadline=None)
    @given(events(most_meetings=8))
    def test_passes_the_checker_or_names_a_conflict(self, event: Event):
        result = solve(event)
        if result.status is Status.INFEASIBLE:
            assert result.conflicts
            assert all(conflict.text for conflict in result.conflicts)
            assert (result.breaks, result.bound, result.placements) == (None, None, ())
        else:
            assert check(event, result.placements) == ()
            assert count_breaks(event, result.placements) == result.breaks == result.bound
            assert result.conflicts == ()

    @pytest.mark.parametrize("seed", [0, 7])
    def test_is_the_same_for_the_same_seed(self, seed: int):
        event = round_robin(6, slots=8, tables=2)
        first, second = solve(event, seed=seed), solve(event, seed=seed)
        assert first.status is Status.OPTIMAL
        assert first.placements == second.placements

    def test_has_the_promised_json_shape(self):
        value = json.loads(json.dumps(as_json(solve(round_robin(3, slots=3, tables=1)))))
        assert list(value) == ["status", "breaks", "bound", "seconds", "meetings", "conflicts"]
        assert list(value["meetings"][0]) == ["id", "a", "b", "slot", "table"]
        assert (value["status"], value["breaks"], value["conflicts"]) == ("optimal", 1, [])


class TestLimits:
    def test_no_time_at_all_is_answered_with_unknown_and_a_bound(self):
        result = solve(round_robin(6, slots=8, tables=2), seconds=0)
        assert result.status is Status.UNKNOWN
        assert (result.breaks, result.bound, result.placements) == (None, 0, ())

    def test_progress_is_called_in_the_callers_thread_with_rising_bound_and_falling_best(self):
        seen: list[Progress] = []
        threads = set()

        def listen(progress: Progress) -> bool:
            seen.append(progress)
            threads.add(threading.get_ident())
            return True

        solve(round_robin(6, slots=15, tables=1), seconds=2, progress=listen)
        assert threads == {threading.get_ident()}
        bests = [p.best for p in seen if p.best is not None]
        assert bests == sorted(bests, reverse=True)
        assert [p.bound for p in seen] == sorted(p.bound for p in seen)

    def test_refusing_progress_ends_the_run_with_what_there_is(self):
        event = round_robin(6, slots=15, tables=1, fairness=9)
        result = solve(event, seconds=60, progress=lambda progress: progress.best is None)
        assert result.seconds < 30
        assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert check(event, result.placements) == ()
        assert result.bound <= result.breaks

    def test_an_error_in_progress_reaches_the_caller(self):
        def fail(progress: Progress) -> bool:
            raise RuntimeError("nobody listens")

        with pytest.raises(RuntimeError, match="nobody listens"):
            solve(round_robin(6, slots=15, tables=1), progress=fail)
