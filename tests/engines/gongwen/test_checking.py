"""The layout checker on pages whose every place is known."""

from dataclasses import replace

import pytest

from hearth.engines.gongwen import checking
from hearth.engines.gongwen.checking import STRICT, Finding, Form, Reading, Report, Verdict
from hearth.lib.pages import BadPdf
from tests.engines.gongwen.drawing import FANG, KAI, SONG, Canvas, pdf
from tests.engines.gongwen.drawn_papers import CHAR, Letter, Notice

NOTICE, LETTER = Notice(), Letter()


def departing(report: Report) -> set[str]:
    return {finding.what for finding in report.departures}


def named(report: Report, what: str) -> Finding:
    return next(finding for finding in report.findings if finding.what == what)


def test_a_notice_drawn_to_the_standard_departs_nowhere() -> None:
    report = checking.check(NOTICE.pdf(), tolerance=STRICT)
    assert (report.form, report.pages, departing(report)) == (Form.DOCUMENT, 3, set())


def test_a_letter_drawn_to_the_standard_departs_nowhere() -> None:
    report = checking.check(LETTER.pdf())
    assert (report.form, departing(report)) == (Form.LETTER, set())


@pytest.mark.parametrize(
    ("changed", "what", "deviation"),
    [
        (replace(NOTICE, left=30.0, line_left=28.0), "订口（版心左边缘）", 2.0),
        (replace(NOTICE, top=40.0, rule=262.0), "天头（版心上边缘）", 3.0),
        (replace(NOTICE, pitch=9.88), "行距", 9.88 - 225 / 22),
        (replace(NOTICE, mark_top=75.0), "发文机关标志上边缘", 3.0),
        (replace(NOTICE, line_left=30.5), "红线居中", 2.5),
        (replace(NOTICE, indent=1 * CHAR), "段首左空", -CHAR),
        (replace(NOTICE, rule=258.0), "末条分隔线", -4.0),
        (replace(NOTICE, thick=1.0), "首末条分隔线粗细", 0.65),
        (replace(NOTICE, page_number=275.0), "一字线到版心下边缘", 6.0),
        (replace(NOTICE, odd_right=184.0), "单页码右空", -4.94),
        (replace(NOTICE, date_right=184.0), "署名和日期右空", -2 * CHAR),
        (replace(LETTER, mark_top=33.0), "发文机关标志上边缘", 3.0),
        (replace(LETTER, foot=25.0), "下双线到纸的下边缘", 5.0),
        (replace(LETTER, width=160.0), "双线长度", -10.0),
        (replace(LETTER, number_right=180.0), "发文字号右边缘", -4.0),
    ],
)
def test_what_is_moved_is_off_by_as_much(changed: Notice | Letter, what: str, deviation: float) -> None:
    found = named(checking.check(changed.pdf()), what)
    assert found.verdict is Verdict.OFF
    assert found.deviation == pytest.approx(deviation, abs=0.1)
    assert found.cure


