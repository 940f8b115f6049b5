"""附件说明, signature, date, 附注, attachments and 版记 (GB/T 9704-2012, 7.3.4 to 7.4)."""

import re
from collections.abc import Iterator

from hearth.engines.gongwen.checking.elements import ATTENDANCE, CHINESE_DATE, Elements
from hearth.engines.gongwen.checking.frame import BOTTOM, CHAR, EM_4, LEFT, RIGHT, SIZE_3, SIZE_4, TOP, WIDTH
from hearth.engines.gongwen.checking.judging import (
    Case,
    Place,
    at,
    blank_lines,
    judged,
    missing,
    not_applicable,
    stated,
    within,
)
from hearth.engines.gongwen.checking.report import Finding, Form
from hearth.engines.gongwen.checking.rows import Face, Row

_FULL_DATE = re.compile(r"^[12]\d{3}年[1-9]\d?月[1-9]\d?日$")
_THICK, _THIN = 0.35, 0.25
_RULE_TOLERANCE = 0.1


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about everything after the text."""
    yield from _annexes(case)
    yield from _signature(case)
    yield _signature_page(case)
    yield from _note(case)
    yield from _attachments(case)
    yield from _colophon(case)


def _annexes(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    if not found.annexes:
        yield not_applicable("7.3.4", "附件说明", "正文下空一行", "没有附件说明")
        return
    first = found.annexes[0]
    tolerance = case.tolerance
    places = [at(first.left - case.left, 2 * CHAR, first.page)]
    yield judged("7.3.4", "附件说明左空", "2 字（11.14 mm）", places, tolerance.place, "附件说明左空二字")
    above = [row for row in found.text if row.page == first.page and row.y < first.y]
    if above:
        cure = "附件说明在正文下空一行"
        yield blank_lines(case, "7.3.4", "正文到附件说明", above[-1], first, 1, cure)
    ends = [row for row in found.annexes if row.text.endswith(("。", "；", "，"))]
    said = f"有标点（{ends[0].text[-6:]}）" if ends else "没有标点"
    cure = "附件名称后不加标点"
    yield stated("7.3.4", "附件名称后标点", "没有", said, good=not ends, page=first.page, cure=cure)


def _signature(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    date = found.date
    if date is None:
        if found.form in (Form.DOCUMENT, Form.LETTER):
            yield missing("7.3.5.4", "成文日期", "署名之下", "在署名之下写成文日期，如 2020年6月20日")
        else:
            yield not_applicable("7.3.5", "署名和成文日期", "居右", "没有成文日期")
        return
    day = date.segments[-1]
    good = _FULL_DATE.match(day.text) is not None
    cure = "用阿拉伯数字将年、月、日标全，不编虚位"
    if CHINESE_DATE.match(day.text):
        cure = "成文日期改用阿拉伯数字，如 2020年6月20日"
    yield stated(
        "7.3.5.4", "成文日期写法", "阿拉伯数字，不编虚位", day.text, good=good, page=date.page, cure=cure
    )
    if found.signature:
        yield from _signature_places(case, day)
        yield _above_signature(case)
        return
    gap = case.right - day.right
    places = [at(gap, 4 * CHAR, date.page, f"{gap / CHAR:.2f} 字")]
    cure = "没有署名时，成文日期右空四字"
    yield judged("7.3.5", "成文日期右空", "4 字（22.29 mm）", places, case.tolerance.place, cure)


def _signature_places(case: Case, day: Row) -> Iterator[Finding | None]:
    """Date and name measured by the reading they are nearest to: with a seal, or without."""
    names = case.elements.signature
    ways = (_sealed(names, day, case.right), _unsealed(names, day, case.right))
    nearest = min(ways, key=lambda way: max(abs(place.deviation) for _, _, place in way))
    cure = "不加盖印章：署名右空二字，日期首字比署名首字右移二字；加盖印章：日期右空四字，署名以日期为准居中"
    for name, wanted, place in nearest:
        yield judged("7.3.5", name, wanted, [place], case.tolerance.place, cure)


def _sealed(names: tuple[Row, ...], day: Row, right: float) -> list[tuple[str, str, Place]]:
    """7.3.5.1: the date 4 字 from the right, the last name centred over it."""
    last = names[-1].segments[-1]
    gap = right - day.right
    way = [
        ("成文日期右空（用印）", "4 字（22.29 mm）", at(gap, 4 * CHAR, day.page, f"{gap / CHAR:.2f} 字")),
        ("署名与日期同中线（用印）", "同一中线", at(last.middle, day.middle, day.page)),
    ]
    # A name so long that it would leave the 版心 goes to its right edge and the date under its middle.
    if last.width > day.width + 8 and abs(last.right - right) < 1:
        return way[1:]
    return way


def _unsealed(names: tuple[Row, ...], day: Row, right: float) -> list[tuple[str, str, Place]]:
    """7.3.5.2: names 2 字 from the right, the date's first 字 2 字 right of the name's; the nearer keeps 2 字."""
    longest = max(names, key=lambda row: row.right - row.left)
    nearest = max(longest.right, day.right)
    gap = right - nearest
    shift = day.left - longest.left
    return [
        ("署名和日期右空", "2 字（11.14 mm）", at(gap, 2 * CHAR, day.page, f"{gap / CHAR:.2f} 字")),
        (
            "日期首字比署名首字右移",
            "2 字（11.14 mm）",
            at(shift, 2 * CHAR, day.page, f"{shift / CHAR:.2f} 字"),
        ),
    ]


def _above_signature(case: Case) -> Finding | None:
    """One blank line above the signature at least; seals need more."""
    found = case.elements
    first = found.signature[0]
    above = [row for row in (*found.text, *found.annexes) if row.page == first.page and row.y < first.y]
    if not above:
        return None
    upper = max(above, key=lambda row: row.y)
    gap = first.y - upper.y
    pitch = case.frame.pitch
    places = [within(gap, 2 * pitch, 5 * pitch, first.page, f"{gap / pitch - 1:.2f} 行")]
    cure = "署名在正文（或附件说明）下空一行；用印时留出印章的位置"
    return judged("7.3.5", "正文到署名", "空 1 行以上", places, case.tolerance.line, cure)


def _signature_page(case: Case) -> Finding | None:
    """The page of the date holds text as well (7.3.5.5); the lists of minutes are none, unless they go on from before."""
    found = case.elements
    if found.date is None:
        return None
    page = found.date.page
    lists = _lists(case)
    text = [row for row in (*found.text, *found.annexes) if row not in lists]
    with_text = (
        page == 1
        or page in found.tables
        or any(row.page == page for row in text)
        or any(row.page < page for row in lists)
    )
    alone = "只有署名、日期和出席名单" if any(row.page == page for row in lists) else "只有署名和日期"
    said = "有正文" if with_text else alone
    cure = "调整行距、字距，使署名所在的一面至少有两行正文；不写“此页无正文”"
    return stated("7.3.5.5", "署名所在面", "有正文", said, good=with_text, page=page, cure=cure)


def _lists(case: Case) -> list[Row]:
    """出席, 请假 and 列席 at the end of the text; their further lines begin five 字 in."""
    found: list[Row] = []
    waiting: list[Row] = []
    for row in reversed(case.elements.text):
        waiting.append(row)
        if ATTENDANCE.match(row.text):
            found += waiting
            waiting = []
        elif row.left < case.left + 4.5 * CHAR:
            break
    return found


def _note(case: Case) -> Iterator[Finding | None]:
    note = case.elements.note
    if note is None:
        return
    places = [at(note.left - case.left, 2 * CHAR, note.page)]
    cure = "附注左空二字，加圆括号，编排在成文日期下一行"
    yield judged("7.3.6", "附注左空", "2 字（11.14 mm）", places, case.tolerance.place, cure)
    if case.elements.date is not None and case.elements.date.page == note.page:
        yield blank_lines(case, "7.3.6", "成文日期到附注", case.elements.date, note, 0, cure)


def _attachments(case: Case) -> Iterator[Finding | None]:
    labels = case.elements.labels
    if not labels:
        return
    tolerance = case.tolerance
    places = [at(row.left, case.left, row.page) for row in labels]
    cure = "“附件”二字及顺序号顶格编排在版心左上角第一行"
    yield judged("7.3.7", "附件顺序号顶格", "版心左边缘", places, tolerance.place, cure)
    upright = [row for row in labels if case.elements.sheets[row.page - 1].upright]
    places = [at(case.anchor(row) - case.frame.first, TOP, row.page) for row in upright]
    yield judged("7.3.7", "附件顺序号在第一行", "第 1 行", places, tolerance.line, cure)
    wrong = [row for row in labels if row.face is not Face.HEI or abs(row.size - SIZE_3) > 0.3]
    worst = (wrong or list(labels))[0]
    said = f"{worst.size:g} 磅{worst.face}"
    cure = "“附件”二字及顺序号用 3 号黑体"
    yield stated("7.3.7", "附件顺序号字体", "3 号黑体", said, good=not wrong, page=worst.page, cure=cure)
    titles = [(row, _below(case, row)) for row in labels]
    places = [
        at(title.y - row.y, 2 * case.frame.pitch, row.page) for row, title in titles if title is not None
    ]
    cure = "附件标题居中编排在版心第三行"
    yield judged("7.3.7", "附件标题在第三行", "第 3 行", places, tolerance.line, cure)


def _below(case: Case, label: Row) -> Row | None:
    rows = case.elements.sheets[label.page - 1].body
    return next((row for row in rows if row.y > label.y + 1), None)


def _colophon(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    if not found.colophon:
        yield not_applicable("7.4", "版记", "最后一面的最下方", "没有版记")
        return
    last = found.colophon[0].page == found.sheets[-1].number
    said = f"第 {found.colophon[0].page} 面"
    yield stated(
        "7.4", "版记所在面", "最后一面", said, good=last, page=found.colophon[0].page, cure="版记置于最后一面"
    )
    if found.form is Form.LETTER:
        good = not found.colophon_rules
        said = "没有" if good else "有"
        cure = "信函格式版记不加分隔线"
        yield stated(
            "10.1", "版记分隔线", "不加分隔线", said, good=good, page=found.colophon[0].page, cure=cure
        )
    else:
        yield from _colophon_rules(case)
    yield from _colophon_rows(case)


def _colophon_rules(case: Case) -> Iterator[Finding | None]:
    rules = case.elements.colophon_rules
    if len(rules) < 2:
        yield missing("7.4.1", "版记分隔线", "首末条 0.35 mm，中间 0.25 mm", "版记加分隔线，与版心等宽")
        return
    tolerance = case.tolerance.place
    page = rules[0].page
    cure = "移动版记，使末条分隔线与版心下边缘重合"
    places = [at(rules[-1].bottom, BOTTOM, page)]
    yield judged("7.4.1", "末条分隔线", "262 mm（版心下边缘）", places, tolerance, cure)
    places = [at(rule.width, WIDTH, page) for rule in rules]
    yield judged("7.4.1", "版记分隔线长度", "156 mm", places, tolerance, "版记分隔线与版心等宽")
    outer, inner = (rules[0], rules[-1]), rules[1:-1]
    places = [at(rule.thickness, _THICK, page) for rule in outer]
    cure = "首条和末条分隔线用粗线，推荐 0.35 mm"
    yield judged("7.4.1", "首末条分隔线粗细", "0.35 mm", places, _RULE_TOLERANCE, cure)
    places = [at(rule.thickness, _THIN, page) for rule in inner]
    cure = "中间的分隔线用细线，推荐 0.25 mm"
    yield judged("7.4.1", "中间分隔线粗细", "0.25 mm", places, _RULE_TOLERANCE, cure)


def _colophon_rows(case: Case) -> Iterator[Finding | None]:
    rows = case.elements.colophon
    page = rows[0].page
    tolerance = case.tolerance.place
    wrong = [row for row in rows if row.face is not Face.FANG or abs(row.size - SIZE_4) > 0.3]
    worst = (wrong or list(rows))[0]
    said = f"{worst.size:g} 磅{worst.face}"
    yield stated(
        "7.4.2-3", "版记字体字号", "4 号仿宋", said, good=not wrong, page=page, cure="版记用 4 号仿宋体"
    )
    starts = [row for row in rows if row.left < LEFT + 2.5 * EM_4]
    places = [at(row.left - LEFT, EM_4, page) for row in starts]
    cure = "抄送机关、印发机关左空一字，印发日期右空一字"
    yield judged("7.4.2-3", "版记左空", "1 字（4.94 mm）", places, tolerance, cure)
    places = [at(RIGHT - row.right, EM_4, page) for row in rows if row.text.endswith("印发")]
    yield judged("7.4.2-3", "印发日期右空", "1 字（4.94 mm）", places, tolerance, cure)
    yield from _copies(case.elements)


def _copies(found: Elements) -> Iterator[Finding | None]:
    rows = [row for row in found.colophon if not row.text.endswith("印发")]
    if rows and rows[0].text.startswith("抄送"):
        good = rows[-1].text.endswith("。")
        said = rows[-1].text[-1]
        cure = "最后一个抄送机关名称后标句号"
        yield stated("7.4.2", "抄送句号", "句号", said, good=good, page=rows[-1].page, cure=cure)
