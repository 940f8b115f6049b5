"""How the judge fares on facts made from the annotation: right, one of them wrong, one of them missing.

A fact is named as an office would enter it, not as the text says it: other words for the same thing, words of quantity
behind, the deed before. What the number is of (a growth, a rest, the earlier or the later of two) is said in the
ledger's words. Values lie anywhere in the bounds of the figure; a wrong one lies outside. Everything is drawn from a seed.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hearth.engines.figures import Fact, Verdict, judge, read

OTHER_WORDS = {
    "群众": "公众", "资料": "宣传材料", "展板": "宣传板", "企业": "公司", "学校": "院校", "观众": "参观者",
    "学生": "同学", "专家": "专家学者", "农民": "农户", "难题": "问题", "协议": "合同", "项目": "工程项目",
    "会员": "会员人员", "作品": "作品成果", "医生": "医师", "代表": "代表人员", "稿件": "新闻稿件", "评委": "评审专家",
    "屏幕": "显示屏", "论文": "学术论文", "科技工作者": "科技人员", "志愿者": "志愿人员", "读本": "图书读本",
    "经费": "费用", "补贴": "补助", "融资": "融资额", "意见建议": "建议",
}  # fmt: skip
"""A word of the text and what the ledger calls it."""

_BEHIND = ("数量", "数", "总数", "", "情况", "统计")
_BEFORE = ("", "", "本次", "活动", "全市")
_DEEDS = {
    "同比增加": "同比增量", "净增": "净增量", "增加": "增加量", "增长": "增幅", "下降": "降幅", "提高": "提高幅度",
    "节约": "节约额", "占": "占比", "其余": "其余部分", "答复": "已答复", "采纳": "已采纳", "推荐": "推荐数",
    "是": "倍数", "翻": "倍数", "最高": "最高额", "每人": "每人标准", "日均": "日均数", "人均": "人均数",
    "每期": "每期数", "由": "原来的数", "增至": "现在的数", "提高到": "现在的数", "扩大到": "现在的数",
    "增加到": "现在的数", "提升至": "现在的数", "省级": "省级", "以上的": "大额", "注销": "注销", "新成立": "新成立",
    "实到": "实到", "应到": "应到", "入围": "入围", "提交": "提交", "以上": "以上部分",
}  # fmt: skip
"""What stands right before a number, and what the ledger says for it."""

_DEED = re.compile("(" + "|".join(sorted(_DEEDS, key=len, reverse=True)) + r")[了为达约]?$")
_UNITS = {"人": "名", "名": "人", "位": "名", "元": "万元", "册": "本", "家": "个"}


ALARMS = {
    "right": (Verdict.CONTRADICTED, Verdict.AMBIGUOUS, Verdict.UNSUPPORTED),
    "wrong": (Verdict.SUPPORTED,),
}
"""Verdicts that are mistakes under a condition."""


@dataclass
class Outcome:
    """Counts of verdicts under one condition."""

    verdicts: Counter[str]

    def share(self, *names: str) -> float:
        return 100 * sum(self.verdicts[name] for name in names) / max(1, self.verdicts.total())


def measure(documents: Sequence[dict[str, Any]], rounds: int = 5) -> dict[str, Outcome]:
    """The verdicts on every figure with a noun: its fact right, wrong, missing."""
    outcomes = {name: Outcome(Counter()) for name in ("right", "wrong", "missing")}
    for one in range(rounds):
        for document in documents:
            for condition, verdict in _verdicts(document, random.Random(f"{document['id']}{one}")):
                outcomes[condition].verdicts[verdict] += 1
    return outcomes


def errors(documents: Sequence[dict[str, Any]], condition: str, verdict: Verdict) -> Iterator[str]:
    """Where a verdict was given under a condition, first round only."""
    for document in documents:
        yield from _errors(document, condition, verdict)


def _errors(document: dict[str, Any], condition: str, verdict: Verdict) -> Iterator[str]:
    text, reading = document["text"], read(document["text"])
    rng = random.Random(f"{document['id']}0")
    facts = _ledger(document, rng)
    for place, (start, fact) in enumerate(facts):
        changed = _changed(facts, place, fact, document, condition, rng)
        given = next((one for one in judge(text, reading, changed) if one.figure.start == start), None)
        if given and given.verdict is verdict:
            yield f"{document['id']} {text[max(0, start - 14) : start + 8]!r} {fact.name}={fact.value}{fact.unit}: {given.why}"


def _verdicts(document: dict[str, Any], rng: random.Random) -> Iterator[tuple[str, str]]:
    text, reading = document["text"], read(document["text"])
    facts = _ledger(document, rng)
    right = {one.figure.start: one for one in judge(text, reading, [fact for _, fact in facts])}
    for place, (start, fact) in enumerate(facts):
        yield "right", _name(right.get(start))
        for condition in ("wrong", "missing"):
            changed = _changed(facts, place, fact, document, condition, rng)
            found = judge(text, reading, changed)
            yield condition, _name(next((one for one in found if one.figure.start == start), None))


def _name(judgement: Any) -> str:
    return judgement.verdict.value if judgement else "not read"


def _changed(
    facts: list[tuple[int, Fact]],
    place: int,
    fact: Fact,
    document: dict[str, Any],
    condition: str,
    rng: random.Random,
) -> list[Fact]:
    others = [one for number, (_, one) in enumerate(facts) if number != place]
    if condition == "right":
        return [*others, fact]
    figures = [one for one in document["figures"] if one["noun"]]
    return (
        others
        if condition == "missing"
        else [*others, replace(fact, value=_wrong(figures[place], fact, rng))]
    )


def _ledger(document: dict[str, Any], rng: random.Random) -> list[tuple[int, Fact]]:
    figures = [one for one in document["figures"] if one["noun"]]
    return [(one["start"], _fact(document["text"], place, one, rng)) for place, one in enumerate(figures)]


def _fact(text: str, place: int, figure: dict[str, Any], rng: random.Random) -> Fact:
    unit = rng.choice((figure["unit"], _UNITS.get(figure["unit"], figure["unit"])))
    value = _true(figure, rng)
    if unit == "万元":
        value = round(value / 10_000, 6)
    return Fact(f"f{place}", _named(text, figure, rng), value, unit)


def _named(text: str, figure: dict[str, Any], rng: random.Random) -> str:
    noun = figure["noun"]
    for said, other in OTHER_WORDS.items():
        if said in noun and rng.random() < 0.6:
            noun = noun.replace(said, other)
            break
    before = text[max(0, figure["start"] - 8) : figure["start"]]
    deed = _DEED.search(re.split("[，,。；;]", before)[-1])
    if deed:
        return noun + _DEEDS[deed[1]]
    return rng.choice(_BEFORE) + noun + rng.choice(_BEHIND)


def _true(figure: dict[str, Any], rng: random.Random) -> float:
    low, high = figure["lo"], figure["hi"]
    if figure["approx"] == "exact":
        return figure["value"]
    high = (low or 1) * 1.3 if high is None else high
    value = low + (high - low) * rng.uniform(0.05, 0.95)
    return round(value) if value > 30 else round(value, 1)


def _wrong(figure: dict[str, Any], fact: Fact, rng: random.Random) -> float:
    """Another number of the same size outside the bounds: digits exchanged, one more or less, a tenth, tenfold."""
    value = float(fact.value)
    scale = 10_000 if fact.unit == "万元" else 1
    low = figure["lo"] if figure["lo"] is not None else 0
    high = figure["hi"] if figure["hi"] is not None else float("inf")
    ways = [
        value * 1.1 + 1,
        value * 0.9 - 1,
        value * 2 + 3,
        value / 3,
        value + 1,
        max(0.0, value - 1),
        value * 10,
        value / 10,
    ]
    rng.shuffle(ways)
    for way in ways:
        wrong = round(way, 2 if way < 30 or fact.unit == "万元" else 0)
        if wrong >= 0 and not low * 0.999 <= wrong * scale <= high * 1.001:
            return int(wrong) if wrong == int(wrong) else wrong
    return value * 100 + 7
