"""Finds the parts of a paper on its pages by what they look like: red ink, sizes, places and wording.

Nothing is known of the paper but its PDF. GB/T 9704-2012, clauses 7 and 10.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from hearth.engines.gongwen.checking.frame import CHAR, LEFT, POINT, SIZE_3, WIDTH
from hearth.engines.gongwen.checking.ink import Rule
from hearth.engines.gongwen.checking.report import Form
from hearth.engines.gongwen.checking.rows import Row
from hearth.engines.gongwen.checking.sheets import Sheet

NUMBER = re.compile(r"^[\u4e00-\u9fff（）()]{1,24}[〔\[【（(［]\d{2,4}[〕\]】）)］]第?\d+号$")
DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
CHINESE_DATE = re.compile(
    r"^[一二三四五六七八九〇○零]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
)
PAGE_NUMBER = re.compile(r"^[—－–―─\-一]*\d{1,4}[—－–―─\-一]*$")
HEADINGS = (
    re.compile(r"^[一二三四五六七八九十百]+、"),
    re.compile(r"^[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"^\d{1,3}[.．](?!\d)"),
    re.compile(r"^[（(]\d{1,3}[）)]"),
)
"""一、 （一） 1. （1）, the four levels of 7.3.3."""

ATTENDANCE = re.compile(r"^(出席|请假|缺席|列席)：")
"""The lists below minutes (10.3)."""

_COPY_NUMBER = re.compile(r"^\d{6}$")
_SECRECY = re.compile(r"^(绝密|机密|秘密)(★.*)?$")
_URGENCY = re.compile(r"^(特急|加急|平急|特提|急件)$")
_LABEL = re.compile(r"^附件[0-9一二三四五六七八九十]*$")
_COPIES = re.compile(r"^(抄送|抄报|分送|主送)：")
_ISSUED = re.compile(r"印发$")
_SMALLEST_MARK = 18.0
_LARGEST_LIST = 40
_NEAR = 2.5
_NEIGHBOURS = 12.5


@dataclass(frozen=True)
class Elements:
    """The parts that were found; None and () for those that were not."""

    form: Form
    sheets: tuple[Sheet, ...] = field(repr=False)
    body_size: float
    copy_number: Row | None
    secrecy: Row | None
    urgency: Row | None
    mark: tuple[Row, ...]
    number: Row | None
    signatories: tuple[Row, ...]
    red_rules: tuple[Rule, ...]
    title: tuple[Row, ...]
    captions: tuple[Row, ...]
    recipients: tuple[Row, ...]
    text: tuple[Row, ...]
    annexes: tuple[Row, ...]
    signature: tuple[Row, ...]
    date: Row | None
    note: Row | None
    labels: tuple[Row, ...]
    colophon: tuple[Row, ...]
    colophon_rules: tuple[Rule, ...]
    tables: frozenset[int]

    @property
    def pitch(self) -> float | None:
        """The usual distance of two lines of the text; None where no two are neighbours."""
        gaps = [b.y - a.y for a, b in pairwise(self.text) if a.page == b.page and 0 < b.y - a.y < _NEIGHBOURS]
        return median(gaps) if gaps else None

    @property
    def headings(self) -> Iterator[tuple[int, Row]]:
        """Rows that begin with the number of a heading, 2 字 in from the left, with their level from 1."""
        for row in self.text:
            level = heading_level(row)
            if level:
                yield level, row


def heading_level(row: Row) -> int:
    """1 to 4 for a row that begins with 一、 （一） 1. or （1）, two 字 in; 0 for any other."""
    if abs(row.left - LEFT - 2 * CHAR) > 0.7 * CHAR:
        return 0
    return next((level for level, sign in enumerate(HEADINGS, 1) if sign.match(row.text)), 0)


def find(sheets: tuple[Sheet, ...], form: Form | None = None) -> Elements:
    """The parts of a paper; `form` when it is known, else it is told from the first page."""
    return _Search(sheets, form).elements()


class _Search:
    """Finds one part after the other; what was found narrows what is left."""

    def __init__(self, sheets: tuple[Sheet, ...], form: Form | None) -> None:
        self.sheets = sheets
        self.first = sheets[0]
        self.red_rules = tuple(rule for rule in self.first.rules if rule.red)
        self.mark = self._mark()
        self.form = form or self._form()
        self.body_size = self._body_size()
        self.colophon, self.colophon_rules = self._colophon()

    def elements(self) -> Elements:
        head, title, below = self._divided()
        captions = tuple(_leading(below, lambda row: row.text.startswith("（") and _is_centred(row)))
        below = below[len(captions) :]
        recipients = _recipients(below)
        rest = [*below[len(recipients) :], *(row for sheet in self.sheets[1:] for row in self._rows(sheet))]
        labels = tuple(row for row in rest if self._is_label(row))
        main = [row for row in rest if not labels or (row.page, row.y) < (labels[0].page, labels[0].y)]
        date = next((row for row in reversed(main) if _is_date(row)), None)
        signature = _signature(main, date)
        annexes = _annexes(main)
        gone = {id(row) for row in (*signature, *annexes, date)}
        after = main[main.index(date) + 1 :] if date else []
        note = next((row for row in after if row.text.startswith(("（", "("))), None)
        text = tuple(row for row in main if id(row) not in gone and row not in after)
        segments = [part for row in head for part in row.segments]
        return Elements(
            self.form,
            self.sheets,
            self.body_size,
            _matching(segments, _COPY_NUMBER),
            _matching(segments, _SECRECY),
            _matching(segments, _URGENCY),
            self.mark,
            _matching(segments, NUMBER) or self._order_number(segments),
            _signatories(segments),
            self.red_rules,
            title,
            captions,
            recipients,
            text,
            annexes,
            signature,
            date,
            note,
            labels,
            self.colophon,
            self.colophon_rules,
            frozenset(sheet.number for sheet in self.sheets if self._table(sheet)),
        )

    def _mark(self) -> tuple[Row, ...]:
        end = self.red_rules[0].top if self.red_rules else 150.0
        return tuple(
            row
            for row in self.first.body
            if row.red and row.size >= _SMALLEST_MARK and row.y < min(end, 170.0)
        )

    def _form(self) -> Form:
        words = "".join(row.text for row in self.mark)
        if any(lower.top - upper.bottom < _NEAR for upper, lower in pairwise(self.red_rules)):
            return Form.LETTER
        if "纪要" in words:
            return Form.MINUTES
        if words.endswith("令"):
            return Form.ORDER
        return Form.DOCUMENT if self.mark or self.red_rules or self.first.red_above else Form.GENERAL

    def _body_size(self) -> float:
        """The size of most of the text."""
        sizes = Counter[float]()
        for sheet in self.sheets:
            for row in sheet.body:
                sizes[round(row.size * 2) / 2] += 0 if row.red else len(row.glyphs)
        return sizes.most_common(1)[0][0] if sizes else SIZE_3

    def _colophon(self) -> tuple[tuple[Row, ...], tuple[Rule, ...]]:
        for sheet in reversed(self.sheets):
            named = [row for row in sheet.body if _COPIES.match(row.text) or _is_issue(row)]
            if sheet.number == 1 and self.form is not Form.GENERAL:
                named = [row for row in named if row.y > sheet.height / 2]
            if named:
                return self._colophon_on(sheet, named[0])
        return (), ()

    def _colophon_on(self, sheet: Sheet, first: Row) -> tuple[tuple[Row, ...], tuple[Rule, ...]]:
        black = [rule for rule in sheet.rules if not rule.red and rule.width > 0.85 * WIDTH]
        above = [rule for rule in black if 0 < first.y - rule.y < 2.5 * first.em]
        start = above[-1].y if above else first.y - first.em
        rows = tuple(row for row in sheet.body if row.y > start)
        return rows, tuple(rule for rule in black if rule.y >= start - 0.5)

    def _divided(self) -> tuple[list[Row], tuple[Row, ...], list[Row]]:
        """The rows of the first page: head, title, and what is below the title."""
        rows = [row for row in self._rows(self.first) if row not in self.mark]
        start = self._end_of_head(rows)
        head = [row for row in rows if row.y <= start]
        below = [row for row in rows if row.y > start]
        if self.form is Form.LETTER:
            above_title = list(_leading(below, lambda row: not self._is_title(row)))
            if len(above_title) <= 5:
                head, below = head + above_title, below[len(above_title) :]
        title = tuple(_leading(below, self._is_title))
        return head, title, below[len(title) :]

    def _end_of_head(self, rows: Sequence[Row]) -> float:
        if self.form is Form.GENERAL:
            return 0.0
        numbered = [row.y for row in rows if any(NUMBER.match(part.text) for part in row.segments)]
        ruled = [rule.bottom for rule in self.red_rules if rule.y < self.first.height / 2]
        marked = [row.y for row in self.mark]
        if self.form is Form.LETTER:
            return max([*ruled, *marked], default=0.0)
        return max([*numbered[:1], *ruled[:1], *marked], default=0.0)

    def _is_title(self, row: Row) -> bool:
        if row.size > 1.15 * self.body_size:
            return True
        return row.size > 1.02 * self.body_size and _is_centred(row)

    def _order_number(self, segments: Sequence[Row]) -> Row | None:
        if self.form not in (Form.ORDER, Form.MINUTES):
            return None
        return _matching(segments, re.compile(r"^[（(]?第[\d一二三四五六七八九十]+[号期次][）)]?$"))

    def _rows(self, sheet: Sheet) -> list[Row]:
        """The rows of the text: without the 版记, page numbers and tables."""
        table = self._table(sheet)
        return [
            row
            for row in sheet.body
            if row not in self.colophon and not any(low < row.y < high for low, high in table)
        ]

    def _table(self, sheet: Sheet) -> list[tuple[float, float]]:
        """Where tables are: from the first to the last of at least two black rules with no 版记 between."""
        black = [rule.y for rule in sheet.rules if not rule.red and rule not in self.colophon_rules]
        return [(black[0], black[-1])] if len(black) > 1 else []

    def _is_label(self, row: Row) -> bool:
        """附件 and its number, the first row of a page."""
        first = next(iter(self.sheets[row.page - 1].body), None)
        return row is first and _LABEL.match(row.text) is not None


def _leading(rows: Sequence[Row], wanted: Callable[[Row], bool]) -> Iterator[Row]:
    for row in rows:
        if not wanted(row):
            return
        yield row


def _is_centred(row: Row) -> bool:
    return abs(row.middle - LEFT - WIDTH / 2) < 3 and row.left > LEFT + 2 * CHAR


def _is_issue(row: Row) -> bool:
    return _ISSUED.search(row.text) is not None and re.search(r"\d日印发$|日印发$", row.text) is not None


def _is_date(row: Row) -> bool:
    last = row.segments[-1]
    return (
        DATE.match(last.text) or CHINESE_DATE.match(last.text)
    ) is not None and last.left > LEFT + 6 * CHAR


def _recipients(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows from the left edge of the 版心 up to one that ends with a colon."""
    taken: list[Row] = []
    for row in rows[:12]:
        if abs(row.left - LEFT) > 0.5 * CHAR:
            break
        taken.append(row)
        if row.text.endswith(("：", ":")):
            return tuple(taken)
    return ()


