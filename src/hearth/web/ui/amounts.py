"""How numbers of money and of telephones read on the screen."""

from decimal import Decimal

from django.utils.translation import gettext

TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000


def amount(yuan: Decimal | int) -> str:
    """``3500元``, ``340万元``, ``1.25亿元``: the larger unit only where two decimals say it exactly."""
    value = Decimal(yuan)
    for unit, said in (
        (HUNDRED_MILLION, gettext("%(number)s亿元")),
        (TEN_THOUSAND, gettext("%(number)s万元")),
    ):
        shown = value / unit
        if abs(shown) >= 1 and shown == round(shown, 2):
            return said % {"number": _plain(shown)}
    return gettext("%(number)s元") % {"number": _plain(value)}


def masked(number: str) -> str:
    """``000****0001``: the head and the tail of a telephone number, never the middle; ``z***@city.example`` of an address."""
    if "@" in number:
        name, _at, host = number.partition("@")
        return f"{name[:1]}***@{host}"
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else "****" if digits else ""


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
