"""Random and hostile texts for the figures engine: nothing raised, every numeral accounted for, time in step with length.

Run, in the folder of the house:  PYTHONPATH=src .venv/bin/python -m bench.figures.fuzz [--seconds 600] [--seed 4]
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic, process_time

from bench.figures import generated

from hearth.engines.figures import Fact, check_arithmetic, judge, read

NUMERALS = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两兆壹贰叁拾佰仟廿卅半双首第几余多"
MARKS = "，。、；：？！“”‘’《》（）()〔〕[]【】%％‰.．,-－—~～/:+×·#*￥$℃㎡①⑳㈠ⅣⅫ \n\t　"
WORDS = """
年 月 日 号 时 分 点 旬 初 底 季度 世纪 周 星期 去年 今年 至 到 以上 以下 以内 左右 前后 近 约 逾 超过 不足 不少于 余
多 个 人次 名 家 万元 元 美元 角 公里 平方米 亩 百分之 分之 成 折 倍 番 翻 百分点 其中 共计 等 各 和 及 占 增长 同比 每
人均 电话 字〔2020〕 届 等奖 级 中学 一是 第一 零下 负 的 了 从 由 增至 展板 群众 企业 COVID- PM2.5 Q
"""
PIECES = """
1 9 ０ 一 十 百 万 亿 百千 1,111 1，111 1. 1.1 .1 1- 1至 、 一、 、一 ( （ “ 《 “一 (1) （一） 〔2020〕 字〔2020 年
月 日 年月日 1年 1年1月1日 1月 1日、 % 1% 百分之 分之一 一分之一 第 第一 第一、 上 半 双 首 首个 数百 近 约 约1 余 1余
十余 1万 1万1 1亿1千 点一 一点一 A1 1A http1. 1:1 1×1 1: 08:30- 20- 20-30 2020-01- 2020.1. ￥1 1元1角1分 一成 一折
等1个 、一和 各1 1个， 占1%， 由1个增至1个， 其中1个、 共1个 一看就 一看一 千家 ① Ⅳ 。1 廿 零下 -1 去年1月 周一
"""
"""What is repeated, alone and in pairs."""

_WORDS = tuple(WORDS.split())
_PIECES = (*PIECES.split(), "\n1.")

_LONG = 40_000
_SLOW = 4_000
"""Characters a second below which a text is reported."""

_GROWTH = 3.0
"""How much slower a character may be read in a long text than in one of an eighth of its length."""


@dataclass
class Tally:
    """What a run saw."""

    texts: int = 0
    characters: int = 0
    numerals: int = 0
    slowest: tuple[float, str] = (float("inf"), "")
    growth: tuple[float, str] = (0.0, "")
    failures: tuple[str, ...] = ()


def random_text(rng: random.Random) -> str:
    """From a few to three hundred pieces of numerals, marks, words, any Chinese character and real sentences."""
    kinds = rng.choices(
        ("numeral", "mark", "word", "any", "run"), weights=(5, 3, 4, 1, 1), k=rng.randint(1, 300)
    )
    return "".join(_piece(kind, rng) for kind in kinds)


def _piece(kind: str, rng: random.Random) -> str:
    match kind:
        case "numeral":
            return "".join(rng.choices(NUMERALS, k=rng.randint(1, 6)))
        case "mark":
            return rng.choice(MARKS)
        case "word":
            return rng.choice(_WORDS)
        case "run":
            return rng.choice(_PIECES) * rng.randint(2, 30)
        case _:
            return chr(rng.randint(0x4E00, 0x9FA5))


def hostile_texts(rng: random.Random, length: int = _LONG) -> Iterator[tuple[str, str]]:
    """One piece, or two in turn, over and over; the name says which."""
    for piece in _PIECES:
        yield f"{piece!r}", piece * (length // len(piece))
    while True:
        first, second = rng.choice(_PIECES), rng.choice(_PIECES)
        block = first * rng.randint(1, 400) + second * rng.randint(1, 400)
        yield f"{first!r} {second!r} {len(block)}", block * max(1, length // len(block))


def wrong(text: str) -> str | None:
    """What is wrong with the reading of a text; None when nothing is."""
    reading = read(text)
    if left := reading.unexplained(text):
        return f"unexplained {left[:3]}"
    found = sorted((*reading.figures, *reading.traps), key=lambda one: one.start)
    if any(one.text != text[one.start : one.end] or not one.text for one in found):
        return "a span does not quote the text"
    if any(one.end > other.start for one, other in pairwise(found)):
        return "spans overlap"
    for figure in reading.figures:
        low, high = figure.low, figure.high
        if low is not None and high is not None and low > high:
            return f"bounds of {figure}"
    return None


def run(seconds: float, seed: int) -> Tally:
    """Random texts and hostile ones in turn until the time is over."""
    rng, tally = random.Random(seed), Tally()
    hostile = hostile_texts(rng)
    mutated = list(generated.texts(20, seed))
    facts = [Fact("a", "群众人数", 12, "人"), Fact("b", "企业", 30, "家"), Fact("c", "经费", 3.5, "万元")]
    end = monotonic() + seconds
    while monotonic() < end:
        for _ in range(20):
            _try(random_text(rng), "random", tally, facts)
            _try(_mutation(rng.choice(mutated), rng), "mutated", tally, facts)
        name, text = next(hostile)
        _try(text, name, tally, facts)
        _time(text, name, tally)
    return tally


def _time(text: str, name: str, tally: Tally) -> None:
    short = _speed(text[: len(text) // 8])
    long = _speed(text)
    tally.slowest = min(tally.slowest, (long, name))
    tally.growth = max(tally.growth, (short / long, name))
    if long < _SLOW or short / long > _GROWTH:
        tally.failures += (f"slow: {long:,.0f} characters/s, {short:,.0f} in a short one: {name}",)


def _speed(text: str) -> float:
    """Characters a second, the better of two."""
    seconds = []
    for _ in range(2):
        begun = process_time()
        read(text)
        seconds.append(process_time() - begun)
    return len(text) / max(min(seconds), 1e-9)


def _mutation(text: str, rng: random.Random) -> str:
    """A real text with some characters lost, doubled or exchanged."""
    characters = list(text)
    for _ in range(rng.randint(1, 40)):
        place = rng.randrange(len(characters))
        characters[place] = rng.choice(
            ("", characters[place] * 2, rng.choice(NUMERALS), rng.choice(MARKS), rng.choice(_WORDS))
        )
    return "".join(characters)


def _try(text: str, name: str, tally: Tally, facts: list[Fact]) -> None:
    try:
        found = wrong(text)
        if len(text) < 5000:
            reading = read(text)
            check_arithmetic(text, reading)
            judge(text, reading, facts)
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
    tally.texts += 1
    tally.characters += len(text)
    tally.numerals += sum(one in NUMERALS for one in text)
    if found:
        tally.failures += (f"{name}: {found} in {text[:300]!r}",)


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=4)
    asked = options.parse_args(arguments)
    tally = run(asked.seconds, asked.seed)
    print(f"{tally.texts:,} texts, {tally.characters:,} characters, {tally.numerals:,} numeral characters")
    print(f"slowest hostile text: {tally.slowest[0]:,.0f} characters/s, {tally.slowest[1]} over and over")
    print(f"most slowed by length: {tally.growth[0]:.2f} times, {tally.growth[1]}")
    print(f"{len(tally.failures)} failures")
    for failure in tally.failures[:30]:
        print(failure)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
