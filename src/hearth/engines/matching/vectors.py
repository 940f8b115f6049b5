"""Documents as sparse vectors whose dot product is the text score.

Terms are kept in sorted order, so every sum runs in the same order whatever the order of the documents or the
shard they are in: the scores are equal to the last bit.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.engines.matching.statistics import Statistics
from hearth.engines.matching.weights import Weights

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row a document in two blocks of the columns ``terms``: BM25 coverage, then tf-idf cosine."""

    terms: tuple[str, ...]
    rows: "sparse.csr_array[np.float64]"


@dataclass(frozen=True, slots=True)
class _Counts:
    """Raw counts in compressed rows over sorted terms; ``row`` repeats the row number for each entry."""

    terms: tuple[str, ...]
    row: Integers
    column: Integers
    count: Floats
    documents: int

    def row_sums(self, values: Floats) -> Floats:
        """Sum of the entries of each row, added from left to right."""
        return np.asarray(np.bincount(self.row, weights=values, minlength=self.documents), dtype=np.float64)


def offer_vectors(counts: Sequence[Counter[str]], statistics: Statistics, weights: Weights) -> Vectors:
    """Vectors of the supply side: saturated counts for coverage, unit length for the cosine."""
    table = _table(counts)
    single = np.array([" " not in term for term in table.terms], dtype=bool)
    atoms = table.row_sums(np.where(single[table.column], table.count, 0.0)) if table.terms else np.zeros(0)
    norm = 1 - weights.length + weights.length * atoms / statistics.mean_length
    coverage = table.count / (table.count + weights.saturation * norm[table.row])
    return _stack(table, coverage, _unit(table, _rarity(table, statistics)))


def demand_vectors(counts: Sequence[Counter[str]], statistics: Statistics, weights: Weights) -> Vectors:
    """Vectors of the asking side, with the two shares of the text score multiplied in.

    The coverage block of a row sums to the coverage share over all terms of the demand, so an offer that
    contained every term without end would reach it.
    """
    table = _table(counts)
    rarity = _rarity(table, statistics)
    wanted = np.log1p(table.count) * rarity
    total = table.row_sums(wanted)
    coverage = weights.coverage * wanted / total[table.row]
    return _stack(table, coverage, (1 - weights.coverage) * _unit(table, rarity))


def aligned(vectors: Vectors, terms: Sequence[str]) -> "sparse.csr_array[np.float64]":
    """The rows over other columns; terms that those do not have are dropped."""
    place = {term: column for column, term in enumerate(terms)}
    own, other = len(vectors.terms), len(terms)
    single = np.array([place.get(term, -1) for term in vectors.terms], dtype=np.intp)
    target = np.concatenate([single, np.where(single < 0, -1, single + other)])
    entries = sparse.coo_array(vectors.rows)
    row, column = (axis.astype(np.intp) for axis in entries.coords)
    column = target[column] if own else column
    kept = column >= 0
    return _compressed(row[kept], column[kept], entries.data[kept], (vectors.rows.shape[0], 2 * other))


def _table(counts: Sequence[Counter[str]]) -> _Counts:
    terms = tuple(sorted(set().union(*counts)))
    place = {term: column for column, term in enumerate(terms)}
    lengths = [len(count) for count in counts]
    column = np.array([place[term] for count in counts for term in sorted(count)], dtype=np.intp)
    values = np.array([count[term] for count in counts for term in sorted(count)], dtype=np.float64)
    return _Counts(terms, np.repeat(np.arange(len(counts)), lengths), column, values, len(counts))


def _rarity(table: _Counts, statistics: Statistics) -> Floats:
    by_term = np.array([statistics.rarity(term) for term in table.terms], dtype=np.float64)
    return by_term[table.column]


def _unit(table: _Counts, rarity: Floats) -> Floats:
    """Logarithmic tf-idf, each row of length 1."""
    values = np.log1p(table.count) * rarity
    length = np.sqrt(table.row_sums(values * values))
    unit: Floats = values / length[table.row]
    return unit


def _stack(table: _Counts, coverage: Floats, cosine: Floats) -> Vectors:
    width = len(table.terms)
    row = np.concatenate([table.row, table.row])
    column = np.concatenate([table.column, table.column + width])
    values = np.concatenate([coverage, cosine])
    return Vectors(table.terms, _compressed(row, column, values, (table.documents, 2 * width)))


def _compressed(
    row: Integers, column: Integers, values: Floats, shape: tuple[int, int]
) -> "sparse.csr_array[np.float64]":
    rows = sparse.csr_array((values, (row, column)), shape=shape)
    rows.sort_indices()
    return rows
