from decimal import Decimal

import pytest
from django.utils import translation

from hearth.web.ui import amounts


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (0, "0元"),
        (3500, "3500元"),
        (Decimal("12.50"), "12.5元"),
        (10_000, "1万元"),
        (3_400_000, "340万元"),
        (12_345, "12345元"),
        (125_000_000, "1.25亿元"),
        (123_456_789, "123456789元"),
    ],
)
def test_an_amount_is_never_rounded(yuan, shown):
    with translation.override("zh-hans"):
        assert amounts.amount(yuan) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("00000000001", "000****0001"), ("0000-1234567", "000****4567"), ("123", "****"), ("", "")],
)
def test_the_middle_of_a_telephone_number_is_never_shown(number, shown):
    assert amounts.masked(number) == shown


def test_of_an_address_only_the_first_letter_and_the_house_are_shown():
    assert amounts.masked("zhao.yi@city.example") == "z***@city.example"