@pytest.mark.parametrize(
    ("changed", "what", "found"),
    [
        (replace(NOTICE, body=KAI), "正文字体字号", "16 磅楷体（科技工作者是推动…）"),
        (replace(NOTICE, size=15.0), "正文字体字号", "15 磅仿宋（科技工作者是推动…）"),
        (replace(NOTICE, body="FangSong_GB2312,Bold"), "正文不加粗", "加粗（科技工作者是推动…）"),
        (replace(NOTICE, heading=FANG), "一级标题（一、）字体", "16 磅仿宋（一、总体要求…）"),
        (replace(NOTICE, title_font=SONG), "标题字体字号", "22 磅宋体"),
        (replace(NOTICE, title_size=18.0), "标题字体字号", "18 磅小标宋"),
        (replace(NOTICE, title="关于开展云州市科普活动的通", title_more="知"), "标题回行", "有一行只有“知”"),
        (replace(NOTICE, number="云科协[2020]第021号"), "发文字号写法", "云科协[2020]第021号"),
        (replace(NOTICE, date="二〇二〇年六月二十日"), "成文日期写法", "二〇二〇年六月二十日"),
        (replace(NOTICE, date="2020年06月20日"), "成文日期写法", "2020年06月20日"),
        (replace(NOTICE, text_on_last=False), "署名所在面", "只有署名和日期"),
        (
            replace(NOTICE, text_on_last=False, list_on_last="出席：方敬之、何远山"),
            "署名所在面",
            "只有署名、日期和出席名单",
        ),
        (replace(NOTICE, lines=18), "每面行数", "18 行"),
        (replace(NOTICE, chars=26), "每行字数", "26 字"),
        (replace(LETTER, page_number=True), "首页页码", "显示了页码"),
    ],
)
def test_what_is_otherwise_is_said_as_found(changed: Notice | Letter, what: str, found: str) -> None:
    finding = named(checking.check(changed.pdf()), what)
    assert (finding.verdict, finding.found) == (Verdict.OFF, found)


def test_the_double_line_of_a_letter_is_thick_above_thin() -> None:
    assert (
        named(checking.check(replace(LETTER, thick_first=False).pdf()), "上双线粗细").verdict is Verdict.OFF
    )


def test_page_numbers_that_are_not_there_are_missed() -> None:
    finding = named(checking.check(replace(NOTICE, numbered=False).pdf()), "页码")
    assert (finding.verdict, finding.clause) == (Verdict.NOT_FOUND, "7.5")


def test_a_page_with_the_colophon_alone_needs_no_number() -> None:
    alone = replace(NOTICE, numbered=False, text_on_last=False, date="")
    last = alone.pdf_of_last()
    assert "页码" not in departing(checking.check(last))
    assert "页码" in departing(checking.check(alone.pdf()))


def test_another_paper_size_is_off() -> None:
    letter = Canvas(width=215.9, height=279.4).text(28, 50, "通知")
    finding = named(checking.check(pdf([letter])), "纸张")
    assert (finding.verdict, finding.found) == (Verdict.OFF, "215.9×279.4 mm")


def test_a_lying_page_is_a4_as_well() -> None:
    lying = Canvas(width=297, height=210).text(40, 60, "表")
    assert named(checking.check(pdf([lying])), "纸张").verdict is Verdict.OK


def test_characters_that_touch_the_edges_fit_the_other_reading() -> None:
    em, pitch = 16 * 25.4 / 72, (225 - 16 * 25.4 / 72) / 21
    # The middle of the first 字 is half a 字 below the edge; the row is drawn on its baseline.
    moved = replace(NOTICE, pitch=pitch, top=37 + em / 2 + 0.34 * em - 0.8 * pitch)
    ink = checking.check(moved.pdf(), reading=Reading.INK)
    assert named(ink, "行距").verdict is Verdict.OK
    assert named(ink, "天头（版心上边缘）").verdict is Verdict.OK
    assert named(checking.check(moved.pdf(), tolerance=STRICT), "天头（版心上边缘）").verdict is Verdict.OFF


def test_a_page_without_text_is_still_measured() -> None:
    scan = Canvas().box(50, 72, 162, 85, red=True).box(28, 118, 184, 118.5, red=True)
    report = checking.check(pdf([scan]))
    assert report.form is Form.DOCUMENT
    assert {"标题", "正文", "发文字号", "成文日期"} <= departing(report)
    assert named(report, "红线长度").verdict is Verdict.OK


def test_what_is_no_pdf_is_refused_with_a_cure() -> None:
    with pytest.raises(BadPdf, match="请重新导出"):
        checking.check(b"%PDF-1.7 nothing more")


def test_the_same_pages_give_the_same_report() -> None:
    assert checking.check(NOTICE.pdf()) == checking.check(NOTICE.pdf())
