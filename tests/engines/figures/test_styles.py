"""A number written in any usual style reads back to itself, with nothing left over."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.engines.figures import FigureType, read
from hearth.engines.figures.numerals import spoken

_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_TWO = str.maketrans({"百": "两百", "千": "两千", "万": "两万", "亿": "两亿"})

WHOLE = st.integers(min_value=0, max_value=10**12 - 1)
SMALL = st.integers(min_value=0, max_value=10**6)
"""Numbers as papers have them; hypothesis tries both scales."""


def with_two(value):
    """两千两百二十二: 二 before 百, 千, 万 and 亿 is 两, except behind 十."""
    written = spoken(value)
    for rank, words in _TWO.items():
        written = written.replace(f"二{chr(rank)}", words)
    return written.replace("十两", "十二")


def in_groups(value):
    """1亿2345万6789, 1万零5."""
    yi, wan, rest = value // 10**8, value // 10**4 % 10**4, value % 10**4
    written = f"{yi}亿" if yi else ""
    written += (f"{wan:d}万" if wan >= 1000 or not yi else f"零{wan}万") if wan else ""
    return written + (f"{rest}" if rest >= 1000 or not written else f"零{rest}" if rest else "")


def scaled(power, sign):
    return lambda value: f"{(Decimal(value) / 10**power).normalize():f}{sign}"


STYLES = {
    "Arabic": str,
    "thousands": "{:,}".format,
    "full width": lambda value: f"{value:,}".translate(_WIDE),
    "Chinese": spoken,
    "financial": lambda value: ("一" * (10 <= value < 20) + spoken(value)).translate(_FINANCIAL),
    "两": with_two,
    "decimal 万": scaled(4, "万"),
    "decimal 亿": scaled(8, "亿"),
    "groups": in_groups,
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@settings(max_examples=50)
@given(value=WHOLE | SMALL)
def test_a_whole_number_reads_back(style, value):
    written = f"{style(value)}元"
    (figure,) = read(f"总额{written}。").figures
    assert (figure.text, figure.type, figure.value) == (written, FigureType.MONEY, value)


@given(first=st.integers(1, 9), second=st.integers(1, 9), rank=st.sampled_from("百千万亿"))
def test_a_last_digit_alone_is_of_the_next_place(first, second, rank):
    (figure,) = read(f"共{spoken(first)}{rank}{spoken(second)}元").figures
    assert figure.value == (first * 10 + second) * {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[rank]


@given(st.integers(100, 10**8 - 1).filter(lambda value: "0" in str(value)))
def test_digit_by_digit_reads_back(value):
    (figure,) = read(f"共{str(value).translate(_DIGITS)}元").figures
    assert figure.value == value


@pytest.mark.parametrize("year", range(1949, 2050))
def test_a_year_in_chinese_digits_reads_back(year):
    (figure,) = read(f"{str(year).translate(_DIGITS)}年").figures
    assert (figure.type, figure.value) == (FigureType.DATE, str(year))


@pytest.mark.parametrize("value", range(20, 50))
def test_twenty_and_thirty_in_one_character_read_back(value):
    written = "廿卅卌"[value // 10 - 2] + (spoken(value % 10) if value % 10 else "")
    (figure,) = read(f"共{written}元").figures
    assert figure.value == value


@given(st.floats(min_value=1e-4, max_value=1e14, allow_subnormal=False))
def test_a_decimal_reads_back(value):
    (figure,) = read(f"共{value!r}元").figures
    assert figure.value == value


@given(st.decimals(min_value=Decimal("0.001"), max_value=Decimal("9999.999"), places=3))
def test_a_spoken_decimal_reads_back(value):
    whole, _, places = str(value).partition(".")
    (figure,) = read(f"共{spoken(int(whole))}点{places.translate(_DIGITS)}吨").figures
    assert figure.value == float(value)
