import random
from dataclasses import replace

import pytest

from hearth.engines.matching import (
    BadInput,
    By,
    Demand,
    Filters,
    Match,
    Offer,
    Weights,
    rank,
    score_pairs,
    shortlist,
)

from .workshops import (
    CLASSIFIED,
    DEMANDS,
    HULL,
    OFFERS,
    OWN,
    RICE,
    RIVAL,
    SEED,
    SORTING,
    TANK,
    VISION,
    WELDING,
)


def targets(matches: tuple[Match, ...], demand: Demand) -> list[str]:
    return [match.target for match in matches if match.demand == demand.id]


def test_evident_offer_comes_first_for_every_demand() -> None:
    matches = rank(DEMANDS, OFFERS)
    best = {match.demand: match.offer for match in matches if match.rank == 1}
    assert best == {HULL.id: WELDING.id, RICE.id: SEED.id, VISION.id: SORTING.id}


def test_list_follows_the_demands_and_counts_ranks_from_one() -> None:
    matches = rank((VISION, HULL, RICE), OFFERS)
    assert list(dict.fromkeys(match.demand for match in matches)) == [VISION.id, HULL.id, RICE.id]
    for demand in DEMANDS:
        mine = [match for match in matches if match.demand == demand.id]
        assert [match.rank for match in mine] == list(range(1, len(mine) + 1))
        assert [match.score for match in mine] == sorted((m.score for m in mine), reverse=True)
        assert all(0 < match.score <= 1 for match in mine)


def test_avoided_own_and_secret_offers_never_appear() -> None:
    assert not {RIVAL.id, CLASSIFIED.id, OWN.id} & set(targets(rank(DEMANDS, OFFERS), HULL))
    free = replace(HULL, avoid=())
    allowed = rank([free], OFFERS, filters=Filters(allow_secret=True, allow_own=True))
    assert {RIVAL.id, CLASSIFIED.id, OWN.id} <= set(targets(allowed, free))


def test_avoided_and_secret_owners_never_appear_by_owner() -> None:
    matches = rank([HULL], [WELDING, RIVAL, replace(OWN, owner="丁厂", secret=True)], by=By.OWNER)
    assert targets(matches, HULL) == ["云川大学"]


def test_filters_keep_only_the_kind_region_and_field_asked_for() -> None:
    assert targets(rank([HULL], OFFERS, filters=Filters(kinds=("facility",))), HULL) == [TANK.id]
    assert targets(rank([HULL], OFFERS, filters=Filters(same_region=True)), HULL) == [WELDING.id]
    assert targets(rank([HULL], OFFERS, filters=Filters(same_field=True)), HULL) == [WELDING.id]


def test_filters_do_not_restrict_a_demand_that_states_nothing() -> None:
    strict = Filters(same_region=True, same_field=True)
    assert rank([RICE], OFFERS, filters=strict) == rank([RICE], OFFERS)


def test_region_and_field_lift_only_what_the_text_supports() -> None:
    offers = [
        Offer("甲", "焊接技术", "焊接"),
        Offer("乙", "焊接技术", "焊接", region="云川市", fields=("C37", "C39")),
    ]
    demand = Demand("需求", "焊接技术", "焊接", fields=("C37", "C39"), region="云川市")
    assert targets(rank([demand], offers), demand) == ["乙", "甲"]
    stranger = replace(offers[1], title="水稻", text="育种")
    assert targets(rank([demand], [offers[0], stranger]), demand) == ["甲"]


def test_equal_scores_are_listed_by_id() -> None:
    twins = [Offer(name, "焊接技术", "焊接") for name in ("丙", "乙", "甲")]
    demand = Demand("需求", "焊接", "焊接技术")
    assert targets(rank([demand], twins), demand) == sorted(twin.id for twin in twins)
    assert targets(rank([demand], twins, top=2), demand) == sorted(twin.id for twin in twins)[:2]


@pytest.mark.parametrize("by", By)
def test_order_of_the_offers_changes_nothing(by: By) -> None:
    shuffled = list(OFFERS)
    random.Random(7).shuffle(shuffled)
    assert rank(DEMANDS, shuffled, by=by) == rank(DEMANDS, OFFERS, by=by)


