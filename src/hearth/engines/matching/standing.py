"""Answers 'why is this one not in the list?'."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from hearth.engines.matching.board import Board
from hearth.engines.matching.filters import Exclusion, Filters, exclusions
from hearth.engines.matching.model import BadInput, By, Demand, Offer, Reason
from hearth.engines.matching.reasons import Explainer
from hearth.engines.matching.scoring import highest
from hearth.engines.matching.statistics import Statistics
from hearth.engines.matching.weights import Weights


class Standing(Enum):
    """Where an offer or owner stands for a demand."""

    LISTED = "listed"
    BELOW = "below"
    UNRELATED = "unrelated"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one offer or owner stands for one demand.

    ``rank`` counts from 1 over the whole list and is None when the target is unrelated or excluded. ``cutoff`` is the
    score of the last listed line, 0 when the list is not full. ``exclusions`` name every filter that holds (for an
    owner: those of all its offers). ``text`` says it in Chinese.
    """

    demand: str
    target: str
    standing: Standing
    rank: int | None
    score: float
    cutoff: float
    exclusions: tuple[Exclusion, ...]
    reasons: tuple[Reason, ...]
    text: str


def why_not(
    demand: str,
    target: str,
    demands: Iterable[Demand],
    offers: Iterable[Offer],
    *,
    top: int = 10,
    by: By = By.OFFER,
    filters: Filters | None = None,
    weights: Weights | None = None,
    statistics: Statistics | None = None,
) -> Explanation:
    """Why a target is or is not among the ``top`` that ``rank`` gives for a demand with the same other arguments.

    ``demand`` and ``target`` are ids (by owner, the target is the owner). Raises BadInput for an unknown id.
    """
    board = Board.of(demands, offers, by, filters, weights, statistics)
    asked = _place(demand, [each.id for each in board.scorer.demands], "demand")
    column = _place(target, board.targets, by.value)
    barred = _exclusions(board, asked, column, filters or Filters())
    row = board.scorer.row(asked)
    scores = board.scores(row)
    score = scores[column].item()
    order = highest(scores, len(scores))
    cutoff = scores[order[top - 1]].item() if len(order) >= top else 0.0
    if score == 0:
        standing = Standing.EXCLUDED if barred else Standing.UNRELATED
        return Explanation(demand, target, standing, None, 0.0, cutoff, barred, (), _nothing_said(barred))
    rank = order.index(column) + 1
    explainer = Explainer(board.scorer)
    reasons = board.reasons(explainer, asked, column, row)
    standing = Standing.LISTED if rank <= top else Standing.BELOW
    text = _said(standing, rank, score, top, cutoff)
    return Explanation(demand, target, standing, rank, score, cutoff, (), reasons, text)


def _exclusions(board: Board, asked: int, column: int, filters: Filters) -> tuple[Exclusion, ...]:
    """The filters against a target, none as soon as one of its offers is free."""
    demand = board.scorer.demands[asked]
    held = [exclusions(demand, offer, filters) for offer in board.offers_of(column)]
    found = {each for one in held for each in one}
    return tuple(each for each in Exclusion if each in found) if all(held) else ()


def _place(wanted: str, ids: Iterable[str], noun: str) -> int:
    places = {each: number for number, each in enumerate(ids)}
    if wanted not in places:
        raise BadInput(f"no {noun} {wanted!r}: use an id of the given {noun}s")
    return places[wanted]


def _nothing_said(barred: tuple[Exclusion, ...]) -> str:
    if barred:
        return f"未列入：{'；'.join(each.value for each in barred)}"
    return "未列入：与需求没有任何共同用字"


def _said(standing: Standing, rank: int, score: float, top: int, cutoff: float) -> str:
    if standing is Standing.LISTED:
        return f"已列入，第{rank}位，得分{score:.3f}"
    return f"排在第{rank}位，得分{score:.3f}；只列前{top}位，末位得分{cutoff:.3f}"
