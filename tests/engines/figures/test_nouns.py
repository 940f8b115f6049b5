"""What a figure counts."""

import pytest

from hearth.engines.figures import read


def nouns(text):
    return [figure.noun for figure in read(text).figures]


@pytest.mark.parametrize(
    ("condition", "text", "found"),
    [
        ("behind the number", "邀请12位院士参加", ["院士"]),
        ("behind the number, before a verb", "19家企业参加", ["企业"]),
        ("behind 的", "三分之一的学会换届", ["学会"]),
        ("before an adverb that begins what it does", "37处隐患点逐一排查", ["隐患点"]),
        ("of two units that count the same", "慰问326户、1104名贫困群众", ["贫困群众", "贫困群众"]),
        ("of two figures side by side", "组建志愿服务队18支1350人。", ["志愿服务队", "志愿服务队"]),
        ("work that is paid for", "物料制作3万元，宣传推广1.5万元", ["物料制作", "宣传推广"]),
        ("a word of one character inside a noun", "其中中央资金2亿元", ["中央资金"]),
        ("a word of one character inside a longer word", "预计挽回经济损失2300万元", ["经济损失"]),
        ("an adverb inside a longer word", "成功率38.9%", ["成功率"]),
        ("a scope inside a longer word", "全国性会议19次", ["全国性会议"]),
        ("for every ten thousand people", "每万人发明专利拥有量达7.9件", ["发明专利拥有量"]),
        ("a verb that is part of what grew", "五年来全市研发经费投入年均增长15.7%", ["", "研发经费投入"]),
        ("the topic, behind the verb", "问卷共发放5000份。", ["问卷"]),
        ("who does it is no topic", "市财政安排50万元。", [""]),
        ("of what there was the twelfth", "第十二次公民科学素质抽样调查结果显示", ["公民科学素质抽样调查"]),
        ("of earlier, since the first", "对接率38%，较首届提高6个百分点。", ["对接率", "", "对接率"]),
        ("who is the oldest of them", "慰问12位代表，年龄最大的86岁", ["代表", "代表"]),
        ("what was counted before, when it is done", "排查隐患217处，已整改198处。", ["隐患", "隐患"]),
        ("a word that reaches into the next one", "审议第八届委员会工作报告", ["委员会工作报告"]),
        ("an organisation, where there is so many of it", "农技协会现有358个。", ["农技协会"]),
        ("the same things, all told", "新建党支部5个，总数达41个。", ["党支部", "党支部"]),
        (
            "of growth, when a number is reached",
            "科普受众增长12%，首次突破500万人次大关",
            ["科普受众", "", "科普受众"],
        ),
        ("of an age", "博士占4%，35岁以下占41%", ["博士", "", ""]),
        ("of a level", "组织41家国家级学会与我市结对", ["国家级学会"]),
        ("a verb that names how much of it", "经费投入强度达2.87%", ["经费投入强度"]),
        ("a verb alone, of what was named before", "报送案例128个，经评审入选45个", ["案例", "案例"]),
        ("before the number", "展出科普展板156块。", ["科普展板"]),
        ("before a link", "注册科技志愿者达4385人。", ["科技志愿者"]),
        ("before a link and a scope", "全市科普经费共计30万元。", ["科普经费"]),
        ("after a number of the list", "3. 投标保证金：8万元", ["投标保证金"]),
        ("per head", "人均科普经费1.37元", ["人均科普经费"]),
        ("in its own measure word", "会同7部门印发", ["部门"]),
        ("what was counted before, for the rest", "收到建议17条，其余8条。", ["建议", "建议"]),
        ("what was counted before, for a change", "推出活动137项，同比增加23项。", ["活动", "活动"]),
        ("what was counted before, for its share", "老年人口71万人，占常住人口的22%。", ["老年人口"] * 2),
        (
            "what was counted before, for a comparison",
            "科普经费1.37元，比全市平均水平低0.6元。",
            ["科普经费"] * 2,
        ),
        ("beside a number in another unit", "列支接待费3笔、1.68万元。", ["接待费", "接待费"]),
        ("before what came of it", "农村中学科技馆已建成17座，今年再建3座。", ["农村中学科技馆"] * 2),
        (
            "of earlier, compared",
            "合格率为12.3%，比2020年的10.56%提高1.74个百分点。",
            ["合格率", "", "合格率", "合格率"],
        ),
        ("of what grew since", "新增利税1.1亿元，是三年前的2.3倍。", ["利税", "", "利税"]),
        ("before what its actors do", "三十多个摊位座无虚席，3位院士作报告。", ["摊位", "院士"]),
        ("before a number that a bracket tells again", "总用地45亩（折合3公顷）。", ["总用地", "总用地"]),
        ("before each of something", "值班补助每班100元。", ["值班补助"]),
        ("before what it needs", "维修费用约需4.2万元。", ["维修费用"]),
        ("in another sentence", "展出展板5块。共12家。", ["展板", ""]),
        ("no noun for a time", "历时4天", [""]),
        ("no noun for a date", "6月12日签约", [""]),
        ("with brackets as written", "覆盖12个县（区）", ["县（区）"]),
        ("in quotation marks", "新建“爱心驿站”3个", ["爱心驿站"]),
    ],
)
def test_a_noun_stands(condition, text, found):
    assert nouns(text) == found


@pytest.mark.parametrize(
    ("text", "members", "scope"),
    [
        ("发放手提袋、围裙及水杯等物品2000个", ("手提袋", "围裙", "水杯"), "total"),
        ("发放围裙和水杯共500个", ("围裙", "水杯"), "total"),
        ("举办果树、养蜂培训各6期", ("果树", "养蜂培训"), "each"),
    ],
)
def test_several_things_share_one_count(text, members, scope):
    (figure,) = read(text).figures
    assert (figure.members, figure.member_scope) == (members, scope)


@pytest.mark.parametrize("text", ["市教育局、科技局等7部门", "展出展板、挂图156块", "邀请张某、李某等6人"])
def test_things_named_beside_a_count_do_not_share_it(text):
    (figure,) = read(text).figures
    assert (figure.members, figure.member_scope) == ((), None)
