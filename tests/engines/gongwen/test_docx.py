import io

import docx
import pytest

from hearth.engines.gongwen import MissingFigure, insert, parse, write
from hearth.engines.gongwen.ooxml import q
from hearth.engines.gongwen.styles import Style

from .samples import REPORT, members, part, report, signed, simple


def style(docx_bytes, style_id):
    return next(
        found
        for found in part(docx_bytes, "word/styles.xml").iter(q("style"))
        if found.get(q("styleId")) == style_id
    )


def value(element, path, attribute="val"):
    return element.find("/".join(q(step) for step in path.split("/"))).get(q(attribute))


def paragraphs(docx_bytes):
    """Style and words of the paragraphs that stand in the body itself."""
    return [
        (value(found, "pPr/pStyle"), "".join(text.text for text in found.iter(q("t"))))
        for found in part(docx_bytes).find(q("body")).iterchildren(q("p"))
    ]


def test_page_is_a4_with_the_margins_of_the_standard():
    section = part(signed()).find(f".//{q('sectPr')}")
    assert (value(section, "pgSz", "w"), value(section, "pgSz", "h")) == ("11906", "16838")
    margins = [value(section, "pgMar", side) for side in ("top", "right", "bottom", "left")]
    assert margins == ["2098", "1474", "1984", "1587"]
    assert (value(section, "docGrid", "type"), value(section, "docGrid", "linePitch")) == ("lines", "579")


