from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.engines.matching import Assignment, BadInput, Pair, assign, rank

from .workshops import DEMANDS, HULL, OFFERS, RICE, SEED, SORTING, VISION, WELDING


def feasible(pairs: list[Pair], per_demand: int, per_offer: int) -> Iterator[tuple[Pair, ...]]:
    for size in range(len(pairs) + 1):
        for chosen in combinations(pairs, size):
            demands, targets = Counter(p.demand for p in chosen), Counter(p.target for p in chosen)
            if (
                max(demands.values(), default=0) <= per_demand
                and max(targets.values(), default=0) <= per_offer
            ):
                yield chosen


def worth(chosen: tuple[Pair, ...], at_least: int) -> tuple[int, float]:
    counts = Counter(pair.demand for pair in chosen)
    return sum(min(at_least, number) for number in counts.values()), sum(pair.score for pair in chosen)


SCORES = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")),
    st.integers(0, 20).map(lambda twentieths: twentieths / 20),
    max_size=9,
)


@settings(max_examples=80, deadline=None)
@given(SCORES, st.integers(1, 3), st.integers(1, 3), st.integers(0, 3))
def test_assignment_is_as_good_as_the_best_of_all(
    scores: dict[tuple[str, str], float], per_demand: int, per_offer: int, at_least: int
) -> None:
    at_least = min(at_least, per_demand)
    pairs = [Pair(demand, target, score) for (demand, target), score in scores.items()]
    found = assign(pairs, per_demand=per_demand, per_offer=per_offer, at_least=at_least)
    usable = [pair for pair in pairs if pair.score > 0]
    best = max(worth(chosen, at_least) for chosen in feasible(usable, per_demand, per_offer))
    assert worth(found.pairs, at_least) == pytest.approx(best)
    assert found.pairs in {
        tuple(sorted(c, key=lambda p: (p.demand, p.target))) for c in feasible(usable, per_demand, per_offer)
    }
    assert found.total == pytest.approx(best[1])
    counts = Counter(pair.demand for pair in found.pairs)
    wanted = max(1, at_least)
    assert found.unfilled == tuple(d for d in sorted({p.demand for p in pairs}) if counts[d] < wanted)
    assert found == assign(pairs[::-1], per_demand=per_demand, per_offer=per_offer, at_least=at_least)


def test_matches_are_assigned_directly() -> None:
    found = assign(rank(DEMANDS, OFFERS), per_demand=1, per_offer=1)
    assert {(pair.demand, pair.target) for pair in found.pairs} == {
        (HULL.id, WELDING.id),
        (RICE.id, SEED.id),
        (VISION.id, SORTING.id),
    }
    assert found.unfilled == ()


def test_serving_everyone_comes_before_the_sum() -> None:
    pairs = [Pair("a", "x", 0.9), Pair("a", "y", 0.8), Pair("b", "x", 0.05)]
    assert [p.target for p in assign(pairs, per_demand=2, per_offer=1).pairs] == ["x", "y"]
    served = assign(pairs, per_demand=2, per_offer=1, at_least=1)
    assert {(p.demand, p.target) for p in served.pairs} == {("a", "y"), ("b", "x")}


def test_demands_without_a_pair_are_reported() -> None:
    pairs = [Pair("a", "x", 0.9), Pair("b", "x", 0.0)]
    assert assign(pairs, per_demand=1, per_offer=1, demands=("a", "c")).unfilled == ("b", "c")
    assert assign([], per_demand=1, per_offer=1, demands=("c",)) == Assignment((), 0.0, ("c",))


@pytest.mark.parametrize(
    ("pairs", "limits", "told"),
    [
        ([], (0, 1, 0), "allow at least 1"),
        ([], (1, 1, 2), "at_least is 2"),
        ([Pair("a", "x", 1.5)], (1, 1, 0), "'a' with 'x' has score 1.5"),
        ([Pair("a", "x", float("nan"))], (1, 1, 0), "score nan"),
        ([Pair("a", "x", 0.5), Pair("a", "x", 0.5)], (1, 1, 0), "given twice"),
    ],
)
def test_bad_input_is_refused(pairs: list[Pair], limits: tuple[int, int, int], told: str) -> None:
    per_demand, per_offer, at_least = limits
    with pytest.raises(BadInput, match=told):
        assign(pairs, per_demand=per_demand, per_offer=per_offer, at_least=at_least)
