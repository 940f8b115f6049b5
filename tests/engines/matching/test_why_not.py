import pytest

from hearth.engines.matching import BadInput, By, Exclusion, Filters, Offer, Standing, rank, why_not

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


def test_a_listed_offer_has_the_rank_score_and_reasons_of_the_list() -> None:
    for by in By:
        for match in rank(DEMANDS, OFFERS, by=by):
            told = why_not(match.demand, match.target, DEMANDS, OFFERS, by=by)
            assert told.standing is Standing.LISTED
            assert (told.rank, told.score, told.reasons) == (match.rank, match.score, match.reasons)


def test_an_offer_below_the_cut_is_told_its_rank_and_the_cutoff() -> None:
    told = why_not(HULL.id, TANK.id, DEMANDS, OFFERS, top=1)
    assert (told.standing, told.rank) == (Standing.BELOW, 2)
    assert told.cutoff == rank(DEMANDS, OFFERS, top=1)[0].score
    assert told.text == f"排在第2位，得分{told.score:.3f}；只列前1位，末位得分{told.cutoff:.3f}"


@pytest.mark.parametrize(
    ("offer", "exclusion"),
    [(RIVAL, Exclusion.AVOIDED), (OWN, Exclusion.OWN), (CLASSIFIED, Exclusion.SECRECY)],
)
def test_an_excluded_offer_is_told_which_filter_holds(offer: Offer, exclusion: Exclusion) -> None:
    told = why_not(HULL.id, offer.id, DEMANDS, OFFERS)
    assert (told.standing, told.rank, told.score) == (Standing.EXCLUDED, None, 0.0)
    assert told.exclusions == (exclusion,)
    assert told.text == f"未列入：{exclusion.value}"


def test_every_chosen_filter_is_named() -> None:
    strict = Filters(kinds=("facility",), same_region=True, same_field=True)
    told = why_not(HULL.id, SEED.id, DEMANDS, OFFERS, filters=strict)
    assert told.exclusions == (Exclusion.KIND, Exclusion.REGION, Exclusion.FIELD)


def test_an_owner_is_excluded_only_when_all_its_offers_are() -> None:
    assert why_not(HULL.id, "蓝湾研究所", DEMANDS, OFFERS, by=By.OWNER).exclusions == (Exclusion.AVOIDED,)
    assert why_not(HULL.id, WELDING.owner, DEMANDS, OFFERS, by=By.OWNER).standing is Standing.LISTED


def test_an_unrelated_offer_is_called_so() -> None:
    told = why_not(VISION.id, SEED.id, DEMANDS, OFFERS)
    assert (told.standing, told.text) == (Standing.UNRELATED, "未列入：与需求没有任何共同用字")
    assert why_not(RICE.id, SORTING.id, DEMANDS, OFFERS).standing is Standing.UNRELATED


def test_unknown_ids_are_refused() -> None:
    with pytest.raises(BadInput, match="no demand 'x'"):
        why_not("x", SEED.id, DEMANDS, OFFERS)
    with pytest.raises(BadInput, match="no owner 'y'"):
        why_not(RICE.id, "y", DEMANDS, OFFERS, by=By.OWNER)
