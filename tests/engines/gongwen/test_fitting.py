"""Line breaking, pages, and how a paper is fitted to them."""

from dataclasses import replace

import pytest
from bench.gongwen.layout_contents import sources
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.gongwen import GRID, fits, ledger, parse, plain, verify, write
from hearth.engines.gongwen.breaking import LIBREOFFICE, PRINTED, WORD, Measure, count_lines, line_ends
from hearth.engines.gongwen.fitting import LEAST_LINES, fitted
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.ooxml import q
from hearth.engines.gongwen.paging import CLOSING_STYLES, Counter
from hearth.engines.gongwen.paper import Text
from hearth.engines.gongwen.pieces import Line, Section, SectionEnd
from hearth.engines.gongwen.styles import Style

from .samples import part

LINE = Measure(28 * 315 + 24, 28 * 315 + 24, 320, -5)


def broken(text, habits=WORD):
    ends = line_ends(text, LINE, habits)
    return [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


def test_line_holds_28_characters():
    assert [len(line) for line in broken("甲" * 60)] == [28, 28, 4]


def test_no_line_begins_with_a_mark_and_none_ends_with_an_opening_one():
    assert [len(line) for line in broken("甲" * 28 + "，" + "乙" * 5)] == [27, 7]
    assert [len(line) for line in broken("甲" * 27 + "《乙》")] == [27, 3]


def test_mark_hangs_in_libreoffice():
    assert [len(line) for line in broken("甲" * 28 + "，" + "乙" * 5, LIBREOFFICE)] == [29, 5]


def test_in_our_pdf_marks_keep_to_the_lines_and_digits_stand_close():
    assert [len(line) for line in broken("甲" * 28 + "，" + "乙" * 5, PRINTED)] == [27, 7]
    assert [len(line) for line in broken("甲" * 21 + "1234乙，" + "丙" * 9, PRINTED)] == [30, 6]


def test_spacing_is_dropped_around_digits_in_our_pdf():
    # 21 × 316 + 4 × 156 + 2 × 316 are 7,892 twips; in our PDF 甲 before 1 and 4 before 乙 take 4 more each.
    words, room = "甲" * 21 + "1234" + "乙，丙", Measure(7896, 7896, 320, -4)
    assert line_ends(words, room, WORD) == [27, 28]
    assert line_ends(words, room, PRINTED) == [25, 28]


def test_number_is_not_parted():
    assert broken("甲" * 26 + "12345册") == ["甲" * 26, "12345册"]


def test_digits_take_half_a_character_and_more_in_libreoffice():
    text = "甲乙1" * 11
    assert [len(line) for line in broken(text)] == [33]
    assert len(broken(text, LIBREOFFICE)) == 2


@given(
    st.text(alphabet="甲乙，。《》（）“”12a %—…", max_size=200), st.sampled_from([WORD, LIBREOFFICE, PRINTED])
)
def test_lines_cover_the_text(text, habits):
    ends = line_ends(text, LINE, habits)
    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text)
    assert count_lines(text, LINE, habits) == max(1, len(ends))


