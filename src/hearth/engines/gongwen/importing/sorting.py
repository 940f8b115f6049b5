"""Tells for each line of a Word file what it is in an official paper.

A file that Hearth wrote says so by its styles; in others the place, the words and the looks decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearth.engines.gongwen.importing import roles
from hearth.engines.gongwen.importing.items import Grid, Item, Line
from hearth.engines.gongwen.importing.roles import Role, own_role

_LONGEST_TITLE = 60
_LONGEST_HEAD = 50
_LARGE = 44
_MOST_SIGNERS = 6
_MOST_TITLE_LINES = 5
_HEAD_ITEMS = 12


@dataclass(frozen=True)
class Placed:
    """An item and what it is; tables and pictures are BODY."""

    item: Item
    role: Role


def sort(items: Sequence[Item]) -> list[Placed]:
    """Every item that says something, with its role."""
    flat = list(_flattened(items))
    said = [item for item in flat if not isinstance(item, Line) or item.text or item.remarks]
    if any(isinstance(item, Line) and own_role(item) for item in said):
        return [Placed(item, _own(item)) for item in said]
    return _Foreign(said).sorted()


def _own(item: Item) -> Role:
    if not isinstance(item, Line):
        return Role.BODY
    return own_role(item) or _body_role(item)


def _body_role(line: Line) -> Role:
    level = roles.heading_level(line)
    return (Role.BODY, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3)[level]


def _flattened(items: Sequence[Item]) -> Iterator[Item]:
    """The items, the lines of tables that only arrange a head or a 版记 in their place."""
    for at, item in enumerate(items):
        if isinstance(item, Grid) and _only_arranges(item, at < _HEAD_ITEMS):
            for row in item.rows:
                for cell in row:
                    yield from cell.lines
        else:
            yield item


def _only_arranges(grid: Grid, near_top: bool) -> bool:
    lines = [line for row in grid.rows for cell in row for line in cell.lines if line.text]
    if any(own_role(line) in (Role.MARK, Role.COPIES, Role.ISSUE) for line in lines):
        return True
    if any(roles.COPIES.match(line.text) or roles.ISSUE.fullmatch(line.text) for line in lines):
        return len(grid.rows) <= 6
    marked = any(line.look.is_red or _is_mark(line) for line in lines)
    numbered = any(roles.NUMBER.fullmatch(line.text) or roles.SIGNATORY.search(line.text) for line in lines)
    return near_top and len(grid.rows) <= 4 and (marked or numbered)


def _is_mark(line: Line) -> bool:
    text = line.text.replace(" ", "").replace("\u3000", "")
    return (text.endswith("文件") and len(text) <= 40 and (line.look.size > _LARGE or len(text) == 2)) or (
        line.look.is_red and 2 <= len(text) <= 40
    )


class _Foreign:
    """Sorts the lines of a file that somebody else wrote."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._roles: list[Role] = [
            _body_role(item) if isinstance(item, Line) else Role.BODY for item in items
        ]

        self._dated = -1

    def sorted(self) -> list[Placed]:
        title = self._head()
        body = self._title(title)
        self._recipients(body)
        foot = self._foot(body)
        end = next((at for at in range(body, foot) if self._is_label(at, body)), foot)
        self._tail(body, end)
        for at in range(end, foot):
            if self._is_label(at, body):
                self._roles[at] = Role.LABEL
        return [Placed(item, role) for item, role in zip(self._items, self._roles, strict=True)]

    def _text(self, at: int) -> str:
        item = self._items[at] if at < len(self._items) else None
        return item.text if isinstance(item, Line) else ""

    def _line(self, at: int) -> Line | None:
        item = self._items[at] if at < len(self._items) else None
        return item if isinstance(item, Line) else None

    def _head(self) -> int:
        """Mark the lines above the title; where the title begins."""
        for at in range(len(self._items)):
            line = self._line(at)
            role = self._head_role(line) if line else None
            if role is None:
                return at
            self._roles[at] = role
        return len(self._items)

    def _head_role(self, line: Line) -> Role | None:
        text = line.text
        if not text:
            return Role.BODY
        if any(form.fullmatch(text) for form in (roles.COPY_NUMBER, roles.SECRECY, roles.URGENCY)):
            return Role.HEAD
        short = len(text) <= _LONGEST_HEAD
        if short and (roles.NUMBER.match(text) or roles.SIGNATORY.match(text) or _is_issue_number(text)):
            return Role.NUMBER
        return Role.MARK if _is_mark(line) else None

    def _title(self, begin: int) -> int:
        """Mark the lines of the title; where the text begins."""
        first = self._line(begin)
        if first is None or len(first.text) > _LONGEST_TITLE or first.text.endswith(("。", "：", ":")):
            return begin
        at = begin
        while at < len(self._items) and at - begin < _MOST_TITLE_LINES and self._goes_on(first, at, begin):
            self._roles[at] = Role.TITLE
            at += 1
        return at

    def _goes_on(self, first: Line, at: int, begin: int) -> bool:
        line = self._line(at)
        if line is None:
            return False
        if at == begin:
            return True
        same_look = (
            line.look.align == first.look.align == "center" and abs(line.look.size - first.look.size) <= 2
        )
        same_style = line.style == first.style and first.style.lower() in ("title", "标题")
        text = line.text
        ends = text.endswith(("。", "：", ":", "）", ")")) or roles.DATE.fullmatch(text)
        return (
            (same_look or same_style)
            and not ends
            and len(text) <= _LONGEST_TITLE
            and (
                first.look.size > 32
                or same_style
                or (self._roles[at] is Role.BODY and first.look.bold == line.look.bold)
            )
        )

    def _recipients(self, body: int) -> None:
        at = body
        while self._text(at).startswith(("（", "(")) and self._text(at).endswith(("）", ")")):
            at += 1
        text = self._text(at)
        line = self._line(at)
        if (
            line
            and text.endswith(("：", ":"))
            and len(text) <= 300
            and "。" not in text
            and line.look.align != "center"
        ):
            self._roles[at] = Role.RECIPIENTS

    def _foot(self, body: int) -> int:
        """Mark the lines of the 版记; where it begins."""
        begin = len(self._items)
        for at in range(len(self._items) - 1, body - 1, -1):
            text = self._text(at)
            if roles.COPIES.match(text):
                self._roles[at], begin = Role.COPIES, at
            elif roles.ISSUE.fullmatch(text):
                self._roles[at], begin = Role.ISSUE, at
            elif text and begin - at > 2:
                break
        return begin

    def _is_label(self, at: int, body: int) -> bool:
        """Whether the body of an attachment begins: 附件1 alone on its line, or with the title behind it."""
        text = self._text(at)
        if at <= body or not text:
            return False
        if roles.LABEL.fullmatch(text):
            return True
        return at > self._first_date(body) and roles.ATTACHMENTS.match(text) is None and _labelled(text)

    def _first_date(self, body: int) -> int:
        """The first line of the text that is a date and nothing else."""
        if self._dated < 0:
            dates = (at for at in range(body, len(self._items)) if roles.DATE.fullmatch(self._text(at)))
            self._dated = next(dates, len(self._items))
        return self._dated

    def _tail(self, body: int, end: int) -> None:
        """Mark list of attachments, signature, date and 附注 at the end of the text."""
        dated = [at for at in range(body, end) if roles.DATE.fullmatch(self._text(at))]
        date = dated[-1] if dated and dated[-1] > body else -1
        if date >= 0:
            self._roles[date] = Role.DATE
            self._signature(body, date)
            after = self._text(date + 1) if date + 1 < end else ""
            if after.startswith(("（", "(")) and after.endswith(("）", ")")):
                self._roles[date + 1] = Role.NOTE
        for at in range(body + 1, end):
            if self._roles[at] in (Role.BODY, Role.HEADING_3) and roles.ATTACHMENTS.match(self._text(at)):
                self._attachments(at, end)
                break

    def _signature(self, body: int, date: int) -> None:
        at = date - 1
        while at > body and date - at <= _MOST_SIGNERS:
            line = self._line(at)
            if line is None or not all(roles.is_organ(name) for name in _names(line.text)) or line.label:
                break
            self._roles[at] = Role.SIGNATURE
            at -= 1

    def _attachments(self, at: int, end: int) -> None:
        self._roles[at] = Role.ATTACHMENTS
        at += 1
        while at < end and self._roles[at] in (Role.BODY, Role.HEADING_3):
            if not roles.NEXT_ATTACHMENT.fullmatch(self._text(at)):
                break
            self._roles[at] = Role.ATTACHMENTS
            at += 1


def _labelled(text: str) -> bool:
    matched = roles.LABEL.match(text)
    return matched is not None and bool(matched["number"]) and 0 < len(text) - matched.end() <= _LONGEST_TITLE


def _is_issue_number(text: str) -> bool:
    """第3号, 第12期: the number of an order or of minutes."""
    return text.startswith("第") and text.endswith(("号", "期")) and len(text) <= 12


def _names(text: str) -> list[str]:
    return [name for name in text.replace("\u3000", " ").replace("\t", " ").split(" ") if name] or [text]
