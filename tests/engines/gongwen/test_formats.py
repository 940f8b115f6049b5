"""Heads, signatures, attachments, lying pages and pictures: what stands where in the Word file."""

import itertools

import pytest

from hearth.engines.gongwen import SourceError, parse, plain, verify, write
from hearth.engines.gongwen.heads import MARK_TOP, mark_size
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.ooxml import PIC, WP, A, q
from hearth.engines.gongwen.pieces import JointMark, LetterHead, Line, Mark, SectionEnd
from hearth.engines.gongwen.profile import GRID, MM
from hearth.engines.gongwen.styles import FORMATS, Style

from .pictures import jpeg, png
from .samples import members, part

ORGANS = "甲市科协、甲市科技局、甲市教育局、甲市卫生健康委、甲市人力资源和社会保障局"


def paper(front, body="# 通知\n正文。"):
    return parse(f"---\n{front}\n---\n{body}")


def lines(source):
    """Style and words of the lines of the pieces."""
    return [(p.style, "".join(w.text for w in p.words)) for p in compose(source) if isinstance(p, Line)]


def sections(docx):
    found = part(docx).iter(q("sectPr"))
    return [
        (
            section.find(q("type")).get(q("val")),
            section.find(q("pgSz")).get(q("orient")) == "landscape",
            [reference.get(q("type")) for reference in section.iterchildren(q("footerReference"))],
        )
        for section in found
    ]


def test_two_signers_stand_on_a_line_and_the_last_one_on_that_of_the_number():
    upward = paper(
        "文种：请示\n机关：甲市科协、甲市科技局\n文号：甲〔2020〕1号\n签发人：孙玉兰、王　五、赵小明"
    )
    assert [entry for entry in lines(upward) if entry[0] in (Style.SIGNATORIES, Style.NUMBER_UPWARD)] == [
        (Style.SIGNATORIES, "\t签发人：孙玉兰\t王　五"),
        (Style.NUMBER_UPWARD, "甲〔2020〕1号\t\t赵小明"),
    ]


def test_right_name_ends_one_character_before_the_edge():
    upward = paper("文种：请示\n机关：甲市科协\n文号：甲〔2020〕1号\n签发人：孙玉兰、王　五")
    number = next(p for p in compose(upward) if isinstance(p, Line) and p.style is Style.NUMBER_UPWARD)
    assert number.tabs[-1].at + 3 * GRID.char == GRID.width - GRID.char


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_first_page_of_a_joint_issue_shows_two_lines_of_the_body(count):
    organs = ORGANS.split("、")[:count]
    pieces = compose(paper(f"文种：通知\n机关：{'、'.join(organs)}\n主送：各县科协"))
    mark = next(p for p in pieces if isinstance(p, Mark | JointMark))
    high = round(mark.size * 12) * count
    assert (MARK_TOP - GRID.top + high) + (3 + 2 + 1 + 1 + 1 + 2) * GRID.line <= GRID.height


def test_size_of_a_mark_fills_the_line_within_its_limits():
    assert [mark_size(chars, GRID) for chars in (2, 11, 40)] == [102, 76, 28]


def test_letter_has_its_lines_at_their_places():
    letter = paper("文种：函\n机关：甲市科协\n文号：甲函〔2020〕1号\n份号：000001\n密级：秘密")
    head = next(p for p in compose(letter) if isinstance(p, LetterHead))
    tops = [round(stroke.top / MM, 1) for stroke in head.strokes]
    assert head.text == "甲市科协"
    assert [stroke.thickness for stroke in head.strokes] == [40, 15, 15, 40]
    assert tops[2:] == [275.6, 276.3]
    assert round((head.strokes[3].top + head.strokes[3].thickness) / MM, 1) == 277.0
    assert lines(letter)[:2] == [(Style.LETTER_TOP, "000001\t甲函〔2020〕1号"), (Style.LETTER_TOP, "秘密")]


def test_letter_has_no_number_on_its_first_page_and_no_rules_in_its_colophon():
    letter = write(paper("文种：函\n机关：甲市科协\n文号：甲函〔2020〕1号\n抄送：乙局\n印发机关：甲市科协"))
    assert sections(letter) == [("nextPage", False, ["default", "even", "first"])]
    assert part(letter).find(f".//{q('titlePg')}") is not None
    assert part(letter).find(f".//{q('tblBorders')}") is None
    assert "印发" not in verify(letter).text


