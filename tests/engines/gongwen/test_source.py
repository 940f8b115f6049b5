from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.gongwen import (
    Align,
    Fixed,
    Heading,
    Layout,
    ListOfAttachments,
    Marker,
    MissingFigure,
    Paragraph,
    Slot,
    SourceError,
    Table,
    Text,
    count_characters,
    fill,
    insert,
    parse,
    plain,
)

from .samples import REPORT, figures, report, simple


def test_front_matter_gives_the_facts_of_the_paper():
    meta = parse(REPORT).meta
    assert (meta.kind, meta.layout, meta.upward) == ("报告", Layout.DOCUMENT, True)
    assert (meta.organs, meta.number) == (("云州市科学技术协会",), "云科协〔2020〕21号")
    assert (meta.signatory, meta.recipients) == ("孙玉兰", "东澜省科学技术协会")
    assert (meta.copies, meta.issuer) == ("云州市人民政府办公室", "云州市科学技术协会办公室")
    assert (meta.date, meta.issued_on) == (date(2020, 6, 20), date(2020, 6, 20))


def test_several_organs_and_a_padded_name_on_one_line():
    meta = parse("---\n文种:通知  机关:甲市科协、甲市科技局　签发人：王　五\n---\n# 通知\n").meta
    assert (meta.organs, meta.signatory) == (("甲市科协", "甲市科技局"), "王　五")


def test_blocks_in_reading_order():
    blocks = parse(REPORT).blocks
    assert [type(block) for block in blocks] == [
        Paragraph,
        Heading,
        Paragraph,
        Heading,
        Heading,
        Table,
        Paragraph,
        ListOfAttachments,
    ]
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2, 3]
    assert blocks[2] == Paragraph((Text("各单位须在"), Fixed("5个工作日"), Text("内报送。")))
    assert blocks[7] == ListOfAttachments(("活动分工表", "《物料、签到》明细"))


def test_table_keeps_slots_with_a_style_and_empty_cells():
    table = parse(REPORT).blocks[5]
    assert table.aligns == (Align.LEFT, Align.RIGHT)
    assert table.rows == (
        ((Text("读本"),), (Slot("科普.读本", "余", 4, 19, 8),)),
        ((Text("其他"),), ()),
    )


def test_slots_know_where_they_stand():
    slots = parse(REPORT).slots
    assert [(slot.key, slot.style, slot.index) for slot in slots] == [
        ("活动.年份", None, 0),
        ("科普.展板", "余", 1),
        ("outreach.booklets", None, 2),
        ("科普.宣传页", None, 3),
        ("科普.读本", "余", 4),
    ]
    assert [(slot.line, slot.column) for slot in slots[:2]] == [(11, 5), (12, 11)]


def test_escaped_bar_stays_in_its_cell():
    table = simple("| 甲\\|乙 | 丙 |\n|---|---|\n").blocks[0]
    assert table.header == ((Text("甲|乙"),), (Text("丙"),))


