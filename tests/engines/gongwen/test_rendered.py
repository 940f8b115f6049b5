"""Papers as LibreOffice prints them, measured: those that Hearth writes, and what others send in."""

import io
from collections.abc import Sequence

import docx
import pytest
from bench.gongwen.layout_contents import KINDS, sources
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from hearth.engines import gongwen
from hearth.engines.gongwen import checking
from hearth.engines.gongwen.checking import Expected, Form, Reading, Report, Verdict
from hearth.engines.gongwen.profile import INK
from hearth.lib import office, typefaces
from hearth.lib.arrivals import Arrival

FORMS = (Form.DOCUMENT, Form.DOCUMENT, Form.DOCUMENT, Form.LETTER, Form.MINUTES, Form.GENERAL)
TEXT = "各级科协组织要把服务科技工作者作为首要任务，结合实际认真抓好落实，确保活动取得实效。"


def papers() -> list[gongwen.Paper]:
    return [gongwen.parse(next(sources(kind, 1, 3))) for kind in KINDS]


def foreign() -> bytes:
    """A notice as an office writes it that follows its own habits."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Cm(2.54), Cm(2.54)
    section.left_margin = section.right_margin = Cm(3.17)
    _line(document, "青岚市科学技术协会文件", "方正小标宋简体", 36, red=True, centred=True)
    _line(document, "青科协[2024]第008号", "仿宋_GB2312", 16, centred=True)
    _line(document, "关于开展科普活动的通知", "黑体", 22, centred=True)
    _line(document, "各县区科协：", "仿宋_GB2312", 16)
    _line(document, "一、总体要求", "仿宋_GB2312", 16, bold=True, indent=32)
    for _ in range(12):
        _line(document, TEXT * 2, "宋体", 15, indent=30)
    _line(document, "二〇二四年三月八日", "仿宋_GB2312", 16, right=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    document: "docx.document.Document",
    words: str,
    font: str,
    size: float,
    *,
    red: bool = False,
    bold: bool = False,
    centred: bool = False,
    right: bool = False,
    indent: float = 0,
) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after, form.first_line_indent = (
        Pt(28 if size < 30 else 50),
        Pt(0),
        Pt(indent),
    )
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(255, 0, 0)


@pytest.fixture(scope="module")
def printed() -> Sequence[bytes]:
    """The six kinds, the last one in the other reading of the margins, and the foreign notice: one run for all."""
    typefaces.ensure()
    written = [gongwen.write(paper) for paper in papers()]
    written += [gongwen.write(papers()[-1], profile=INK), foreign()]
    return office.ensure().to_pdf([Arrival("x.docx", content) for content in written])


@pytest.mark.parametrize("at", range(len(KINDS)), ids=KINDS)
def test_every_place_of_a_paper_is_where_the_standard_wants_it(printed: Sequence[bytes], at: int) -> None:
    report = checking.check(printed[at], expected=Expected.of(papers()[at]))
    assert report.form is FORMS[at]
    assert [(one.what, one.wanted, one.found) for one in report.departures] == []


def test_each_kind_has_more_than_thirty_places_measured(printed: Sequence[bytes]) -> None:
    measured = [sum(one.places for one in checking.check(pdf).findings) for pdf in printed[: len(KINDS)]]
    assert min(measured) > 30, measured


def test_the_other_reading_has_its_own_pitch(printed: Sequence[bytes]) -> None:
    found = {
        reading: next(
            one.verdict
            for one in checking.check(
                printed[len(KINDS)], reading=reading, tolerance=checking.STRICT
            ).findings
            if one.what == "行距"
        )
        for reading in Reading
    }
    assert found == {Reading.GRID: Verdict.OFF, Reading.INK: Verdict.OK}


def test_a_part_that_the_model_has_and_the_page_has_not_is_missed(printed: Sequence[bytes]) -> None:
    other = Expected(
        form=Form.DOCUMENT, title="关于别的事的通知", number="云科协〔2020〕999号", copies="抄送：谁。"
    )
    report = checking.check(printed[0], expected=other)
    assert {"标题文字", "发文字号文字", "抄送文字"} <= {one.what for one in report.departures}


@pytest.fixture
def judged(printed: Sequence[bytes]) -> Report:
    return checking.check(printed[-1])


def test_a_notice_from_elsewhere_is_recognised(judged: Report) -> None:
    assert judged.form is Form.DOCUMENT
    found = {one.what: one.found for one in judged.findings}
    assert found["发文字号写法"] == "青科协[2024]第008号"
    assert found["成文日期写法"] == "二〇二四年三月八日"
    assert found["标题字体字号"] == "22 磅黑体"


@pytest.mark.parametrize(
    ("what", "cure"),
    [
        ("订口（版心左边缘）", "左边距设为 28 mm"),
        ("行距", "行距设为固定值"),
        ("每行字数", "156 mm 排 28 字"),
        ("发文机关标志上边缘", "35 mm"),
        ("发文字号写法", "六角括号〔〕"),
        ("红色分隔线", "与版心等宽"),
        ("标题字体字号", "小标宋"),
        ("正文字体字号", "3 号（16 磅）仿宋"),
        ("正文不加粗", "不加粗"),
        ("一级标题（一、）字体", "3 号黑体"),
        ("成文日期写法", "阿拉伯数字"),
        ("页码", "一字线"),
    ],
)
def test_what_departs_is_told_with_its_cure(judged: Report, what: str, cure: str) -> None:
    finding = next(one for one in judged.departures if one.what == what)
    assert cure in finding.cure


def test_what_is_right_in_it_is_said_to_be(judged: Report) -> None:
    right = {one.what for one in judged.findings if one.verdict is Verdict.OK}
    assert {"纸张", "发文机关标志字体", "主送机关冒号", "首页显示正文", "署名所在面"} <= right
