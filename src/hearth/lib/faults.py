"""What is wrong with a file from outside, said so that a person can put it right.

A reader gathers every fault of every file before it gives up: somebody who has to correct a
spreadsheet wants one list, not one surprise an upload.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MOST_KEPT = 2000
"""Faults of one refusal that are kept; further ones are only counted, so a hostile file cannot fill memory."""

_QUOTED_LIMIT = 40
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_FINAL = "。！？"
_GUESS = re.compile("是不是“[^”]*”$")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, where it is, and what would be right.

    `file` is the file's name; `sheet`, `column` and `found` may be empty; `row` counts from 1 as
    spreadsheets show it. `found` is the literal content, `wanted` completes “应为…”, `cure` is a
    sentence of its own. Neither `wanted` nor `cure` ends with a full stop.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    wanted: str = ""
    cure: str = ""

    @property
    def text(self) -> str:
        """The fault as one line of Chinese: 走访.xlsx“名单”第 14 行“人数”：“十二”应为数字，如 12。"""
        said = "".join(_sentence(part) for part in (self._mismatch, self.cure) if part)
        return f"{self._place}：{said}"

    @property
    def _place(self) -> str:
        sheet = _quoted(self.sheet)
        row = "" if self.row is None else f"{'' if sheet else ' '}第 {self.row} 行"
        return f"{shown(self.file)}{sheet}{row}{_quoted(self.column)}"

    @property
    def _mismatch(self) -> str:
        if not self.wanted:
            return _quoted(self.found)
        space = " " if self.wanted[0].isascii() else ""
        return f"{_quoted(self.found) or '没有填，'}应为{space}{self.wanted}"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something a reader decided by itself and the person should know; nothing is wrong."""

    file: str
    sheet: str = ""
    said: str

    @property
    def text(self) -> str:
        """The notice as one line of Chinese."""
        return f"{shown(self.file)}{_quoted(self.sheet)}：{_sentence(self.said)}"


class Refused(Exception):
    """Files were not accepted; nothing of them may be kept.

    `faults` holds the faults in the order they were found, at most MOST_KEPT; `count` is the number of all.
    """

    def __init__(self, faults: Iterable[Fault], count: int = 0) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.count = max(count, len(self.faults))
        if not self.faults:
            raise ValueError("a refusal names at least one fault")
        super().__init__(self.text())

    def text(self, most: int = 20) -> str:
        """At most `most` faults, a line each, the number of further ones, and what was done: nothing."""
        lines = [fault.text for fault in self.faults[:most]]
        further = self.count - len(lines)
        if further:
            lines.append(f"另有 {further} 处，一共 {self.count} 处。")
        return "\n".join([*lines, "全部没有导入，改好再传。"])


class Findings:
    """Gathers faults of several files, and refuses once at the end.

    >>> findings = Findings()
    >>> with findings.gathered():
    ...     raise Refused([Fault(file="走访.csv", cure="文件是空的")])
    >>> findings.count
    1
    """

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        """Keep faults for the end."""
        self._take(faults, len(faults))

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep the faults of a refusal inside the block, and go on after it."""
        try:
            yield
        except Refused as refusal:
            self._take(refusal.faults, refusal.count)

    def settle(self) -> None:
        """Raise Refused with everything gathered; return when there is nothing."""
        if self._kept:
            raise Refused(self._kept, self.count)

    def _take(self, faults: tuple[Fault, ...], count: int) -> None:
        self.count += count
        self._kept.extend(faults[: MOST_KEPT - len(self._kept)])


def shown(text: str, limit: int = _QUOTED_LIMIT) -> str:
    """Foreign text made fit for one line of a message: no control or direction marks, `limit` characters."""
    line = _UNPRINTABLE.sub(" ", text).strip()
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _quoted(text: str) -> str:
    return f"“{shown(text)}”" if text else ""


def _sentence(text: str) -> str:
    if text.endswith(tuple(_FINAL)):
        return text
    return f"{text}？" if _GUESS.search(text) else f"{text}。"
