"""The score table seen by offer or by owner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hearth.engines.matching.filters import Filters
from hearth.engines.matching.model import By, Demand, Offer, Reason, check_demands, check_offers
from hearth.engines.matching.reasons import Explainer
from hearth.engines.matching.scoring import Owners, Row, Scorer, highest
from hearth.engines.matching.statistics import Statistics
from hearth.engines.matching.vectors import Floats
from hearth.engines.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a list before it is worded; demand and target are row numbers."""

    demand: int
    target: int
    rank: int
    score: float
    row: Row


@dataclass(frozen=True, slots=True)
class Board:
    """A scorer whose columns are the targets of the matches; ``owners`` is None by offer."""

    scorer: Scorer
    targets: tuple[str, ...]
    owners: Owners | None

    @classmethod
    def of(
        cls,
        demands: Iterable[Demand],
        offers: Iterable[Offer],
        by: By,
        filters: Filters | None,
        weights: Weights | None,
        statistics: Statistics | None,
    ) -> "Board":
        """Check the input and prepare its scores."""
        chosen = weights or Weights()
        scorer = Scorer(
            check_demands(demands),
            check_offers(offers, by),
            filters=filters or Filters(),
            weights=chosen,
            statistics=statistics,
        )
        if by is By.OFFER:
            return cls(scorer, tuple(offer.id for offer in scorer.offers), None)
        owners = Owners(scorer.offers, chosen.owner_depth)
        return cls(scorer, owners.names, owners)

    def scores(self, row: Row) -> Floats:
        """The scores of a row by target."""
        return self.owners.scores(row) if self.owners else row.scores

    def places(self, top: int) -> Iterator[Place]:
        """The lines of all lists, demand after demand, at most ``top`` each."""
        for demand, row in enumerate(self.scorer.rows()):
            scores = self.scores(row)
            for rank, target in enumerate(highest(scores, top), 1):
                yield Place(demand, target, rank, scores[target].item(), row)

    def offers_of(self, target: int) -> tuple[Offer, ...]:
        """The offers a target stands for."""
        if self.owners is None:
            return (self.scorer.offers[target],)
        return tuple(offer for offer in self.scorer.offers if offer.owner == self.targets[target])

    def through(self, target: int, row: Row) -> tuple[int, ...]:
        """Rows of the offers that carry the target's score, the strongest first."""
        return (target,) if self.owners is None else tuple(self.owners.best(target, row))

    def reasons(self, explainer: Explainer, demand: int, target: int, row: Row) -> tuple[Reason, ...]:
        """Why the target has its score."""
        if self.owners is None:
            return explainer.offer(demand, target)
        return explainer.owner(demand, self.through(target, row), row)
