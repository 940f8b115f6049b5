"""Which characters are numerals, and one width for all of them."""

import re

DIGITS = {
    character: value
    for value, characters in enumerate(
        ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
"""Chinese digits by value, the forms of cheques included."""

MULTIPLIERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8, "兆": 12}
"""Chinese multipliers as powers of ten."""

TENS = {"廿": 2, "卅": 3, "卌": 4}
"""Characters that say a digit and 十 in one: 廿三 is 23."""

CHINESE = "".join((*DIGITS, *MULTIPLIERS, *TENS))

_ENUMERATORS = "①-⓿㈠-㈩㊀-㊉Ⅰ-ⅿ"
_WIDE = str.maketrans(
    {
        **{wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF1A)},
        **{wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
        **dict(zip("％．（）－～＋：∶／＃＊﹪＞＜≧≦", "%.()-~+::/#*%><≥≤", strict=True)),
        **dict(zip("萬億點個兩貳陸參餘幾負雙後週禮對圓", "万亿点个两贰陆叁余几负双后周礼对圆", strict=True)),
        "—": "-",
        "–": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "―": "-",
        "\u00a0": " ",
        "\u3000": " ",
    }
)

RUN = re.compile(rf"[0-9]+|[{CHINESE}]+|[{_ENUMERATORS}]")
"""A run of numeral characters of one script, in text of one width."""

_NUMERALS = re.compile(rf"[0-9{CHINESE}{_ENUMERATORS}]+")


def one_width(text: str) -> str:
    """The text with half-width digits, letters, dashes and brackets, and 万 for 萬; as long as before."""
    return text.translate(_WIDE)


def numeral_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every run of numeral characters."""
    return tuple(found.span() for found in _NUMERALS.finditer(one_width(text)))
