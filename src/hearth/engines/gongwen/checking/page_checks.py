"""Paper, 版心, grid and page numbers (GB/T 9704-2012, 5 and 7.5)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hearth.engines.gongwen.checking.elements import PAGE_NUMBER, heading_level
from hearth.engines.gongwen.checking.frame import (
    BOTTOM,
    CHAR,
    CHARS,
    EM_4,
    LEFT,
    LINES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_4,
    TOP,
    Reading,
)
from hearth.engines.gongwen.checking.judging import (
    Case,
    Place,
    at,
    judged,
    missing,
    not_applicable,
    stated,
    within,
)
from hearth.engines.gongwen.checking.report import Finding, Form, Verdict
from hearth.engines.gongwen.checking.rows import Face, Row, is_hanzi, is_wide
from hearth.engines.gongwen.checking.sheets import Sheet

_NOT_FIRST = "，。、；：？！）》”’】〕」』％…—·"
_NOT_LAST = "（《“‘【〔「『"
_QUARTER = 0.25
"""Programs may set a quarter of a 字 between 汉字 and digits or Latin letters."""


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about paper, 版心, grid and page numbers."""
    yield _paper(case)
    yield from _type_area(case)
    yield _lines(case)
    yield _characters(case)
    yield from _page_numbers(case)


def _paper(case: Case) -> Finding | None:
    places = []
    for sheet in case.elements.sheets:
        short, long = sorted((sheet.width, sheet.height))
        off = max((short - PAGE_WIDTH, long - PAGE_HEIGHT), key=abs)
        places.append(Place(short, off, sheet.number, f"{short:.1f}×{long:.1f} mm"))
    cure = "把纸张设为 A4（210×297 mm）"
    return judged("5.1", "纸张", "210×297 mm", places, case.tolerance.place, cure)


def _type_area(case: Case) -> Iterator[Finding | None]:
    frame, tolerance = case.frame, case.tolerance.place
    lines = [(row, following) for row, following in _continued(case)]
    flush = [row for row, _ in lines if row.left < LEFT + 1.5 * CHAR]
    lefts = [at(row.left, LEFT, row.page) for row in flush]
    yield judged("5.2.1", "订口（版心左边缘）", "28 mm", lefts, tolerance, "把左边距设为 28 mm")
    # A program that cannot stretch a line by fractions leaves less than a tenth of a 字 free.
    low = RIGHT - CHAR / 10
    rights = [
        within(row.right, low, RIGHT, row.page) for row, _ in lines if row.width > 20 and _is_filled(row)
    ]
    cure = "把右边距设为 26 mm，正文两端对齐"
    yield judged("5.2.1", "版心右边缘", f"{low:.2f}–{RIGHT:g} mm", rights, tolerance, cure)
    tops, bottoms = [], []
    for sheet in _plain_sheets(case):
        rows = sheet.body
        if sheet.number > 1 or case.elements.form is Form.GENERAL:
            tops.append(at(case.anchor(rows[0]) - frame.first, TOP, sheet.number))
        if sheet in _full_sheets(case) and _slots(case, sheet) == LINES:
            bottoms.append(at(case.anchor(rows[-1]) + frame.last, BOTTOM, sheet.number))
    grid = frame.reading is Reading.GRID
    yield judged(
        "5.2.1",
        "天头（版心上边缘）",
        "37 mm" if grid else "37 mm，首行字的上沿",
        tops,
        tolerance,
        "把上边距设为 37 mm" if grid else "调整上边距，使首行字的上沿距纸边 37 mm",
    )
    cure = "行距设为固定值 28.95 磅，下边距 35 mm，使 22 行撑满版心"
    yield judged("5.2.1", "版心下边缘", "262 mm", bottoms, tolerance, cure)
    yield _pitch(case)