def test_order_of_the_demands_changes_only_their_order() -> None:
    forwards, backwards = rank(DEMANDS, OFFERS), rank(DEMANDS[::-1], OFFERS)
    for demand in DEMANDS:
        assert [m for m in forwards if m.demand == demand.id] == [
            m for m in backwards if m.demand == demand.id
        ]


def test_owner_is_the_mean_of_the_best_offers() -> None:
    demand, owner = replace(HULL, fields=(), region="", keywords=()), "云川大学"
    offers = [WELDING, SORTING, replace(TANK, owner=owner)]
    scores = score_pairs([demand], offers, [(demand.id, offer.id) for offer in offers])
    (everything,) = rank([demand], offers, by=By.OWNER)
    assert everything.score == pytest.approx(sum(scores) / 3)
    assert everything.through == (WELDING.id, TANK.id)
    (best,) = rank([demand], offers, by=By.OWNER, weights=Weights(owner_depth=1))
    assert best.score == max(scores)


def test_shortlist_is_the_list_without_reasons() -> None:
    for by in By:
        lines = [(match.demand, match.target, match.score) for match in rank(DEMANDS, OFFERS, by=by, top=2)]
        assert [(p.demand, p.target, p.score) for p in shortlist(DEMANDS, OFFERS, by=by, top=2)] == lines


def test_scores_of_pairs_are_those_of_the_list_and_zero_when_excluded() -> None:
    for by in By:
        matches = rank(DEMANDS, OFFERS, by=by)[::-1]
        pairs = [(match.demand, match.target) for match in matches]
        assert score_pairs(DEMANDS, OFFERS, pairs, by=by) == tuple(match.score for match in matches)
    assert score_pairs(DEMANDS, OFFERS, [(HULL.id, RIVAL.id)]) == (0.0,)


def test_a_text_without_letters_matches_nothing() -> None:
    assert rank([Demand("需求", "——", "2020、15％")], [Offer("成果", "2020", "——")]) == ()


def test_nothing_to_rank_gives_nothing() -> None:
    assert rank([], OFFERS) == rank(DEMANDS, []) == rank([], []) == ()
    assert rank(DEMANDS, [], by=By.OWNER) == ()


@pytest.mark.parametrize(
    ("demands", "offers", "by", "told"),
    [
        ((HULL, HULL), OFFERS, By.OFFER, f"demand id '{HULL.id}' occurs twice"),
        (DEMANDS, (SEED, SEED), By.OFFER, f"offer id '{SEED.id}' occurs twice"),
        ((Demand("空", " ", "\n"),), OFFERS, By.OFFER, "demand '空' has no text"),
        (DEMANDS, (Offer("空", "", ""),), By.OFFER, "offer '空' has no text"),
        (DEMANDS, (Offer("", "题", ""),), By.OFFER, "has no id"),
        (DEMANDS, (Offer("散", "题", ""),), By.OWNER, "offer '散' has no owner"),
    ],
)
def test_bad_documents_are_refused_by_id(
    demands: tuple[Demand, ...], offers: tuple[Offer, ...], by: By, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        rank(demands, offers, by=by)


def test_unknown_ids_and_limits_are_refused() -> None:
    with pytest.raises(BadInput, match="pair 1: no demand 'x'"):
        score_pairs(DEMANDS, OFFERS, [("x", SEED.id)])
    with pytest.raises(BadInput, match="pair 2: no offer 'y'"):
        score_pairs(DEMANDS, OFFERS, [(RICE.id, SEED.id), (RICE.id, "y")])
    with pytest.raises(BadInput, match="top is 0"):
        rank(DEMANDS, OFFERS, top=0)


@pytest.mark.parametrize(
    "wrong", [{"field": -1.0}, {"coverage": 1.5}, {"owner_depth": 0}, {"title": 0, "keyword": 0}]
)
def test_weights_that_break_the_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        Weights(**wrong)  # type: ignore[arg-type]