def _signature(rows: Sequence[Row], date: Row | None) -> tuple[Row, ...]:
    """The rows right above the date that begin far from the left edge and are no sentences."""
    if date is None:
        return ()
    found: list[Row] = []
    lower = date
    for row in reversed(rows[: rows.index(date)]):
        far = row.left > LEFT + 3.5 * CHAR and not re.search(r"[。；：]|^\d+[.．]", row.text)
        if not far or (row.page == lower.page and lower.y - row.y > 3.4 * SIZE_3 * POINT * 1.8):
            break
        found.append(row)
        lower = row
    return tuple(reversed(found))


def _annexes(rows: Sequence[Row]) -> tuple[Row, ...]:
    """附件说明: from 附件： as far as the rows begin farther in."""
    start = next((at for at, row in enumerate(rows) if re.match(r"^附件[：:]", row.text)), None)
    if start is None:
        return ()
    found = [rows[start]]
    for row in rows[start + 1 : start + _LARGEST_LIST]:
        if row.left < LEFT + 4.5 * CHAR or row.left > LEFT + 7.5 * CHAR or _far_below(row, found[-1]):
            break
        found.append(row)
    return tuple(found)


def _far_below(row: Row, upper: Row) -> bool:
    return row.page == upper.page and row.y - upper.y > 1.5 * 1.9 * upper.em


def _signatories(segments: Sequence[Row]) -> tuple[Row, ...]:
    """The part with 签发人, and the names at its right and below it as far as the line of the number."""
    start = next((at for at, row in enumerate(segments) if row.text.startswith("签发人")), None)
    if start is None:
        return ()
    number = _matching(segments, NUMBER)
    end = number.y + 1 if number else segments[start].y + 1
    return tuple(row for row in segments[start:] if row.y < end and row.left > segments[start].left - 1)


def _matching(rows: Sequence[Row], sign: re.Pattern[str]) -> Row | None:
    return next((row for row in rows if sign.match(row.text)), None)
