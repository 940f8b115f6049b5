"""The numbers that Word puts before paragraphs by itself (ECMA-376, 17.9)."""

from dataclasses import dataclass, field

from lxml import etree

from hearth.engines.gongwen.ooxml import q
from hearth.engines.gongwen.opening import Opened

_DIGITS = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
)
_LEVELS = 9
_LARGEST = 9999


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass
class Numbering:
    """Counts the paragraphs of each list as Word does."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, opened: Opened) -> "Numbering":
        """The lists of a file."""
        root = next(opened.parts("numbering"), None)
        if root is None:
            return cls()
        kinds = {one.get(q("abstractNumId"), ""): _levels(one) for one in root.iterchildren(q("abstractNum"))}
        lists = {}
        for one in root.iterchildren(q("num")):
            levels = dict(kinds.get(_value(one.find(q("abstractNumId"))), {}))
            for override in one.iterchildren(q("lvlOverride")):
                levels |= _levels(override)
            lists[one.get(q("numId"), "")] = levels
        return cls(lists)

    def label(self, list_id: str, level: int) -> str:
        """The number before the next paragraph of a list; empty for lists that are not there."""
        levels = self.lists.get(list_id)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(list_id, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].form == "bullet":
            return "•"
        words = levels[level].text
        for at in range(level + 1):
            known = levels.get(at, _Level("decimal", "", 1))
            words = words.replace(f"%{at + 1}", _written(counts[at] or known.start, known.form))
        return words


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in parent.iterchildren(q("lvl")):
        at = _integer(level.get(q("ilvl"), ""))
        if 0 <= at < _LEVELS:
            found[at] = _Level(
                _value(level.find(q("numFmt"))) or "decimal",
                _value(level.find(q("lvlText"))),
                max(0, _integer(_value(level.find(q("start"))) or "1")),
            )
    return found


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(number)
    if form == "decimalEnclosedCircleChinese" or form == "decimalEnclosedCircle":
        return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 39:
        roman = (
            "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        )
        return roman if form == "upperRoman" else roman.lower()
    return "" if form == "none" else str(number)


def chinese(number: int) -> str:
    """A number below 10,000 in Chinese numerals: 十二, 一百零三."""
    if not 0 < number <= _LARGEST:
        return str(number)
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words[1:] if words.startswith("一十") else words


def _value(element: etree._Element | None) -> str:
    return element.get(q("val"), "") if element is not None else ""


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