@pytest.mark.parametrize(
    ("source", "line", "column", "said"),
    [
        ("", 1, 1, "没有文头"),
        ("---\n文种：总结\n# 总结", 1, 1, "没有结束"),
        ("---\n文种：总结\n主题：甲\n---\n# 总结", 3, 1, "没有“主题”"),
        ("---\n文种：总结\n主松：甲\n---\n# 总结", 3, 1, "是不是“主送”"),
        ("---\n文种：总结  只有字\n---\n# 总结", 2, 4, "不认识文种"),
        ("---\n只有字\n---\n# 总结", 2, 1, "没有键名"),
        ("---\n文种：总结\n文种：报告\n---\n# 总结", 3, 1, "写了两次"),
        ("---\n机关：甲市科协\n---\n# 总结", 1, 1, "没有写文种"),
        ("---\n文种：通之\n---\n# 通知", 2, 4, "是不是“通知”"),
        ("---\n文种：通知\n---\n# 通知", 2, 1, "没有写机关"),
        ("---\n文种：总结  版式：横排\n---\n# 总结", 2, 11, "没有“横排”"),
        ("---\n文种：总结\n成文日期：2020年2月30日\n---\n# 总结", 3, 6, "不是日期"),
        ("---\n文种：总结\n主送：{{甲}}\n---\n# 总结", 3, 4, "占位"),
        ("---\n文种：总结\n---\n正文", 4, 1, "没有标题"),
        ("---\n文种：总结\n---\n# 总结\n正文\n# 又一个", 6, 1, "标题只能"),
        ("---\n文种：总结\n---\n# 总结\n##一、", 5, 3, "空格"),
        ("---\n文种：总结\n---\n# 总结\n### （一）", 5, 1, "跳级"),
        ("---\n文种：总结\n---\n# 总结\n## 一\n#### 1.", 6, 1, "“### ”"),
        ("---\n文种：总结\n---\n# 总结\n##### 一", 5, 1, "没有第 4 级"),
        ("---\n文种：总结\n---\n# 总结\n　　发放{{科普.读本册", 5, 5, "没有配上"),
        ("---\n文种：总结\n---\n# 总结\n{{甲{{乙}}", 5, 1, "没有配上"),
        ("---\n文种：总结\n---\n# 总结\n发放}}册", 5, 3, "多了一个"),
        ("---\n文种：总结\n---\n# 总结\n共{{}}册", 5, 2, "读不懂"),
        ("---\n文种：总结\n---\n# 总结\n共{{引用：5册}}", 5, 2, "引用没有写出处"),
        ("---\n文种：总结\n---\n# 总结\n共{{引用：5册|}}", 5, 2, "引用没有写出处"),
        ("---\n文种：总结\n---\n# 总结\n共{{甲 乙}}册", 5, 2, "读不懂"),
        ("---\n文种：总结\n---\n# 总结\n| 甲 | 乙 |\n| 丙 | 丁 |", 6, 1, "分隔线"),
        ("---\n文种：总结\n---\n# 总结\n|", 5, 1, "分隔线"),
        ("---\n文种：总结\n---\n# 总结\n| 甲 | 乙 |\n|---|---|\n| 丙 |", 7, 1, "有 1 格"),
        ("---\n文种：总结\n---\n# 总结\n甲\x07乙", 5, 2, "U+0007"),
    ],
)
def test_errors_name_the_place_and_the_cure(source, line, column, said):
    with pytest.raises(SourceError) as caught:
        parse(source)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    assert said in str(error)
    assert error.cure in str(error)


@given(st.text(max_size=300))
def test_any_source_is_read_or_refused(source):
    try:
        parse(source)
    except SourceError as error:
        assert error.line >= 1
        assert error.column >= 1


@given(st.text(alphabet="甲1 #|{}[]-：:\n\u3000\\.", max_size=120))
def test_any_body_is_read_or_refused(body):
    try:
        simple(body)
    except SourceError as error:
        assert 1 <= error.line <= body.count("\n") + 5


def test_fill_needs_every_slot():
    paper = parse(REPORT)
    with pytest.raises(MissingFigure) as caught:
        fill(paper, figures(paper)[:3])
    assert [slot.key for slot in caught.value.slots] == ["科普.宣传页", "科普.读本"]
    assert "第 12 行的{{科普.宣传页}}" in str(caught.value)


def test_fill_refuses_strangers_and_twins():
    paper = parse(REPORT)
    filling = figures(paper)
    with pytest.raises(ValueError, match="own"):
        fill(paper, (*filling, filling[0]))
    with pytest.raises(ValueError, match="no slot"):
        fill(simple("没有占位"), filling[:1])


def test_insert_puts_blocks_in_place_of_a_marker():
    paper = simple("前\n[[分工表]]\n后")
    assert paper.markers == (Marker("分工表", 6),)
    table = Table.of(["任务"], [["印发方案"]])
    assert insert(paper, "分工表", [table]).blocks[1] == table
    with pytest.raises(ValueError, match="no line"):
        insert(paper, "别的", [table])
    with pytest.raises(ValueError, match="slots"):
        insert(paper, "分工表", [Paragraph((Slot("甲", None, 0, 1, 1),))])


def test_plain_is_the_text_as_printed():
    assert plain(report()).split("\n") == [
        "云州市科学技术协会文件",
        "云科协〔2020〕21号\t签发人：孙玉兰",
        "云州市科学技术协会",
        "关于2020年活动情况的报告",
        "东澜省科学技术协会：",
        "活动展出科普展板30余块，发放读本1000册，宣传页2000份。",
        "一、精心组织",
        "各单位须在5个工作日内报送。",
        "（一）走进校园",
        "1.物料",
        "物料\t数量",
        "读本\t900余册",
        "其他",
        "活动圆满结束。",
        "附件：1.活动分工表",
        "2.《物料、签到》明细",
        "云州市科学技术协会",
        "2020年6月20日",
        "抄送：云州市人民政府办公室。",
        "云州市科学技术协会办公室\t2020年6月20日印发",
    ]


def test_characters_of_title_and_body_are_counted_without_white_space():
    assert count_characters(simple("## 一、甲 乙\n共１ 2册　。")) == len("总结一、甲乙共１2册。")
    with pytest.raises(MissingFigure):
        count_characters(parse(REPORT))
