"""Files that other offices write, made here with python-docx; all organs and people are invented."""

import io
import re

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from hearth.engines.gongwen import BadDocument, Layout, parse
from hearth.engines.gongwen.importing import source_of
from tests.engines.gongwen.samples import members, packed

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def say(place, text, *, align=None, size=16.0, bold=False, red=False, font="仿宋"):
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    return paragraph


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def imported(document):
    data = saved(document)
    found = source_of(data)
    parse(found.source)
    assert_nothing_is_lost(data, found)
    return found


def assert_nothing_is_lost(data, found):
    """All words of the file are in the source or in a note, but for those that the layout writes itself."""
    body = docx.Document(io.BytesIO(data)).element.body
    kept = re.sub(r"[\s#|、，。：]", "", found.source + "".join(note.what for note in found.notes))
    for paragraph in body.iter(qn("w:p")):
        words = "".join(element.text or "" for element in paragraph.iter(qn("w:t")))
        for chunk in re.split(r"[\s、，。：:.（）(){}#|\[\]\\]|文件|文 件|附件|抄送|印发|签发人", words):
            assert chunk in kept


def body_of(found):
    return found.source.split("---\n", 2)[2].splitlines()


def front_of(found):
    return found.source.split("---\n", 2)[1].splitlines()


def notice():
    """A notice as offices write it: no styles, title over two paragraphs, typed numbers, blank lines between."""
    document = docx.Document()
    say(document, "云州市科学技术局文件", align=CENTER, size=36, red=True, font="方正小标宋简体")
    say(document, "")
    say(document, "云科发〔2020〕12号", align=CENTER)
    say(document, "")
    say(document, "云州市科学技术局关于组织开展", align=CENTER, size=22, font="方正小标宋简体")
    say(document, "科技活动周的通知", align=CENTER, size=22, font="方正小标宋简体")
    say(document, "")
    say(document, "各县区科技局，各有关单位：")
    say(document, "　　现将有关事项通知如下。")
    say(document, "　　一、总体要求", font="黑体")
    say(document, "　　（一）突出重点", font="楷体")
    say(document, "　　1.摸清底数。各单位要在5月底前摸清底数。")
    say(document, "　　二、组织实施", font="黑体")
    say(document, "　　请认真贯彻落实。")
    say(document, "　　附件：1.活动安排表")
    say(document, "　　　　　2.联系人名单")
    say(document, "云州市科学技术局", align=RIGHT)
    say(document, "2020年5月8日", align=RIGHT)
    say(document, "　　（联系人：周文海，电话：010-12345678）")
    return document


