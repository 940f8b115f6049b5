"""Spaces around numerals change nothing but the places."""

import pytest

from hearth.engines.figures import read


@pytest.mark.parametrize(
    ("spaced", "close"),
    [
        ("于 2020 年 6 月 12 日召开", "于2020年6月12日召开"),
        ("展出展板 30 余块", "展出展板30余块"),
        ("观众 1.2 万人次", "观众1.2万人次"),
        ("经费约 3 万 元", "经费约3万元"),
        ("占 3.5 %", "占3.5%"),
        ("第 3 届年会", "第3届年会"),
    ],
)
def test_a_number_with_spaces_is_read_like_one_without(spaced, close):
    (figure,), (other,) = read(spaced).figures, read(close).figures
    assert (figure.type, figure.value, figure.low, figure.high, figure.unit, figure.noun) == (
        other.type,
        other.value,
        other.low,
        other.high,
        other.unit,
        other.noun,
    )
    assert spaced[figure.start : figure.end] == figure.text
    assert figure.text.replace(" ", "") == other.text


def test_the_number_of_an_article_stays_apart_from_its_text():
    (trap,) = read("第三条 5日内答复").traps
    assert trap.text == "第三条"


def test_numbers_side_by_side_stay_apart():
    assert [figure.value for figure in read("甲 3 5 乙").figures] == [3, 5]
