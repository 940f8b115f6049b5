"""What a figure counts: its head noun, and the things that share one count. To teach a new verb, add it to the table."""

import re

from hearth.engines.figures.model import Figure, FigureType
from hearth.engines.figures.units import NAMES_ITSELF, UNITS

VERBS = """
展出 摆放 发放 印发 刊发 刊登 推送 播出 发布 发出 发送 散发 分发 赠送 送去 送出 配送 配备 印制 编印
制作 举办 召开 开展 组织 组建 成立 建成 建立 设立 设置 搭建 打造 签订 签约 签署 达成 促成 引进 引育
培育 培养 培训 孵化 带动 走访 慰问 看望 邀请 联合 来自 接待 接受 服务 惠及 覆盖 受益 吸引 收到 收集
征集 提出 答复 解答 解决 办理 办结 采纳 评出 评选 表彰 授予 奖励 推荐 申报 获得 荣获 取得 实现 完成
新增 净增 增加 减少 增长 下降 提高 超过 达到 突破 投入 安排 争取 拨付 筹集 节约 支出 使用 作了 实施
推进 推出 推动 包括 分为 累计 合计 总计 共计 先后 分别 其中 现场 报送 入驻
对接 深入 到场 参加 参与
"""
"""Verbs and adverbs before a counted noun: 展出科普展板156块."""

FILLERS = ("各类", "各种", "各项", "各级", "相关", "有关", "全市", "全省", "全县", "了", "的", "等")
"""Words dropped from the front of a noun."""

_STOPS = re.compile(
    "[的在共和与及等为是于由从对向把被将已均还都也并被到以来就]|参加|参与|报名|入围|开展|进行|组织|分别|表彰|集中|获得|荣获|先后|来我|落户|入驻|出席|到场|轮流|同步|给予|现场|通过|围绕|达到|占|受|获|达"
)
_HAN_RUN = re.compile(r"的?([“”\u4e00-\u9fff]{1,24}(?:\([\u4e00-\u9fff]{1,4}\)[\u4e00-\u9fff]{0,8})?)")
_PHRASE_BEFORE = re.compile(r"[“”()《》A-Za-z0-9\u4e00-\u9fff]{1,40}[:：]?$")
_LIST_BEFORE = re.compile(
    r"((?:[\u4e00-\u9fff]{1,30}、)+[\u4e00-\u9fff]{1,12}(?:(?:和|及|以及|与)[\u4e00-\u9fff]{1,12})?)$"
)
_ETC = re.compile(r"(.*)(?<![一二三四五特])等([\u4e00-\u9fff]{0,8}?)$")
_TOTALS = re.compile(
    r"(?:共计|累计|合计|总计|一共|共|约为|多达|高达|增加到|扩大到|提高到|增至|降至|达到|达|计|为|是|各|由|从|的)+$"
)
_VERB = re.compile("|".join(sorted(VERBS.split(), key=len, reverse=True)))
_SHORT_VERB = re.compile("[设有共建达计为是占获](?=.{2})")
_WITH_NOUN = frozenset(
    {FigureType.COUNT, FigureType.MONEY, FigureType.PERCENT, FigureType.MEASURE, FigureType.ORDINAL}
)


def noun_of(text: str, figure: Figure, floor: int, ceiling: int) -> str:
    """The head noun of a figure between its neighbours: what follows (12位院士), else what precedes (展板156块)."""
    if figure.type not in _WITH_NOUN:
        return ""
    if figure.unit in NAMES_ITSELF:
        return figure.unit
    counted = figure.type in (FigureType.COUNT, FigureType.ORDINAL)
    return (counted and _following(text, figure.end, ceiling)) or _preceding(text, figure.start, floor)


def members_of(text: str, figure: Figure, floor: int) -> tuple[tuple[str, ...], str | None]:
    """手提袋、围裙及水杯等物品2000个: the things listed, and whether the count is their total or each one's."""
    if figure.type not in (FigureType.COUNT, FigureType.MEASURE):
        return (), None
    before = text[max(floor, figure.start - 60) : figure.start]
    scope = "each" if before.endswith("各") else "total"
    phrase = _TOTALS.sub("", before)
    etc = _ETC.match(phrase[max(phrase.rfind("，"), phrase.rfind(","), phrase.rfind("。")) + 1 :])
    listed = etc[1] if etc else phrase if scope == "each" else ""
    found = _LIST_BEFORE.search(listed)
    if not found:
        return (), None
    first, *middle, last = found[1].split("、")
    members = (_bare(first), *middle, *re.split("以及|和|及|与", last))
    return tuple(one for one in members if one), scope


def _following(text: str, at: int, ceiling: int) -> str:
    found = _HAN_RUN.match(text, at, ceiling)
    if not found:
        return ""
    phrase = found[1]
    stop = _STOPS.search(phrase)
    noun = phrase[: stop.start()] if stop else phrase
    return noun.strip("“”") if len(noun) > 1 or noun in UNITS else ""


def _preceding(text: str, at: int, floor: int) -> str:
    found = _PHRASE_BEFORE.search(text, max(floor, at - 40), at)
    if not found:
        return ""
    phrase = _TOTALS.sub("", found[0].rstrip(":："))
    etc = _ETC.match(phrase)
    if etc:
        phrase = etc[2] or etc[1]
    return _bare(phrase)


def _bare(phrase: str) -> str:
    """The phrase after its last verb, without fillers in front; a phrase that is all verb stays (阅读, 培训)."""
    ends = [found.end() for found in _VERB.finditer(phrase) if found.end() < len(phrase)]
    noun = phrase[ends[-1] :] if ends else phrase
    if (short := _SHORT_VERB.match(noun)) and not noun.startswith("建筑"):
        noun = noun[short.end() :]
    while dropped := next((one for one in FILLERS if noun.startswith(one)), ""):
        noun = noun[len(dropped) :]
    return noun.strip("“”()《》")
