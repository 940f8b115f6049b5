"""The reading as a whole: spans, completeness, and bounded work on hostile text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.figures import Reading, as_json, read

PROSE = st.text(
    alphabet="0123456789一二三四五六七八九十百千万亿两零〇第首半双余多年月日时分个人次%.-至、，。“”()（）①５元科协 \nA"
    "负下$:·/周去今底初旬约近超不足以上内成番倍季度中全会大级等奖就手",
    max_size=60,
)


@given(PROSE)
def test_every_numeral_is_accounted_for(text):
    assert read(text).unexplained(text) == ()


@given(PROSE)
def test_spans_follow_each_other_and_quote_the_text(text):
    reading = read(text)
    found = sorted((*reading.figures, *reading.traps), key=lambda one: one.start)
    assert all(text[one.start : one.end] == one.text and one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(PROSE)
def test_bounds_hold_the_value(text):
    for figure in read(text).figures:
        if isinstance(figure.value, int | float):
            assert figure.low is None or figure.low <= figure.value
            assert figure.high is None or figure.value <= figure.high


def test_what_was_left_out_is_told():
    assert Reading((), ()).unexplained("共12家，三类") == ((1, 3), (5, 6))


HOSTILE = (
    "一",
    "1",
    "1,111",
    "十百",
    "第一",
    "“一",
    "20-",
    "1至",
    "5月",
    "29日、",
    "千家",
    "约",
    "A1",
    "2020年",
    "百分之",
    "、一和",
    "1.",
    "余",
    "字〔2020",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_one_thing_over_and_over_is_read(piece):
    text = piece * (10_000 // len(piece))
    assert read(text).unexplained(text) == ()


def test_a_long_hostile_text_is_read_in_bounded_steps():
    text = "".join(piece * 50 for piece in HOSTILE)
    text *= 50_000 // len(text)
    assert read(text).unexplained(text) == ()


def test_the_json_has_the_promised_keys():
    found = as_json(read("一、展出挂图30余块"))
    assert found == {
        "figures": [
            {
                "start": 6,
                "end": 10,
                "text": "30余块",
                "type": "count",
                "value": 30,
                "low": 30,
                "high": 40,
                "unit": "块",
                "noun": "挂图",
                "approx": "over",
            }
        ],
        "traps": [{"start": 0, "end": 2, "text": "一、", "kind": "section"}],
    }


def test_a_text_without_numerals_has_nothing():
    assert read("科技为民，奋斗有我。") == Reading((), ())
