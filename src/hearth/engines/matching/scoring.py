"""Scores between demands and offers, and their mean over the offers of an owner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.engines.matching.filters import Facets, Filters
from hearth.engines.matching.model import Demand, Offer
from hearth.engines.matching.statistics import Statistics, statistics_of_terms
from hearth.engines.matching.text import document_terms
from hearth.engines.matching.vectors import Floats, aligned, demand_vectors, offer_vectors
from hearth.engines.matching.weights import Weights

_BLOCK = 128  # demands scored at once; 128 rows of 15,000 offers take 15 MB


@dataclass(frozen=True, slots=True)
class Row:
    """One demand against every offer: scores (0 where not allowed) and which offers are allowed."""

    scores: Floats
    allowed: NDArray[np.bool_]


class Scorer:
    """Scores every demand against every offer.

    The offers are put in order of their ids, so nothing depends on the order they came in. Without statistics,
    those of the given demands and offers together are used.
    """

    def __init__(
        self,
        demands: Sequence[Demand],
        offers: Sequence[Offer],
        *,
        filters: Filters,
        weights: Weights,
        statistics: Statistics | None,
    ) -> None:
        """Split and weigh all texts; everything else reads from the result."""
        self.demands = tuple(demands)
        self.offers = tuple(sorted(offers, key=lambda offer: offer.id))
        self.weights = weights
        asked = [document_terms(demand, weights) for demand in self.demands]
        offered = [document_terms(offer, weights) for offer in self.offers]
        self.statistics = statistics or statistics_of_terms(chain(asked, offered))
        supply = offer_vectors(offered, self.statistics, weights)
        self._terms = supply.terms
        self._offered = supply.rows
        self._asked = aligned(demand_vectors(asked, self.statistics, weights), supply.terms)
        self._facets = Facets(self.offers, filters)

    def rows(self) -> Iterator[Row]:
        """The scores of each demand, in the order of the demands."""
        across = sparse.csr_array(self._offered.T)
        for start in range(0, len(self.demands), _BLOCK):
            block = (self._asked[start : start + _BLOCK] @ across).toarray()
            for demand, text in zip(self.demands[start : start + _BLOCK], block, strict=True):
                yield self._row(demand, text)

    def row(self, demand: int) -> Row:
        """The scores of one demand, given by row number; the same as ``rows`` gives."""
        text = (self._asked[demand : demand + 1] @ self._offered.T).toarray()[0]
        return self._row(self.demands[demand], text)

    def contributions(self, demand: int, offer: int) -> Mapping[str, float]:
        """What each common term adds to the text score of a pair (row numbers), in the order of the terms."""
        columns, asked = _entries(self._asked, demand)
        others, offered = _entries(self._offered, offer)
        _, mine, theirs = np.intersect1d(columns, others, assume_unique=True, return_indices=True)
        added: dict[str, float] = {}
        for column, amount in zip(
            columns[mine].tolist(), (asked[mine] * offered[theirs]).tolist(), strict=True
        ):
            term = self._terms[column % len(self._terms)]
            added[term] = added.get(term, 0.0) + amount
        return added

    def _row(self, demand: Demand, text: Floats) -> Row:
        allowed = self._facets.allowed(demand)
        field = self.weights.field if demand.fields else 0.0
        region = self.weights.region if demand.region else 0.0
        lifted = text * (
            1 + field * self._facets.same_field(demand) + region * self._facets.same_region(demand)
        )
        scores = np.minimum(1.0, lifted / (1 + field + region))
        return Row(np.where(allowed, scores, 0.0), allowed)


class Owners:
    """Turns the scores of offers into scores of their owners: the mean of each owner's best."""

    def __init__(self, offers: Sequence[Offer], depth: int) -> None:
        """Number the owners in order of their names."""
        self.names = tuple(sorted({offer.owner for offer in offers}))
        place = {name: number for number, name in enumerate(self.names)}
        self._owner = np.array([place[offer.owner] for offer in offers], dtype=np.intp)
        self._depth = depth

    def scores(self, row: Row) -> Floats:
        """For each owner the mean score of its best allowed offers, at most ``depth`` of them; 0 without any."""
        order = np.lexsort((-row.scores, ~row.allowed, self._owner))
        owner = self._owner[order]
        position = np.arange(len(order)) - np.searchsorted(owner, owner)
        counted = (position < self._depth) & row.allowed[order]
        total = np.bincount(owner[counted], weights=row.scores[order][counted], minlength=len(self.names))
        number = np.bincount(owner[counted], minlength=len(self.names))
        mean: Floats = total / np.maximum(1, number)
        return mean

    def best(self, owner: int, row: Row) -> list[int]:
        """Rows of the offers behind an owner's score, the strongest first, those without a score left out."""
        offers = np.flatnonzero((self._owner == owner) & (row.scores > 0))
        order = np.argsort(-row.scores[offers], kind="stable")
        return [int(offer) for offer in offers[order][: self._depth]]


def highest(scores: Floats, top: int) -> list[int]:
    """Positions of the ``top`` highest positive scores in falling order, equal ones in order of position."""
    candidates = np.flatnonzero(scores > 0)
    if len(candidates) > top:
        least = np.partition(scores[candidates], len(candidates) - top)[len(candidates) - top]
        candidates = candidates[scores[candidates] >= least]
    order = np.argsort(-scores[candidates], kind="stable")
    return [int(position) for position in candidates[order][:top]]


def _entries(rows: "sparse.csr_array[np.float64]", row: int) -> tuple[NDArray[np.intp], Floats]:
    start, end = int(rows.indptr[row]), int(rows.indptr[row + 1])
    return np.asarray(rows.indices[start:end], dtype=np.intp), np.asarray(
        rows.data[start:end], dtype=np.float64
    )
