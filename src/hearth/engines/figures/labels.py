"""Arabic digits that tell one thing from another and count nothing: phones, codes, documents, addresses, models.

One function a kind, listed in ``RULES`` in the order they are tried; each is a rule as in ``traps.py``.
"""

import re
from collections.abc import Callable

from hearth.engines.figures.model import TrapKind, Trapped
from hearth.engines.figures.units import PATTERN as UNIT

_HAN = "\u4e00-\u9fff"
ORDINARY = re.compile(r"[1-9]\d{0,5}(?:\.\d{1,4})?[余多]?[个名人家项场期份册年月日元件位户篇万亿%]")
"""A number before a common unit or 年, 月, 日: no label, unless one of ``HINTS`` stands before it."""

HINTS = frozenset("话打电线真机编码群户号码区弄#-/·~*.(〔[【〈")
"""Characters before a number that may make a label of it; letters and spaces as well."""

_PHONE = re.compile(
    r"(?:0\d{2,3}[- ]?\d{3,4}[ -]?\d{4}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[48]00-?\d{3,4}-?\d{3,4})(?![\d万亿元])(?:-\d{1,5}|转\d{1,5})?"
    r"|\d{5,8}转\d{1,5}(?!\d)|\d{3}\*{2,6}\d{2,4}(?!\d)"
    r"|\d{3,8}(?=[”\"]?(?:热线|专线|平台|客服|火警|急救|报警|投诉|举报))"
)
_NUMBERED_LINE = re.compile(
    r"\d{3,4}[ -]\d{4}(?![\d-])|\d{3,20}(?![\d余多几万亿个次人条部台件家份通])(?:-\d{3,8})?(?:转\d{1,5})?"
)
PHONE_WORDS = (
    "电话",
    "拨打",
    "致电",
    "短号",
    "热线",
    "传真",
    "手机",
    "邮编",
    "邮政编码",
    "QQ",
    "QQ群",
    "群",
    "代码",
)
"""Words before a number that is dialled."""

_NUMBER_WORD = re.compile(
    r"(?:[编证账批货工学型车票单同件]号|号码|账户|序列号|信用代码)[:是为 ]{0,2}$|[^第\d\s]号[: ]{1,2}$"
)
_ANY_NUMBER_WORD = re.compile(rf"[{_HAN}]号[:是为 ]{{0,2}}$")
_DIGITS = re.compile(r"\d{4,20}")
_LONG = re.compile(
    rf"\d{{16,}}(?:\.\d+)?|\d{{11,}}(?![\d.,万亿元])|\d{{7,10}}(?![\d.,]|{UNIT}|[十百千万亿余多几来])"
    r"|0\d{1,9}(?![\d.:年月日时])"
)
_STATED = frozenset("为达共计约超近过逾有:")
_HYPHENED = re.compile(r"\d{2,8}(?:-\d{2,8}){3,8}")
_DOTTED = re.compile(r"\d{1,6}(?:\.\d{1,6}){2,}")
_STANDARD = re.compile(r"\d{2,6}(?:\.\d{1,3})?[-:](?:19|20)\d\d(?!\d)")
_STANDARD_AFTER = re.compile(r" \d{2,6}(?:\.\d{1,3})?[-:](?:19|20)\d\d(?!\d)")
_STANDARD_BEFORE = re.compile(r"(?:[A-Z]{2,6}(?:/[A-Z]{1,3})?|[A-Z]{2}\d{2}/T) ?$")
_PLATE_BEFORE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?$")
_PLATE = re.compile(r"[A-Z0-9]{4,6}")
_LETTER = "A-Za-zα-ωΑ-ΩΦØ"
_LATIN_BEFORE = re.compile(rf"[{_LETTER}][A-Za-z0-9_.+#&/@-]{{0,40}}$")
_LATIN_SPACED = re.compile(r"[A-Za-z][A-Za-z0-9./-]{0,20} $")
_LATIN_WORD = re.compile(rf"[{_LETTER}0-9_.+#&/@-]{{1,80}}")
_LATIN_AFTER = re.compile(r"[\d.]{1,20}-?[A-Za-z]")
_VERSION = re.compile(rf"\d[\d.:/-]{{0,20}}(?![\d.,%‰万亿余]|\s?{UNIT}|[{_HAN}]?年)")
_MEASURED = re.compile(rf"[\d.,]{{1,20}}(?:{UNIT}|k(?=个|元|人|%))")
_BRACKETED_YEAR = re.compile(r"\d{4}[〕\]】)〉]\s?第?\s?\d{1,5}\s?号")
_ISSUER = re.compile(rf"[{_HAN}A-Za-z]{{0,12}}[〔\[【(〈]$")
_NUMBERED = re.compile(
    r"(?:\d{1,5}、){0,5}\d{1,5}号(?!召|前|之前|上午|下午|晚|早上|起|人|\s?(?:--|-|~|至|到)\s?\d{1,2}[日号])"
    r"(?P<thing>文件?|令|公告|通告|决定|决议|楼|院|线|厅|馆|门|桌|展位|会议室|仓|机|电站|高炉)?"
)
_DOCUMENTS = ("文", "文件", "令", "公告", "通告", "决定", "决议")
_ADDRESS = re.compile(
    r"\d{1,5}弄(?:\d{1,5}号)?(?:\d{1,5}室)?|\d{1,5}号\d{1,4}(?:室|栋|幢|单元)(?:\d{1,5}室)?|\d{1,3}#"
    r"|\d{1,3}[栋幢](?=\d|[A-Z]|单元)|\d{1,3}(?:标段|单元)|\d{1,2}层(?=\d{3,4}|候梯|[东西南北]侧)"
    r"|(?:\d{1,4}路[、和]){1,6}\d{1,4}路(?=公交)|\d{1,4}-\d{1,4}号|\d{1,5}(?:型(?!号)|系列(?!活动|课|讲座|报道|赛)|不锈钢|电池|钢(?!铁|琴|笔|筋))"
    r"|(?:\d{1,5}、){0,3}\d{1,5}(?:室|会议室|教室|房(?!间数)|楼(?!宇)|国道|省道|县道|乡道|房间|次列车|次航班|路公交)"
)
_APPENDIX = re.compile(rf"\d{{1,2}}(?:-\d{{1,2}})?(?![\d.,%万亿]|{UNIT})")
_APPENDIX_BEFORE = re.compile(r"附[件表图录]$|(?:[如见至到和及与、(:;,。\n]|^)[图表]$")
_INSIDE = re.compile(r"(?:[小寓园苑村城院府]|小区|[A-Z]|座|栋|楼|厦)$")
_WITHIN = re.compile(r"\d{1,3}(?:[至到、~-]\d{1,3}){0,4}[栋幢层](?:\d{3,4})?|\d{1,3}组")


