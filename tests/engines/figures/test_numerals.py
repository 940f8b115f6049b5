"""Numerals mean what a reader of Chinese takes them to mean, and are written so that they read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.figures.numerals import spoken, value_of


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("4385", 4385),
        ("4,385", 4385),
        ("4，385", 4385),
        ("12.5", Decimal("12.5")),
        ("3.2亿", 320_000_000),
        ("1亿2千万", 120_000_000),
        ("3万5千", 35_000),
        ("两百一十二", 212),
        ("十七", 17),
        ("一百零五", 105),
        ("一千零一十", 1010),
        ("两千四百五", 2450),
        ("二百五", 250),
        ("一万三", 13_000),
        ("一万零三", 10_003),
        ("四万亿", 4_000_000_000_000),
        ("一亿三千万", 130_000_000),
        ("二〇二〇", 2020),
        ("六点三", Decimal("6.3")),
        ("叁佰贰拾", 320),
        ("百万", 1_000_000),
        ("十万", 100_000),
        ("十万亿", 10_000_000_000_000),
    ],
)
def test_a_numeral_has_its_value(numeral, value):
    span = value_of(numeral)
    assert span is not None
    assert (span.low, span.high) == (value, value)


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [("七八", 7, 8), ("三五", 3, 5), ("四五十", 40, 50), ("两三百", 200, 300), ("十七八", 17, 18)],
)
def test_neighbouring_digits_are_a_range(numeral, low, high):
    span = value_of(numeral)
    assert span is not None
    assert (span.low, span.high) == (low, high)


@pytest.mark.parametrize("numeral", ["一一", "三百二千", "百千", "八二", "十百", "二十万千"])
def test_what_is_not_well_formed_has_no_value(numeral):
    assert value_of(numeral) is None


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_what_is_written_in_chinese_reads_back(value):
    span = value_of(spoken(value))
    assert span is not None
    assert span.low == span.high == value


@pytest.mark.parametrize("value", [-1, 10**16])
def test_numbers_out_of_reach_are_refused(value):
    with pytest.raises(ValueError, match="中文数字"):
        spoken(value)