def _pitch(case: Case) -> Finding | None:
    """How far rows are from the grid that begins with the first row of their page."""
    wanted = case.frame.pitch
    places = []
    for sheet in _plain_sheets(case):
        rows = [row for row in case.elements.text if row.page == sheet.number]
        for upper, lower in pairwise(rows):
            lines = max(1, round(case.lines_between(upper, lower)))
            gap = (lower.y - upper.y) / lines
            places.append(at(gap, wanted, sheet.number))
    cure = f"把行距设为固定值 {wanted / 25.4 * 72:.2f} 磅左右（每面 22 行）"
    return judged("5.2.3", "行距", f"{wanted:.2f} mm", places, case.tolerance.pitch, cure)


def _plain_sheets(case: Case) -> list[Sheet]:
    """Upright pages with text and no table on them."""
    with_text = {row.page for row in case.elements.text}
    tables = case.elements.tables
    return [
        sheet
        for sheet in case.elements.sheets
        if sheet.upright and sheet.number in with_text and sheet.number not in tables and sheet.body
    ]


def _full_sheets(case: Case) -> list[Sheet]:
    """Pages that the text fills: it goes on overleaf, and not with something that begins a page of its own."""
    sheets = case.elements.sheets
    text = case.elements.text
    found = []
    for sheet in _plain_sheets(case):
        overleaf = next((row for row in text if row.page == sheet.number + 1), None)
        headed = sheet.number == 1 and case.elements.form is not Form.GENERAL
        if overleaf is None or headed or overleaf is not sheets[sheet.number].body[0]:
            continue
        found.append(sheet)
    return found


def _slots(case: Case, sheet: Sheet) -> int:
    """Lines of a page from its first row to its last, blank ones included."""
    return 1 + round(case.lines_between(sheet.body[0], sheet.body[-1]))


def _lines(case: Case) -> Finding:
    wanted = f"{LINES} 行"
    counts = []
    for sheet in _full_sheets(case):
        overleaf = next(row for row in case.elements.text if row.page == sheet.number + 1)
        lines = _slots(case, sheet)
        kept_with_next = heading_level(overleaf) and LINES - 2 <= lines < LINES
        if not kept_with_next:
            counts.append((lines, sheet.number))
    if not counts:
        return not_applicable("5.2.3", "每面行数", wanted, "没有排满的页")
    worst, page = max(counts, key=lambda count: abs(count[0] - LINES))
    right = sum(lines == LINES for lines, _ in counts)
    good = right == len(counts)
    return Finding(
        "5.2.3",
        "每面行数",
        wanted,
        f"{worst} 行",
        Verdict.OK if good else Verdict.OFF,
        None,
        page,
        "" if good else "把行距设为固定值 28.95 磅，上下边距 37、35 mm",
        len(counts),
        right,
    )


def _continued(case: Case) -> Iterator[tuple[Row, Row]]:
    """Rows of the text whose paragraph goes on in the next row, with that row."""
    size = case.elements.body_size
    for row, following in pairwise(case.elements.text):
        goes_on = abs(following.left - LEFT) < 0.4 * CHAR
        begins = row.left < LEFT + 2.6 * CHAR
        same = abs(row.size - size) < 0.3 and abs(following.size - size) < 0.3
        if goes_on and begins and same and len(row.segments) == 1:
            yield row, following


def _characters(case: Case) -> Finding:
    wanted = f"{CHARS} 字"
    lines = list(_continued(case))
    if not lines:
        return not_applicable("5.2.3", "每行字数", wanted, "没有排满的行")
    widths = [(_width(row), row, _could_take(row, following)) for row, following in lines]
    wrong = [(width, row) for width, row, free in widths if free or width > CHARS + 0.5]
    right = len(lines) - len(wrong)
    good = right >= case.tolerance.share * len(lines)
    worst = max(wrong, key=lambda one: abs(one[0] - CHARS), default=(float(CHARS), lines[0][0]))
    return Finding(
        "5.2.3",
        "每行字数",
        wanted,
        f"{worst[0]:g} 字" if wrong else wanted,
        Verdict.OK if good else Verdict.OFF,
        None,
        worst[1].page if wrong else None,
        "" if good else "版心宽 156 mm 排 28 字：字号 3 号，字距紧缩 0.25 磅，不用“对齐到网格”的负字距",
        len(lines),
        right,
    )