def with_attachments_and_colophon(document):
    say(document, "附件1", font="黑体")
    say(document, "活动安排表", align=CENTER, size=22)
    table = document.add_table(rows=3, cols=3)
    for at, words in enumerate(("日期", "活动", "地点", "20日", "开幕", "广场", "21日", "讲座", "学校")):
        table.cell(at // 3, at % 3).text = words
    say(document, "附件2", font="黑体")
    say(document, "联系人名单", align=CENTER, size=22)
    say(document, "周文海。")
    foot = document.add_table(rows=2, cols=1)
    foot.cell(0, 0).text = "抄送：云州市人民政府办公室。"
    foot.cell(1, 0).text = "云州市科学技术局办公室　　　　2020年5月8日印发"
    return document


def test_notice_without_styles():
    found = imported(notice())
    assert front_of(found) == [
        "文种：通知",
        "机关：云州市科学技术局",
        "文号：云科发〔2020〕12号",
        "主送：各县区科技局，各有关单位",
        "成文日期：2020年5月8日",
        "附注：联系人：周文海，电话：010-12345678",
        "附件：活动安排表、联系人名单",
    ]
    assert body_of(found) == [
        "# 云州市科学技术局关于组织开展",
        "# 科技活动周的通知",
        "现将有关事项通知如下。",
        "## 一、总体要求",
        "### （一）突出重点",
        "1.摸清底数。各单位要在5月底前摸清底数。",
        "## 二、组织实施",
        "请认真贯彻落实。",
    ]
    assert found.notes == ()


def test_attachments_on_pages_of_their_own_and_a_colophon_in_a_table():
    found = imported(with_attachments_and_colophon(notice()))
    assert front_of(found)[-3:] == [
        "抄送：云州市人民政府办公室",
        "印发机关：云州市科学技术局办公室",
        "印发日期：2020年5月8日",
    ]
    assert body_of(found)[8:] == [
        "# 附件1：活动安排表",
        "| 日期 | 活动 | 地点 |",
        "|:--|:--|:--|",
        "| 20日 | 开幕 | 广场 |",
        "| 21日 | 讲座 | 学校 |",
        "",
        "# 附件2：联系人名单",
        "周文海。",
    ]


def test_red_head_of_several_organs_in_a_table():
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    for row, name in enumerate(("云州市科学技术协会", "云州市教育局")):
        head.cell(row, 0).text = ""
        say(head.cell(row, 0), name, size=30, red=True)
    say(head.cell(0, 1).merge(head.cell(1, 1)), "文件", size=30, red=True)
    say(document, "云科协〔2020〕5号", align=CENTER)
    say(document, "关于开展科普活动的通知", align=CENTER, size=22)
    say(document, "各县区科协：")
    say(document, "请认真落实。")
    say(document, "云州市科学技术协会　　　云州市教育局", align=RIGHT)
    say(document, "二〇二〇年五月十八日", align=RIGHT)
    found = imported(document)
    assert front_of(found) == [
        "文种：通知",
        "机关：云州市科学技术协会、云州市教育局",
        "文号：云科协〔2020〕5号",
        "主送：各县区科协",
        "成文日期：2020年5月18日",
    ]
    assert [note.what for note in found.notes] == ["成文日期原写作“二〇二〇年五月十八日”"]


def test_upward_paper_with_secrecy_and_a_signatory():
    document = docx.Document()
    for words in ("000123", "机密★3年", "特急"):
        say(document, words)
    say(document, "云 州 市 科 协 文 件", align=CENTER, size=40, red=True)
    say(document, "云科协〔2020〕7号　　　　　　签发人：孙玉兰")
    say(document, "关于增加经费的请示", align=CENTER, size=22)
    say(document, "市人民政府：")
    say(document, "妥否，请批示。")
    say(document, "云州市科协", align=RIGHT)
    say(document, "2020年6月1日", align=RIGHT)
    assert front_of(imported(document)) == [
        "文种：请示",
        "机关：云州市科协",
        "文号：云科协〔2020〕7号",
        "签发人：孙玉兰",
        "份号：000123",
        "密级：机密★3年",
        "紧急程度：特急",
        "主送：市人民政府",
        "成文日期：2020年6月1日",
    ]


def test_summary_with_heading_styles():
    document = docx.Document()
    document.add_paragraph("2020年工作总结", style="Title")
    document.add_heading("主要成绩", 1)
    document.add_paragraph("开展活动。")
    document.add_heading("宣传", 2)
    document.add_paragraph("刊发消息。", style="List Number")
    document.add_paragraph("制作视频。", style="List Number")
    document.add_heading("下步打算", 1)
    document.add_paragraph("继续努力。")
    found = imported(document)
    assert front_of(found) == ["文种：总结"]
    assert body_of(found) == [
        "# 2020年工作总结",
        "## 主要成绩",
        "开展活动。",
        "### 宣传",
        "1.刊发消息。",
        "2.制作视频。",
        "## 下步打算",
        "继续努力。",
    ]


def numbered(document, text, level):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
    )


def test_automatic_numbers_become_words():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    say(document, "活动方案", align=CENTER, size=22)
    for text, level in (("目的", 0), ("意义", 1), ("步骤", 1), ("先做这件。", 2), ("安排", 0), ("时间", 1)):
        numbered(document, text, level)
    assert body_of(imported(document)) == [
        "# 活动方案",
        "## 一、目的",
        "### （一）意义",
        "### （二）步骤",
        "3.先做这件。",
        "## 二、安排",
        "### （一）时间",
    ]


