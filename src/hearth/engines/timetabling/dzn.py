"""Reads the MiniZinc data files of the B2B meeting scheduling literature.

Format: Bofill et al., "Constraint Solving Approaches to the B2B Meeting Scheduling Problem", JAIR 74
(2022). `requested` rows are participant, participant, session (1 morning, 2 afternoon, 3 any); in
`forbidden` {0} and in `fixed` 0 mean none; `precedences[m]` are the meetings before m. `meetingsxBusiness`
and `nMeetingsBusiness` repeat what `requested` says and are ignored.
"""

import re
from collections.abc import Sequence

from hearth.engines.timetabling.event import BadEvent, Event, Meeting, Participant, Session, Slot

_SESSIONS = {1: Session.MORNING, 2: Session.AFTERNOON, 3: Session.ANY}


def read_dzn(text: str) -> Event:
    """The event of one .dzn text; ids and names are the numbers of the file. Raises BadEvent naming the
    entry.
    """
    entries = _entries(text)
    people = _number(entries, "nBusiness")
    total = _number(entries, "nTotalSlots")
    morning = _number(entries, "nMorningSlots")
    requested = _rows(entries, _number(entries, "nMeetings"))
    forbidden = _sets(entries, "forbidden", people)
    fixed = _list(entries, "fixed", len(requested))
    before = _sets(entries, "precedences", len(requested))
    return Event(
        participants=tuple(
            Participant(str(i), str(i), slots - {0}) for i, slots in enumerate(forbidden, start=1)
        ),
        meetings=tuple(
            Meeting(str(i), str(a), str(b), _session(code, i), slot or None, tuple(map(str, sorted(earlier))))
            for i, ((a, b, code), slot, earlier) in enumerate(
                zip(requested, fixed, before, strict=True), start=1
            )
        ),
        slots=tuple(
            Slot(str(t), Session.MORNING if t <= morning else Session.AFTERNOON) for t in range(1, total + 1)
        ),
        tables=_number(entries, "nTables"),
    )


def _entries(text: str) -> dict[str, str]:
    bare = re.sub(r"%[^\n]*", "", text)
    return {name: body.strip() for name, body in re.findall(r"(\w+)\s*=([^;]*);", bare)}


def _number(entries: dict[str, str], name: str) -> int:
    body = entries.get(name, "")
    if not re.fullmatch(r"\d+", body):
        raise BadEvent(f"没有整数 {name}", f"请写成 {name} = 8;", ".dzn")
    return int(body)


def _integers(body: str) -> list[int]:
    return [int(each) for each in re.findall(r"-?\d+", body)]


def _rows(entries: dict[str, str], count: int) -> list[tuple[int, int, int]]:
    rows = [_integers(row) for row in entries.get("requested", "").strip("[]").split("|") if row.strip()]
    if len(rows) != count or any(len(row) != 3 for row in rows):
        raise BadEvent(f"requested 有 {len(rows)} 行", f"请给出 {count} 行，每行三个整数", ".dzn")
    return [(a, b, session) for a, b, session in rows]


def _list(entries: dict[str, str], name: str, count: int) -> list[int]:
    if name not in entries:
        return [0] * count
    found = _integers(entries[name])
    _require_size(found, name, count)
    return found


def _sets(entries: dict[str, str], name: str, count: int) -> list[frozenset[int]]:
    if name not in entries:
        return [frozenset()] * count
    found = [frozenset(_integers(body)) for body in re.findall(r"\{([^}]*)\}", entries[name])]
    _require_size(found, name, count)
    return found


def _require_size(found: Sequence[object], name: str, count: int) -> None:
    if len(found) != count:
        raise BadEvent(f"{name} 有 {len(found)} 项", f"请给出 {count} 项", ".dzn")


def _session(code: int, meeting: int) -> Session:
    if code not in _SESSIONS:
        raise BadEvent(
            f"第 {meeting} 场洽谈的半天是 {code}", "请填 1（上午）、2（下午）或 3（不限）", ".dzn requested"
        )
    return _SESSIONS[code]