@pytest.mark.parametrize(
    ("style_id", "font", "size"),
    [
        (Style.BODY, "仿宋_GB2312", "32"),
        (Style.HEADING_1, "黑体", "32"),
        (Style.HEADING_2, "楷体_GB2312", "32"),
        (Style.HEADING_3, "仿宋_GB2312", "32"),
        (Style.TITLE, "方正小标宋简体", "44"),
        (Style.MARK, "方正小标宋简体", "32"),
        (Style.FOOTER_ODD, "宋体", "28"),
        (Style.COPIES, "仿宋_GB2312", "28"),
    ],
)
def test_fonts_fill_all_four_slots_and_nothing_is_bold(style_id, font, size):
    found = style(signed(), style_id)
    slots = {value(found, "rPr/rFonts", slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert slots == {font}
    assert value(found, "rPr/sz") == size
    assert found.find(f".//{q('b')}") is None


@pytest.mark.parametrize("style_id", [Style.BODY, Style.HEADING_1, Style.TITLE, Style.DATE])
def test_lines_are_exact_and_punctuation_does_not_hang(style_id):
    found = style(signed(), style_id)
    assert (value(found, "pPr/spacing", "line"), value(found, "pPr/spacing", "lineRule")) == ("579", "exact")
    assert value(found, "pPr/overflowPunct") == "0"
    assert value(found, "pPr/snapToGrid") == "0"


def test_body_is_spaced_for_28_characters_and_indented_by_two():
    found = style(signed(), Style.BODY)
    assert value(found, "rPr/spacing") == "-5"
    assert value(found, "pPr/ind", "firstLineChars") == "200"


def test_properties_stand_in_the_order_of_the_schema():
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "pBdr",
        "tabs",
        "kinsoku",
        "overflowPunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
    ]
    content = signed()
    for name in ("word/document.xml", "word/styles.xml"):
        for properties in part(content, name).iter(q("pPr")):
            names = [child.tag.split("}")[1] for child in properties]
            if names != ["spacing"]:
                assert names == sorted(names, key=order.index)


def test_fonts_carry_their_other_names():
    fonts = {found.get(q("name")): value(found, "altName") for found in part(signed(), "word/fontTable.xml")}
    assert (fonts["仿宋_GB2312"], fonts["黑体"]) == ("仿宋", "SimHei")


def test_page_numbers_differ_on_odd_and_even_pages():
    content = signed()
    assert part(content, "word/settings.xml").find(q("evenAndOddHeaders")) is not None
    assert value(part(content, "word/settings.xml"), "characterSpacingControl") == "doNotCompress"
    odd, even = (part(content, f"word/footer{at}.xml") for at in (1, 2))
    assert value(style(content, value(odd, "p/pPr/pStyle")), "pPr/jc") == "right"
    assert value(style(content, value(even, "p/pPr/pStyle")), "pPr/jc") == "left"
    assert "".join(text.text for text in odd.iter(q("t"))) == "— 1 —"
    assert "PAGE" in [text.text for text in odd.iter(q("instrText"))]


def test_order_and_styles_of_a_report():
    assert paragraphs(signed())[:5] == [
        (Style.MARK, "云州市科学技术协会文件"),
        (Style.NUMBER_UPWARD, "云科协〔2020〕21号签发人：孙玉兰"),
        (Style.TITLE_UNDER_HEAD, "云州市科学技术协会关于2020年活动情况的报告"),
        (Style.RECIPIENTS, "东澜省科学技术协会："),
        (Style.BODY, "活动展出科普展板30余块，发放读本1000册，宣传页2000份。"),
    ]


def test_red_line_is_under_the_number():
    rule = style(signed(), Style.NUMBER_UPWARD).find(f".//{q('bottom')}")
    assert rule.get(q("color")) == "FF0000"
    assert value(style(signed(), Style.MARK), "rPr/color") == "FF0000"


def test_head_shows_who_signs_only_on_the_way_up():
    down = parse("---\n文种：通知\n机关：甲市科协\n文号：甲〔2020〕1号\n签发人：王五\n---\n# 通知\n正文。")
    assert paragraphs(write(down))[1] == (Style.NUMBER, "甲〔2020〕1号")


def test_joint_mark_has_the_names_left_and_the_word_right():
    joint = parse("---\n文种：通知\n机关：甲市科协、甲市科技局\n---\n# 通知\n正文。")
    cells = list(part(write(joint)).iter(q("tc")))
    words = [["".join(p.itertext()) for p in cell.iter(q("p"))] for cell in cells]
    assert words == [["甲市科协", "甲市科技局"], ["文件"]]


@pytest.mark.parametrize("kind", ["方案", "总结", "慰问信", "协议"])
def test_general_layout_begins_with_the_title(kind):
    paper = parse(f"---\n文种：{kind}\n机关：甲市科协\n成文日期：2020-06-02\n---\n# 题目\n正文。")
    found = paragraphs(write(paper))
    assert found[:2] == [(Style.TITLE, "题目"), (Style.BODY, "正文。")]
    signature = [] if kind == "协议" else ["甲市科协"]
    assert [words for _, words in found[2:]] == [*signature, "2020年6月2日"]


def test_caption_and_salutation():
    letter = parse("---\n文种：慰问信\n---\n# 慰问信\n（全文）\n全市科技工作者：\n正文：")
    assert paragraphs(write(letter)) == [
        (Style.TITLE, "慰问信"),
        (Style.CAPTION, "（全文）"),
        (Style.RECIPIENTS, "全市科技工作者："),
        (Style.BODY, "正文："),
    ]


def indents(organs, day="2020-06-20"):
    front = f"文种：总结\n机关：{organs}\n成文日期：{day}"
    body = part(write(parse(f"---\n{front}\n---\n# 总结\n正文。")))
    signature = [found for found in body.iter(q("p")) if found.find(f"{q('pPr')}/{q('ind')}") is not None]
    return [int(value(found, "pPr/ind", "right")) / 315 for found in signature]


def test_date_begins_two_characters_right_of_the_organ():
    assert indents("云州市科学技术协会") == [2, pytest.approx(2.5, abs=0.01)]


def test_long_date_keeps_two_characters_and_a_short_organ_gives_way():
    assert indents("甲市科协") == [pytest.approx(6.5, abs=0.01), 2]


def test_attachments_are_numbered_only_when_there_are_several():
    one = parse("---\n文种：总结\n附件：分工表\n---\n# 总结\n正文。")
    assert paragraphs(write(one))[-1] == (Style.ATTACHMENT, "附件：分工表")
    assert (Style.ATTACHMENT_NEXT, "2.《物料、签到》明细") in paragraphs(signed())


def test_header_row_of_a_table_is_repeated_and_widths_fill_the_page():
    table = next(
        found for found in part(signed()).iter(q("tbl")) if found.find(f".//{q('tblHeader')}") is not None
    )
    assert [row.find(f".//{q('tblHeader')}") is not None for row in table.iter(q("tr"))] == [
        True,
        False,
        False,
    ]
    assert sum(int(column.get(q("w"))) for column in table.iter(q("gridCol"))) == 8844


def test_colophon_stands_at_the_foot_of_the_page():
    box = next(part(signed()).iter(q("txbxContent")))
    assert ["".join(p.itertext()) for p in box.iter(q("p"))][:2] == [
        "抄送：云州市人民政府办公室。",
        "云州市科学技术协会办公室2020年6月20日印发",
    ]
    sizes = [box.find(f".//{q(edge)}").get(q("sz")) for edge in ("top", "insideH", "bottom")]
    assert sizes == ["8", "6", "8"]


def test_same_paper_gives_the_same_bytes():
    assert signed() == signed()
    assert write(report()) != signed()


def test_file_opens_in_python_docx_with_the_properties_of_the_paper():
    opened = docx.Document(io.BytesIO(signed()))
    assert opened.core_properties.title == "云州市科学技术协会关于2020年活动情况的报告"
    assert opened.core_properties.author == "云州市科学技术协会"
    assert opened.core_properties.created.date().isoformat() == "2020-06-20"


def test_every_part_of_the_package_is_declared():
    parts = members(signed())
    types = parts["[Content_Types].xml"].decode()
    assert all(f'"/{name}"' in types or name.endswith((".rels", "item1.xml")) for name in list(parts)[1:])


def test_unfilled_slots_and_markers_are_not_printed():
    with pytest.raises(MissingFigure):
        write(parse(REPORT))
    with pytest.raises(ValueError, match="分工表"):
        write(simple("[[分工表]]"))
    assert write(insert(simple("[[分工表]]"), "分工表", []))
