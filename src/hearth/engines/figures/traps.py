"""Spans that hold numerals and assert no figure. One function a kind of trap, listed in the order they are tried in ``RULES``.

Each takes the text (of one width), the place of the first numeral, and the end of what was found before; it answers with
start, end and kind, or None. Lookbehinds are bounded, so each costs constant time.
"""

import re
from collections.abc import Callable

from hearth.engines.figures.characters import CHINESE, DIGITS
from hearth.engines.figures.model import TrapKind
from hearth.engines.figures.units import PATTERN as UNIT
from hearth.engines.figures.units import UNITS
from hearth.engines.figures.words import KINDS, WINDOWS

Trapped = tuple[int, int, TrapKind]

_HAN = "\u4e00-\u9fff"
_PLAIN = rf"(?:(?![{CHINESE}])[{_HAN}])"  # a character that is no numeral
_SMALL = "[一二三四五六七八九十]"
_UNIT = re.compile(UNIT)
_NUMERAL = frozenset((*CHINESE, *"0123456789"))
_PHONE = re.compile(r"(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3,4}-?\d{3,4})(?!\d)(?:-\d{1,5})?")
_NUMBERED_LINE = re.compile(r"\d{3,20}(?:-\d{3,8})?")
_PHONE_WORDS = (
    "电话",
    "热线",
    "传真",
    "手机",
    "号码",
    "邮编",
    "邮政编码",
    "QQ",
    "微信号",
    "账号",
    "证号",
    "代码",
    "编号",
)
_LONG = re.compile(r"\d{16,}|\d{11,}(?![\d.,万亿元])")
_DOTTED = re.compile(r"\d{1,6}(?:\.\d{1,6}){2,}")
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9_.+#&/@-]{0,40}$")
_LATIN_WORD = re.compile(r"[A-Za-z0-9_.+#&/@-]{1,80}")
_LATIN_AFTER = re.compile(r"[\d.]{1,20}-?[A-Za-z]")
_MEASURED = re.compile(rf"[\d.,]{{1,20}}(?:{UNIT})")
_BRACKETED_YEAR = re.compile(r"\d{4}[〕\]】)〉]\s?第?\s?\d{1,5}\s?号")
_ISSUER = re.compile(rf"[{_HAN}A-Za-z]{{0,12}}[〔\[【(〈]$")
_NUMBERED = re.compile(r"\d{1,5}号(?:文件?|令|公告|楼|院|线|厅|馆|门|桌|展位|会议室|仓|机|电站|高炉)?")
_PLACE = re.compile(r"[路街道巷弄区楼座园村组队栋室第]$")
_HEADED = re.compile(rf"(?:{_SMALL}{{1,3}}|\d{{1,2}})[、.．](?!\d)")
_IN_BRACKETS = re.compile(rf"(?:{_SMALL}{{1,3}}|\d{{1,2}})[)]")
_CHAPTER_NUMBER = rf"(?:[{CHINESE}]{{1,6}}|\d{{1,3}})(?:章|节|条|款|编|部分)"
_CHAPTER = re.compile(rf"{_CHAPTER_NUMBER}(?:至第{_CHAPTER_NUMBER})?(?=[\s:]|$)")
_LINE_START = re.compile(r"(?:^|\n)[\s#*>(]{0,8}第?$")
_CLAUSE_START = re.compile(r"(?:^|[\n。；;！!？?：:，,、”）)])\s{0,4}第?$")
_LISTED = re.compile(rf"{_SMALL}(?:是|要|则|曰)|(?<=其){_SMALL}(?=[是，,、])|(?<=第){_SMALL}(?=[，,])")
_GRADE = re.compile(
    rf"(?:{_SMALL}|特)等(?:奖|功|级)|{_SMALL}{{1,3}}(?:级|星级|年级|档|流)(?!地震|台阶)|[2-5]A级|\d年级|[1-5]星级"
)
_BIG = re.compile(
    rf"(?:{_SMALL}{{1,3}}|百|\d{{1,2}})大(?!量|型|多|小|约|概|楼|厦|学|会|家|于|幅|批|部|规模|力|众)(?=[{_HAN}])"
)
_PLENARY = re.compile(r"(?:十[四五六七八九]|二十)(?:届|大)(?:[一二三四五六七]中全会)?")
_SCHOOLS = re.compile(
    rf"[{CHINESE}\d]{{1,3}}(?:高级|初级|实验|职业|人民|附属|中心|中等|机床|建筑|地质|测绘|勘察|设计|工程|师范|中医|口腔|专科){{0,3}}"
    r"(?:中学|小学|医院|幼儿园|学校|研究院|研究所|党支部|支部|分局|分公司|项目部|检察部|纪检监察组|巡察组|产业园|大队|中队|设计院)"
)
_WEEKDAY = re.compile(r"[一二三四五六](?!周|年|个|次)")
_WHILE = re.compile(r"一(?:[^一\W\d]{1,2})就[^\W\d]|一边|一面|一手")
_DOUBLED = re.compile(rf"[一两]({_PLAIN})[一又]?\1|一({_PLAIN})又一\2")
_PAIRED = re.compile(rf"一{_PLAIN}{{1,2}}一{_PLAIN}{{1,2}}")
_FOUR = re.compile(rf"([{CHINESE}])({_PLAIN})([{CHINESE}])({_PLAIN})")
_SLOGAN = re.compile(r"[“「『‘][^“”「」『』‘’，。；！？\n]{0,10}$")
_SLOGAN_END = re.compile(r"[^“”「」『』‘’，。；！？\n]{1,12}[”」』’]")
_COUNTED = re.compile(
    rf"(?=[{CHINESE}]*[十百千万亿])[{CHINESE}]{{2,}}(?:{UNIT})?|[一二三四五六七八九十两]{{1,3}}(?:{UNIT})"
)
_EVENT = re.compile(r"\d{1,2}[·・•]\d{1,2}")
_ROOM = re.compile(r"\d{1,5}(?:室|楼|单元|国道|省道|县道|乡道|房间|次列车|次航班|路公交)")
_ERA = re.compile(r"\d{2}(?:世纪(?:\d0年代)?|年代|后(?=[^{_HAN}]|$|青年|一代))|[二十一九]{1,3}世纪")
_RATIO = re.compile(r"\d{1,4}(?::\d{1,4}){1,3}")
_TIMES = re.compile(r"\d{1,4}[×xX*]\d{1,4}(?:[×xX*]\d{1,4})?")


