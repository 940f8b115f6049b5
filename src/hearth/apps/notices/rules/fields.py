"""The form of a return: fields that a clerk designed, and what is right to type into them.

What is typed travels as one flat mapping of texts: by ``key`` for a field, by ``key.line.column`` for a cell of a table,
in the browser's form, in a draft and from a spreadsheet alike. ``check`` turns it into typed cells or into faults.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from hearth.apps.notices.states import FILES, NUMBERS, FieldKind

MOST_FIELDS = 60
MOST_LINES = 50
LONGEST_SHORT = 200
LONGEST_LONG = 5_000
MOST_DIGITS = 12
PLACES = 4
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CELL = re.compile(r"([a-z][a-z0-9_]{0,39})\.([0-9]{1,2})\.([a-z][a-z0-9_]{0,39})")

Said = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. ``lines`` are the fixed lines of a table, such as an indicator dictionary; without them it grows.

    ``definition`` (口径) makes a number feed papers; ``known`` names the measure from which the house fills it in.
    """

    key: str
    label: str
    kind: FieldKind
    unit: str = ""
    help: str = ""
    required: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()
    lines: tuple[str, ...] = ()
    definition: str = ""
    known: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def is_file(self) -> bool:
        return self.kind in FILES


@dataclass(frozen=True)
class Form:
    fields: tuple[Field, ...] = ()

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.fields)

    @property
    def stamped(self) -> Field | None:
        return next((one for one in self.fields if one.kind == FieldKind.STAMPED), None)


@dataclass(frozen=True)
class Cell:
    """One typed answer: ``number`` for numbers, ``file`` the id of a kept file, ``text`` for all else (a date as ISO)."""

    key: str
    line: int = 0
    column: str = ""
    number: Decimal | None = None
    text: str = ""
    file: int | None = None

    @property
    def name(self) -> str:
        return f"{self.key}.{self.line}.{self.column}" if self.column else self.key

    @property
    def shown(self) -> str:
        return plain(self.number) if self.number is not None else str(self.file or self.text)


@dataclass(frozen=True)
class Checked:
    """The typed cells, and by name what is wrong; a name with a fault has no cell."""

    cells: tuple[Cell, ...]
    faults: Mapping[str, str] = field(default_factory=dict)


STUDY = Form(
    (
        Field(
            key="sessions",
            label="学习讨论场次",
            kind=FieldKind.WHOLE,
            unit="场",
            required=True,
            least=Decimal(0),
            most=Decimal(100_000),
            definition="本单位组织的学习讨论，一次会计一场",
        ),
        Field(
            key="people",
            label="参加人数",
            kind=FieldKind.WHOLE,
            unit="人次",
            required=True,
            least=Decimal(0),
            most=Decimal(100_000_000),
            definition="参加学习讨论的人次，同一人参加两场计两次",
        ),
        Field(
            key="outreach_events",
            label="科普活动场次",
            kind=FieldKind.WHOLE,
            unit="场",
            required=True,
            least=Decimal(0),
            most=Decimal(100_000),
            definition="本单位主办的科普活动，协办的不计",
        ),
        Field(key="digest", label="心得摘要", kind=FieldKind.LONG),
    )
)
"""What a study notice asks for when nobody designed a form."""


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no idle zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def name_of(key: str, line: int, column: str) -> str:
    return f"{key}.{line}.{column}"


def lines_of(asked: Field, said: Said) -> int:
    """How many lines of a table are asked or said."""
    if asked.lines:
        return len(asked.lines)
    found = (CELL.fullmatch(name) for name, text in said.items() if text.strip())
    return 1 + max((int(hit[2]) for hit in found if hit and hit[1] == asked.key), default=-1)


def names(form: Form, said: Said) -> Iterator[tuple[str, Field, Cell]]:
    """Every name that the form asks for, with its field (or column) and its place."""
    for asked in form:
        if asked.kind != FieldKind.TABLE:
            yield asked.key, asked, Cell(asked.key)
            continue
        for line in range(min(lines_of(asked, said), MOST_LINES)):
            for column in asked.columns:
                yield name_of(asked.key, line, column.key), column, Cell(asked.key, line, column.key)


def kept(form: Form, said: Said) -> dict[str, str]:
    """What of the typed texts the form asks for; the rest is nobody's answer."""
    return {name: said[name] for name, _asked, _place in names(form, said) if name in said}


def check(form: Form, said: Said) -> Checked:
    """Type what was said. An empty line of a growing table asks nothing; a field that is required must be said."""
    cells: list[Cell] = []
    faults: dict[str, str] = {}
    for name, asked, place in names(form, said):
        text = said.get(name, "").strip()
        if not text:
            if asked.required and not (place.column and _is_idle(form, said, place)):
                faults[name] = "还没有填。"
            continue
        try:
            cells.append(_typed(asked, place, text))
        except ValueError as wrong:
            faults[name] = str(wrong)
    for asked in form:
        if asked.kind == FieldKind.TABLE and asked.required and not lines_of(asked, said):
            faults[asked.key] = "至少填一行；没有的，请在别的栏里写明“无”。"
    return Checked(tuple(cells), faults)


def _is_idle(form: Form, said: Said, place: Cell) -> bool:
    table = form.field(place.key)
    assert table is not None
    if table.lines:
        return False
    row = (said.get(name_of(place.key, place.line, column.key), "") for column in table.columns)
    return not any(text.strip() for text in row)


