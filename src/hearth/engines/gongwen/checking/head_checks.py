"""The head of the first page: 份号 to the red line (GB/T 9704-2012, 7.2), and the heads of 信函, 命令, 纪要 (10)."""

import re
from collections.abc import Iterator

from hearth.engines.gongwen.checking.elements import NUMBER
from hearth.engines.gongwen.checking.frame import (
    CHAR,
    EM_3,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_3,
    TOP,
    WIDTH,
)
from hearth.engines.gongwen.checking.ink import Rule
from hearth.engines.gongwen.checking.judging import Case, at, judged, missing, not_applicable, stated, within
from hearth.engines.gongwen.checking.report import Finding, Form
from hearth.engines.gongwen.checking.rows import Face, Row

_MARK_TOPS = {
    Form.DOCUMENT: ("7.2.4", TOP + 35.0, "版心上边缘以下 35 mm"),
    Form.MINUTES: ("10.3", TOP + 35.0, "版心上边缘以下 35 mm"),
    Form.ORDER: ("10.2", TOP + 20.0, "版心上边缘以下 20 mm"),
    Form.LETTER: ("10.1", 30.0, "距纸的上边缘 30 mm"),
}
_INK_OF_MARK = 0.5
"""The ink of the first and the last 字 of a mark is not equally far from their edges."""

