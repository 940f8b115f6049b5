"""Counts, money, percentages, measures and ordinals with their bounds."""

import pytest

from hearth.engines.figures import Approx, FigureType, read


def only(text):
    figures = read(text).figures
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "span", "kind", "value", "low", "high", "unit", "approx"),
    [
        ("赠书1000册。", "1000册", "count", 1000, 1000, 1000, "册", "exact"),
        ("9.9折起售", "9.9折", "percent", 99, 99, 99, "%", "exact"),
        ("赠书３０余册。", "３０余册", "count", 30, 30, 40, "册", "over"),
        ("来宾200余人到场", "200余人", "count", 200, 200, 300, "人", "over"),
        ("观众1.2万余人次", "1.2万余人次", "count", 12000, 12000, 13000, "人次", "over"),
        ("路程800多公里", "800多公里", "measure", 800, 800, 900, "公里", "over"),
        ("难题二十多万个", "二十多万个", "count", 200000, 200000, 300000, "个", "over"),
        ("稿件百余篇", "百余篇", "count", 100, 100, 200, "篇", "over"),
        ("十几个村", "十几个", "count", 10, 10, 20, "个", "over"),
        ("来了近500名代表", "近500名", "count", 500, 450, 500, "名", "near"),
        ("印发近8000余份", "近8000余份", "count", 8000, 8000, 9000, "份", "over"),
        ("农民约2600人", "约2600人", "count", 2600, 2340, 2860, "人", "about"),
        ("观众3000人左右", "3000人左右", "count", 3000, 2700, 3300, "人", "about"),
        ("惠及百万人次", "百万人次", "count", 1000000, 900000, 1100000, "人次", "about"),
        ("义诊逾900人次", "逾900人次", "count", 900, 900, None, "人次", "min"),
        ("播放突破50万次", "50万次", "count", 500000, 500000, None, "次", "min"),
        ("观看量10万+", "10万+", "count", 100000, 100000, None, "", "min"),
        ("全市四十万科技工作者", "四十万", "count", 400000, 400000, 400000, "", "exact"),
        ("传播量超百万", "超百万", "count", 1000000, 1000000, None, "", "min"),
        ("上千人围观", "上千人", "count", 1000, 1000, None, "人", "min"),
        ("入围率不足14%", "不足14%", "percent", 14, 0, 14, "%", "max"),
        ("经费28万元以内", "28万元以内", "money", 280000, 0, 280000, "元", "max"),
        ("限15个工作日内办结", "15个工作日内", "timespan", 15, 0, 15, "工作日", "max"),
        ("接待15至20人", "15至20人", "count", None, 15, 20, "人", "range"),
        ("补助20万-30万元", "20万-30万元", "money", None, 200000, 300000, "元", "range"),
        ("补助20—30万元", "20—30万元", "money", None, 200000, 300000, "元", "range"),
        ("涨幅10%至15%", "10%至15%", "percent", None, 10, 15, "%", "range"),
        ("四五十人", "四五十人", "count", None, 40, 50, "人", "range"),
        ("数百名", "数百名", "count", None, 200, 1000, "名", "range"),
        ("总额3.2亿元", "3.2亿元", "money", 320000000, 320000000, 320000000, "元", "exact"),
        ("￥500", "￥500", "money", 500, 500, 500, "元", "exact"),
        ("占比百分之九十八点五", "百分之九十八点五", "percent", 98.5, 98.5, 98.5, "%", "exact"),
        ("增长近四成", "近四成", "percent", 40, 36, 40, "%", "near"),
        ("产值翻了一番", "一番", "percent", 2, 2, 2, "倍", "exact"),
        ("上升7个百分点", "7个百分点", "percent", 7, 7, 7, "百分点", "exact"),
        ("增幅-3.5%", "-3.5%", "percent", -3.5, -3.5, -3.5, "%", "exact"),
        ("气温零下5℃", "零下5℃", "measure", -5, -5, -5, "摄氏度", "exact"),
        ("面积2500㎡", "2500㎡", "measure", 2500, 2500, 2500, "平方米", "exact"),
        ("长3千米", "3千米", "measure", 3, 3, 3, "公里", "exact"),
        ("重30kg", "30kg", "measure", 30, 30, 30, "公斤", "exact"),
        ("历经半年", "半年", "timespan", 0.5, 0.5, 0.5, "年", "exact"),
        ("历时两个半小时", "两个半小时", "timespan", 2.5, 2.5, 2.5, "小时", "exact"),
        ("历时三年多", "三年多", "timespan", 3, 3, 4, "年", "over"),
        ("近两年的工作", "近两年", "timespan", 2, 2, 2, "年", "exact"),
        ("对接20家(次)", "20家(次)", "count", 20, 20, 20, "家(次)", "exact"),
        ("六十来天", "六十来天", "timespan", 60, 54, 66, "天", "about"),
        ("十数位专家", "十数位", "count", 10, 10, 20, "位", "over"),
        ("恒温20±2℃", "20±2℃", "measure", 20, 18, 22, "摄氏度", "range"),
        ("误差±0.5毫米", "±0.5毫米", "measure", None, -0.5, 0.5, "毫米", "range"),
        ("培训农民≥800人次", "≥800人次", "count", 800, 800, None, "人次", "min"),
        ("身高1.3米（含）以下", "1.3米（含）以下", "measure", 1.3, 0, 1.3, "米", "max"),
        ("约需4万元", "4万元", "money", 40000, 36000, 44000, "元", "about"),
        ("出让2（贰）幅", "2（贰）幅", "count", 2, 2, 2, "幅", "exact"),
        ("销售收入十三亿七", "十三亿七", "money", 1370000000, 1370000000, 1370000000, "元", "exact"),
        ("走访了一半", "一半", "percent", 50, 50, 50, "%", "exact"),
        ("出生率5‰", "5‰", "percent", 0.5, 0.5, 0.5, "%", "exact"),
        ("等了三刻钟", "三刻钟", "timespan", 45, 45, 45, "分钟", "exact"),
        ("时速80公里/小时", "80公里/小时", "measure", 80, 80, 80, "公里/小时", "exact"),
        ("检测110万管次", "110万管次", "count", 1100000, 1100000, 1100000, "管次", "exact"),
        ("发生8.0级特大地震", "8.0级", "measure", 8, 8, 8, "级", "exact"),
        ("总额1亿2345万6789元", "1亿2345万6789元", "money", 123456789, 123456789, 123456789, "元", "exact"),
        ("燃油费3万3", "3万3", "money", 33000, 33000, 33000, "元", "exact"),
        ("重零点三四吨", "零点三四吨", "measure", 0.34, 0.34, 0.34, "吨", "exact"),
        ("位列前三名", "前三名", "ordinal", 3, 3, 3, "名", "exact"),
        ("第9号台风", "第9号", "ordinal", 9, 9, 9, "号", "exact"),
        ("第四个节日", "第四个", "ordinal", 4, 4, 4, "个", "exact"),
        ("第十二届年会", "第十二届", "ordinal", 12, 12, 12, "届", "exact"),
        ("位居全省第三", "第三", "ordinal", 3, 3, 3, "", "exact"),
        ("举办首届展会", "首届", "ordinal", 1, 1, 1, "届", "exact"),
        ("产值翻了近两番", "近两番", "percent", 4, 3.6, 4, "倍", "near"),
        ("降水偏多一至两成", "一至两成", "percent", None, 10, 20, "%", "range"),
        ("病株约三四成", "三四成", "percent", None, 30, 40, "%", "range"),
        ("高出两成多", "两成多", "percent", 20, 20, 30, "%", "over"),
        ("是平日的四倍多", "四倍多", "percent", 4, 4, 5, "倍", "over"),
        ("缺损百分之三四", "百分之三四", "percent", None, 3, 4, "%", "range"),
        ("占九成五以上", "九成五以上", "percent", 95, 95, None, "%", "min"),
        ("驾驶4小时20分钟", "4小时20分钟", "timespan", 260, 260, 260, "分钟", "exact"),
        ("用时3分20秒", "3分20秒", "timespan", 200, 200, 200, "秒", "exact"),
        ("耕耘近四十年", "近四十年", "timespan", 40, 36, 40, "年", "near"),
        ("影响人口三万二左右", "三万二左右", "count", 32000, 28800, 35200, "", "about"),
        ("偏差±0.01mm以内", "±0.01mm以内", "measure", None, -0.01, 0.01, "毫米", "range"),
        ("热线受理870余通", "870余通", "count", 870, 870, 880, "通", "over"),
        ("首日客流", "首日", "ordinal", 1, 1, 1, "天", "exact"),
    ],
)
def test_a_figure_is_read_whole(text, span, kind, value, low, high, unit, approx):
    figure = only(text)
    assert (figure.text, figure.type, figure.value, figure.low, figure.high, figure.unit, figure.approx) == (
        span,
        FigureType(kind),
        value,
        low,
        high,
        unit,
        Approx(approx),
    )


