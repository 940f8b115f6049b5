"""Lines of a page and characters of a line (GB/T 9704-2012, 5.2.3).

The standard lets the spacing of lines and characters give way when a signature does not fit (7.3.5.5): a paper with
20 to 24 lines that fill the 版心, and single paragraphs set a little closer or wider, are measured by their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hearth.engines.gongwen.checking.elements import ATTENDANCE, heading_level
from hearth.engines.gongwen.checking.frame import CHAR, CHARS, EM_3, LEFT, LINES, POINT, WIDTH
from hearth.engines.gongwen.checking.judging import Case, at, judged, not_applicable, stated, within
from hearth.engines.gongwen.checking.report import Finding, Form, Verdict
from hearth.engines.gongwen.checking.rows import Row, is_hanzi, is_wide
from hearth.engines.gongwen.checking.sheets import Sheet

_NOT_FIRST = "，。、；：？！）》”’】〕」』％…—·"
_NOT_LAST = "（《“‘【〔「『"
_USUAL_ADVANCE = 15.75 * POINT
"""From one 字 to the next: 16 pt, a quarter closer, so that 28 of them fit."""

_ADJUSTED = 0.06
_MOST_ADJUSTED = 0.85 * POINT
_SET_APART = 0.12
"""A share of a 字 between 汉字 and digits that no stretching makes."""

_ROOM = 0.05
_MOST_ALONG = 4


@dataclass(frozen=True)
class Passage:
    """The rows of a paragraph, and the distance of its 字 as it was set: that of its closest row."""

    rows: tuple[Row, ...]
    advance: float

    @property
    def is_adjusted(self) -> bool:
        """Whether its 字 are set closer or wider than usual."""
        return abs(self.advance - _USUAL_ADVANCE) > _ADJUSTED


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about lines and characters."""
    yield _pitch(case)
    yield from _lines(case)
    yield from _characters(case)


def plain_sheets(case: Case) -> list[Sheet]:
    """Upright pages with text and no table on them."""
    with_text = {row.page for row in case.elements.text}
    tables = case.elements.tables
    return [
        sheet
        for sheet in case.elements.sheets
        if sheet.upright and sheet.number in with_text and sheet.number not in tables and sheet.body
    ]


def full_sheets(case: Case) -> list[Sheet]:
    """Pages that the text fills: it goes on overleaf, and not with something that begins a page of its own."""
    sheets = case.elements.sheets
    found = []
    for sheet in plain_sheets(case):
        overleaf = _overleaf(case, sheet)
        headed = sheet.number == 1 and case.elements.form is not Form.GENERAL
        if overleaf is not None and not headed and overleaf is sheets[sheet.number].body[0]:
            found.append(sheet)
    return found


def slots(case: Case, sheet: Sheet) -> int:
    """Lines of a page from its first row to its last, blank ones included."""
    return 1 + round(case.lines_between(sheet.body[0], sheet.body[-1]))


def continued(case: Case) -> Iterator[tuple[Row, Row]]:
    """Rows of the text whose paragraph goes on in the next row, with that row; not those set closer or wider."""
    for passage in _passages(case):
        if not passage.is_adjusted:
            yield from pairwise(passage.rows)


def is_filled(row: Row) -> bool:
    """Whether a line has 28 字 and ends with a wide one."""
    return is_wide(row.text[-1]) and _width(row) == CHARS


def _overleaf(case: Case, sheet: Sheet) -> Row | None:
    return next((row for row in case.elements.text if row.page == sheet.number + 1), None)


def _pitch(case: Case) -> Finding | None:
    """How far rows are from the grid that begins with the first row of their page."""
    wanted = case.frame.pitch
    places = []
    for sheet in plain_sheets(case):
        rows = [row for row in case.elements.text if row.page == sheet.number]
        for upper, lower in pairwise(rows):
            lines = max(1, round(case.lines_between(upper, lower)))
            places.append(at((lower.y - upper.y) / lines, wanted, sheet.number))
    cure = f"把行距设为固定值 {wanted / POINT:.2f} 磅左右（每面 22 行）"
    return judged("5.2.3", "行距", f"{wanted:.2f} mm", places, case.tolerance.pitch, cure)


def _lines(case: Case) -> Iterator[Finding | None]:
    wanted = case.frame.lines
    counts = [
        (slots(case, sheet), sheet.number) for sheet in full_sheets(case) if not _is_kept_short(case, sheet)
    ]
    if wanted != LINES:
        said = f"每面 {wanted} 行"
        yield stated(
            "7.3.5.5", "行距调整", "一般 22 行；署名排不下时可以调整", said, good=True, page=None, cure=""
        )
    name = "每面行数" if wanted == LINES else "每面行数（行距调整后）"
    if not counts:
        yield not_applicable("5.2.3", name, f"{wanted} 行", "没有排满的页")
        return
    worst, page = max(counts, key=lambda count: abs(count[0] - wanted))
    right = sum(lines == wanted for lines, _ in counts)
    good = right == len(counts)
    yield Finding(
        "5.2.3",
        name,
        f"{wanted} 行",
        f"{worst} 行",
        Verdict.OK if good else Verdict.OFF,
        None,
        page,
        "" if good else "把行距设为固定值 28.95 磅，上下边距 37、35 mm",
        len(counts),
        right,
    )


