"""The heads of the first page: 文件, 信函, 命令 and 纪要 formats (GB/T 9704-2012, 7.2 and 10)."""

from collections.abc import Iterator
from itertools import islice

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.paper import Fixed, Meta, Text
from hearth.engines.gongwen.pieces import (
    JointMark,
    Label,
    LetterHead,
    Line,
    Mark,
    Name,
    Piece,
    Printed,
    Stroke,
    Tab,
)
from hearth.engines.gongwen.profile import PAGE_HEIGHT, TYPE_BOTTOM, TYPE_TOP, Profile, twips
from hearth.engines.gongwen.styles import Style

MARK_TOP = twips(37 + 35)
"""发文机关标志: its ink begins 35 mm below the upper edge of the 版心 (7.2.4)."""

ORDER_TOP = twips(37 + 20)
"""命令: 20 mm below (10.2)."""

LETTER_TOP = twips(30)
"""信函: 30 mm below the edge of the paper (10.1)."""

LETTER_LINE_WIDTH = twips(170)
"""信函: the red lines are 170 mm wide, in the middle of the paper."""

_MARK_SIZES = range(40, 103)
_SMALLEST_MARK = 28
_MARK_LINE = 1.2
_INK_ABOVE = 0.11
"""An exact line of 1.2 times the size leaves this share of the size above the ink (measured)."""

_MARK_INK = 0.945
"""The ink of a mark is so much of its size high (measured)."""

_THICK, _GAP, _THIN = 40, 25, 15
"""The double red line of a letter in twips: 0.7 mm, 0.45 mm apart, 0.26 mm."""

_INK_IN_LINE = 225
"""From the upper edge of an exact line of the body to its ink (measured)."""

_NAMES_A_LINE = 2
"""签发人 on one line (7.2.6)."""


def document_head(meta: Meta, profile: Profile, title_lines: int) -> Iterator[Piece]:
    """文件格式: 份号, 密级, 紧急程度, mark, number, and on the way up the 签发人 (7.2)."""
    above = [Line(Style.COPY_NUMBER, (Text(meta.copy_number),))] if meta.copy_number else []
    above += [Line(Style.SECRECY, (Text(text),)) for text in (meta.secrecy, meta.urgency) if text]
    yield from above
    blank = MARK_TOP - profile.top + profile.mark - len(above) * profile.line
    if len(meta.organs) == 1:
        yield _mark(f"{meta.organs[0]}文件", blank, profile)
    else:
        size = _joint_size(meta, profile, title_lines)
        yield Line(Style.SPACER, (), height=max(2, blank - _above_ink(size)))
        yield JointMark(meta.organs, size)
    yield from _number(meta, profile)


def minutes_head(meta: Meta, profile: Profile) -> Iterator[Piece]:
    """纪要格式: ×××纪要 and the number above the red line (10.3)."""
    mark = meta.mark or f"{meta.organs[0]}会议纪要"
    yield _mark(mark, MARK_TOP - profile.top + profile.mark, profile)
    yield Line(Style.NUMBER, _fixed(meta.number))


def order_head(meta: Meta, profile: Profile) -> Iterator[Piece]:
    """命令格式: ×××令 and its number two lines below (10.2)."""
    mark = meta.mark or f"{meta.organs[0]}令"
    yield _mark(mark, ORDER_TOP - profile.top + profile.mark, profile)
    yield Line(Style.ORDER_NUMBER, _fixed(meta.number))


def letter_head(meta: Meta, profile: Profile) -> Iterator[Piece]:
    """信函格式: the mark between the paper's edge and the red lines; left 份号 … , right the number (10.1)."""
    text = meta.mark or meta.organs[0]
    size = mark_size(width(text), profile)
    first = LETTER_TOP + round(size * 10 * _MARK_INK) + twips(4)
    last = PAGE_HEIGHT - twips(20)
    strokes = (
        Stroke(first, _THICK),
        Stroke(first + _THICK + _GAP, _THIN),
        Stroke(last - _THICK - _GAP - _THIN, _THIN),
        Stroke(last - _THICK, _THICK),
    )
    below = first + _THICK + _GAP + _THIN + round(320 * 7 / 8) - _INK_IN_LINE
    yield LetterHead(
        text, size, LETTER_TOP + profile.mark - _above_ink(size), strokes, max(0, below - profile.top)
    )
    yield from _letter_top(meta)


