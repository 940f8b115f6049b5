"""Reads an event from three sheets of plain rows, such as a spreadsheet gives them.

时段: 时段, 半天 · 参会方: 编号, 名称, 不可用时段 · 洽谈: 编号, 甲方, 乙方, 半天, 固定时段, 晚于
The first row of each sheet is its heading; the order of the columns does not matter, empty rows are skipped.
A slot is meant by its label or its number, several are separated by 、，, ； or ;. 半天 is 上午, 下午, 不限 or empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from hearth.engines.timetabling.event import BadEvent, Event, Meeting, Participant, Session, Slot

Rows = Sequence[Sequence[object]]

_SESSIONS = {
    "": Session.ANY,
    "不限": Session.ANY,
    "全天": Session.ANY,
    "上午": Session.MORNING,
    "下午": Session.AFTERNOON,
}


def from_rows(*, participants: Rows, meetings: Rows, slots: Rows, tables: int, fairness: int = 2) -> Event:
    """The event of three sheets. Raises BadEvent naming sheet, row (from 1, heading included) and column."""
    times = tuple(
        Slot(line.required("时段"), line.session())
        for line in _lines(slots, "时段", required=("时段",), optional=("半天",))
    )
    number_of = {slot.label: number for number, slot in enumerate(times, start=1)}
    return Event(
        participants=tuple(
            Participant(
                line.required("编号"), line.cell("名称") or line.required("编号"), line.slots(number_of)
            )
            for line in _lines(participants, "参会方", required=("编号",), optional=("名称", "不可用时段"))
        ),
        meetings=tuple(
            _meeting(line, number_of)
            for line in _lines(
                meetings, "洽谈", required=("编号", "甲方", "乙方"), optional=("半天", "固定时段", "晚于")
            )
        ),
        slots=times,
        tables=tables,
        fairness=fairness,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet that knows its place, so that a wrong cell can be named."""

    sheet: str
    row: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        if not self.cell(column):
            raise BadEvent("没有填写", "请补上", self.place(column))
        return self.cells[column]

    def session(self) -> Session:
        if self.cell("半天") not in _SESSIONS:
            raise BadEvent(f"“{self.cell('半天')}”不是半天", "请填上午、下午或不限", self.place("半天"))
        return _SESSIONS[self.cell("半天")]

    def slots(self, number_of: dict[str, int]) -> frozenset[int]:
        column = "不可用时段"
        return frozenset(self.slot(each, column, number_of) for each in _split(self.cell(column)))

    def slot(self, text: str, column: str, number_of: dict[str, int]) -> int:
        if text in number_of:
            return number_of[text]
        if text.isdecimal() and 1 <= int(text) <= len(number_of):
            return int(text)
        cure = f"请填时段表里的时段或 1 到 {len(number_of)} 的序号"
        raise BadEvent(f"没有时段“{text}”", cure, self.place(column))

    def place(self, column: str) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行“{column}”列"


def _lines(rows: Rows, sheet: str, *, required: Sequence[str], optional: Sequence[str]) -> Iterator[_Line]:
    heading = [_text(cell) for cell in rows[0]] if rows else []
    for column in required:
        if column not in heading:
            raise BadEvent(f"没有“{column}”这一列", f"请在第 1 行写上“{column}”", f"工作表“{sheet}”")
    for column in filter(None, heading):
        if column not in (*required, *optional) or heading.count(column) > 1:
            cure = f"每列只能出现一次，可用的列：{'、'.join((*required, *optional))}"
            raise BadEvent(f"不认识或重复的列“{column}”", cure, f"工作表“{sheet}”")
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: _text(cell) for name, cell in zip(heading, row, strict=False) if name}
        if any(cells.values()):
            yield _Line(sheet, number, cells)


def _meeting(line: _Line, number_of: dict[str, int]) -> Meeting:
    fixed = line.cell("固定时段")
    return Meeting(
        id=line.required("编号"),
        a=line.required("甲方"),
        b=line.required("乙方"),
        session=line.session(),
        fixed_slot=line.slot(fixed, "固定时段", number_of) if fixed else None,
        after=tuple(_split(line.cell("晚于"))),
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():  # spreadsheets keep every number as a float
        return str(int(cell))
    if isinstance(cell, time):  # … and '9:00' as a time of day
        return f"{cell:%H:%M}"
    return str(cell).strip()


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、，,；;]", text) if part.strip()]
