"""Units and measure words. To teach a new one, add it to a table here."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hearth.engines.figures.model import FigureType


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical name and what it measures."""

    name: str
    type: FigureType


NOTHING = Unit("", FigureType.COUNT)

MONEY = {
    "元": "元 块钱 元人民币 人民币 圆",
    "美元": "美元 美圆 美金 美刀",
    "欧元": "欧元",
    "港元": "港元 港币",
    "日元": "日元 日圆",
    "英镑": "英镑",
    "新台币": "台币 新台币",
    "澳元": "澳元",
    "加元": "加元",
    "韩元": "韩元 韩币",
    "卢布": "卢布",
    "泰铢": "泰铢",
    "瑞士法郎": "瑞士法郎",
    "比特币": "比特币 个比特币",
}
"""Canonical currency and the ways it is written."""

PERCENT = {
    "%": "%",
    "‰": "‰",
    "百分点": "百分点 个百分点",
    "倍": "倍",
}

TIMESPAN = {
    "年": "年 载 个年头",
    "个月": "个月",
    "周": "周 星期 个星期 礼拜 个礼拜",
    "天": "天 日 日历天",
    "工作日": "工作日 个工作日",
    "小时": "小时 个小时 个钟头 h",
    "分钟": "分钟 min",
    "刻钟": "刻钟",
    "秒": "秒 秒钟",
    "周年": "周年",
    "季度": "个季度",
    "学期": "学期 个学期",
    "世纪": "世纪 个世纪",
    "昼夜": "昼夜 个昼夜",
    "夜": "个晚上 晚 夜",
}

MEASURE = {
    "公里": "公里 千米 km KM",
    "米": "米 m",
    "延米": "延米 延长米",
    "厘米": "厘米 cm",
    "毫米": "毫米 mm",
    "微米": "微米 μm",
    "纳米": "纳米 nm",
    "里": "华里",
    "平方米": "平方米 平米 ㎡ m² m2 平方",
    "平方公里": "平方公里 平方千米 km² km2",
    "亩": "亩",
    "公顷": "公顷 hm²",
    "立方米": "立方米 立方 方 m³ m3",
    "升": "升 L",
    "毫升": "毫升 mL ml",
    "吨": "吨 t",
    "公斤": "公斤 千克 kg KG",
    "克": "克 g",
    "毫克": "毫克 mg",
    "斤": "斤",
    "岁": "岁 周岁",
    "瓦": "瓦 W",
    "千瓦": "千瓦 kW KW",
    "兆瓦": "兆瓦 MW",
    "千瓦时": "千瓦时 度电 kWh",
    "伏": "伏 V",
    "千伏": "千伏 kV",
    "赫兹": "赫兹 Hz",
    "摄氏度": "摄氏度 ℃ °C 度",
    "分贝": "分贝 dB",
    "GB": "GB",
    "TB": "TB",
    "MB": "MB",
    "兆": "兆",
    "学时": "学时 课时",
    "学分": "学分",
    "工时": "工时",
    "分": "分",
    "寸": "寸 英寸",
    "勒克斯": "勒克斯 lx",
    "毫米汞柱": "毫米汞柱 mmHg",
    "级": "级",
}

COUNT = {
    "people and groups": """
人 人次 名 位 户 户次 家 家次 支 队 组 组次 对 伙 批 批次 拨 班 期 届 代 口 团 帮 群
路 方 员 例
""",
    "things": """
个 个次 件 件次 项 项次 条 只 台 台次 套 块 幅 张 片 面 枚 把 本 册 卷 部 篇 份
封 页 章 节 行 首 支 根 束 朵 棵 株 头 匹 尾 羽 粒 穗 颗 座 栋 幢 间 处 所 层 院
厂 店 馆 房 辆 辆次 艘 架 列 车 盏 盒 箱 袋 包 瓶 桶 罐 盘 捆 扇 顶 门 道 类
种 款 宗 起 桩 单 笔 股 声 字 词 句 段 则 集 期次 版 版次 帧 档 屏 字节
席 床 张次 副 尊 樽 串 排 圈 环 步 站 点 关 题 问 票 剂 具 人份 针 剂次 针次
课 岗 证 讲 通 架次 地 州 园 线 样 号人 号楼
""",
    "times something is done": """
次 场 场次 趟 回 遍 轮 轮次 番次 遭 届次 班次 车次 航次 人天 人日 节次 堂 站次
频次 馆次
""",
    "things that count themselves": """
部门 单位 镇 乡 村 县 区 市 省 街道 社区 乡镇 县区 区县 市州 市县 省市 学会 学校
学院 大学 高校 院校 企业 院士 专家 基地 平台 项目 学科 国 国家 园区
中心 站点 校
""",
}
"""Measure words. The last group are nouns that stand directly after a number (7部门)."""

