"""Numbers that follow from others in the same sentence are recomputed."""

import pytest

from hearth.engines.figures import RelationKind, check_arithmetic, read, relations


def found(text):
    return [
        (one.kind, one.figure.text, [source.text for source in one.sources], one.right)
        for one in check_arithmetic(text, read(text))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "figure", "sources", "right"),
    [
        ("建成工作站23家，其中省级8家，占38%。", RelationKind.SHARE, "38%", ["8家", "23家"], 35),
        ("推出活动137项，同比增加23项，增长18.2%。", RelationKind.GROWTH, "18.2%", ["23项", "137项"], 20.2),
        ("参会3200人，比上年减少400人，下降15%。", RelationKind.GROWTH, "15%", ["400人", "3200人"], 11),
        ("收入120万元，比上年的100万元增长25%。", RelationKind.GROWTH, "25%", ["120万元", "100万元"], 20),
        ("面积由300亩扩大到900亩，翻了一番。", RelationKind.GROWTH, "一番", ["900亩", "300亩"], 3),
        ("占比由51%提高到58%，提高9个百分点。", RelationKind.DIFFERENCE, "9个百分点", ["58%", "51%"], 7),
        (
            "粉丝由1.9万人增至2.4万人，净增8000人。",
            RelationKind.DIFFERENCE,
            "8000人",
            ["2.4万人", "1.9万人"],
            5000,
        ),
        ("收到建议57条，采纳41条，其余15条正在研究。", RelationKind.SUM, "15条", ["57条", "41条"], 16),
        ("发放手册300份、折页500份，共计900份。", RelationKind.SUM, "900份", ["300份", "500份"], 800),
        (
            "奖项145项，其中一等奖20项、二等奖45项、三等奖85项。",
            RelationKind.SUM,
            "145项",
            ["20项", "45项", "85项"],
            150,
        ),
        ("学会68个，其中理科40个、工科35个。", RelationKind.SUM, "68个", ["40个", "35个"], 75),
        (
            "补助320万元，惠及160人，人均2.5万元。",
            RelationKind.AVERAGE,
            "2.5万元",
            ["320万元", "160人"],
            20_000,
        ),
        ("举办培训6期，每期50人，共培训310人。", RelationKind.PRODUCT, "310人", ["6期", "50人"], 300),
    ],
)
def test_a_number_that_does_not_follow_is_told_with_its_sources(text, kind, figure, sources, right):
    assert found(text) == [(kind, figure, sources, right)]


@pytest.mark.parametrize(
    "text",
    [
        "建成工作站23家，其中省级8家，占34.8%。",
        "推出活动137项，同比增加23项，增长20.2%。",
        "村集体收入由3.8万元增加到11.4万元，增长2倍。",
        "面积由1200平方米扩大到2500平方米，翻了一番。",
        "发放手册300余份、折页500份，共计800余份。",
        "奖项145项，其中一等奖20项、二等奖45项、三等奖80项。",
        "学会68个，其中理科20个、工科15个。",
        "受训一千八百余人，补贴每人100元，共18万余元。",
        "入户1200户，其中脱贫户300户、监测户40户，占28.3%。",
    ],
)
def test_what_follows_or_need_not_follow_raises_no_alarm(text):
    assert found(text) == []


def test_what_was_recomputed_is_told_even_when_right():
    text = "建成工作站23家，其中省级8家，占34.8%。"
    assert [(one.kind, one.holds, one.why) for one in relations(text, read(text))] == [
        (RelationKind.SHARE, True, "“34.8%”是“8家”占“23家”的比重，相符")
    ]


def test_a_wrong_number_says_what_would_be_right():
    text = "发放手册3万份、折页2万份，共6万份。"
    assert [one.why for one in check_arithmetic(text, read(text))] == [
        "“6万份”是“3万份”、“2万份”的合计，应为5万份"
    ]


def test_numbers_of_different_sentences_are_strangers():
    assert found("发放手册300份、折页500份。共计900份。") == []


def test_nothing_divides_by_nothing():
    assert found("收入120万元，比上年的0万元增长25%。") == []
