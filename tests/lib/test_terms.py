"""Text search terms: pairs of Chinese characters, words of letters and digits, phrases, cuts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib import terms


def test_a_run_becomes_its_pairs_and_its_last_character():
    assert terms.vector("科技日", "") == "'科技':21A '技日':22A '日':23A"


def test_what_punctuation_parts_lies_apart():
    places = dict(part.split(":") for part in terms.vector("", "科技，工作").split(" "))
    assert int(places["'工作'"][:-1]) - int(places["'技'"][:-1]) > 1


def test_wide_digits_and_capitals_are_as_narrow_and_small_ones():
    assert terms.vector("Ａ１", "") == terms.vector("a1", "")


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("科技工作", "('科技' <-> '技工' <-> '工作')"),
        ("科", "('科':*)"),
        ("2020年", "('2020' <-> '年':*)"),
        ("甲县 专家", "('甲县') & ('专家')"),
        ("《专家》", "('专家')"),
        ("，。", ""),
    ],
)
def test_a_question_asks_for_each_of_its_words(asked: str, question: str):
    assert terms.every(asked) == question


def test_what_is_near_holds_some_of_the_pairs():
    assert terms.near("科技工") == "'科技' | '技工'"


def test_a_cut_shows_the_first_hit_and_marks_each():
    cut = terms.cut("甲" * 200 + "科技日" + "乙" * 200 + "科技", "科技", around=40)
    assert [part.text for part in cut if part.hit] == ["科技"]
    assert cut[0].text.startswith("…甲")
    assert cut[-1].text.endswith("乙…")


def test_a_cut_without_a_hit_is_the_beginning():
    assert terms.cut("甲乙丙", "丁") == (terms.Part("甲乙丙", hit=False),)


def test_a_title_is_shown_whole_wherever_its_hit_stands():
    title = "致全市广大科技工作者的慰问信"
    assert [part.text for part in terms.whole(title, "慰问信")] == ["致全市广大科技工作者的", "慰问信"]


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_and_any_question_give_words_that_quote_nothing(text: str, asked: str):
    for literal in (terms.vector(text, text), terms.every(asked), terms.near(asked)):
        inside = literal.split("'")[1::2]
        assert all(word and "\\" not in word and not word.isspace() for word in inside)
    assert "".join(part.text for part in terms.cut(text, asked, around=1000)) == text
