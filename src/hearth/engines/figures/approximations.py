"""Approximations: the words around a numeral and the bounds they give. To teach a new word, add it to a table here."""

import re
from decimal import Decimal

from hearth.engines.figures.characters import MULTIPLIERS
from hearth.engines.figures.model import Approx, Figure, Number

BEFORE = {
    Approx.NEAR: ("近", "将近", "接近"),
    Approx.ABOUT: ("约", "大约", "大概"),
    Approx.MIN: (
        "逾", "超", "超过", "超出", "高于", "多于", "大于", "不少于", "不低于", "不小于", "不下", "不下于", "至少", "最少",
        "≥", ">",
    ),
    Approx.MAX: (
        "不足", "不到", "不超过", "不多于", "不高于", "不大于", "少于", "低于", "小于", "至多", "最多", "≤", "<",
    ),
}  # fmt: skip
"""Words directly before the numeral; part of the figure's span."""

OUTSIDE = {
    Approx.MIN: ("突破",),
    Approx.ABOUT: ("约需", "约合", "约计"),
}
"""Words directly before the numeral that bound it without being part of the span."""

AFTER = {
    Approx.ABOUT: ("左右", "上下"),
    Approx.MIN: ("以上", "及以上", "(含)以上"),
    Approx.MAX: ("以内", "之内", "以下", "及以下", "(含)以下", "(含)以内", "内"),
}
"""Words directly after the unit; part of the span."""

_NOT_AFTER = {
    "近": "附靠临邻最亲新",
    "约": "节制预签条公契邀履合违特限爽失毁",
    "超": "赶高",
    "近两": "",
    "内": "",
}
"""A word is no approximation when one of these characters stands before it: 节约, 附近."""

_KINDS_BEFORE = {word: kind for kind, words in BEFORE.items() for word in words}
_KINDS_OUTSIDE = {word: kind for kind, words in OUTSIDE.items() for word in words}
_KINDS_AFTER = {word: kind for kind, words in AFTER.items() for word in words}
_LONGEST = max(map(len, _KINDS_BEFORE))
_SUFFIX = re.compile(
    "|".join(re.escape(word) for word in sorted(_KINDS_AFTER, key=len, reverse=True)) + r"|\+"
)


def before(text: str, at: int, floor: int) -> tuple[Approx | None, int]:
    """The approximation that ends at ``at`` and where it starts (``at`` when it is not part of the span)."""
    for length in range(min(_LONGEST, at - floor), 0, -1):
        word = text[at - length : at]
        kind = _KINDS_BEFORE.get(word)
        if kind and text[at - length - 1 : at - length] not in tuple(_NOT_AFTER.get(word, "")):
            return kind, at - length
    return _KINDS_OUTSIDE.get(text[max(floor, at - 2) : at]), at


def after(text: str, at: int) -> tuple[Approx | None, int]:
    """The approximation that begins at ``at`` and where it ends."""
    found = _SUFFIX.match(text, at)
    if not found:
        return None, at
    return (Approx.MIN if found[0] == "+" else _KINDS_AFTER[found[0]]), found.end()


def bounds(value: Decimal, approx: Approx) -> tuple[Decimal | None, Decimal | None]:
    """Low and high for a value: over N is up to one unit of its last significant place (30余: 30 to 40)."""
    match approx:
        case Approx.OVER:
            return value, value + last_place(value)
        case Approx.NEAR:
            return value * Decimal("0.9"), value
        case Approx.ABOUT:
            return value * Decimal("0.9"), value * Decimal("1.1")
        case Approx.MIN:
            return value, None
        case Approx.MAX:
            return Decimal(0), value
        case _:
            return value, value


def last_place(value: Decimal) -> Decimal:
    """One unit of the last place that is not zero: 1000 for 12000, 0.1 for 3.2, 1 for 0."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** exponent


def plain(value: Decimal) -> Number:
    """A decimal as an int when it is whole, else as a float."""
    whole = int(value)
    return whole if whole == value else float(value)


_PRINTED = re.compile(r"([0-9０-９][0-9０-９,，]*)(?:[.．]([0-9０-９]+))?\s?([十百千万亿]*)")


def printed_place(figure: Figure) -> Decimal:
    """One unit of the last digit printed, in the figure's unit: 0.1 for 20.2%, 1000 for 3.2万, 1 for words."""
    found = _PRINTED.search(figure.text)
    if not found:
        return Decimal(1)
    scale = sum(MULTIPLIERS[one] for one in found[3]) - ("‰" in figure.text)
    return Decimal(1).scaleb(scale - len(found[2] or ""))


def has_decimals(figure: Figure) -> bool:
    """Whether it is printed with decimals, which may be rounded: 3.2万, not 32000."""
    found = _PRINTED.search(figure.text)
    return bool(found and found[2])
