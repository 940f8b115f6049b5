"""Ranked lists, scores of given pairs, and the merging of shards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hearth.engines.matching.board import Board, Place
from hearth.engines.matching.filters import Filters
from hearth.engines.matching.model import BadInput, By, Demand, Match, Offer, Pair, check_demands
from hearth.engines.matching.reasons import Explainer
from hearth.engines.matching.statistics import Statistics
from hearth.engines.matching.weights import Weights


def rank(
    demands: Iterable[Demand],
    offers: Iterable[Offer],
    *,
    top: int = 10,
    by: By = By.OFFER,
    filters: Filters | None = None,
    weights: Weights | None = None,
    statistics: Statistics | None = None,
) -> tuple[Match, ...]:
    """For each demand its best offers (or owners) with reasons.

    Sorted by the order of the demands, then by rank; equal scores by id. At most ``top`` a demand; excluded offers
    and offers without a term in common never appear, so a demand may have fewer or none. The order of the offers
    changes nothing. Statistics default to those of the given demands and offers; give those of the whole
    collection to get the same scores from a part of it. Raises BadInput for repeated ids and empty texts.
    """
    board = Board.of(demands, offers, by, filters, weights, statistics)
    explainer = Explainer(board.scorer)
    return tuple(_match(board, explainer, place) for place in board.places(_positive(top)))


def shortlist(
    demands: Iterable[Demand],
    offers: Iterable[Offer],
    *,
    top: int = 100,
    by: By = By.OFFER,
    filters: Filters | None = None,
    weights: Weights | None = None,
    statistics: Statistics | None = None,
) -> tuple[Pair, ...]:
    """The same list as ``rank`` gives, without reasons: for large batches and for ``assign``."""
    board = Board.of(demands, offers, by, filters, weights, statistics)
    return tuple(
        Pair(board.scorer.demands[place.demand].id, board.targets[place.target], place.score)
        for place in board.places(_positive(top))
    )


def score_pairs(
    demands: Iterable[Demand],
    offers: Iterable[Offer],
    pairs: Sequence[tuple[str, str]],
    *,
    by: By = By.OFFER,
    filters: Filters | None = None,
    weights: Weights | None = None,
    statistics: Statistics | None = None,
) -> tuple[float, ...]:
    """The score of each (demand id, offer id or owner), in the order given; 0 for an excluded pair.

    Raises BadInput for an id that is not among the demands, offers or owners.
    """
    board = Board.of(demands, offers, by, filters, weights, statistics)
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    columns = {target: column for column, target in enumerate(board.targets)}
    known = {demand.id for demand in board.scorer.demands}
    for number, (demand, target) in enumerate(pairs):
        if demand not in known:
            raise BadInput(f"pair {number + 1}: no demand {demand!r}: use an id of the given demands")
        if target not in columns:
            raise BadInput(f"pair {number + 1}: no {by.value} {target!r}: use an id of the given {by.value}s")
        wanted[demand].append(number)
    scores = [0.0] * len(pairs)
    for asked, row in zip(board.scorer.demands, board.scorer.rows(), strict=True):
        by_target = board.scores(row)
        for number in wanted[asked.id]:
            scores[number] = by_target[columns[pairs[number][1]]].item()
    return tuple(scores)


def merge(
    demands: Iterable[Demand], shards: Iterable[Sequence[Match]], *, top: int = 10
) -> tuple[Match, ...]:
    """One list from lists over disjoint sets of offers, ranked with the statistics of all of them.

    Equals ``rank`` over all the offers at once. By owner, every owner's offers must be in one shard.
    """
    by_demand: defaultdict[str, list[Match]] = defaultdict(list)
    for shard in shards:
        for match in shard:
            by_demand[match.demand].append(match)
    return tuple(
        replace(match, rank=number)
        for demand in check_demands(demands)
        for number, match in enumerate(sorted(by_demand[demand.id], key=_order)[: _positive(top)], 1)
    )


def _match(board: Board, explainer: Explainer, place: Place) -> Match:
    offers = board.scorer.offers
    through = board.through(place.target, place.row)
    target = board.targets[place.target]
    return Match(
        demand=board.scorer.demands[place.demand].id,
        offer="" if board.owners else target,
        owner=target if board.owners else offers[place.target].owner,
        rank=place.rank,
        score=place.score,
        reasons=board.reasons(explainer, place.demand, place.target, place.row),
        through=tuple(offers[row].id for row in through),
    )


def _order(match: Match) -> tuple[float, str]:
    return -match.score, match.target


def _positive(top: int) -> int:
    if top < 1:
        raise BadInput(f"top is {top}: ask for at least 1")
    return top
