"""Spans that hold numerals and assert no figure, a function a kind: ``FIRST`` and ``LAST`` list them in the order they are tried.

Each takes the text (of one width), the place of the first numeral, and the end of what was found before; it answers with
start, end and kind, or None. Lookbehinds are bounded, so each costs constant time.
"""

import re
from collections.abc import Callable

from hearth.engines.figures import labels, names
from hearth.engines.figures.characters import CHINESE, DIGITS
from hearth.engines.figures.model import TrapKind, Trapped
from hearth.engines.figures.units import PATTERN as UNIT
from hearth.engines.figures.units import UNITS
from hearth.engines.figures.words import ERAS, KINDS, WINDOWS

_HAN = "\u4e00-\u9fff"
_PLAIN = rf"(?:(?![{CHINESE}])[{_HAN}])"  # a character that is no numeral
_SMALL = "[一二三四五六七八九十]"
_UNIT = re.compile(UNIT)
_NUMERAL = frozenset((*CHINESE, *"0123456789"))
_CONTINUED = _NUMERAL | {"点"}
_HEADED = re.compile(rf"(?:{_SMALL}{{1,3}}|\d{{1,2}})[、.．](?!\d)")
_OUTLINED = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=[ \t]{{0,3}}[{_HAN}])(?![ \t]?(?:{UNIT}|[万亿千百十余多至到成年月]|折(?![合算页叠旧纸])))"
)
_IN_BRACKETS = re.compile(rf"(?:{_SMALL}{{1,3}}|\d{{1,2}})[)]")
_CHAPTER_NUMBER = rf"(?:[{CHINESE}]{{1,6}}|\d{{1,3}})(?:章|节|条|款|编|部分)"
_CHAPTER = re.compile(rf"{_CHAPTER_NUMBER}(?:至第{_CHAPTER_NUMBER})?(?=[\s:]|$)")
_ARTICLE = re.compile(
    rf"(?:[{CHINESE}]{{1,6}}|\d{{1,3}})(?:条|款|项|目|章|节)(?:第[{CHINESE}\d]{{1,5}}(?:款|项|目))*"
    r"(?=[规之、，,和至及》)\]。；;的]|以下|修改|第)"
)
_LAW = re.compile(r"[法例则程定约》)](?:\(草案\))?第$|[、和及至]第$")
_LINE_START = re.compile(r"(?:^|\n)[\s#*>(]{0,8}第?$")
_CLAUSE_START = re.compile(r"(?:^|[\n。；;！!？?：:，,、”）)])\s{0,4}第?$")
_BRACKET_AFTER = re.compile(r"\d{1,2}[)](?!班)")
_LISTED = re.compile(
    rf"{_SMALL}(?:是|要|则|曰|来[，,、]|者[，,])|(?<=其){_SMALL}(?=[是，,、])|(?<=第){_SMALL}(?=[，,])"
)
_WEEKDAYS = frozenset("一二三四五六")
_WEEKDAY = re.compile(r"(?!周|年|个|次)")
_WHILE = re.compile(r"一(?:[^一\W\d]{1,2})就[^\W\d]|一边|一面|一手")
_NAMED_YEAR = re.compile("一[年天月周]")
_NAMED_BEFORE = re.compile("(?:过去的?|新的|[这那同当又每])$")
_SPAN = re.compile("一(?:个?[年月天周日夜]|小时|分钟)")
_DOUBLED = re.compile(rf"[一两]({_PLAIN})[一又]?\1|一({_PLAIN})又一\2")
_PAIRED = re.compile(rf"一{_PLAIN}{{1,2}}一{_PLAIN}{{1,2}}")
_FOUR = re.compile(rf"([{CHINESE}])({_PLAIN})([{CHINESE}])({_PLAIN})")
_DAY_OF_MONTH = re.compile(rf"{_SMALL}{{1,2}}月(?:{_SMALL}|[廿卅]){{1,3}}[日号]")
_SLOGAN = re.compile(r"[“「『‘][^“”「」『』‘’，。；！？\n]{0,10}$")
_SLOGAN_END = re.compile(r"[^“”「」『』‘’，。；！？\n]{1,12}[”」』’]")
_OPENING = tuple("“「『‘")
_QUOTED_DIGITS = re.compile(rf"\d{{2,5}}(?=[”」』’](?!{UNIT}))")
_COUNTED = re.compile(
    rf"(?=[{CHINESE}]*[十百千万亿])[{CHINESE}]{{2,}}(?:{UNIT})?|[一二三四五六七八九十两]{{1,3}}(?:{UNIT})"
)
_ERA_YEAR = re.compile(rf"(?:元|[{CHINESE}\d]{{1,4}})年")
_ERA_NAME = re.compile(rf"[清明唐宋元汉]?(?:{'|'.join(ERAS.split())})(?:元年(?=[{CHINESE}\d]{{1,2}}月))?$")
_LUNAR_DAY = rf"(?:[十廿][一二三四五六七八九]|二十[一二三四五六七八九]?|三十一?|初?[一二三四五六七八九十廿])(?![日号年月{CHINESE}])"
_LUNAR = re.compile(rf"(?:{_SMALL}{{1,2}}月)?{_LUNAR_DAY}")
_LUNAR_END = re.compile(rf"{_LUNAR_DAY}(?=[,，。;；、)\s]|$)")
_BEFORE_LUNAR = tuple("月初闰历年")
_ERA_WORDS = frozenset(ERAS.split())
_LUNAR_BEFORE = re.compile(r"农历(?:[正腊冬]月|闰)?初?$|(?:正月|腊月|冬月|大年)初?$")
_RATIO = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?::\d{1,4}(?:\.\d{1,3})?){1,4}(?![\d:])")
_FORMULA = re.compile(r"\d{1,3}(?:\+(?:\d{1,3}(?![\d.%])|[NnXx])){1,6}")
_SLASHED = re.compile(r"(\d{1,4})/(\d{1,4})(?:/\d{1,4})?(?![\d/])|\d{1,2}-\d{1,2}-\d{1,4}(?![\d-])")
_SERVED = re.compile(
    r"24小时(?=值班|值守|在线|监控|监测|服务|开放|营业|自助|不间断|不打烊|轮班|轮值|热线|待命|巡查|畅通|随时)|(?<=黄金)(?:72|24|48)小时"
)
_BASE = re.compile(rf"[百千万](?:{UNIT})")
_RATE_OF = re.compile("重|油耗|能耗|耗电|电耗|卵量|蚜量")
_SEVERAL = tuple("数几上近")
_TIMES = re.compile(r"\d{1,4}[×xX*]\d{1,4}(?:[×xX*]\d{1,4})?")


