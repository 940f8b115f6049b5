"""What the scores need to know about the whole collection; shards given the same statistics score identically."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearth.engines.matching.model import Demand, Offer
from hearth.engines.matching.text import atoms_in, document_terms
from hearth.engines.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over a collection: documents, atoms in all of them, and in how many documents each term occurs.

    All are integers, so statistics of disjoint shards added in any order equal those of the whole.
    """

    documents: int
    atoms: int
    frequency: Mapping[str, int]

    @property
    def mean_length(self) -> float:
        """Atoms a document, at least 1."""
        return max(1.0, self.atoms / max(1, self.documents))

    def rarity(self, term: str) -> float:
        """Inverse document frequency ln(1 + (N - n + ½) / (n + ½)), above 0 (Robertson and Zaragoza 2009)."""
        count = self.frequency.get(term, 0)
        return math.log1p((max(self.documents, count) - count + 0.5) / (count + 0.5))

    def __add__(self, other: "Statistics") -> "Statistics":
        """Statistics of two collections without common documents."""
        frequency = Counter(self.frequency)
        frequency.update(other.frequency)
        return Statistics(self.documents + other.documents, self.atoms + other.atoms, frequency)


def statistics_of(documents: Iterable[Demand | Offer], weights: Weights | None = None) -> Statistics:
    """Count a collection. Use the same weights as for ranking: the title weight enters the lengths."""
    chosen = weights or Weights()
    return statistics_of_terms(document_terms(document, chosen) for document in documents)


def statistics_of_terms(counts: Iterable[Counter[str]]) -> Statistics:
    """Count a collection whose documents are already split into terms."""
    frequency: Counter[str] = Counter()
    documents = atoms = 0
    for count in counts:
        documents += 1
        atoms += atoms_in(count)
        frequency.update(count.keys())
    return Statistics(documents, atoms, frequency)
