from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.timetabling.hall import shortage

CHOICES = st.dictionaries(
    st.sampled_from("abcde"), st.lists(st.integers(1, 4), unique=True, max_size=3), max_size=5
)


def all_seated(choices: dict[str, list[int]], capacity: int) -> bool:
    return any(all(seats.count(seat) <= capacity for seat in seats) for seats in product(*choices.values()))


@given(CHOICES, st.integers(1, 2))
def test_finds_a_shortage_exactly_when_there_is_one(choices, capacity):
    found = shortage(choices, capacity)
    assert (found is None) == all_seated(choices, capacity)
    if found is not None:
        assert set(found.seats) == {seat for item in found.items for seat in choices[item]}
        assert len(found.items) > capacity * len(found.seats)