def letter(lines, more="", organs="云州市科协"):
    """A paper without a head whose text takes so many lines."""
    full = "甲" * (26 + 28 * 3)
    rest = lines - 4 * (lines // 4)
    body = [full] * (lines // 4) + (["乙" * (26 + 28 * (rest - 1))] if rest else [])
    front = f"文种：总结\n机关：{organs}\n成文日期：2020-06-20\n{more}"
    return parse(f"---\n{front}\n---\n# 总结\n" + "\n".join(body))


def company(paper, habits=PRINTED):
    """Lines of the text on the page of the signature, 2 for the first page; -1 when it is on two pages."""
    pages = fitted(paper, GRID, {}, None)
    layout = Counter(pages.profile, habits, {}).layout(pages.pieces)
    closing = [
        at
        for at, piece in enumerate(pages.pieces)
        if isinstance(piece, Line) and piece.style in CLOSING_STYLES
    ]
    found = {page for at in closing for page in layout.placed[at].pages}
    if len(found) != 1:
        return -1
    page = found.pop()
    text = [at for at in range(closing[0]) if not is_list(pages.pieces[at])]
    return LEAST_LINES if page == 1 else layout.lines_on(page, text)


def is_list(piece):
    return isinstance(piece, Line) and piece.style is Style.ATTENDANCE


@pytest.mark.parametrize("lines", range(14, 50))
@pytest.mark.parametrize(
    "more",
    [
        "",
        "用印：是\n",
        "附注：此件公开发布\n",
        "抄送：乙局\n",
        "出席：甲一、乙二\n列席：丙三\n",
        "用印：是\n出席：甲一\n",
    ],
)
def test_signature_never_stands_without_two_lines_of_the_text(lines, more):
    assert company(letter(lines, more)) >= LEAST_LINES


@pytest.mark.parametrize("kind", ["联合行文", "纪要"])
@pytest.mark.parametrize("seed", range(40))
def test_signature_of_random_papers_has_company_in_our_pdf_and_in_word(kind, seed):
    paper = parse(next(sources(kind, 1, seed)))
    assert company(paper, PRINTED) >= LEAST_LINES
    assert company(paper, WORD) >= LEAST_LINES


def test_list_that_goes_on_from_the_page_before_is_company_enough():
    names = "、".join(f"张三{at}" for at in range(400))
    paper = letter(8, f"出席：{names}\n")
    assert fitted(paper, GRID, {}, None).pieces == compose(paper)


def test_paper_with_room_is_left_alone():
    paper = letter(10)
    assert fitted(paper, GRID, {}, None).pieces == compose(paper)


def test_same_paper_is_fitted_the_same_way():
    assert write(letter(20)) == write(letter(20))


def test_steps_begin_with_nothing_and_end_with_twenty_lines():
    steps = fits(letter(20))
    assert steps[0].line == 0
    assert steps[0].spacing == ()
    assert GRID.height // steps[-1].line == 20


def test_caller_who_rendered_the_page_asks_for_the_next_step():
    paper = letter(10)
    written = [write(paper, tightness=step) for step in range(3)]
    assert written[0] == write(paper)
    assert len(set(written)) == 3
    assert write(paper, tightness=999) == write(paper, tightness=len(fits(paper)) - 1)


def test_page_break_that_sends_lines_along_is_no_part_of_the_text():
    organs = "甲市科协、甲市科技局、甲市教育局、甲市体育局"
    papers = [letter(lines, "用印：是\n", organs) for lines in range(12, 20)]
    turned = [paper for paper in papers if part(write(paper)).find(f".//{q('br')}") is not None]
    assert turned
    for paper in turned:
        assert verify(write(paper), ledger=ledger(paper)).text == plain(paper)


def test_colophon_that_has_no_room_begins_an_even_page_without_number():
    rows = "| 甲 |\n|---|\n" + "| 乙 |\n" * 20
    paper = parse(f"---\n文种：方案\n抄送：{'乙局、' * 80}\n---\n# 方案\n{rows}")
    last = fitted(paper, GRID, {}, None).pieces[-1]
    assert isinstance(last, SectionEnd)
    assert (last.section.even, last.section.numbered) == (True, False)
    section = list(part(write(paper)).iter(q("sectPr")))[-1]
    assert section.find(q("type")).get(q("val")) == "evenPage"


@pytest.mark.parametrize(("habits", "pages"), [(WORD, 1), (LIBREOFFICE, 2), (PRINTED, 2)])
def test_libreoffice_loses_what_is_left_of_a_page_below_its_whole_lines(habits, pages):
    words = Line(Style.BODY, (Text("甲"),))
    pieces = [replace(words, before=GRID.height - 22 * GRID.line), *[words] * 21, SectionEnd(Section())]
    assert Counter(GRID, habits, {}).layout(pieces).pages == pages