def _latin(text: str, at: int, floor: int) -> Trapped | None:
    """5G, 3D, G20, PM2.5, COVID-19, addresses of the web; not 30kg."""
    if not text[at].isascii():
        return None
    before = _LATIN_BEFORE.search(text, max(floor, at - 42), at)
    if not before and (not _LATIN_AFTER.match(text, at) or _MEASURED.match(text, at)):
        return None
    start = before.start() if before else at
    word = _LATIN_WORD.match(text, start)
    assert word
    return start, max(word.end(), at + 1), TrapKind.TERM


def _phone(text: str, at: int, floor: int) -> Trapped | None:
    if not text[at].isascii():
        return None
    found = _PHONE.match(text, at)
    if not found and text[max(floor, at - 6) : at].rstrip(":： 是为").endswith(_PHONE_WORDS):
        found = _NUMBERED_LINE.match(text, at)
    return (at, found.end(), TrapKind.PHONE) if found else None


def _code(text: str, at: int, _floor: int) -> Trapped | None:
    """Digits too long for a quantity, 3.2.1."""
    found = _LONG.match(text, at) or _DOTTED.match(text, at)
    if not found or _is_dotted_date(found[0]):
        return None
    return at, found.end(), TrapKind.CODE


def _is_dotted_date(dotted: str) -> bool:
    parts = dotted.split(".")
    return len(parts) == 3 and parts[0][:2] in ("19", "20") and len(parts[0]) == 4


def _document_number(text: str, at: int, floor: int) -> Trapped | None:
    """科协发〔2023〕18号; 12号 after a street or with a thing that is numbered."""
    if not text[at].isascii():
        return None
    if found := _BRACKETED_YEAR.match(text, at):
        issuer = _ISSUER.search(text, max(floor, at - 13), at)
        return issuer.start() if issuer else at, found.end(), TrapKind.DOCNO
    found = _NUMBERED.match(text, at)
    if not found or text[max(floor, at - 1) : at] == "月":
        return None
    if found[0].endswith(("文", "文件", "令", "公告")):
        return at, found.end(), TrapKind.DOCNO
    named = not found[0].endswith("号") or _PLACE.search(text, max(floor, at - 1), at)
    return (at, found.end(), TrapKind.NAME) if named else None