def phone(text: str, at: int, _floor: int) -> Trapped | None:
    """0912-3366520, 13900000000, 12345热线."""
    found = _PHONE.match(text, at)
    if _HYPHENED.match(text, at):
        return None
    if not found and _called(text, at):
        found = _NUMBERED_LINE.match(text, at)
    return (at, found.end(), TrapKind.PHONE) if found else None


def _called(text: str, at: int) -> bool:
    """Whether a word of ``PHONE_WORDS`` stands before this number, or before the numbers beside it: 拨打119、120."""
    return text[max(0, at - 14) : at].rstrip("0123456789-、或:： 是为").endswith(PHONE_WORDS)


def document(text: str, at: int, floor: int) -> Trapped | None:
    """科协发〔2023〕18号, 第3号公告."""
    if found := _BRACKETED_YEAR.match(text, at):
        issuer = _ISSUER.search(text, max(floor, at - 13), at)
        return issuer.start() if issuer else at, found.end(), TrapKind.DOCNO
    found = _NUMBERED.match(text, at)
    if not found or found["thing"] not in _DOCUMENTS:
        return None
    ranked = text[max(floor, at - 1) : at] == "第"
    return at - ranked, found.end(), TrapKind.DOCNO


def address(text: str, at: int, floor: int) -> Trapped | None:
    """15弄3号402室, 3#, 8号地块, 3、4号楼, 附件2: a place or a thing by its number."""
    if (found := _APPENDIX.match(text, at)) and _APPENDIX_BEFORE.search(text, max(floor, at - 2), at):
        return at, found.end(), TrapKind.NAME
    if found := _ADDRESS.match(text, at):
        return at, found.end(), TrapKind.NAME
    if _INSIDE.search(text, max(floor, at - 2), at) and (found := _WITHIN.match(text, at)):
        return at, found.end(), TrapKind.NAME
    found = _NUMBERED.match(text, at)
    named = found and not text.endswith(("月", "月的", "次的", "第"), max(floor, at - 2), at)
    return (at, found.end(), TrapKind.NAME) if found and named else None


def latin(text: str, at: int, floor: int) -> Trapped | None:
    """5G, 3D, G20, PM2.5, COVID-19, Windows 10, addresses of the web; not 30kg."""
    before = _LATIN_BEFORE.search(text, max(floor, at - 42), at)
    if not before and (spaced := _LATIN_SPACED.search(text, max(floor, at - 22), at)):
        found = _VERSION.match(text, at)
        if found:
            return spaced.start(), found.end(), TrapKind.TERM
    if not before and (not _LATIN_AFTER.match(text, at) or _MEASURED.match(text, at)):
        return None
    start = before.start() if before else at
    word = _LATIN_WORD.match(text, start)
    assert word
    standard = _STANDARD_AFTER.match(text, word.end())
    return start, max(standard.end() if standard else word.end(), at + 1), TrapKind.TERM


def code(text: str, at: int, floor: int) -> Trapped | None:
    """Digits too long for a quantity, 0216, 3.2.1, GB/T 9704-2012, 京A·12345, 工号3021."""
    if (found := _STANDARD.match(text, at)) and (
        issuer := _STANDARD_BEFORE.search(text, max(floor, at - 12), at)
    ):
        return issuer.start(), found.end(), TrapKind.CODE
    if (found := _PLATE.match(text, at)) and (plate := _PLATE_BEFORE.search(text, max(floor, at - 3), at)):
        return plate.start(), found.end(), TrapKind.CODE
    if (found := _NUMBERED_LINE.match(text, at)) and _NUMBER_WORD.search(text, max(floor, at - 6), at):
        return at, found.end(), TrapKind.CODE
    if (found := _DIGITS.match(text, at)) and _ANY_NUMBER_WORD.search(text, max(floor, at - 4), at):
        return at, found.end(), TrapKind.CODE
    found = _HYPHENED.match(text, at) or _LONG.match(text, at) or _DOTTED.match(text, at)
    if not found or _is_dotted_date(found[0]) or (len(found[0]) < 11 and text[at - 1 : at] in _STATED):
        return None
    return at, found.end(), TrapKind.CODE


def _is_dotted_date(dotted: str) -> bool:
    parts = dotted.split(".")
    return len(parts) == 3 and parts[0][:2] in ("19", "20") and len(parts[0]) == 4


RULES: tuple[Callable[[str, int, int], Trapped | None], ...] = (phone, document, address, code, latin)
"""Rules for Arabic digits, tried in this order before any other."""