def test_letter_without_number_and_minutes_without_organ_have_no_head():
    assert lines(paper("文种：函\n机关：甲市科协"))[0] == (Style.TITLE, "通知")
    assert lines(paper("文种：纪要"))[0] == (Style.TITLE, "通知")


def test_minutes_list_who_was_there_below_the_text():
    minutes = paper("文种：纪要\n机关：甲市科协\n标志：主席办公会议纪要\n出席：孙玉兰　王　五\n列席：李　明")
    mark = next(p for p in compose(minutes) if isinstance(p, Mark))
    assert mark.text == "主席办公会议纪要"
    assert lines(minutes)[-2:] == [
        (Style.ATTENDANCE, "出席：孙玉兰　王　五"),
        (Style.ATTENDANCE, "列席：李　明"),
    ]


def test_order_prints_no_title():
    order = paper(
        "文种：命令\n机关：甲市人民政府\n文号：第12号\n签名章：市长 李　明\n成文日期：2020-05-30",
        "# 令\n正文。",
    )
    assert plain(order) == "甲市人民政府令\n第12号\n正文。\n市长　　李　明\n2020年5月30日"


def sealed(organs):
    found = compose(paper(f"文种：通知\n机关：{organs}\n用印：是\n成文日期：2020-06-20"))
    return [p for p in found if isinstance(p, Line) and p.style in (Style.SEALED, Style.DATE)]


def test_organ_with_a_seal_is_centred_over_the_date():
    organ, date = sealed("甲市科协")
    assert date.right == 4 * GRID.char
    assert organ.tabs[0].at == GRID.width - round((4 + 6.5 / 2) * GRID.char)
    assert organ.before == 2 * GRID.line


def test_seals_stand_at_most_three_in_a_row_and_do_not_touch():
    rows = sealed("甲市科协、甲市科技局、甲市教育局、甲市体育局")[:-1]
    assert [len(row.tabs) for row in rows] == [3, 1]
    places = [tab.at for tab in rows[0].tabs]
    assert min(b - a for a, b in itertools.pairwise(places)) > 42 * MM
    assert rows[1].tabs[0].at == places[-1]
    assert rows[0].tabs[0].at >= 21 * MM
    assert rows[1].before + GRID.line > 42 * MM


def test_long_names_under_seals_stay_within_the_line():
    rows = sealed("云州市人力资源和社会保障局、云州市文化广电和旅游局、云州市农业农村局")[:-1]
    assert all(row.tabs[0].at >= 13 * GRID.char / 2 for row in rows)


def test_attachments_begin_pages_and_are_listed_in_the_text():
    source = paper(
        "文种：通知\n机关：甲市科协\n成文日期：2020-06-20",
        "# 通知\n正文。\n# 附件1：方案\n# 第二行\n内容。\n# 附件2：表",
    )
    assert [entry for entry in lines(source) if entry[0] != Style.NUMBER][1:] == [
        (Style.BODY, "正文。"),
        (Style.ATTACHMENT_FIRST, "附件：1.方案第二行"),
        (Style.ATTACHMENT_NEXT, "2.表"),
        (Style.SIGNATURE_FIRST, "甲市科协"),
        (Style.DATE, "2020年6月20日"),
        (Style.ATTACHMENT_LABEL, "附件1"),
        (Style.TITLE, "方案\n第二行"),
        (Style.BODY, "内容。"),
        (Style.ATTACHMENT_LABEL, "附件2"),
        (Style.TITLE, "表"),
    ]
    assert FORMATS[Style.ATTACHMENT_LABEL].new_page


TABLE = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"


def test_lying_table_is_a_section_that_takes_the_head_of_its_attachment_along():
    source = paper("文种：方案", f"# 方案\n正文。\n# 附件：表\n::: 横排\n{TABLE}:::\n")
    assert sections(write(source)) == [
        ("nextPage", False, ["default", "even"]),
        ("nextPage", True, ["default", "even"]),
    ]
    pieces = compose(source)
    first = next(at for at, piece in enumerate(pieces) if isinstance(piece, SectionEnd))
    assert pieces[first + 1].style is Style.ATTACHMENT_LABEL