@pytest.mark.parametrize("text", ["节约3万元", "附近3个村", "预约3人"])
def test_a_word_that_ends_like_an_approximation_is_none(text):
    assert only(text).approx is Approx.EXACT


@pytest.mark.parametrize("text", ["由15家到36家", "从5%到8%"])
def test_a_change_is_two_figures(text):
    assert [figure.approx for figure in read(text).figures] == [Approx.EXACT, Approx.EXACT]


@pytest.mark.parametrize(
    ("text", "span"),
    [("交总结一份。", "一份"), ("为期一个月", "一个月"), ("共一项", "一项"), ("各一名代表", "一名")],
)
def test_one_counts_where_it_is_stressed(text, span):
    assert only(text).text == span


def test_a_thousands_separator_does_not_split_a_number():
    assert [figure.value for figure in read("注册4,385人，作品1，906件").figures] == [4385, 1906]


def test_the_noun_follows_or_precedes():
    figures = read("云石县展出科普挂图156块,16家成员单位参加。").figures
    assert [figure.noun for figure in figures] == ["科普挂图", "成员单位"]


def test_things_that_share_a_count_are_its_members():
    figure = only("发放印有标志的手提袋、围裙及水杯等物品2000个")
    assert (figure.members[1:], figure.member_scope, figure.noun) == (("围裙", "水杯"), "total", "物品")


def test_each_of_several_things_may_have_the_count():
    figure = only("举办果树、养蜂、电商培训各6期")
    assert (figure.members, figure.member_scope) == (("果树", "养蜂", "电商培训"), "each")


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("分别提高2.1和4.7个百分点", [2.1, 4.7], "百分点"),
        ("各县分别投入12、15和18.5亿元", [1_200_000_000, 1_500_000_000, 1_850_000_000], "元"),
    ],
)
def test_numbers_in_a_row_share_the_unit_of_the_last(text, values, unit):
    assert [(figure.value, figure.unit) for figure in read(text).figures] == [(one, unit) for one in values]
