"""What a cell of a statistical table says: a number with its unit, or a day."""

import re
from dataclasses import dataclass
from datetime import date

NUMBER = "准确的数，如 33、33块、1.2万元、63.5%"
DAY = "日期，如 2020-06-12"

_EMPTY = frozenset({"", "-", "--", "—", "——", "－", "/", "／", "\\", "…", "无", "空", "N/A", "n/a"})
_PLAIN = str.maketrans("０１２３４５６７８９．，％＋－—～（）／　", "0123456789.,%+--~()/ ")
_QUANTITY = re.compile(
    r"(?P<money>[¥￥])?(?P<sign>[-+−])?(?P<whole>\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?P<part>\.\d{1,10})?"
    r"\s*(?P<scale>万亿|亿|万|(?:百万|千万))?\s*(?P<unit>[^\d\s.,，。;；:：、()（）~\-]{0,10})",
    re.ASCII,
)
_ABOUT = re.compile("余|多|几|左右|上下|以上|以下|以内|近|约|超|不足|不少于|逾")
_WRITTEN = re.compile("^[零〇一二两三四五六七八九十百千万亿]+")
_DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<sign>[-/.])|年)(?P<month>\d{1,2})(?:(?(sign)(?P=sign)(?P<day>\d{1,2})|月(?:(?P<date>\d{1,2})日)?))?",
    re.ASCII,
)
_REST_OF_RANGE = re.compile(r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日", re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}日)?", re.ASCII)
_UNTIL = re.compile("[至到~]|--|(?<=日)-")
_SCALES = {"百万": ("万", 100), "千万": ("万", 1000)}


@dataclass(frozen=True)
class Quantity:
    """A cell that says something: ``scale`` is 万, 亿 or 万亿 as written before the unit."""

    value: int | float | str
    scale: str = ""
    unit: str = ""

    def unit_with(self, given: str) -> str:
        """The unit as the cell writes it, else as its column or table gives it."""
        if isinstance(self.value, str):
            return ""
        return f"{self.scale}{self.unit or (given.lstrip('万亿') if self.scale else given)}"


@dataclass(frozen=True)
class Unclear:
    """Why a cell says nothing: completes “应为…”, and a cure of its own."""

    wanted: str
    cure: str = ""


def is_empty(cell: str) -> bool:
    """Whether a cell stands for nothing: blank, a dash, 无."""
    return cell.strip() in _EMPTY


def parse(cell: str) -> Quantity | Unclear:
    """Read one cell. A rounded number (30余, 约300) is unclear: what judges others has to be exact."""
    text = cell.translate(_PLAIN).strip()
    day = _day_or_range(text)
    if day:
        return Quantity(day)
    found = _QUANTITY.fullmatch(text)
    if found and not _ABOUT.search(found["unit"]):
        return _quantity(found)
    if _ABOUT.search(text):
        return Unclear(NUMBER, "是约数，请填记录里的实数")
    if _NO_YEAR.match(text):
        return Unclear(DAY, "请写上年份")
    if _WRITTEN.match(text):
        return Unclear(NUMBER, "请写阿拉伯数字")
    return Unclear(NUMBER)


def is_quantity(cell: str) -> bool:
    """Whether a cell says a number or a day."""
    return isinstance(parse(cell), Quantity)


def _quantity(found: re.Match[str]) -> Quantity:
    digits = f"{found['sign'] or ''}{found['whole'].replace(',', '')}".replace("−", "-")
    value = float(f"{digits}{found['part']}") if found["part"] else int(digits)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    scale = found["scale"] or ""
    if scale in _SCALES:
        scale, factor = _SCALES[scale]
        value *= factor
    return Quantity(value, scale, found["unit"] or ("元" if found["money"] else ""))


def _day_or_range(text: str) -> str:
    """ISO for 2020年6月12日, 2020-06-12, 2020年6月; ``a/b`` for a range; empty for anything else."""
    whole = _day(text)
    if whole:
        return whole
    first, *rest = (part.strip() for part in _UNTIL.split(text, maxsplit=1))
    begun = _day(first)
    if not rest or len(begun) < 10:
        return ""
    ended = _day(rest[0])
    shorter = _REST_OF_RANGE.fullmatch(rest[0])
    if not ended and shorter:
        ended = _iso(begun[:4], shorter["month"] or begun[5:7], shorter["day"])
    return f"{begun}/{ended}" if ended else ""


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None or (found["sign"] and not found["day"]):
        return ""
    number = found["day"] or found["date"]
    if number is None:
        return f"{found['year']}-{int(found['month']):02}" if 1 <= int(found["month"]) <= 12 else ""
    return _iso(found["year"], found["month"], number)


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
