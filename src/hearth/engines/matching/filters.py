"""Which offers may be proposed at all, and how far field and region agree."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hearth.engines.matching.model import Demand, Offer

Key = TypeVar("Key")


class Exclusion(Enum):
    """Why an offer may not be proposed to a demand; the value is the sentence to show."""

    AVOIDED = "需求方要求回避该单位"
    OWN = "供需双方是同一单位"
    SECRECY = "涉密内容，不对外推荐"
    KIND = "不属于所选的供给类型"
    REGION = "不在需求方所选的地区"
    FIELD = "与需求所属领域不同"


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard conditions. By default only secrecy, avoided owners and the demand's own owner exclude.

    ``kinds`` keeps these kinds only (all when empty). ``same_region`` and ``same_field`` exclude offers that do not
    agree with what the demand states; a demand that states nothing is not restricted.
    """

    kinds: tuple[str, ...] = ()
    same_region: bool = False
    same_field: bool = False
    allow_secret: bool = False
    allow_own: bool = False


def agreeing(one: str, other: str) -> bool:
    """Whether two codes or places agree: equal, or one is the broader (a prefix). Unknown agrees with nothing."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def common_fields(demand: Demand, fields: Sequence[str]) -> tuple[str, ...]:
    """The demand's fields that agree with one of the given."""
    return tuple(own for own in demand.fields if any(agreeing(own, field) for field in fields))


def exclusions(demand: Demand, offer: Offer, filters: Filters) -> tuple[Exclusion, ...]:
    """Every condition that keeps the offer from the demand, none when it may be proposed."""
    tests = (
        (Exclusion.AVOIDED, bool(offer.owner) and offer.owner in demand.avoid),
        (Exclusion.OWN, not filters.allow_own and bool(offer.owner) and offer.owner == demand.owner),
        (Exclusion.SECRECY, not filters.allow_secret and offer.secret),
        (Exclusion.KIND, bool(filters.kinds) and offer.kind not in filters.kinds),
        (
            Exclusion.REGION,
            filters.same_region and bool(demand.region) and not agreeing(demand.region, offer.region),
        ),
        (
            Exclusion.FIELD,
            filters.same_field and bool(demand.fields) and not common_fields(demand, offer.fields),
        ),
    )
    return tuple(exclusion for exclusion, holds in tests if holds)


class Facets:
    """The offers grouped by what filters ask about, so that a demand is compared with groups, not with rows."""

    def __init__(self, offers: Sequence[Offer], filters: Filters) -> None:
        """Group the offers and apply the conditions that hold for every demand."""
        self._filters = filters
        self._size = len(offers)
        self._owners = _grouped(offers, lambda offer: offer.owner)
        self._regions = _grouped(offers, lambda offer: offer.region)
        self._fields = _grouped(offers, lambda offer: offer.fields)
        nobody = Demand("", "", "")
        self._open = np.array([not exclusions(nobody, offer, filters) for offer in offers], dtype=bool)

    def allowed(self, demand: Demand) -> NDArray[np.bool_]:
        """For each offer whether it may be proposed; agrees with ``exclusions``."""
        allowed = self._open.copy()
        barred = set(demand.avoid) if self._filters.allow_own else {*demand.avoid, demand.owner}
        for owner in barred - {""}:
            allowed[self._owners.get(owner, [])] = False
        if self._filters.same_region and demand.region:
            allowed &= self.same_region(demand) > 0
        if self._filters.same_field and demand.fields:
            allowed &= self.same_field(demand) > 0
        return allowed

    def same_region(self, demand: Demand) -> NDArray[np.float64]:
        """1 where the offer's region agrees with the demand's, else 0."""
        agreement = np.zeros(self._size)
        for region, rows in self._regions.items():
            agreement[rows] = agreeing(demand.region, region)
        return agreement

    def same_field(self, demand: Demand) -> NDArray[np.float64]:
        """The share of the demand's fields that the offer agrees with, 0 when it states none."""
        agreement = np.zeros(self._size)
        if demand.fields:
            for fields, rows in self._fields.items():
                agreement[rows] = len(common_fields(demand, fields)) / len(demand.fields)
        return agreement


def _grouped(offers: Sequence[Offer], key: Callable[[Offer], Key]) -> dict[Key, list[int]]:
    groups: defaultdict[Key, list[int]] = defaultdict(list)
    for row, offer in enumerate(offers):
        groups[key(offer)].append(row)
    return dict(groups)
