"""Turns the content of one cell into a value of its column's kind, or says what it should have been."""

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hearth.lib.tables import Bound, Column, Kind, Value

Raw = str | float | bool | date | time | datetime | timedelta
"""What a reader of files gives for a cell: an empty cell is the empty string, a number is a float."""

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060]")
_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[.\s]?(\d{2}|\d)[.\s]?(\d{2}|\d)日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_PHONE = re.compile(r"[+]?[\d\-() 转,、;/]{3,60}", re.ASCII)
_YES = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "×", "✗", "n", "no", "false", "0"})
_EXCEL_EPOCH = date(1899, 12, 30)
_MIDNIGHT = datetime.combine(_EXCEL_EPOCH, time())
_LAST = datetime.combine(date.max, time.max)
_SERIALS = range(18264, 73051)  # 1950-01-01 to 2099-12-31: a bare year such as 2020 is no serial
_YEARS = range(1900, 2101)
_SHOWN_CHOICES = 12
_EXACT_BELOW = 1e15
_TOO_LONG = "表格里的数字只留前 15 位。请把这一格的格式改成“文本”，重新填写"

EXAMPLES = {
    Kind.TEXT: "文字",
    Kind.INTEGER: "数字，如 12",
    Kind.DECIMAL: "数字，如 12.5",
    Kind.MONEY: "金额，如 1200.50",
    Kind.DATE: "日期，如 2020-06-12",
    Kind.TIME: "时刻，如 08:30",
    Kind.DATETIME: "日期和时刻，如 2020-06-12 08:30",
    Kind.FLAG: "“是”或“否”",
    Kind.PHONE: "电话号码，如 000-0000-0001",
}


@dataclass(frozen=True)
class Mismatch:
    """Why a cell is no value of its column: the same fields as of a Fault."""

    found: str
    wanted: str
    cure: str = ""