_ROOMS = {
    FigureType.MONEY: MONEY,
    FigureType.PERCENT: PERCENT,
    FigureType.TIMESPAN: TIMESPAN,
    FigureType.MEASURE: MEASURE,
}

UNITS = {
    written: Unit(written, FigureType.COUNT) for group in COUNT.values() for written in group.split()
} | {
    written: Unit(name, kind)
    for kind, room in _ROOMS.items()
    for name, ways in room.items()
    for written in ways.split()
}
"""Every unit by the way it is written."""

NAMES_ITSELF = frozenset(COUNT["things that count themselves"].split())
"""Measure words that are the counted noun as well."""

SAME = tuple(
    frozenset(family.split())
    for family in (
        "人 名 位 口 员",
        "次 场 期 场次 轮 趟 回 堂",
        "个 项 件 条",
        "册 本 份 张 页",
        "块 幅 面 张",
        "家 个 户 所",
    )
)
"""Measure words that may stand for one another when a figure is compared with a fact."""

FACTORS: dict[str, tuple[str, int | str]] = {
    "公里": ("米", 1000),
    "里": ("米", 500),
    "厘米": ("米", "0.01"),
    "毫米": ("米", "0.001"),
    "平方公里": ("平方米", 1_000_000),
    "公顷": ("平方米", 10_000),
    "升": ("毫升", 1000),
    "吨": ("公斤", 1000),
    "斤": ("公斤", "0.5"),
    "克": ("公斤", "0.001"),
    "千瓦": ("瓦", 1000),
    "兆瓦": ("瓦", 1_000_000),
    "小时": ("分钟", 60),
    "天": ("分钟", 1440),
    "周": ("分钟", 10_080),
    "秒": ("分钟", "0.01666666666666666666666666667"),
    "‰": ("%", "0.1"),
}
"""Units that are converted into another: the other, and how many of it make one."""

READ_AS: dict[str, tuple[str, int | str]] = {"‰": ("%", "0.1"), "刻钟": ("分钟", 15)}
"""Units whose figures are given in another: that one, and how many of it make one."""

_WEEKDAY_NAME = "[一二三四五六](?![次个场天种名位]) 日 天(?!气)"
NOT_BEFORE = {
    **dict.fromkeys(("星期", "个星期", "礼拜", "个礼拜"), _WEEKDAY_NAME),
    "日": "益 常 趋 渐 夜 均 前",
    "年": "级 轻 龄 会 度 均 产 报 检 来看",
    "天": "气 然 下 文",
    "人": "工 才 民 事 均 力 为 物 大(?!代表) 类 生 选",
    "家": "庭 长 园 乡 属 政",
    "方": "面 式 案 法 向 针 位 便 可 略",
    "点": "击 赞 评",
    "线": "上 下 城",
    "分": "别 级 钟 类 析 享 布 组 工 批 之",
    "面": "向 对 临 积 试",
    "地": "方 区 位",
    "道": "路 理",
    "样": "本 式",
    "门": "类 口 户",
    "路": "径 线 演",
    "单": "位 一 独",
    "段": "落",
    "席": "位",
    "行": "业 动 程 政 为 驶",
    "级": "地",
    "号": "召",
    "度": "假 电",
    "步": "伐 骤",
    "院": "士 校 长",
    "市": "场 民 长 级",
    "区": "域 别",
    "国": "际 内 有 资",
    "省": "级 委 内",
    "关": "于 键 注 心 系",
    "问": "题",
    "代": "表 理",
    "场": "地 馆 景 所",
    "课": "题 程",
    "校": "园 长",
    "车": "间 辆 辆次",
    "只": "有 要 是 能",
    "把": "握",
    "本": "科 地 次 年 市 届",
    "部": "分 署 门",
    "处": "理 置 室",
    "口": "径 碑 号",
    "对": "接 口 象 比 标 外 于 一",
    "组": "织 建 长 成",
    "队": "伍",
    "团": "队 体 结",
    "班": "子 组",
    "期": "间 待 望 刊",
    "回": "应 信 访 复",
    "起": "草 点 步 到",
    "首": "次 个 批 届 位 家",
    "站": "式",
    "集": "中 体 团 聚",
    "中心": "组 城 任务",
    "平方": "米 公里 千米 厘米",
    "米": "粒",
    "具": "体 有 备 象 名",
    "通": "过 知 报 信 道 讯 行 常 用 俗 车 话 告 气 水 电 路 航 水电",
}
"""What must not follow a unit, because it is then the beginning of another word (方 in 方面)."""

