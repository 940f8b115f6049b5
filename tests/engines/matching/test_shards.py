from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.engines.matching import By, Demand, Offer, Statistics, merge, rank, statistics_of

from .workshops import DEMANDS, HULL, OFFERS, WELDING

TEXTS = st.text(alphabet="水下机器人的耐压壳体焊接 robots，。", max_size=40).map(lambda text: f"体{text}")


def test_statistics_of_shards_add_up_to_those_of_the_whole() -> None:
    whole = statistics_of([*DEMANDS, *OFFERS])
    assert statistics_of(OFFERS[3:]) + statistics_of(DEMANDS) + statistics_of(OFFERS[:3]) == whole
    assert whole.documents == len(DEMANDS) + len(OFFERS)


def test_default_statistics_are_those_of_demands_and_offers() -> None:
    assert rank(DEMANDS, OFFERS) == rank(DEMANDS, OFFERS, statistics=statistics_of([*DEMANDS, *OFFERS]))


def test_shards_with_their_own_statistics_would_score_differently() -> None:
    (whole, *_), (alone, *_) = rank([HULL], OFFERS), rank([HULL], [WELDING])
    assert whole.offer == alone.offer
    assert whole.score != alone.score


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=3, max_size=12), st.integers(1, 5))
def test_merged_shards_equal_the_whole_to_the_last_bit(
    asked: list[str], offered: list[str], top: int
) -> None:
    demands = [Demand(f"d{number}", text, "") for number, text in enumerate(asked)]
    offers = [Offer(f"o{number}", text, "") for number, text in enumerate(offered)]
    statistics = statistics_of([*demands, *offers])
    shards = [
        rank(demands, offers[start:end], top=top, statistics=statistics)
        for start, end in pairwise([0, 1, len(offers) // 2, len(offers)])
    ]
    assert merge(demands, shards, top=top) == rank(demands, offers, top=top)


def test_shards_by_owner_equal_the_whole() -> None:
    statistics = statistics_of([*DEMANDS, *OFFERS])
    university = [offer for offer in OFFERS if offer.owner == "云川大学"]
    others = [offer for offer in OFFERS if offer.owner != "云川大学"]
    shards = [rank(DEMANDS, shard, by=By.OWNER, statistics=statistics) for shard in (others, university)]
    assert merge(DEMANDS, shards) == rank(DEMANDS, OFFERS, by=By.OWNER)


def test_rarer_terms_weigh_more_and_unknown_ones_most() -> None:
    statistics = Statistics(10, 100, {"常": 10, "稀": 1})
    assert 0 < statistics.rarity("常") < statistics.rarity("稀") < statistics.rarity("无")
    assert statistics.mean_length == pytest.approx(10)