def test_merged_cells_are_told():
    document = docx.Document()
    say(document, "统计表总结", align=CENTER, size=22)
    table = document.add_table(rows=3, cols=3)
    for at in range(9):
        table.cell(at // 3, at % 3).text = f"格{at}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    found = imported(document)
    assert body_of(found)[1:5] == [
        "| 格0 格1 |  | 格2 |",
        "|:--|:--|:--|",
        "| 格3 | 格4 | 格5 格8 |",
        "| 格6 | 格7 |  |",
    ]
    assert "表格里有合并的单元格，文字留在左上一格，其余空着" in [note.what for note in found.notes]
    assert {note.line for note in found.notes} == {5, 7}


def add_part(data, name, root, relation):
    """A part beside the body, declared as a relation of the main part."""
    parts = members(data)
    rels = parts["word/_rels/document.xml.rels"].decode()
    made = (
        f'<Relationship Id="rId99" Target="{name}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}"/></Relationships>'
    )
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", made).encode()
    return packed({**parts, f"word/{name}": root.encode()})


def test_what_a_source_cannot_say_is_told():
    document = docx.Document()
    say(document, "工作总结", align=CENTER, size=22)
    paragraph = say(document, "发放读本")
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>三百</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins xmlns:w="{W}"><w:r><w:t>若干册</w:t></w:r></w:ins>'))
    paragraph.add_run("，详见脚注")._r.append(parse_xml(f'<w:footnoteReference xmlns:w="{W}" w:id="2"/>'))
    document.sections[0].header.paragraphs[0].text = "内部资料"
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>据统计</w:t></w:r></w:p></w:footnote></w:footnotes>'
    found = source_of(add_part(saved(document), "footnotes.xml", notes, "footnotes"))
    assert body_of(found) == ["# 工作总结", "发放读本若干册，详见脚注"]
    assert [(note.line, note.what) for note in found.notes] == [
        (5, "原文有修订痕迹，已按接受修订后的样子取出"),
        (5, "这里原有脚注或尾注"),
        (5, "页眉里的文字没有取出：内部资料"),
        (5, "脚注里的文字没有取出：据统计"),
    ]


def test_text_box_becomes_paragraphs():
    document = docx.Document()
    say(document, "工作总结", align=CENTER, size=22)
    paragraph = say(document, "正文。")
    paragraph._p.append(
        parse_xml(
            f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    assert body_of(imported(document)) == ["# 工作总结", "框里的话。", "正文。"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("#井号", "＃井号"),
        ("|竖线", "｜竖线"),
        ("![图](a)", "！[图](a)"),
        ("::: 冒号", "：:: 冒号"),
        ("[[分工表]]", "［［分工表］］"),
        ("共{{3}}册", "共｛｛3｝｝册"),
        ("a\\|b", "a\\｜b"),
    ],
)
def test_words_with_a_meaning_in_the_source_are_changed_and_told(text, written):
    document = docx.Document()
    say(document, "工作总结", align=CENTER, size=22)
    say(document, text)
    found = source_of(saved(document))
    assert body_of(found) == ["# 工作总结", written]
    assert [note.line for note in found.notes] == [5]


def test_skipped_level_is_raised_and_told():
    document = docx.Document()
    say(document, "工作总结", align=CENTER, size=22)
    say(document, "（一）先做", bold=True)
    found = imported(document)
    assert body_of(found) == ["# 工作总结", "## （一）先做"]
    assert [note.what for note in found.notes] == ["这个第 2 级标题上面没有第 1 级标题"]


def test_unknown_kind_is_told():
    document = docx.Document()
    say(document, "领导讲话摘登", align=CENTER, size=22)
    say(document, "正文。")
    found = imported(document)
    assert front_of(found) == ["文种：材料", "版式：普通"]
    assert [note.what for note in found.notes] == ["从标题看不出文种"]


def test_notice_without_a_red_head_stays_without_one():
    document = docx.Document()
    say(document, "关于放假的通知", align=CENTER, size=22)
    say(document, "各部门：")
    say(document, "按规定放假。")
    say(document, "办公室", align=RIGHT)
    say(document, "2020年9月1日", align=RIGHT)
    found = imported(document)
    assert parse(found.source).meta.layout is Layout.GENERAL
    assert parse(found.source).meta.organs == ("办公室",)


def test_empty_document_gives_a_source_that_says_so():
    found = imported(docx.Document())
    assert [note.what for note in found.notes][-1] == "没有找到标题"


def test_file_that_is_no_word_document_is_refused():
    with pytest.raises(BadDocument):
        source_of(b"%PDF-1.7")
