import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.engines.matching import By, Demand, Filters, Match, Offer, Reason, ReasonKind, rank

from .workshops import DEMANDS, HULL, OFFERS, SORTING, VISION, WELDING


def folded(document: Demand | Offer) -> str:
    return unicodedata.normalize(
        "NFKC", "\n".join((document.title, document.text, *document.keywords))
    ).lower()


def reason(match: Match, kind: ReasonKind) -> Reason:
    (found,) = (each for each in match.reasons if each.kind is kind)
    return found


def kinds(match: Match) -> set[ReasonKind]:
    return {each.kind for each in match.reasons}


def first(demand: Demand, *offers: Offer, by: By = By.OFFER) -> Match:
    return rank([demand], offers, by=by)[0]


def test_shared_words_are_whole_groups_without_function_words() -> None:
    shared = reason(first(HULL, *OFFERS), ReasonKind.WORDS)
    assert shared.words == ("钛合金耐压壳体", "焊接变形")
    assert shared.text == "双方都写到：钛合金耐压壳体、焊接变形"


def test_words_of_other_scripts_are_compared_whole_and_without_case() -> None:
    match = first(VISION, SORTING)
    assert reason(match, ReasonKind.WORDS).words == ("Deep learning",)
    assert (
        first(replace(VISION, keywords=("AI",)), Offer("o", "Maintain sorting", "")).reasons[0].kind
        is ReasonKind.WORDS
    )


def test_a_word_inside_other_words_is_not_named() -> None:
    match = first(Demand("需求", "国产轴承", ""), Offer("成果", "中国产业轴承", ""))
    assert reason(match, ReasonKind.WORDS).words == ("轴承",)


def test_a_word_inside_a_compound_is_named() -> None:
    match = first(Demand("需求", "生活垃圾同步处理", ""), Offer("成果", "城市生活垃圾处理", ""))
    assert reason(match, ReasonKind.WORDS).words == ("生活垃圾", "处理")


def test_a_common_rest_without_words_is_told_beside_the_keyword() -> None:
    match = first(Demand("需求", "水稻", "", keywords=("焊接",)), Offer("成果", "污水", "焊接"))
    assert reason(match, ReasonKind.KEYWORD).words == ("焊接",)
    assert reason(match, ReasonKind.WORDS).text == "其余用字也有相近之处"


def test_strings_take_over_where_the_texts_are_cut_differently() -> None:
    match = first(Demand("需求", "石墨烯量子点", ""), Offer("成果", "氧化石墨烯量", ""))
    assert all(
        word in "石墨烯量子点" and word in "氧化石墨烯量" for word in reason(match, ReasonKind.WORDS).words
    )
    assert reason(match, ReasonKind.WORDS).words


def test_single_common_characters_are_called_what_they_are() -> None:
    match = first(Demand("需求", "水稻", ""), Offer("成果", "污水", ""))
    assert match.reasons == (Reason(ReasonKind.WORDS, "用字相近，但没有完整的共同词语", (), 1.0),)


def test_keyword_field_and_region_are_named_with_their_share() -> None:
    match = first(HULL, WELDING)
    assert kinds(match) == {ReasonKind.WORDS, ReasonKind.KEYWORD, ReasonKind.FIELD, ReasonKind.REGION}
    assert reason(match, ReasonKind.KEYWORD).text == "关键词相符：水下机器人"
    assert reason(match, ReasonKind.FIELD).text == "同属领域：C39"
    assert reason(match, ReasonKind.REGION).text == "同在云川市"
    assert [each.share for each in match.reasons] == sorted((r.share for r in match.reasons), reverse=True)


def test_keyword_of_the_offer_counts_as_well() -> None:
    match = first(replace(HULL, keywords=()), replace(WELDING, keywords=("耐压壳体",)))
    assert reason(match, ReasonKind.KEYWORD).words == ("耐压壳体",)


def test_owner_reason_names_the_other_related_offers() -> None:
    other = replace(
        WELDING, id="成果-第二", title="耐压壳体焊接工装", text="焊接水下机器人耐压壳体用的工装。"
    )
    match = first(HULL, WELDING, other, by=By.OWNER)
    assert len(match.through) == 2
    weaker = {WELDING.id: WELDING, other.id: other}[match.through[1]]
    assert reason(match, ReasonKind.OWNER).text == f"另有1项供给也相关：《{weaker.title}》"


def test_owner_reason_does_not_call_a_stray_character_related() -> None:
    match = first(HULL, WELDING, Offer("成果-远", "污水净化", "净化污水", owner=WELDING.owner), by=By.OWNER)
    assert reason(match, ReasonKind.OWNER).text == "其余供给也有少量相近之处"


def test_an_owner_with_one_offer_has_the_reasons_of_that_offer() -> None:
    assert first(HULL, WELDING, by=By.OWNER).reasons == first(HULL, WELDING).reasons


TEXTS = st.text(alphabet="水下机器人的耐压壳体焊接 AIrobots机，。5Ｇİ", min_size=1, max_size=30)
NAMES = st.sampled_from(["", "甲", "乙"])
PLACES = st.sampled_from(["", "云川市", "云川市北塘县", "海陵市"])
WORDS = st.lists(TEXTS, max_size=2).map(tuple)


@st.composite
def collections(draw: st.DrawFn) -> tuple[list[Demand], list[Offer]]:
    def some(
        kind: type[Demand] | type[Offer], prefix: str, owners: st.SearchStrategy[str]
    ) -> list[Demand | Offer]:
        rows = draw(st.lists(st.tuples(TEXTS, TEXTS, owners, WORDS, PLACES), min_size=1, max_size=6))
        return [
            kind(f"{prefix}{n}", f"题{title}", text, owner, keywords, (place,) if place else (), place)
            for n, (title, text, owner, keywords, place) in enumerate(rows)
        ]

    demands = [replace(d, avoid=(draw(NAMES),)) for d in some(Demand, "d", NAMES)]
    return demands, some(Offer, "o", st.sampled_from(["甲", "乙", "丙"]))  # type: ignore[return-value]


@settings(max_examples=60, deadline=None)
@given(collections(), st.sampled_from(By))
def test_every_match_is_permitted_and_fully_explained(
    collection: tuple[list[Demand], list[Offer]], by: By
) -> None:
    demands, offers = ({each.id: each for each in side} for side in collection)
    matches = rank(demands.values(), offers.values(), by=by)
    assert matches == rank(demands.values(), list(offers.values())[::-1], by=by)
    for match in matches:
        demand = demands[match.demand]
        assert match.owner not in (*demand.avoid, demand.owner) or not match.owner
        assert 0 < match.score <= 1
        assert all(each.share > 0 and each.text for each in match.reasons)
        assert sum(each.share for each in match.reasons) == pytest.approx(1, abs=1e-9)
        for each in match.reasons:
            assert each.kind is ReasonKind.KEYWORD or len(each.words) <= 5
            for word in each.words:
                shown = unicodedata.normalize("NFKC", word).lower()
                assert shown in folded(demand)
                assert shown in folded(offers[match.through[0]])


def test_reasons_hold_for_secret_offers_when_allowed() -> None:
    for match in rank(DEMANDS, OFFERS, filters=Filters(allow_secret=True)):
        assert sum(each.share for each in match.reasons) == pytest.approx(1, abs=1e-9)