def _is_kept_short(case: Case, sheet: Sheet) -> bool:
    """Whether the page ends early for what is overleaf.

    A heading stays with its text, the blank line above a list is the last of the page, or its last lines went along
    so that the signature does not stand alone (7.3.5.5).
    """
    overleaf = _overleaf(case, sheet)
    if overleaf is None or not case.frame.lines - 2 <= slots(case, sheet) < case.frame.lines:
        return False
    date = case.elements.date
    along = [row for row in case.elements.text if row.page == sheet.number + 1]
    signed = date is not None and date.page == sheet.number + 1 and len(along) <= _MOST_ALONG
    return signed or heading_level(overleaf) > 0 or ATTENDANCE.match(overleaf.text) is not None


def _passages(case: Case) -> Iterator[Passage]:
    size = case.elements.body_size
    rows: list[Row] = []
    for row in case.elements.text:
        flush = abs(row.left - LEFT) < 0.4 * CHAR
        usable = abs(row.size - size) < 0.3 and len(row.segments) == 1 and row.left < LEFT + 2.6 * CHAR
        if not (flush and usable and rows):
            yield from _passage(rows)
            rows = []
        if usable:
            rows.append(row)
    yield from _passage(rows)


def _passage(rows: list[Row]) -> Iterator[Passage]:
    if rows:
        advances = [advance for row in rows if (advance := _advance(row)) is not None]
        yield Passage(tuple(rows), min(advances, default=_USUAL_ADVANCE))


def _advance(row: Row) -> float | None:
    gaps = [b.x - a.x for a, b in pairwise(row.glyphs) if is_hanzi(a.char) and is_hanzi(b.char)]
    return median(gaps) if len(gaps) > 3 else None


def _characters(case: Case) -> Iterator[Finding | None]:
    passages = list(_passages(case))
    adjusted = [passage for passage in passages if passage.is_adjusted and len(passage.rows) > 1]
    lines = [pair for passage in passages if not passage.is_adjusted for pair in pairwise(passage.rows)]
    closer = [pair for passage in adjusted for pair in pairwise(passage.rows)]
    if len(closer) > case.tolerance.adjusted * (len(lines) + len(closer)):
        # Not a few paragraphs that gave way: the whole paper is set so.
        lines, adjusted = lines + closer, []
    yield _line_lengths(case, lines)
    if adjusted:
        places = [
            within(
                passage.advance - _USUAL_ADVANCE,
                -_MOST_ADJUSTED,
                _MOST_ADJUSTED,
                passage.rows[0].page,
                f"{(passage.advance - _USUAL_ADVANCE) / POINT:+.2f} 磅",
            )
            for passage in adjusted
        ]
        wanted = "不超过 0.8 磅；署名排不下时可以调整"
        yield judged("7.3.5.5", "字距调整的段", wanted, places, 0.05, "字距调整不超过 0.8 磅")


def _line_lengths(case: Case, lines: list[tuple[Row, Row]]) -> Finding:
    wanted = f"{CHARS} 字"
    if not lines:
        return not_applicable("5.2.3", "每行字数", wanted, "没有排满的行")
    wrong = [row for row, following in lines if _could_take(row, following) or _width(row) > CHARS + 0.5]
    right = len(lines) - len(wrong)
    good = right >= case.tolerance.share * len(lines)
    worst = max(wrong, key=lambda row: abs(_width(row) - CHARS), default=None)
    return Finding(
        "5.2.3",
        "每行字数",
        wanted,
        f"{_width(worst):g} 字" if worst else wanted,
        Verdict.OK if good else Verdict.OFF,
        None,
        worst.page if worst else None,
        "" if good else "版心宽 156 mm 排 28 字：字号 3 号，字距紧缩 0.25 磅，不用“对齐到网格”的负字距",
        len(lines),
        right,
    )


def _width(row: Row) -> float:
    """字 of a line, the empty ones before its first included."""
    return round((row.left - LEFT) / CHAR * 2) / 2 + row.width


def _could_take(row: Row, following: Row) -> bool:
    """Whether what begins the next line would have had room on this one, by the rules of line breaking."""
    words = following.text
    unit = re.match(r"[0-9A-Za-z.,%‰\-]+|.", words)
    assert unit is not None
    length = unit.end()
    while length < len(words) and (words[length] in _NOT_FIRST or words[length - 1] in _NOT_LAST):
        length += 1
    taken = row.left - LEFT + _natural(row.text) + _apart(row)
    return taken + _natural(words[:length]) <= WIDTH - _ROOM


def _natural(words: str) -> float:
    """The width of characters that are set as usual, in mm."""
    closer = EM_3 - _USUAL_ADVANCE
    return sum((EM_3 if is_wide(char) else EM_3 / 2) - closer for char in words)


def _apart(row: Row) -> float:
    """What a program set between 汉字 and digits or Latin letters, in mm."""
    total = 0.0
    for a, b in pairwise(row.glyphs):
        if is_wide(a.char) != is_wide(b.char):
            gap = b.x - a.x - _natural(a.char)
            total += gap if gap > _SET_APART * EM_3 else 0.0
    return total
