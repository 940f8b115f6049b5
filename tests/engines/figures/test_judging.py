"""Verdicts of facts on figures."""

import pytest

from hearth.engines.figures import Fact, Verdict, judge, read

BOOKLETS = Fact("booklets", "科普读本", 1000, "册")
BOARDS = Fact("boards", "科普展板", 33, "块")
GUESTS = Fact("guests", "对接会参加人数", 213, "人")
SIGNED = Fact("signed", "签约日期", "2020-06-12")
VISITED = Fact("visited", "走访慰问起止", "2020-05-28/2020-05-29")


def verdicts(text, *facts):
    return [
        (one.figure.text, one.verdict, one.fact and one.fact.key) for one in judge(text, read(text), facts)
    ]


def test_each_figure_finds_its_fact():
    text = "活动现场，展出科普知识宣传展板30余块，发放各类科普知识读本1000册。"
    assert verdicts(text, BOOKLETS, BOARDS, GUESTS) == [
        ("30余块", Verdict.SUPPORTED, "boards"),
        ("1000册", Verdict.SUPPORTED, "booklets"),
    ]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (213, Verdict.SUPPORTED),
        (299, Verdict.SUPPORTED),
        (198, Verdict.CONTRADICTED),
        (200, Verdict.CONTRADICTED),
        (300, Verdict.CONTRADICTED),
    ],
)
def test_over_is_open_at_both_ends(value, verdict):
    text = "各企业代表共计200余人参加了对接会。"
    assert [one[1] for one in verdicts(text, Fact("guests", "对接会参加人数", value, "人"))] == [verdict]


def test_a_wrong_number_says_what_is_recorded():
    text = "发放科普读本1200册。"
    (judgement,) = judge(text, read(text), [BOOKLETS])
    assert (judgement.verdict, judgement.fact) == (Verdict.CONTRADICTED, BOOKLETS)
    assert judgement.why == "“1200册”与“科普读本”不符，记录是1000册"


def test_a_figure_nobody_recorded_is_unsupported():
    text = "栽植树木500棵。"
    (judgement,) = judge(text, read(text), [BOOKLETS, BOARDS])
    assert (judgement.verdict, judgement.fact, judgement.candidates) == (Verdict.UNSUPPORTED, None, ())
    assert judgement.why == "没有名称和单位都与“500棵”相符的事实"


def test_units_of_different_things_do_not_meet():
    assert verdicts("科普读本1000万元", BOOKLETS) == [("1000万元", Verdict.UNSUPPORTED, None)]


def test_facts_that_disagree_alike_are_ambiguous():
    text = "展出展板30块。"
    (judgement,) = judge(text, read(text), [Fact("north", "展板", 30, "块"), Fact("south", "展板", 40, "块")])
    assert (judgement.verdict, [fact.key for fact in judgement.candidates]) == (
        Verdict.AMBIGUOUS,
        ["north", "south"],
    )


def test_a_scope_named_in_the_sentence_decides():
    north, south = Fact("n", "展板", 30, "块", scope="北塘县"), Fact("s", "展板", 40, "块", scope="南塘县")
    assert verdicts("南塘县展出展板30块。", north, south) == [("30块", Verdict.CONTRADICTED, "s")]
    assert verdicts("北塘县展出展板30块。", north, south) == [("30块", Verdict.SUPPORTED, "n")]


def test_a_synonym_serves():
    fact = Fact("growth", "同比", 63.636, "%", ("增长率", "增长"))
    assert verdicts("投稿增长63.6%。", fact) == [("63.6%", Verdict.SUPPORTED, "growth")]


def test_a_rounded_decimal_is_not_stretched():
    fact = Fact("growth", "投稿增长", 63.7, "%")
    assert verdicts("投稿增长63.6%。", fact) == [("63.6%", Verdict.CONTRADICTED, "growth")]


@pytest.mark.parametrize("fact", [Fact("m", "协议总金额", 32000, "万元"), Fact("m", "协议总金额", "3.2亿元")])
def test_facts_may_be_kept_in_other_units_or_words(fact):
    assert verdicts("协议总金额3.2亿元。", fact) == [("3.2亿元", Verdict.SUPPORTED, "m")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("6月12日，举行签约仪式。", (Verdict.SUPPORTED, "signed")),
        ("2020年的签约", (Verdict.SUPPORTED, "signed")),
        ("6月中旬签约", (Verdict.SUPPORTED, "signed")),
        ("签约日期是6月13日。", (Verdict.CONTRADICTED, "signed")),
        ("7月1日放假。", (Verdict.UNSUPPORTED, None)),
        ("5月28日-29日，走访慰问专家。", (Verdict.SUPPORTED, "visited")),
        ("5月28日走访慰问起止", (Verdict.CONTRADICTED, "visited")),
    ],
)
def test_dates_agree_as_far_as_they_are_named(text, verdict):
    assert [one[1:] for one in verdicts(text, SIGNED, VISITED)] == [verdict]
