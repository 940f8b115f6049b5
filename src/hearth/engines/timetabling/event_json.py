"""Events as JSON text.

{"slots": [{"label", "session"}], "tables", "fairness",
 "participants": [{"id", "name", "unavailable": [slot numbers]}],
 "meetings": [{"id", "a", "b", "session", "fixed_slot", "after": [meeting ids]}]}

`session`, `name`, `unavailable`, `fixed_slot`, `after` and `fairness` may be left out.
"""

import json
from dataclasses import dataclass
from typing import Any

from hearth.engines.timetabling.event import BadEvent, Event, Meeting, Participant, Session, Slot


def read_json(text: str) -> Event:
    """The event of one JSON text. Raises BadEvent naming the field that is missing, superfluous or of the
    wrong type.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise BadEvent("不是合法的 JSON", "请检查引号、逗号和括号", place) from error
    top = _Object(value, "", frozenset({"slots", "tables", "fairness", "participants", "meetings"}))
    return Event(
        participants=tuple(map(_participant, top.objects("participants", "id name unavailable"))),
        meetings=tuple(map(_meeting, top.objects("meetings", "id a b session fixed_slot after"))),
        slots=tuple(map(_slot, top.objects("slots", "label session"))),
        tables=top.integer("tables"),
        fairness=top.integer("fairness") if top.has("fairness") else Event.fairness,
    )


def write_json(event: Event) -> str:
    """The event as JSON text that `read_json` reads back unchanged."""
    value = {
        "slots": [{"label": s.label, "session": s.session.value} for s in event.slots],
        "tables": event.tables,
        "fairness": event.fairness,
        "participants": [
            {"id": p.id, "name": p.name, "unavailable": sorted(p.unavailable)} for p in event.participants
        ],
        "meetings": [
            {
                "id": m.id,
                "a": m.a,
                "b": m.b,
                "session": m.session.value,
                "fixed_slot": m.fixed_slot,
                "after": list(m.after),
            }
            for m in event.meetings
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object that knows its place in the text, so that a wrong field can be named."""

    value: Any
    place: str
    fields: frozenset[str]

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            raise BadEvent("这里应当是一个对象", "请写成 {…}", self.place or "最外层")
        for name in self.value:
            if name not in self.fields:
                cure = f"可用的字段：{'、'.join(sorted(self.fields))}"
                raise BadEvent(f"没有“{name}”这个字段", cure, self.place or "最外层")

    def has(self, name: str) -> bool:
        return self.value.get(name) is not None

    def text(self, name: str) -> str:
        found = self._required(name)
        if isinstance(found, str):
            return found
        return str(self._as_integer(found, name))

    def integer(self, name: str) -> int:
        return self._as_integer(self._required(name), name)

    def integers(self, name: str) -> list[int]:
        return [self._as_integer(each, name) for each in self._list(name)]

    def texts(self, name: str) -> list[str]:
        return [
            each if isinstance(each, str) else str(self._as_integer(each, name)) for each in self._list(name)
        ]

    def objects(self, name: str, fields: str) -> list["_Object"]:
        self._required(name)
        known = frozenset(fields.split())
        return [_Object(each, f"{name} 第 {i} 项", known) for i, each in enumerate(self._list(name), start=1)]

    def session(self) -> Session:
        if not self.has("session"):
            return Session.ANY
        try:
            return Session(self.text("session"))
        except ValueError as error:
            raise BadEvent("半天填错了", "请填 any、morning 或 afternoon", self._at("session")) from error

    def _required(self, name: str) -> Any:
        if not self.has(name):
            raise BadEvent("缺少这个字段", "请补上", self._at(name))
        return self.value[name]

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise BadEvent("这里应当是一个列表", "请写成 […]", self._at(name))
        return found

    def _as_integer(self, found: Any, name: str) -> int:
        if not isinstance(found, int) or isinstance(found, bool):
            raise BadEvent(f"“{found}”不是整数", "请填整数", self._at(name))
        return found

    def _at(self, name: str) -> str:
        return f"{self.place} {name}".strip()


def _slot(entry: _Object) -> Slot:
    return Slot(entry.text("label"), entry.session())


def _participant(entry: _Object) -> Participant:
    ident = entry.text("id")
    name = entry.text("name") if entry.has("name") else ident
    return Participant(ident, name, frozenset(entry.integers("unavailable")))


def _meeting(entry: _Object) -> Meeting:
    fixed = entry.integer("fixed_slot") if entry.has("fixed_slot") else None
    return Meeting(
        entry.text("id"),
        entry.text("a"),
        entry.text("b"),
        entry.session(),
        fixed,
        tuple(entry.texts("after")),
    )
