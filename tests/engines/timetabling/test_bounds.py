from itertools import pairwise

import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model

from hearth.engines.timetabling import Event, Meeting, solve
from hearth.engines.timetabling.cardinality import add_network
from hearth.engines.timetabling.obstacles import fewest_breaks

from .small_events import day, events, people


@settings(max_examples=40, deadline=None)
@given(events(most_meetings=8))
def test_nobody_has_fewer_breaks_than_their_own_bound(event: Event):
    placements = solve(event).placements
    for person in event.participants:
        slots = sorted(p.slot for p in placements if person.id in (p.a, p.b))
        breaks = sum(later - earlier > 1 for earlier, later in pairwise(slots))
        assert not placements or breaks >= fewest_breaks(event, person)


@pytest.mark.parametrize(
    ("away", "fixed", "expected"),
    [
        (frozenset(), (None, None, None), 0),
        (frozenset({2, 5}), (None, None, None), 1),
        (frozenset({2, 4, 6}), (None, None, None), 2),
        (frozenset(), (1, 6, None), 1),
        (frozenset(), (1, 3, 5), 2),
        (frozenset({2, 5}), (1, None, 6), 2),
    ],
)
def test_bound_of_scattered_slots(away: frozenset[int], fixed: tuple[int | None, ...], expected: int):
    meetings = tuple(Meeting(f"m{i}", "p1", f"p{i}", fixed_slot=t) for i, t in enumerate(fixed, start=2))
    event = Event(people(4, p1=away), meetings, day(6), 3)
    assert fewest_breaks(event, event.participants[0]) == expected


@pytest.mark.parametrize(("count", "bound"), [(3, 1), (5, 2), (6, 4)])
def test_the_network_allows_exactly_so_many(count: int, bound: int):
    for true in range(count + 1):
        model = cp_model.CpModel()
        literals = [model.new_bool_var("") for _ in range(count)]
        add_network(model, literals, bound)
        for number, literal in enumerate(literals):
            model.add(literal == (number < true))
        status = cp_model.CpSolver().solve(model)
        assert (status == cp_model.OPTIMAL) == (true <= bound)