def _is_filled(row: Row) -> bool:
    """Whether a line has 28 字 and ends with a wide one."""
    return is_wide(row.text[-1]) and _width(row) == CHARS


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
    needed = sum(1.0 if is_wide(char) else 0.5 for char in words[:length])
    quarters = sum(is_wide(a) != is_wide(b) for a, b in pairwise(row.text + words[0]))
    return _width(row) + _QUARTER * quarters + needed <= CHARS + 0.05


def _page_numbers(case: Case) -> Iterator[Finding | None]:
    upright = [sheet for sheet in case.elements.sheets if sheet.upright]
    numbers = [(row, sheet) for sheet in upright for row in sheet.foot if PAGE_NUMBER.match(row.text)]
    letter = case.elements.form is Form.LETTER
    if letter:
        first = [row for row, sheet in numbers if sheet.number == 1]
        cure = "信函格式首页不显示页码"
        found = "显示了页码" if first else "没有页码"
        yield stated("10.1", "首页页码", "不显示", found, good=not first, page=1, cure=cure)
        numbers = [(row, sheet) for row, sheet in numbers if sheet.number > 1]
    if not numbers:
        if len(upright) > (1 if letter else 0):
            cure = "在页脚编 4 号半角宋体阿拉伯数字页码，数字左右各放一条一字线"
            yield missing("7.5", "页码", "每面有页码", cure)
        return
    yield from _number_places(case, [row for row, _ in numbers])


def _number_places(case: Case, rows: list[Row]) -> Iterator[Finding | None]:
    tolerance = case.tolerance.place
    dashed = [row for row in rows if not row.text[0].isdigit() and row.first_ink is not None]
    odd = [row for row in rows if row.page % 2]
    even = [row for row in rows if row.page % 2 == 0]
    tops = [at(row.first_ink.top - BOTTOM, 7.0, row.page) for row in dashed if row.first_ink]
    cure = "移动页脚，使一字线上沿在版心下边缘以下 7 mm"
    yield judged("7.5", "一字线到版心下边缘", "7 mm", tops, tolerance, cure)
    places = [at(RIGHT - row.right, EM_4, row.page) for row in odd]
    cure = "单页码居右，右空一字（4 号）"
    yield judged("7.5", "单页码右空", "1 字（4.94 mm）", places, tolerance, cure)
    places = [at(row.left - LEFT, EM_4, row.page) for row in even]
    cure = "双页码居左，左空一字（4 号）；页脚要分奇偶页"
    yield judged("7.5", "双页码左空", "1 字（4.94 mm）", places, tolerance, cure)
    good = [
        row for row in rows if abs(row.size - SIZE_4) < 0.3 and _digit_face(row) in (Face.SONG, Face.OTHER)
    ]
    worst = next((row for row in rows if row not in good), rows[0])
    found = f"{worst.size:g} 磅{_digit_face(worst)}"
    cure = "页码用 4 号（14 磅）半角宋体数字"
    fine = len(good) == len(rows) and len(dashed) == len(rows)
    if len(dashed) < len(rows):
        found, cure = f"{found}，没有一字线", f"{cure}，左右各放一条一字线"
    yield stated("7.5", "页码字体字号", "4 号宋体，有一字线", found, good=fine, page=worst.page, cure=cure)


def _digit_face(row: Row) -> Face:
    digits = tuple(glyph for glyph in row.glyphs if glyph.char.isdigit())
    return Row(row.page, digits).face if not any(map(is_hanzi, row.text)) else row.face