def _label(text: str, at: int, floor: int) -> Trapped | None:
    """What ``labels.py`` knows of Arabic digits."""
    if not text[at].isascii():
        return None
    before = text[at - 1 : at]
    if not before.isascii() and before not in labels.HINTS and labels.ORDINARY.match(text, at):
        return None
    return next((found for rule in labels.RULES if (found := rule(text, at, floor))), None)


def _word(text: str, at: int, floor: int) -> Trapped | None:
    """What stands in the tables of ``words.py``, unless a longer unit continues the numeral (十分钟, 三公里)."""
    if text.startswith("零下", at) or text.startswith("分之", at + 1):
        return None
    for place, length in WINDOWS.get(text[at], ()):
        start, end = at - place, at - place + length
        word = text[max(start, floor) : end]
        kind = KINDS.get(word)
        if kind is None or len(word) < length:
            continue
        unit = _UNIT.match(text, at + 1)
        if place == 0 and unit and text[at - 1 : at] == "第":
            continue
        inside_numeral = word[-1] in _CONTINUED and text[end : end + 1] in _NUMERAL
        if not inside_numeral and not (unit and unit.end() > end):
            return start, end, kind
    return None


def _section(text: str, at: int, floor: int) -> Trapped | None:
    """一、 (一) 1. (1) at the start of a line or sentence; 第三条 at the start of a line."""
    bracket = text[max(floor, at - 1) : at] == "("
    if bracket and (found := _IN_BRACKETS.match(text, at)):
        if not text[at].isascii() or _CLAUSE_START.search(text, max(0, at - 6), at - 1) or at == 1:
            return at - 1, found.end(), TrapKind.SECTION
        return None
    if (found := _BRACKET_AFTER.match(text, at)) and _CLAUSE_START.search(text, max(0, at - 5), at):
        return at, found.end(), TrapKind.SECTION
    if (found := _HEADED.match(text, at)) and (
        _LINE_START.search(text, max(0, at - 9), at)
        or (text[at].isascii() and re.search(r"[。；;：:]\s?$", text[max(0, at - 2) : at]))
    ):
        return at, found.end(), TrapKind.SECTION
    if (found := _OUTLINED.match(text, at)) and _LINE_START.search(text, max(0, at - 9), at):
        return at, found.end(), TrapKind.SECTION
    if (
        (found := _CHAPTER.match(text, at))
        and text[at - 1 : at] == "第"
        and _LINE_START.search(text, max(0, at - 10), at)
    ):
        return max(floor, at - 1), found.end(), TrapKind.SECTION
    return None