ONLY_BEFORE = {"级": r"[\u4e00-\u9fff]{0,4}地震"}
"""What must follow a unit, as a pattern, because it counts nothing elsewhere (8级 of a wind is a grade)."""

RATED = "mg g kg μg t m km mm m³ L mL mAh Wh kWh W 毫克 克 微克 公斤 千克 吨 毫米 厘米 米 公里 千米 立方米 升 毫升 千瓦时 次 转 人"
PER = "L mL m³ m² km² kg g h s min t 升 毫升 立方米 平方米 平方公里 亩 公顷 公斤 千克 克 吨 小时 时 分钟 分 秒 天 日 年"
"""What is measured by something else, and by what: mg/L, 公里/小时, 人/平方公里."""

TIMES = "人 管 例 件 户 车 架 班 航 站 剂 针 台 辆 册 馆 艘 床 课 项 批 队 校 村 天 点 笔 单 团 条 篇 部 题"
"""What stands before 次 in a measure word that counts occasions (110万管次)."""

_ROUNDLY = """
人 名 位 家 户 人次 册 份 件 个 场 场次 次 块 只 头 辆 台 套 棵 株 盏 篇 条 项 本 箱 羽 尾 种 款 架 艘 支 座 幅 枚 组 对
"""
ROUNDLY = frozenset(_ROUNDLY.split())
"""Measure words that a multiplier alone may count (百家, 千名); before others it is part of a name (万国)."""

_LATIN = re.compile(r"[A-Za-z]")
_BRACKETED = r"(?:\((?:次|期|场|幅|册|套|张|份|件|人|个|块|部|项|条|篇|家|户|台|所)\))?"


def _guarded(written: str) -> str:
    """The unit as a pattern that does not match inside a longer word."""
    if following := ONLY_BEFORE.get(written):
        return f"{re.escape(written)}(?={following})"
    if followers := NOT_BEFORE.get(written):
        return f"{re.escape(written)}(?!{followers.replace(' ', '|')})"
    return re.escape(written) + (r"(?![A-Za-z0-9])" if _LATIN.search(written) else "")


def _any(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words.split(), key=len, reverse=True)))})"


_RATE = rf"{_any(RATED)}/{_any(PER)}(?![A-Za-z0-9])"
_IS_RATE = re.compile(_RATE)
PATTERN = (
    f"(?:{_RATE}|{_any(TIMES)}次(?!数|日)|"
    f"{'|'.join(map(_guarded, sorted(UNITS, key=lambda one: (-len(one), one))))}){_BRACKETED}"
)
"""Pattern of one unit, the longest first, in text of one width."""


def unit_of(written: str) -> Unit:
    """The unit as written; 家(次) keeps its bracket and counts; what is unknown counts under its own name."""
    if not written:
        return NOTHING
    if _IS_RATE.fullmatch(written):
        return Unit(written, FigureType.MEASURE)
    return UNITS.get(written) or Unit(written, FigureType.COUNT)


def alike(one: str, other: str) -> bool:
    """Whether two canonical units may speak of the same thing."""
    return one == other or any(one in family and other in family for family in SAME)


def factor(one: str, other: str) -> Decimal | None:
    """How many of the ``other`` canonical unit make one of the first; None when they do not measure the same."""
    if one == other:
        return Decimal(1)
    base, size = FACTORS.get(one, (one, 1))
    other_base, other_size = FACTORS.get(other, (other, 1))
    return Decimal(size) / Decimal(other_size) if base == other_base else None
