"""Paper, 版心 and page numbers (GB/T 9704-2012, 5 and 7.5)."""

from collections.abc import Iterator

from hearth.engines.gongwen.checking.elements import PAGE_NUMBER
from hearth.engines.gongwen.checking.frame import (
    BOTTOM,
    CHAR,
    EM_4,
    LEFT,
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
    stated,
    within,
)
from hearth.engines.gongwen.checking.line_checks import continued, full_sheets, is_filled, plain_sheets, slots
from hearth.engines.gongwen.checking.report import Finding, Form
from hearth.engines.gongwen.checking.rows import Face, Row, is_hanzi


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about paper, 版心 and page numbers."""
    yield _paper(case)
    yield from _type_area(case)
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
    lines = list(continued(case))
    flush = [row for row, _ in lines if row.left < LEFT + 1.5 * CHAR]
    lefts = [at(row.left, LEFT, row.page) for row in flush]
    yield judged("5.2.1", "订口（版心左边缘）", "28 mm", lefts, tolerance, "把左边距设为 28 mm")
    # A program that cannot stretch a line by fractions leaves less than a tenth of a 字 free.
    low = RIGHT - CHAR / 10
    rights = [
        within(row.right, low, RIGHT, row.page) for row, _ in lines if row.width > 20 and is_filled(row)
    ]
    cure = "把右边距设为 26 mm，正文两端对齐"
    yield judged("5.2.1", "版心右边缘", f"{low:.2f}–{RIGHT:g} mm", rights, tolerance, cure)
    tops, bottoms = [], []
    for sheet in plain_sheets(case):
        rows = sheet.body
        if sheet.number > 1 or case.elements.form is Form.GENERAL:
            tops.append(at(case.anchor(rows[0]) - frame.first, TOP, sheet.number))
        if sheet in full_sheets(case) and slots(case, sheet) == frame.lines:
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