class _NoMatchError(Exception):
    """The cell is none of its kind; carries what to say about it."""

    def __init__(self, wanted: str = "", cure: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.cure = cure


def parse(column: Column, raw: Raw) -> Value | Mismatch:
    """The value of a cell; the column's default, or None, when it is empty. A Mismatch is no exception."""
    if isinstance(raw, str) and not plain(raw):
        return Mismatch("", wanted(column)) if column.required else column.default
    if isinstance(raw, float) and not abs(raw) < _EXACT_BELOW:
        return Mismatch(f"{raw:.15g}", wanted(column), _TOO_LONG)
    try:
        value = _PARSERS[column.kind](column, raw)
        _check_range(column, value)
    except _NoMatchError as error:
        return Mismatch(as_text(raw), error.wanted or wanted(column), error.cure)
    return value


def wanted(column: Column) -> str:
    """What a column takes, with an example: 数字，如 12."""
    if column.kind is not Kind.CHOICE:
        return EXAMPLES[column.kind]
    listed = "".join(f"“{choice}”" for choice in column.choices[:_SHOWN_CHOICES])
    return f"{listed}{'等' if len(column.choices) > _SHOWN_CHOICES else ''}之一"


def plain(text: str) -> str:
    """Text without invisible characters and without white space, ideographic included, around it."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def as_text(raw: Raw) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as 2020-06-12."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return f"{_exact(raw):f}" if abs(raw) < _EXACT_BELOW else f"{raw:.15g}"
    if isinstance(raw, datetime):
        return _to_second(raw).isoformat(" ", "minutes" if not raw.second else "seconds")
    if isinstance(raw, date | time):
        return raw.isoformat()
    return plain(str(raw))


def nearest(found: str, known: tuple[str, ...]) -> str:
    """The known word that `found` was probably meant to be; empty when none is near."""
    return next(iter(difflib.get_close_matches(found, known, n=1, cutoff=0.5)), "")


def narrow(text: str) -> str:
    """Text in its compatible form: full-width digits, letters and signs become ASCII, spaces around go."""
    return unicodedata.normalize("NFKC", plain(text)).strip()


def header_key(header: str) -> str:
    """A header for comparing: spaces and line breaks inside and the star of a required column do not count."""
    return "".join(narrow(header).split()).strip("*").casefold()


def _text(column: Column, raw: Raw) -> str:
    text = as_text(raw)
    if len(text) > column.longest:
        raise _NoMatchError(f"不超过 {column.longest} 字的文字", f"现在有 {len(text)} 字")
    return text


def _choice(column: Column, raw: Raw) -> str:
    text = as_text(raw)
    if text in column.choices:
        return text
    for choice in column.choices:
        if narrow(choice).casefold() == narrow(text).casefold():
            return choice
    near = nearest(text, column.choices)
    raise _NoMatchError(cure=f"是不是“{near}”" if near else "")


def _flag(_: Column, raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = narrow(as_text(raw)).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise _NoMatchError


def _phone(_: Column, raw: Raw) -> str:
    if isinstance(raw, date | time | timedelta | bool):
        raise _NoMatchError
    text = narrow(as_text(raw))
    if _PHONE.fullmatch(text) is None:
        raise _NoMatchError
    return text


def _decimal(column: Column, raw: Raw) -> Decimal:
    if isinstance(raw, float):
        return _exact(raw)
    if not isinstance(raw, str):
        raise _NoMatchError
    text = narrow(raw)
    if _NUMBER.fullmatch(text) is None:
        raise _NoMatchError(cure=_without_unit(text, column))
    return Decimal(text.replace(",", ""))


def _without_unit(text: str, column: Column) -> str:
    number = _NUMBER.match(text)
    if number is None or not text[number.end() :].strip().isalpha():
        return ""
    return f"只写 {number[0]}，单位写在表头或备注里" if column.is_number else ""


def _integer(column: Column, raw: Raw) -> int:
    number = _decimal(column, raw)
    if number != number.to_integral_value():
        raise _NoMatchError("整数，如 12")
    return int(number)


def _money(column: Column, raw: Raw) -> Decimal:
    number = _decimal(column, raw.strip().lstrip("¥￥") if isinstance(raw, str) else raw)
    cents = round(number, 2)
    if cents != number:
        raise _NoMatchError("金额，最多两位小数，如 1200.50")
    return cents


def _exact(number: float) -> Decimal:
    """The decimal number that a spreadsheet shows for a float: fifteen digits, so 0.1+0.2 is 0.3."""
    exact = Decimal(format(number, ".15g")) + 0
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _date(_: Column, raw: Raw) -> date:
    if isinstance(raw, datetime):
        if raw.time() != time():
            raise _NoMatchError("日期，不带时刻，如 2020-06-12")
        return _in_years(raw.date())
    if isinstance(raw, date):
        return _in_years(raw)
    if isinstance(raw, float):
        return _from_serial(raw)
    if isinstance(raw, str):
        return _read_date(narrow(raw))
    raise _NoMatchError


def _from_serial(number: float) -> date:
    if int(number) == number and int(number) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(number))
    raise _NoMatchError(cure=_suggested_date(as_text(number)))


def _read_date(text: str) -> date:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _NoMatchError(cure=_suggested_date(text))
    year, month, day = (int(part) for part in match.groups() if part is not None)
    return _in_years(_calendar_date(year, month, day))


def _calendar_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _NoMatchError("历法上有的日期，如 2020-06-12", f"{year} 年 {month} 月没有 {day} 日") from None


def _in_years(day: date) -> date:
    if day.year not in _YEARS:
        raise _NoMatchError(f"{_YEARS[0]} 到 {_YEARS[-1]} 年的日期，如 2020-06-12")
    return day


def _suggested_date(text: str) -> str:
    match = _LOOSE_DATE.fullmatch(text)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return ""
    return f"请写成 {day.isoformat()}" if day else ""


def _time(_: Column, raw: Raw) -> time:
    if isinstance(raw, float) and 0 <= raw < 1:
        raw = timedelta(days=raw)
    if isinstance(raw, timedelta) and timedelta() <= raw < timedelta(days=1):
        return _to_second(_MIDNIGHT + raw).time()
    if isinstance(raw, time):
        return _to_second(datetime.combine(_EXCEL_EPOCH, raw)).time()
    if isinstance(raw, str):
        return _read_time(narrow(raw))
    raise _NoMatchError


def _read_time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None:
        raise _NoMatchError
    try:
        hour, minute, second = (int(part or 0) for part in match.groups())
        return time(hour, minute, second)
    except ValueError:
        raise _NoMatchError("一天之内的时刻，如 08:30") from None


def _datetime(_: Column, raw: Raw) -> datetime:
    if isinstance(raw, datetime):
        moment = _to_second(raw)
        _in_years(moment.date())
        return moment
    if isinstance(raw, date):  # what calamine makes of a moment at midnight
        return datetime.combine(_in_years(raw), time())
    if isinstance(raw, float) and int(raw) in _SERIALS and int(raw) != raw:
        return _to_second(_MIDNIGHT + timedelta(days=raw))
    if not isinstance(raw, str):
        raise _NoMatchError
    day, separator, moment_text = narrow(raw).replace("T", " ").replace("日", "日 ").partition(" ")
    if not separator or not moment_text.strip():
        raise _NoMatchError
    return datetime.combine(_read_date(day), _read_time(moment_text.strip()))


def _to_second(moment: datetime) -> datetime:
    """The nearest full second: spreadsheets keep times as fractions of a day, which are never exact."""
    half = timedelta(microseconds=500_000)
    return (moment + half if moment < _LAST - half else moment).replace(microsecond=0)


def _check_range(column: Column, value: Value) -> None:
    low, high = column.minimum, column.maximum
    too_low = low is not None and value < low  # type: ignore[operator]
    too_high = high is not None and value > high  # type: ignore[operator]
    if too_low or too_high:
        raise _NoMatchError(_range(column, low, high))


def _range(column: Column, low: Bound | None, high: Bound | None) -> str:
    what = {Kind.INTEGER: "整数", Kind.DATE: "日期", Kind.TIME: "时刻", Kind.DATETIME: "日期和时刻"}.get(
        column.kind, "数字"
    )
    if low is not None and high is not None:
        return f"{low} 到 {high} 之间的{what}"
    if column.is_number:
        return f"不小于 {low} 的{what}" if low is not None else f"不大于 {high} 的{what}"
    return f"不早于 {low} 的{what}" if low is not None else f"不晚于 {high} 的{what}"


_PARSERS: dict[Kind, Callable[[Column, Raw], Value]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.PHONE: _phone,
}