def _article(text: str, at: int, floor: int) -> Trapped | None:
    """《审计法》第二十二条规定: a place in a law or charter."""
    if text[max(floor, at - 1) : at] != "第" or not (found := _ARTICLE.match(text, at)):
        return None
    cited = (
        _LAW.search(text, max(0, at - 7), at)
        or text.startswith("规定", found.end())
        or text[found.end() - 1] == "条"
    )
    return (at - 1, found.end(), TrapKind.SECTION) if cited else None


def _listing(text: str, at: int, floor: int) -> Trapped | None:
    """一是, 二要, 第一, at the start of a clause."""
    found = None if text[at].isascii() else _LISTED.match(text, at)
    if not found:
        return None
    marked = text[max(floor, at - 1) : at] in ("第", "其") and text[at - 1 : at]
    start = at - 1 if marked else at
    return (
        (start, found.end(), TrapKind.LISTING)
        if _CLAUSE_START.search(text, max(0, start - 5), start)
        else None
    )


def _slogan(text: str, at: int, floor: int) -> Trapped | None:
    """A short quotation with Chinese numerals: “三个新突破”. Not one that counts: “第四个……”, “四百二十二人”."""
    if text[at].isascii():
        found = _QUOTED_DIGITS.match(text, at) if text[max(floor, at - 1) : at] in _OPENING else None
        return (at, found.end(), TrapKind.NAME) if found else None
    opened = _SLOGAN.search(text, max(floor, at - 11), at)
    closed = _SLOGAN_END.match(text, at) if opened else None
    if not opened or not closed:
        return None
    start, end = opened.start() + 1, closed.end() - 1
    quoted = text[start:end]
    if len(quoted) > 12 or "第" in quoted or any(one.isdecimal() and one.isascii() for one in quoted):
        return None
    if _COUNTED.fullmatch(quoted):
        return None
    return start, end, TrapKind.IDIOM


