"""Title, recipients, text and its headings (GB/T 9704-2012, 5.2.2 and 7.3.1 to 7.3.3)."""

from collections.abc import Iterator, Sequence

from hearth.engines.gongwen.checking.frame import CHAR, SIZE_2, SIZE_3
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
from hearth.engines.gongwen.checking.rows import Face, Row, face, is_bold, is_hanzi

_HEADING_FACES = {1: Face.HEI, 2: Face.KAI, 3: Face.FANG, 4: Face.FANG}
_LEVELS = {1: "一级标题（一、）", 2: "二级标题（（一））", 3: "三级标题（1.）", 4: "四级标题（（1））"}
_SIZE = 0.3
_SHORTEST_TITLE_LINE = 2.0
_ODD_SHARE = 0.02
"""A rare character may come from another font."""


def check(case: Case) -> Iterator[Finding | None]:
    """The rows of the table about title, recipients and text."""
    yield from _title(case)
    yield from _recipients(case)
    yield from _text(case)
    yield from _headings(case)


def _title(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    title = found.title
    if not title:
        yield missing("7.3.1", "标题", "2 号小标宋，居中", "标题用 2 号小标宋体，居中，回行时词意完整")
        return
    good = all(row.face is Face.TITLE and abs(row.size - SIZE_2) < _SIZE for row in title)
    worst = next(
        (row for row in title if row.face is not Face.TITLE or abs(row.size - SIZE_2) >= _SIZE), title[0]
    )
    said = f"{worst.size:g} 磅{worst.face}"
    cure = "标题用 2 号（22 磅）小标宋体，不加粗"
    yield stated("7.3.1", "标题字体字号", "2 号小标宋", said, good=good, page=worst.page, cure=cure)
    places = [at(row.middle, case.middle, row.page) for row in title]
    yield judged("7.3.1", "标题居中", "版心中线", places, case.tolerance.place, "标题各行居中")
    yield _title_lines(title)
    yield _above_title(case, title[0])


def _title_lines(title: Sequence[Row]) -> Finding | None:
    """No line of a title holds a single 字: words stay whole and the lines are balanced."""
    if len(title) < 2:
        return None
    lonely = next((row for row in title if row.width < _SHORTEST_TITLE_LINE), None)
    said = f"有一行只有“{lonely.text}”" if lonely else "没有孤字"
    page = (lonely or title[0]).page
    cure = "标题回行要词意完整、排列对称，用换行把一个字的行并回去"
    return stated("7.3.1", "标题回行", "没有孤字", said, good=lonely is None, page=page, cure=cure)


def _above_title(case: Case, first: Row) -> Finding | None:
    """Two blank lines under the red line, or under the last part of the head."""
    found = case.elements
    low, high = 2 * case.frame.pitch, 2 * case.frame.pitch + case.frame.white
    wanted = f"空二行（{low:.1f}–{high:.1f} mm）"
    cure = "标题编排于红色分隔线下空二行位置"
    if found.form in (Form.DOCUMENT, Form.ORDER) and found.red_rules:
        places = [within(first.top - found.red_rules[0].bottom, low, high, 1)]
        return judged("7.3.1", "红线到标题", wanted, places, case.tolerance.line, cure)
    if found.form is Form.LETTER:
        above = [row for row in (found.number, found.copy_number, found.secrecy, found.urgency) if row]
        if above:
            upper = max(above, key=lambda row: row.y)
            gap = first.y - upper.y
            places = [at(gap, 3 * case.frame.pitch, 1, f"{gap / case.frame.pitch - 1:.2f} 行")]
            cure = "标题与其上最后一个要素相距二行"
            return judged("10.1", "标题之上空行", "2 行", places, case.tolerance.line, cure)
    return None


def _recipients(case: Case) -> Iterator[Finding | None]:
    found = case.elements
    rows = found.recipients
    if not rows:
        yield not_applicable("7.3.2", "主送机关", "标题下空一行，顶格", "没有找到主送机关")
        return
    places = [at(row.left, case.left, row.page) for row in rows]
    cure = "主送机关居左顶格，回行仍顶格"
    yield judged("7.3.2", "主送机关顶格", "版心左边缘", places, case.tolerance.place, cure)
    upper = (*found.title, *found.captions)[-1:]
    if upper and upper[0].page == rows[0].page:
        yield blank_lines(case, "7.3.2", "标题到主送机关", upper[0], rows[0], 1, "主送机关在标题下空一行")
    good = rows[-1].text.endswith("：")
    cure = "最后一个机关名称后标全角冒号"
    said = rows[-1].text[-1]
    yield stated("7.3.2", "主送机关冒号", "全角冒号", said, good=good, page=rows[-1].page, cure=cure)


def _text(case: Case) -> Iterator[Finding | None]:
    text = case.elements.text
    if not text:
        yield missing("7.3.3", "正文", "首页有正文", "公文首页必须显示正文")
        return
    shown = text[0].page == 1
    said = "有" if shown else "没有"
    yield stated(
        "7.3.3", "首页显示正文", "有", said, good=shown, page=1, cure="公文首页必须显示正文，缩短标题或版头"
    )
    yield _body_font(case)
    yield _bold(text)
    places = list(_indents(case))
    cure = "每个自然段左空二字（首行缩进 2 字符，不用空格）"
    yield judged("7.3.3", "段首左空", "2 字（11.14 mm）", places, case.tolerance.place, cure)


def _body_font(case: Case) -> Finding:
    text = case.elements.text
    plain = [row for row in text if case.elements.heading_level(row) not in (1, 2) and row.width >= 8]
    counted = plain or list(text)
    glyphs = [(row, glyph) for row in counted for glyph in row.glyphs if is_hanzi(glyph.char)]
    wrong = [
        (row, glyph)
        for row, glyph in glyphs
        if face(glyph.font) is not Face.FANG or abs(glyph.size - SIZE_3) >= _SIZE
    ]
    good = len(wrong) <= _ODD_SHARE * len(glyphs)
    row, glyph = wrong[0] if wrong and not good else (counted[0], counted[0].glyphs[0])
    said = "3 号仿宋" if good else f"{glyph.size:g} 磅{face(glyph.font)}（{row.text[:8]}…）"
    cure = "正文用 3 号（16 磅）仿宋体"
    return stated("5.2.2", "正文字体字号", "3 号仿宋", said, good=good, page=row.page, cure=cure)


def _bold(text: Sequence[Row]) -> Finding:
    bold = [row for row in text if any(is_bold(glyph) for glyph in row.glyphs)]
    said = f"加粗（{bold[0].text[:8]}…）" if bold else "不加粗"
    page = bold[0].page if bold else None
    return stated(
        "7.3.3", "正文不加粗", "不加粗", said, good=not bold, page=page, cure="层次用字体区分，不加粗"
    )


def _indents(case: Case) -> Iterator[Place]:
    """The first rows of paragraphs: those that begin neither at the edge nor far in."""
    for row in case.elements.text:
        into = row.left - case.left
        if 0.5 * CHAR < into < 3.5 * CHAR:
            yield at(into, 2 * CHAR, row.page, f"{into / CHAR:.2f} 字")


def _headings(case: Case) -> Iterator[Finding | None]:
    for level, wanted in _HEADING_FACES.items():
        rows = [row for at_level, row in case.elements.headings if at_level == level]
        name = f"{_LEVELS[level]}字体"
        if not rows:
            continue
        wrong = [row for row in rows if _begins_in(row) is not wanted or abs(row.size - SIZE_3) >= _SIZE]
        worst = wrong[0] if wrong else rows[0]
        said = f"{worst.size:g} 磅{_begins_in(worst)}" + (f"（{worst.text[:8]}…）" if wrong else "")
        cure = f"第 {level} 层用 3 号{wanted}，不加粗"
        yield stated("7.3.3", name, f"3 号{wanted}", said, good=not wrong, page=worst.page, cure=cure)


def _begins_in(row: Row) -> Face:
    """The face of the first 汉字 of a heading."""
    hanzi = [glyph for glyph in row.glyphs[:8] if is_hanzi(glyph.char)][:3]
    return Row(row.page, tuple(hanzi)).face if hanzi else row.face