def _word(text: str, at: int, floor: int) -> Trapped | None:
    """What stands in the tables of ``words.py``, unless a longer unit continues the numeral (十分钟, 三公里)."""
    if text.startswith(("零下", "十分之"), at):
        return None
    for place, length in WINDOWS.get(text[at], ()):
        start, end = at - place, at - place + length
        word = text[max(start, floor) : end]
        kind = KINDS.get(word)
        if kind is None or len(word) < length:
            continue
        unit = _UNIT.match(text, at + 1)
        inside_numeral = word[-1] in _NUMERAL and end < len(text) and text[end] in _NUMERAL
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
    if (found := _HEADED.match(text, at)) and (
        _LINE_START.search(text, max(0, at - 9), at)
        or (text[at].isascii() and re.search(r"[。；;：:]\s?$", text[max(0, at - 2) : at]))
    ):
        return at, found.end(), TrapKind.SECTION
    if (
        (found := _CHAPTER.match(text, at))
        and text[at - 1 : at] == "第"
        and _LINE_START.search(text, max(0, at - 10), at)
    ):
        return max(floor, at - 1), found.end(), TrapKind.SECTION
    return None


def _listing(text: str, at: int, floor: int) -> Trapped | None:
    """一是, 二要, 第一, at the start of a clause."""
    found = _LISTED.match(text, at)
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


def _grade(text: str, at: int, _floor: int) -> Trapped | None:
    found = _GRADE.match(text, at)
    return (at, found.end(), TrapKind.GRADE) if found else None


def _name(text: str, at: int, floor: int) -> Trapped | None:
    """第一中学, 十九届五中全会, 五大人群, 5·12, 301室, 90年代."""
    if text[max(floor, at - 1) : at] == "第":
        found = _SCHOOLS.match(text, at)
        return (at - 1, found.end(), TrapKind.NAME) if found else None
    if (found := _PLENARY.match(text, at)) and (
        "会" in found[0] or text[max(0, at - 2) : at].endswith(("党的", "的", "中共"))
    ):
        return at, found.end(), TrapKind.NAME
    if found := _EVENT.match(text, at) or _ROOM.match(text, at):
        return at, found.end(), TrapKind.NAME
    if found := _ERA.match(text, at):
        return at, found.end(), TrapKind.TERM
    found = _BIG.match(text, at)
    return (at, found.end(), TrapKind.IDIOM) if found else None


def _weekday(text: str, at: int, floor: int) -> Trapped | None:
    start = max(floor, at - 2)
    word = next((word for word in ("星期", "礼拜", "周") if text[start:at].endswith(word)), "")
    if not word or not _WEEKDAY.match(text, at):
        return None
    return at - len(word), at + 1, TrapKind.WEEKDAY


def _pattern(text: str, at: int, _floor: int) -> Trapped | None:
    """一看就懂, 一个个, 一县一特色, 三头六臂; not 三天两夜, where both halves are counted."""
    found = _WHILE.match(text, at) or _DOUBLED.match(text, at)
    if not found and (pair := _PAIRED.match(text, at)) and not _counts(pair[0][1], pair[0][-1]):
        found = pair
    if (
        not found
        and (four := _FOUR.match(text, at))
        and not _counts(four[2], four[4])
        and four[1] in DIGITS
        and four[2] not in UNITS
    ):
        found = four
    return (at, found.end(), TrapKind.IDIOM) if found else None


def _counts(*words: str) -> bool:
    return all(word in UNITS for word in words)


def _ratio(text: str, at: int, _floor: int) -> Trapped | None:
    """3:1, 7×24: numbers that only stand in relation to each other."""
    found = _TIMES.match(text, at) or _RATIO.match(text, at)
    return (at, found.end(), TrapKind.TERM) if found else None


FIRST: tuple[Callable[[str, int, int], Trapped | None], ...] = (
    _phone,
    _document_number,
    _name,
    _word,
    _latin,
    _code,
    _section,
    _listing,
    _slogan,
    _grade,
    _weekday,
    _pattern,
)
"""Rules tried before any figure, in this order."""

LAST: tuple[Callable[[str, int, int], Trapped | None], ...] = (_ratio,)
"""Rules tried after dates and times, before quantities."""