def _time_of_old(text: str, at: int, floor: int) -> Trapped | None:
    """乾隆五十六年, 农历八月十五, 正月初一, 八月|十五: no day of the solar calendar without an almanac."""
    if text[at].isascii() and text[max(floor, at - 2) : at] not in _ERA_WORDS:
        return None
    if (found := _ERA_YEAR.match(text, at)) and (named := _ERA_NAME.search(text, max(floor, at - 5), at)):
        return named.start(), found.end(), TrapKind.TERM
    if text[at - 1 : at] not in _BEFORE_LUNAR:
        return None
    before = _LUNAR_BEFORE.search(text, max(floor, at - 6), at)
    if before and (found := _LUNAR.match(text, at)):
        return before.start(), found.end(), TrapKind.TERM
    if text[at - 2 : at] == "月初" and (found := _LUNAR.match(text, at)):
        return max(floor, at - 1), found.end(), TrapKind.TERM
    if text[at - 1 : at] == "月" and at == floor and (found := _LUNAR_END.match(text, at)):
        return at, found.end(), TrapKind.TERM
    return None


def _weekday(text: str, at: int, floor: int) -> Trapped | None:
    if text[at] not in _WEEKDAYS:
        return None
    start = max(floor, at - 2)
    word = next((word for word in ("星期", "礼拜", "周") if text[start:at].endswith(word)), "")
    if not word or not _WEEKDAY.match(text, at + 1):
        return None
    return at - len(word), at + 1, TrapKind.WEEKDAY


def _pattern(text: str, at: int, floor: int) -> Trapped | None:
    """一看就懂, 一个个, 一县一特色, 三头六臂; not 三天两夜, where both halves are counted."""
    if text[at].isascii():
        return None
    if (found := _NAMED_YEAR.match(text, at)) and _NAMED_BEFORE.search(text, max(floor, at - 3), at):
        return at, found.end(), TrapKind.WORD
    found = (None if _SPAN.match(text, at) else _WHILE.match(text, at)) or _DOUBLED.match(text, at)
    if _DAY_OF_MONTH.match(text, at):
        return None
    if not found and (pair := _PAIRED.match(text, at)) and not _counts(pair[0][1], pair[0][-1]):
        found = pair
    if (
        not found
        and (four := _FOUR.match(text, at))
        and not _counts(four[2], four[4])
        and four[2] not in "至到成折点分"
        and ((four[1] in DIGITS and four[2] not in UNITS) or four[1] == four[3])
    ):
        found = four
    return (at, found.end(), TrapKind.IDIOM) if found else None


def _counts(*words: str) -> bool:
    return all(word in UNITS for word in words)


def _ratio(text: str, at: int, _floor: int) -> Trapped | None:
    """3:1, 7×24, 1+6+N: numbers that only stand in relation to each other."""
    found = _TIMES.match(text, at) or _RATIO.match(text, at) or _FORMULA.match(text, at)
    if not found and (slashed := _SLASHED.match(text, at)) and not _is_fraction(slashed):
        found = slashed
    return (at, found.end(), TrapKind.TERM) if found else None


def _is_fraction(slashed: re.Match[str]) -> bool:
    return slashed[0].count("/") == 1 and int(slashed[1]) < int(slashed[2])


def _round_the_clock(text: str, at: int, _floor: int) -> Trapped | None:
    """24小时值班 says always, 黄金72小时 is a name."""
    found = _SERVED.match(text, at)
    return (at, found.end(), TrapKind.IDIOM) if found else None


def _base(text: str, at: int, floor: int) -> Trapped | None:
    """每千名, 百公里油耗, 千粒重: what a rate is measured by."""
    found = _BASE.match(text, at)
    if not found or text[max(floor, at - 1) : at] in _SEVERAL:
        return None
    rated = text[max(floor, at - 1) : at] in ("每", "平") or _RATE_OF.match(text, found.end())
    return (at, found.end(), TrapKind.TERM) if rated else None


FIRST: tuple[Callable[[str, int, int], Trapped | None], ...] = (
    _label,
    _time_of_old,
    names.name,
    _word,
    _section,
    _article,
    _listing,
    _slogan,
    names.grade,
    _weekday,
    _pattern,
)
"""Rules tried before any figure, in this order."""

LAST: tuple[Callable[[str, int, int], Trapped | None], ...] = (_ratio, _round_the_clock, _base)
"""Rules tried after dates and times, before quantities."""
