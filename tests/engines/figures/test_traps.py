"""What looks like a number and is none."""

import pytest

from hearth.engines.figures import TrapKind, read


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("一、总体情况", "一、", "section"),
        ("(二)抓落实", "(二)", "section"),
        ("（十二）抓落实", "（十二）", "section"),
        ("1.启动仪式", "1.", "section"),
        ("第三条　经费", "第三条", "section"),
        ("3.2 分级响应", "3.2", "section"),
        ("建设二路1号", "二路1号", "name"),
        ("第2开标室", "第2开标室", "name"),
        ("卷内缺第4至6页", "第4至6页", "name"),
        ("小（2）型水库", "2）型", "name"),
        ("抗震设防烈度为7度", "7度", "name"),
        ("12路、103路公交", "12路、103路", "name"),
        ("矿泉水24瓶装", "24瓶装", "name"),
        ("填报说明：表1由各单位填写", "1", "name"),
        ("实现两位数增长", "两位数", "idiom"),
        ("附2寸免冠照", "2寸", "name"),
        ("代码：2503-360827-04-01-118243", "2503-360827-04-01-118243", "code"),
        ("电话 0912 336 5520", "0912 336 5520", "phone"),
        ("做到不漏一户", "不漏一户", "idiom"),
        ("第四条至第九条　分工", "第四条至第九条", "section"),
        ("①动员", "①", "section"),
        ("一是抓机制", "一是", "listing"),
        ("要求：二要聚合力", "二要", "listing"),
        ("云科协发〔2020〕16号", "云科协发〔2020〕16号", "docno"),
        ("电话0990-7654321", "0990-7654321", "phone"),
        ("手机13900000000", "13900000000", "phone"),
        ("大家一致认为", "一致", "word"),
        ("进一步努力", "进一步", "word"),
        ("四面八方来客", "四面八方", "idiom"),
        ("一如既往", "一如既往", "idiom"),
        ("群众一看就懂", "一看就懂", "idiom"),
        ("一项一项落实", "一项一项", "idiom"),
        ("孩子一个个欢喜", "一个个", "idiom"),
        ("围绕“三个新突破”", "三个新突破", "idiom"),
        ("五大工程", "五大", "idiom"),
        ("落实“双减”", "双减", "idiom"),
        ("“十四五”期间", "十四五", "plan"),
        ("云州第一中学", "第一中学", "name"),
        ("十九届五中全会", "十九届五中全会", "name"),
        ("防灾日5·12", "5·12", "name"),
        ("住301室", "301室", "name"),
        ("作为一名工程师", "一名", "indef"),
        ("每一条都有答复", "一条", "indef"),
        ("办好每一场", "一场", "indef"),
        ("获一等奖", "一等奖", "grade"),
        ("建成5G基站", "5G", "term"),
        ("监测PM2.5", "PM2.5", "term"),
        ("比例3:1", "3:1", "term"),
        ("90后", "90后", "term"),
        ("新冠19疫情", "新冠19", "disease"),
        ("定于星期五", "星期五", "weekday"),
        ("每周一例会", "周一", "weekday"),
        ("定于下个星期一", "星期一", "weekday"),
        ("代码123456789012345678", "123456789012345678", "phone"),
        ("版本3.2.1", "3.2.1", "code"),
        ("执行GB/T 9704—2012", "GB/T 9704—2012", "code"),
        ("车牌京A·12345", "京A·12345", "code"),
        ("工号3021", "3021", "code"),
        ("提案第0216号", "0216", "code"),
        ("拨打“12345”热线", "12345", "phone"),
        ("电话0990-7654321转802", "0990-7654321转802", "phone"),
        ("依据《审计法》第二十二条规定", "第二十二条", "section"),
        ("1）启动", "1）", "section"),
        ("柳荫巷15弄3号402室", "15弄3号402室", "name"),
        ("检修3、4号机组", "3、4号机", "name"),
        ("出让8号地块", "8号", "name"),
        ("城东村六组", "六组", "name"),
        ("七届一次理事会", "七届一次", "name"),
        ("“科创30条”落地", "30条", "name"),
        ("“985”高校", "985", "name"),
        ("世界500强企业", "500强", "name"),
        ("（2021—2035年）》", "2021—2035年", "plan"),
        ("大走访百企千户", "百企千户", "idiom"),
        ("24小时值班", "24小时", "idiom"),
        ("阵风8级", "8级", "grade"),
        ("二类医疗器械", "二类", "grade"),
        ("按照1+6+N思路", "1+6+N", "term"),
        ("比例5.9:46.9:47.2", "5.9:46.9:47.2", "term"),
        ("每千名老人", "千名", "term"),
        ("装有Windows 10", "Windows 10", "term"),
        ("乾隆五十六年刻本", "乾隆五十六年", "term"),
        ("农历正月初一", "农历正月初一", "term"),
        ("过去一年", "一年", "word"),
    ],
)
def test_a_trap_is_named(text, span, kind):
    reading = read(text)
    assert [(trap.text, trap.kind) for trap in reading.traps] == [(span, TrapKind(kind))]
    assert reading.figures == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("十分钟", "十分钟"),
        ("三公里", "三公里"),
        ("一小时", "一小时"),
        ("三位专家", "三位"),
        ("第二十届", "第二十届"),
    ],
)
def test_a_unit_wins_over_a_word_that_begins_alike(text, span):
    assert [figure.text for figure in read(text).figures] == [span]


def test_both_halves_of_a_pair_may_count():
    assert [figure.text for figure in read("历时三天两夜，走遍五县两区").figures] == [
        "三天",
        "两夜",
        "五县",
        "两区",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("另有“九百七十八”人", "九百七十八"), ("共“四百二十二人”", "四百二十二人"), ("办了“三场”", "三场")],
)
def test_quotation_that_counts_is_a_figure(text, number):
    assert [figure.text for figure in read(text).figures] == [number]


def test_numbers_to_call_stand_in_a_row():
    assert [(trap.text, trap.kind.value) for trap in read("拨打119、120").traps] == [
        ("119", "phone"),
        ("120", "phone"),
    ]
