"""How like the name of a fact is to what a text says around a figure: words, characters, head, neighbourhood.

To teach a synonym, add it to ``SYNONYMS``; a word of quantity that names nothing, to ``GENERIC``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from hearth.engines.figures.model import Figure

SYNONYMS = """
群众 公众 市民 民众 百姓 居民
观众 参观者 游客
资料 材料 读物
读本 手册 图书 书籍
展板 挂图 展牌
宣传页 宣传单 折页 彩页
企业 公司 厂家
学校 院校
学生 学员 同学
教师 老师
专家 学者
医生 医师 大夫
评委 评审专家
农民 农户 村民
科技工作者 科技人员 科研人员
志愿者 志愿人员
参加 参与 参会 出席 到场
人员 人士
培训 轮训 讲座
会议 大会 年会
经费 资金 款项 费用 金额
补助 补贴 津贴
稿件 报道 新闻
意见 建议
协议 合同
项目 课题
难题 问题
慰问 走访 看望
接待 接受
发放 分发 派发 赠送
举办 开展 组织 召开
建成 建立 成立 设立 组建
场地 场馆 场所
占比 比例 比重 份额
观看 收看
"""
"""Words that people use for each other in names of measures, a line a meaning."""

GENERIC = """
数量 总数 总量 数目 数额 个数 人数 人次 次数 场次 件数 家数 规模 情况 统计 合计 总计 累计 共计 指标 本次 本届 本年 今年 全年
全市 各类 各级 相关 有关 活动 实际 数 量 的 总 共
"""
"""Words of a name that do not say what is counted."""

_CHANGE = re.compile(
    "百分点|(?:增长|增加|增幅|增量|新增|净增|提高|提升|下降|减少|降幅|同比|环比|多于|增速|翻)(?![到至为])"
)
_EACH = re.compile("每(?!年)|[日月年人户场单均]均|平均|单笔|单个")
_REST = re.compile("其余|余下|剩余|其他|尚未")
_FORMER = re.compile("由$|从$|原(?!因|创|料|则)|上届|上年|去年|此前|期初")
_LATTER = re.compile("[增升降加高大少]?[到至]$|现在|目前|期末|本期")
_WORDS = {word: line.split()[0] for line in SYNONYMS.strip().splitlines() for word in line.split()}
_SYNONYM = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_GENERIC = re.compile("|".join(sorted(GENERIC.split(), key=len, reverse=True)))
_NOTHING = re.compile(r"[\W_0-9]+")

MISMATCH = 0.6
"""What remains of the likeness where one speaks of a change, a share, an each or a rest and the other does not."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure: the words before it in its clause, after it, and the whole sentence."""

    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A figure's words, prepared for comparison."""

    noun: str
    near: str
    sentence: str
    aspects: tuple[bool, ...]


def spoken(figure: Figure, around: Surroundings) -> Spoken:
    """What the text says of the figure, once for all facts."""
    lead = around.before[-14:]
    return Spoken(
        _alike(figure.noun),
        _alike(f"{around.before} {around.after} {figure.noun}"),
        _alike(around.sentence),
        _aspects(lead + figure.unit),
    )


def likeness(said: Spoken, names: tuple[str, ...]) -> float:
    """From 0 to 1: the best of a fact's names, by what of it is said near the figure and what of the noun it says."""
    return max(_likeness(said, _prepared(name)) for name in names)


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    core: str
    aspects: tuple[bool, ...]


@lru_cache(maxsize=8192)
def _prepared(name: str) -> _Name:
    plain = _alike(_NOTHING.sub("", name))
    return _Name(plain, _GENERIC.sub("", plain) or plain, _aspects(name))


def _likeness(said: Spoken, name: _Name) -> float:
    head = _head(said.noun, name.core)
    found = (
        0.50 * _share_of(name.core, said.near)
        + 0.25 * _share_of(said.noun, name.text)
        + 0.15 * head
        + 0.10 * _share_of(name.core, said.sentence)
    )
    apart = sum(one != other for one, other in zip(said.aspects, name.aspects, strict=True))
    return float(found * MISMATCH**apart)


def _aspects(words: str) -> tuple[bool, ...]:
    return tuple(bool(pattern.search(words)) for pattern in (_CHANGE, _EACH, _REST, _FORMER, _LATTER))


def _head(noun: str, core: str) -> float:
    """Whether the last words of both are the same, or one stands in the other."""
    if not noun or not core:
        return 0.0
    if noun[-2:] == core[-2:]:
        return 1.0
    return 0.6 if noun[-2:] in core or core[-2:] in noun else 0.0


def _share_of(words: str, other: str) -> float:
    """Share of the characters and pairs of characters of ``words`` that occur in the other."""
    if not words:
        return 0.0
    singles = sum(one in other for one in words) / len(words)
    pairs = [words[place : place + 2] for place in range(len(words) - 1)]
    return 0.4 * singles + 0.6 * sum(pair in other for pair in pairs) / len(pairs) if pairs else singles


def _alike(words: str) -> str:
    """The words with one word for each meaning."""
    return _SYNONYM.sub(lambda found: _WORDS[found[0]], words)