def mark_line(size: int) -> int:
    """The exact line height in twips of a mark of `size` half points."""
    return round(size * 10 * _MARK_LINE)


def mark_size(chars: float, profile: Profile, highest: int = _MARK_SIZES[-1]) -> int:
    """The largest size in half points at which so many 字 fill at most 95 % of the line, 14 to 51 pt."""
    sizes = range(_SMALLEST_MARK, min(highest, _MARK_SIZES[-1]) + 1)
    fitting = [size for size in sizes if chars * size * 10 <= 0.95 * profile.width]
    return fitting[-1] if fitting else _SMALLEST_MARK


def _mark(text: str, blank: int, profile: Profile) -> Mark:
    size = mark_size(width(text), profile)
    return Mark(text, size, max(0, blank - _above_ink(size)))


def _above_ink(size: int) -> int:
    return round(size * 10 * _INK_ABOVE)


def _joint_size(meta: Meta, profile: Profile, title_lines: int) -> int:
    """The size at which the names fit their line, and page 1 still shows two lines of the body (7.2.4, 7.3.3)."""
    chars = max(width(name) for name in meta.organs) + 3
    recipients = max(1, -int(-width(meta.recipients) // profile.chars))
    signatories = max(0, (len(meta.signatories) - 1) // _NAMES_A_LINE) if meta.upward else 0
    lines = 3 + signatories + 2 + title_lines + 1 + recipients + 2
    room = TYPE_BOTTOM - TYPE_TOP - twips(35) - lines * profile.line
    return mark_size(chars, profile, int(room / (len(meta.organs) * 10 * _MARK_LINE)))


def _fixed(text: str) -> tuple[Printed, ...]:
    return (Fixed(text),) if text else ()


def _number(meta: Meta, profile: Profile) -> Iterator[Line]:
    number = _fixed(meta.number)
    if not meta.upward:
        yield Line(Style.NUMBER, number)
    elif len(meta.signatories) < 2:
        names: tuple[Printed, ...] = (Name(meta.signatory),) if meta.signatory else ()
        yield Line(Style.NUMBER_UPWARD, (*number, Text("\t签发人："), *names))
    else:
        yield from _signatories(number, meta.signatories, profile)


def _signatories(
    number: tuple[Printed, ...], names: tuple[str, ...], profile: Profile
) -> Iterator[Line]:
    """Two names a line, below each other; the number stands on the line of the last (7.2.6)."""
    widest = max(map(width, names))
    begin = 28 - 1 - _NAMES_A_LINE * widest - (_NAMES_A_LINE - 1)
    columns = [begin - 4, *(begin + at * (widest + 1) for at in range(_NAMES_A_LINE))]
    tabs = tuple(Tab(round(column * profile.char)) for column in columns)
    waiting = iter(names)
    rows = list(iter(lambda: tuple(islice(waiting, _NAMES_A_LINE)), ()))
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        lead = Text("\t签发人：") if at == 0 else Text("\t\t")
        words: list[Printed] = [*(number if last else ()), lead, Name(row[0])]
        for name in row[1:]:
            words += (Text("\t"), Name(name))
        style = Style.NUMBER_UPWARD if last else Style.SIGNATORIES
        yield Line(style, tuple(words), before=None if at == 0 else 0, tabs=tabs)


def _letter_top(meta: Meta) -> Iterator[Line]:
    left: list[Printed] = [Text(meta.copy_number)] if meta.copy_number else []
    left += [Label(text) for text in (meta.secrecy, meta.urgency) if text]
    right: tuple[Printed, ...] = (Text("\t"), *_fixed(meta.number)) if meta.number else ()
    yield Line(Style.LETTER_TOP, (*left[:1], *right))
    for word in left[1:]:
        yield Line(Style.LETTER_TOP, (word,))