def _typed(asked: Field, place: Cell, text: str) -> Cell:
    if asked.is_number:
        return replace(place, number=_number(asked, text))
    if asked.is_file:
        if not text.isdecimal():
            raise ValueError("文件没有传上来，请再选一次。")
        return replace(place, file=int(text))
    if asked.kind == FieldKind.DATE:
        return replace(place, text=_day(text))
    if asked.kind == FieldKind.CHOICE and text not in asked.choices:
        raise ValueError(f"“{text[:40]}”不在可选的里面，请从{'、'.join(asked.choices)}里选。")
    longest = LONGEST_SHORT if asked.kind in (FieldKind.SHORT, FieldKind.CHOICE) else LONGEST_LONG
    if len(text) > longest:
        raise ValueError(f"最多 {longest} 字，现在 {len(text)} 字。请删短。")
    return replace(place, text=text)


def _number(asked: Field, text: str) -> Decimal:
    whole = asked.kind == FieldKind.WHOLE
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").strip())
    except InvalidOperation as wrong:
        raise ValueError(f"“{text[:40]}”应为{'整数，如 12' if whole else '数字，如 12.5'}。") from wrong
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        raise ValueError(f"“{text[:40]}”应为{'整数，如 12' if whole else '数字，如 12.5'}。")
    if abs(number) >= 10**MOST_DIGITS:
        raise ValueError(f"“{text[:40]}”太大了，请核对单位。")
    if round(number, PLACES) != number:
        raise ValueError(f"“{text[:40]}”最多写 {PLACES} 位小数。")
    if asked.least is not None and number < asked.least:
        raise ValueError(f"“{text[:40]}”应为 {plain(asked.least)} 或更大的数。")
    if asked.most is not None and number > asked.most:
        raise ValueError(f"“{text[:40]}”应为 {plain(asked.most)} 或更小的数。")
    return number


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise ValueError(f"“{text[:40]}”应为日期，如 2020-06-12。") from wrong


def said_of(cells: Sequence[Cell]) -> dict[str, str]:
    """Cells as they would be typed again."""
    return {cell.name: cell.shown for cell in cells}


def objections(form: Form) -> tuple[str, ...]:
    """Why this form cannot be sent to anybody; empty when it can."""
    found = []
    if not form.fields:
        found.append("表里还没有一项。请至少加一项，或者改成签收就可以。")
    if len(form) > MOST_FIELDS:
        found.append(f"表里有 {len(form)} 项，最多 {MOST_FIELDS} 项。请拆成两份，或者删去几项。")
    if sum(one.kind == FieldKind.STAMPED for one in form) > 1:
        found.append("盖章件只能要一份。请删去多的。")
    for group in (form.fields, *(one.columns for one in form)):
        labels = [one.label for one in group]
        for label in dict.fromkeys(label for label in labels if labels.count(label) > 1):
            found.append(f"有两项都叫“{label}”。请改其中一项的名称，汇总才分得清。")
        keys = [one.key for one in group]
        if len(set(keys)) != len(keys) or not all(KEY.fullmatch(key) for key in keys):
            found.append("有两项的键相同，或者键写错了。请删去重加。")
    for one in form:
        found += _objections(one)
    return tuple(found)


def _objections(one: Field) -> Iterator[str]:
    if not one.label.strip():
        yield "有一项没有名称。请写上名称，或者删去这一项。"
    if one.kind == FieldKind.CHOICE and len(one.choices) < 2:
        yield f"“{one.label}”是选项，至少要写两个可选的。"
    if one.kind == FieldKind.TABLE and not one.columns:
        yield f"“{one.label}”是表格，至少要有一栏。"
    if one.least is not None and one.most is not None and one.least > one.most:
        yield f"“{one.label}”最小 {plain(one.least)} 大于最大 {plain(one.most)}，请改其中一个。"
    for column in one.columns:
        if column.kind in (FieldKind.TABLE, *FILES):
            yield f"“{one.label}”的“{column.label}”一栏不能是{column.kind.label}。"
        else:
            yield from _objections(column)


def as_json(form: Form) -> list[dict[str, Any]]:
    return [_as_json(one) for one in form]


def _as_json(one: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.key, "label": one.label, "kind": str(one.kind.value)}
    for name in ("unit", "help", "definition", "known"):
        if getattr(one, name):
            told[name] = getattr(one, name)
    for name in ("choices", "lines"):
        if getattr(one, name):
            told[name] = list(getattr(one, name))
    for name in ("least", "most"):
        if getattr(one, name) is not None:
            told[name] = plain(getattr(one, name))
    if one.required:
        told["required"] = True
    if one.columns:
        told["columns"] = [_as_json(column) for column in one.columns]
    return told


def from_json(told: Sequence[Mapping[str, Any]]) -> Form:
    return Form(tuple(_from_json(one) for one in told))


def _from_json(told: Mapping[str, Any]) -> Field:
    return Field(
        key=told["key"],
        label=told["label"],
        kind=FieldKind(told["kind"]),
        unit=told.get("unit", ""),
        help=told.get("help", ""),
        required=told.get("required", False),
        least=Decimal(told["least"]) if "least" in told else None,
        most=Decimal(told["most"]) if "most" in told else None,
        choices=tuple(told.get("choices", ())),
        columns=tuple(_from_json(one) for one in told.get("columns", ())),
        lines=tuple(told.get("lines", ())),
        definition=told.get("definition", ""),
        known=told.get("known", ""),
    )