def test_pages_stand_again_behind_a_lying_table():
    source = paper("文种：方案", f"# 方案\n正文。\n::: 横排\n{TABLE}:::\n后文。")
    assert [lying for _, lying, _ in sections(write(source))] == [False, True, False]
    assert verify(write(source)).text == plain(source)


def test_colophon_behind_a_lying_table_has_an_upright_page():
    source = paper("文种：方案\n抄送：乙局", f"# 方案\n正文。\n::: 横排\n{TABLE}:::\n")
    assert [lying for _, lying, _ in sections(write(source))] == [False, True, False]


PICTURE = "# 方案\n正文。\n  ![图题](a.png)\n"


@pytest.mark.parametrize(("data", "name"), [(png(1600, 400), "rId10.png"), (jpeg(1600, 400), "rId10.jpeg")])
def test_picture_is_scaled_into_the_page(data, name):
    docx = write(paper("文种：方案", PICTURE), pictures={"a.png": data})
    assert members(docx)[f"word/media/{name}"] == data
    extent = part(docx).find(f".//{{{WP}}}inline/{{{WP}}}extent")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (8844 * 635, 8844 * 635 // 4)
    assert part(docx).find(f".//{{{A}}}graphicData").get("uri") == PIC


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ({}, "找不到"),
        ({"b.png": png(1, 1)}, "b.png"),
        ({"a.png": b"GIF89a"}, "不是 PNG 或 JPEG"),
        ({"a.png": png(1, 1)[:20]}, "不是 PNG 或 JPEG"),
        ({"a.png": jpeg(20, 0)}, "已损坏"),
        ({"a.png": b"\xff\xd8\xff\xe0"}, "已损坏"),
        ({"a.png": b"\x89PNG\r\n\x1a\n" + bytes(9 * 1024 * 1024)}, "太大"),
    ],
)
def test_picture_that_cannot_be_shown_names_its_line(pictures, said):
    with pytest.raises(SourceError) as caught:
        write(paper("文种：方案", PICTURE), pictures=pictures)
    assert (caught.value.line, caught.value.column) == (6, 3)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("::: 竖排", 5, "不认识"),
        (":::", 5, "前面没有"),
        (f"::: 横排\n{TABLE}", 5, "没有结束"),
        ("::: 横排\n::: 横排", 6, "已经开始"),
        ("::: 横排\n# 附件：表", 6, "横排还没有结束"),
        ("# 附件2：表", 5, "第 1 个附件"),
        ("# 附件1：表\n# 附件：图", 6, "要编号"),
        ("# 附件：表\n# 附件2：图", 5, "要编号"),
        ("# 附件：", 5, "没有标题"),
        ("![图题]", 5, "读不懂这张图片"),
        ("![图题]()", 5, "读不懂这张图片"),
    ],
)
def test_errors_of_attachments_pictures_and_lying_pages(body, line, said):
    with pytest.raises(SourceError) as caught:
        paper("文种：方案", f"# 方案\n{body}")
    assert caught.value.line == line
    assert said in str(caught.value)


def test_attachments_of_the_front_matter_agree_with_their_bodies():
    assert paper("文种：方案\n附件：分工表", "# 方案\n正文。\n# 附件：分工表").blocks[1].names == ("分工表",)
    with pytest.raises(SourceError) as caught:
        paper("文种：方案\n附件：物料表", "# 方案\n正文。\n# 附件：分工表")
    assert (caught.value.line, caught.value.column) == (3, 4)
    assert "不一致" in str(caught.value)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("文种：通知\n机关：甲\n用印：要", "“要”不是"),
        ("文种：命令\n机关：甲\n签名章：市长", "没有分开职务和姓名"),
        ("文种：通知\n标志：甲", "红头由机关名称组成"),
    ],
)
def test_errors_of_seals_and_stamps(front, said):
    with pytest.raises(SourceError, match=said):
        paper(front)


def test_paragraph_of_level_four_has_its_style():
    assert lines(paper("文种：方案", "# 方案\n（1）由学会推荐。"))[-1] == (
        Style.HEADING_4,
        "（1）由学会推荐。",
    )
