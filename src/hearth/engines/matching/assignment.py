"""Who meets whom: the best set of pairs when nobody can take more than a few."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite
from typing import Protocol

import numpy as np
from ortools.graph.python import min_cost_flow

from hearth.engines.matching.model import BadInput, Pair

_UNIT = 1_000_000  # scores are compared in millionths: the flow solver counts in integers


class Scored(Protocol):
    """A match or a pair."""

    @property
    def demand(self) -> str:
        """Id of the demand."""
        ...

    @property
    def target(self) -> str:
        """Id of the offer, or the owner."""
        ...

    @property
    def score(self) -> float:
        """0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Assignment:
    """Chosen pairs by demand and target, the sum of their scores, and the demands that got fewer than wanted."""

    pairs: tuple[Pair, ...]
    total: float
    unfilled: tuple[str, ...]


def assign(
    scores: Iterable[Scored],
    *,
    per_demand: int,
    per_offer: int,
    at_least: int = 0,
    demands: Collection[str] = (),
) -> Assignment:
    """Choose pairs with at most ``per_demand`` for a demand and ``per_offer`` for an offer (or owner).

    First as many demands as possible get up to ``at_least`` pairs (the number of pairs counted up to ``at_least``
    for each demand is largest), then the sum of scores is largest, both exactly up to 1e-6 a score: minimum-cost flow
    (Ahuja, Magnanti, Orlin 1993, ch. 9). Only given pairs with a score above 0 are chosen. ``unfilled`` are demands
    with fewer than max(1, ``at_least``) pairs, among those of the scores and those named in ``demands``.
    Raises BadInput for limits that contradict each other, repeated pairs and scores outside 0 to 1.
    """
    _check_limits(per_demand, per_offer, at_least)
    given = _checked(scores)
    pairs = [pair for pair in given if round(pair.score * _UNIT) > 0]
    chosen = _chosen(pairs, per_demand, per_offer, at_least) if pairs else []
    return Assignment(
        tuple(chosen),
        fsum(pair.score for pair in chosen),
        _unfilled(chosen, sorted({pair.demand for pair in given} | set(demands)), max(1, at_least)),
    )


def _chosen(pairs: list[Pair], per_demand: int, per_offer: int, at_least: int) -> list[Pair]:
    asked = {demand: node for node, demand in enumerate(sorted({pair.demand for pair in pairs}))}
    offered = {target: node + len(asked) for node, target in enumerate(sorted({p.target for p in pairs}))}
    source = len(asked) + len(offered)
    sink = source + 1
    # Filling a demand up to at_least must outweigh any change of scores along one augmenting path.
    reward = _UNIT * (2 * min(len(asked), len(offered)) + 2)
    supply = len(asked) * per_demand
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.array([asked[pair.demand] for pair in pairs]),
        np.array([offered[pair.target] for pair in pairs]),
        np.ones(len(pairs), dtype=np.int64),
        np.array([-round(pair.score * _UNIT) for pair in pairs]),
    )
    for node in asked.values():
        flow.add_arc_with_capacity_and_unit_cost(source, node, at_least, -reward)
        flow.add_arc_with_capacity_and_unit_cost(source, node, per_demand - at_least, 0)
    for node in offered.values():
        flow.add_arc_with_capacity_and_unit_cost(node, sink, per_offer, 0)
    flow.add_arc_with_capacity_and_unit_cost(source, sink, supply, 0)
    flow.set_node_supply(source, supply)
    flow.set_node_supply(sink, -supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise BadInput(f"the flow solver refused {len(pairs)} pairs ({status.name}): assign fewer at once")
    return [pair for pair, taken in zip(pairs, flow.flows(arcs), strict=True) if taken]


def _unfilled(chosen: list[Pair], demands: list[str], wanted: int) -> tuple[str, ...]:
    got = dict.fromkeys(demands, 0)
    for pair in chosen:
        got[pair.demand] += 1
    return tuple(demand for demand, number in got.items() if number < wanted)


def _check_limits(per_demand: int, per_offer: int, at_least: int) -> None:
    if per_demand < 1 or per_offer < 1:
        raise BadInput(f"per_demand is {per_demand}, per_offer {per_offer}: allow at least 1 of each")
    if not 0 <= at_least <= per_demand:
        raise BadInput(f"at_least is {at_least}: give 0 to per_demand, which is {per_demand}")


def _checked(scores: Iterable[Scored]) -> list[Pair]:
    """The scores as pairs in order of their ids, so that ties do not depend on the order given."""
    pairs = sorted((Pair(s.demand, s.target, s.score) for s in scores), key=lambda p: (p.demand, p.target))
    for pair in pairs:
        if not (isfinite(pair.score) and 0 <= pair.score <= 1):
            raise BadInput(f"{pair.demand!r} with {pair.target!r} has score {pair.score}: give 0 to 1")
    for one, other in pairwise(pairs):
        if (one.demand, one.target) == (other.demand, other.target):
            raise BadInput(f"{one.demand!r} with {one.target!r} is given twice: give each pair once")
    return pairs