_LETTER_RULE = 170.0
_STRICT_NUMBER = re.compile(r"^[^〔〕\d]+〔[12]\d{3}〕[1-9]\d*号$")


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about the head; nothing for a paper without one."""
    form = case.elements.form
    if form is Form.GENERAL:
        return
    yield from _first_lines(case)
    yield from _mark(case)
    if form is Form.LETTER:
        yield from _letter(case)
    elif form is Form.DOCUMENT:
        yield from _number(case)
        yield from _signatories(case)
        yield from _red_line(case)
    elif form is Form.ORDER:
        yield from _below_mark(case)


def _first_lines(case: Case) -> Iterator[Finding | None]:
    """份号, 密级 and 紧急程度: flush left from the first line on, in this order, 黑体 but for the 份号."""
    found = case.elements
    parts = [("份号", found.copy_number), ("密级和保密期限", found.secrecy), ("紧急程度", found.urgency)]
    present = [(name, row) for name, row in parts if row is not None]
    if not present:
        yield not_applicable("7.2.1-3", "份号、密级、紧急程度", "版心左上角", "没有这几项")
        return
    for _, (name, row) in enumerate(present):
        cure = f"{name}顶格编排在版心左上角"
        yield judged("7.2.1-3", f"{name}左边缘", "28 mm", [at(row.left, LEFT, 1)], case.tolerance.place, cure)
        faces = (Face.FANG, Face.SONG, Face.HEI) if name == "份号" else (Face.HEI,)
        good = row.face in faces and abs(row.size - SIZE_3) < 0.3
        wanted = "3 号" if name == "份号" else "3 号黑体"
        said = f"{row.size:g} 磅{row.face}"
        yield stated("7.2.1-3", f"{name}字体字号", wanted, said, good=good, page=1, cure=f"{name}用{wanted}")
    ordered = [row.y for _, row in present]
    if found.form is not Form.LETTER:
        good = ordered == sorted(ordered) and abs(case.anchor(present[0][1]) - TOP - case.frame.first) < 3
        cure = "从版心第一行起，按份号、密级、紧急程度自上而下排列"
        yield stated(
            "7.2.1-3", "排列", "自第一行起依次排列", "是" if good else "不是", good=good, page=1, cure=cure
        )


def _mark(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    clause, wanted, words = _MARK_TOPS[found.form]
    red = found.sheets[0].red_above
    if red is None:
        yield missing(clause, "发文机关标志", words, "发文机关标志用红色小标宋体，上边缘放在" + words)
        return
    top = min((row.ink.top for row in found.mark if row.ink), default=red.top)
    said = f"{top - (0 if found.form is Form.LETTER else TOP):.2f} mm"
    cure = f"移动发文机关标志，使字的上边缘在{words}"
    yield judged(clause, "发文机关标志上边缘", words, [at(top, wanted, 1, said)], case.tolerance.place, cure)
    middle = (red.left + red.right) / 2
    # The rules of a letter are in the middle of the paper, so its mark may be too.
    low = PAGE_WIDTH / 2 if found.form is Form.LETTER else LEFT + WIDTH / 2
    places = [within(middle, low, LEFT + WIDTH / 2, 1)]
    line = "纸或版心的中线（105–106 mm）" if found.form is Form.LETTER else "版心中线（106 mm）"
    tolerance = max(case.tolerance.place, _INK_OF_MARK)
    yield judged(clause, "发文机关标志居中", line, places, tolerance, "发文机关标志居中排布")
    if found.mark:
        faces = {row.face for row in found.mark}
        good = faces == {Face.TITLE}
        said = "、".join(sorted(faces))
        yield stated(
            clause,
            "发文机关标志字体",
            "小标宋（推荐）",
            said,
            good=good,
            page=1,
            cure="推荐使用小标宋体，红色",
        )


def _number(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    number = found.number
    if number is None:
        yield missing("7.2.5", "发文字号", "标志下空二行", "编排发文字号，如：云科协〔2020〕21号")
        return
    yield _number_wording(number)
    yield from _below_mark(case)
    if found.signatories:
        places = [at(number.left - LEFT, CHAR, 1)]
        cure = "上行文的发文字号居左空一字"
        yield judged("7.2.5", "发文字号左空", "1 字（5.57 mm）", places, case.tolerance.place, cure)
    else:
        places = [at(number.middle, LEFT + WIDTH / 2, 1)]
        cure = "发文字号居中；上行文居左空一字，并标注签发人"
        yield judged("7.2.5", "发文字号居中", "版心中线（106 mm）", places, case.tolerance.place, cure)


def _number_wording(number: Row) -> Finding:
    good = _STRICT_NUMBER.match(number.text) is not None
    cure = "年份用全称，放在六角括号〔〕里；序号不加“第”，不编虚位"
    return stated("7.2.5", "发文字号写法", "代字〔年份〕序号号", number.text, good=good, page=1, cure=cure)


def _below_mark(case: Case) -> Iterator[Finding | None]:
    """Two blank lines from the mark to the number: their two heights, and white above and below at most."""
    found = case.elements
    red = found.sheets[0].red_above
    first = found.signatories[0] if found.signatories else found.number
    if red is None or first is None or found.number is None:
        return
    upper = min(first.y, found.number.y) - found.number.y + found.number.top
    clause = "7.2.5" if found.form is Form.DOCUMENT else "10.2"
    cure = "发文字号编排在标志下空二行位置"
    low, high = 2 * case.frame.pitch, 2 * case.frame.pitch + case.frame.white
    places = [within(upper - red.bottom, low, high, 1)]
    wanted = f"空二行（{low:.1f}–{high:.1f} mm）"
    yield judged(clause, "标志到发文字号", wanted, places, case.tolerance.line, cure)


def _signatories(case: Case) -> Iterator[Finding | None]:
    rows = case.elements.signatories
    number = case.elements.number
    names = [part for row in rows for part in _without_label(row)]
    if not names or number is None:
        yield not_applicable("7.2.6", "签发人", "上行文标注", "没有签发人")
        return
    tolerance = case.tolerance.place
    # Names stand in columns: a short one at the right leaves what it lacks of the longest.
    last = max(names, key=lambda row: row.right)
    slack = (max(row.width for row in names) - last.width) * EM_3 if len(names) > 1 else 0.0
    places = [within(RIGHT - last.right, CHAR, CHAR + slack, 1)]
    yield judged("7.2.6", "签发人右空", "1 字（5.57 mm）", places, tolerance, "签发人居右空一字")
    cure = "发文字号与最后一个签发人姓名处在同一行"
    yield judged("7.2.6", "签发人与发文字号同行", "同一行", [at(rows[-1].y, number.y, 1)], tolerance, cure)
    label = Row(1, rows[0].glyphs[:3]).face
    name = names[-1].face
    good = label is Face.FANG and name is Face.KAI
    cure = "“签发人”三字用 3 号仿宋，姓名用 3 号楷体"
    yield stated(
        "7.2.6", "签发人字体", "仿宋，姓名楷体", f"{label}，姓名{name}", good=good, page=1, cure=cure
    )


def _without_label(row: Row) -> Iterator[Row]:
    """The name of 签发人 without these words."""
    label = re.match(r"^签发人[：:]", row.text)
    glyphs = row.glyphs[label.end() :] if label else row.glyphs
    if glyphs:
        yield Row(row.page, glyphs)


def _red_line(case: Case) -> Iterator[Finding | None]:
    rules = case.elements.red_rules
    number = case.elements.number
    if not rules:
        yield missing("7.2.7", "红色分隔线", "发文字号之下 4 mm", "画一条与版心等宽的红色分隔线")
        return
    line = rules[0]
    tolerance = case.tolerance.place
    if number is not None and number.ink is not None:
        places = [at(line.top - number.ink.bottom, 4.0, 1)]
        cure = "移动红线，使它在发文字号之下 4 mm"
        yield judged("7.2.7", "发文字号到红线", "4 mm", places, tolerance, cure)
    yield from _width(case, "7.2.7", "红线", [line], WIDTH)


def _width(case: Case, clause: str, what: str, rules: list[Rule], width: float) -> Iterator[Finding | None]:
    middle = PAGE_WIDTH / 2 if width > WIDTH else LEFT + WIDTH / 2
    places = [at(rule.width, width, rule.page) for rule in rules]
    cure = f"{what}长 {width:g} mm，居中"
    tolerance = case.tolerance.place
    yield judged(clause, f"{what}长度", f"{width:g} mm", places, tolerance, cure)
    places = [at((rule.left + rule.right) / 2, middle, rule.page) for rule in rules]
    yield judged(clause, f"{what}居中", f"中点在 {middle:g} mm", places, tolerance, cure)


def _letter(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    rules = found.red_rules
    middle = PAGE_HEIGHT / 2
    upper = [rule for rule in rules if rule.y < middle]
    lower = [rule for rule in rules if rule.y > middle]
    red = found.sheets[0].red_above
    tolerance = case.tolerance.place
    if len(upper) < 2:
        yield missing(
            "10.1", "上双线", "标志下 4 mm，上粗下细", "在标志下 4 mm 画红色双线，上粗下细，长 170 mm"
        )
    else:
        if red is not None:
            bottom = max((row.ink.bottom for row in found.mark if row.ink), default=red.bottom)
            cure = "移动上双线，使它在标志之下 4 mm"
            yield judged("10.1", "标志到上双线", "4 mm", [at(upper[0].top - bottom, 4.0, 1)], tolerance, cure)
        yield _thicker(upper[0], upper[1], "上双线", "上粗下细")
        yield from _letter_number(case, upper[1])
    if len(lower) < 2:
        yield missing(
            "10.1",
            "下双线",
            "距纸的下边缘 20 mm，上细下粗",
            "在距下页边 20 mm 处画红色双线，上细下粗，长 170 mm",
        )
    else:
        places = [at(PAGE_HEIGHT - lower[-1].bottom, 20.0, 1)]
        cure = "移动下双线，使它距纸的下边缘 20 mm"
        yield judged("10.1", "下双线到纸的下边缘", "20 mm", places, tolerance, cure)
        yield _thicker(lower[-1], lower[-2], "下双线", "上细下粗")
    if rules:
        yield from _width(case, "10.1", "双线", list(rules), _LETTER_RULE)


def _thicker(thick: Rule, thin: Rule, what: str, wanted: str) -> Finding:
    good = thick.thickness > 1.3 * thin.thickness
    said = f"粗 {thick.thickness:.2f} mm，细 {thin.thickness:.2f} mm"
    return stated("10.1", f"{what}粗细", wanted, said, good=good, page=1, cure=f"{what}{wanted}")


def _letter_number(case: Case, rule: Rule) -> Iterator[Finding | None]:
    """Flush right, 7/8 of a 字 of size 3 below the double line."""
    number = case.elements.number
    if number is None:
        yield missing("10.1", "发文字号", "双线之下，顶格居版心右边缘", "编排发文字号，顶格居版心右边缘")
        return
    yield _number_wording(number)
    tolerance = case.tolerance.place
    places = [at(number.right, RIGHT, 1)]
    yield judged("10.1", "发文字号右边缘", "184 mm", places, tolerance, "发文字号顶格居版心右边缘")
    if NUMBER.match(number.text):
        wanted = EM_3 * 7 / 8
        places = [at(number.top - rule.bottom, wanted, 1)]
        cure = "发文字号与双线的距离为 3 号汉字高度的 7/8"
        yield judged("10.1", "双线到发文字号", f"{wanted:.2f} mm", places, tolerance, cure)
