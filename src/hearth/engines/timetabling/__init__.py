"""Timetables of 1:1 meetings: the fewest breaks, with proof. See README.md."""

from hearth.engines.timetabling.checker import Violation, ViolationKind, check, count_breaks
from hearth.engines.timetabling.dzn import read_dzn
from hearth.engines.timetabling.event import BadEvent, Event, Meeting, Participant, Session, Slot
from hearth.engines.timetabling.event_json import read_json, write_json
from hearth.engines.timetabling.result import (
    Conflict,
    ConflictKind,
    Placement,
    Progress,
    Result,
    Status,
    as_json,
)
from hearth.engines.timetabling.rows import Rows, from_rows
from hearth.engines.timetabling.solving import solve
from hearth.engines.timetabling.tables import table_changes

__all__ = [
    "BadEvent",
    "Conflict",
    "ConflictKind",
    "Event",
    "Meeting",
    "Participant",
    "Placement",
    "Progress",
    "Result",
    "Rows",
    "Session",
    "Slot",
    "Status",
    "Violation",
    "ViolationKind",
    "as_json",
    "check",
    "count_breaks",
    "from_rows",
    "read_dzn",
    "read_json",
    "solve",
    "table_changes",
    "write_json",
]
