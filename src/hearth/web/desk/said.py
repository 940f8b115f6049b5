"""What the returns to a notice say, as columns of a list and of an Excel file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from hearth.apps.notices.models import Return
from hearth.apps.notices.rules import fields
from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind
from hearth.lib.tables import Kind, Value
from hearth.web.ui.listing import Column

MOST_SHOWN = 3
"""Numbers of a form that the list shows; the file has every field."""


def shown(form: Form) -> tuple[Field, ...]:
    """The fields that stand in the list itself."""
    return tuple([one for one in form if one.is_number][:MOST_SHOWN])


def columns(form: Form) -> tuple[Column, ...]:
    """Every field as a column; a table by its fixed lines, or counted by lines where it grows."""
    return tuple(column for one in form for column in _columns(one))


def _columns(one: Field) -> Iterator[Column]:
    if one.kind != FieldKind.TABLE:
        yield Column(_label(one.label, one.unit), _reads(one, one.key), kind=_kind(one))
        return
    if not one.lines:
        yield Column(f"{one.label}（行）", lambda row: _lines(row, one.key), kind=Kind.INTEGER)
    for at, line in enumerate(one.lines):
        for column in one.columns:
            name = fields.name_of(one.key, at, column.key)
            yield Column(
                _label(f"{line}：{column.label}", column.unit), _reads(column, name), kind=_kind(column)
            )


def _label(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if unit else label


def _kind(one: Field) -> Kind:
    kinds = {FieldKind.WHOLE: Kind.INTEGER, FieldKind.DECIMAL: Kind.DECIMAL, FieldKind.DATE: Kind.DATE}
    return kinds.get(one.kind, Kind.TEXT)


def _reads(one: Field, name: str) -> Callable[[Any], Value]:
    def read(row: Return) -> Value:
        cell = next((answer.cell for answer in row.answers.all() if answer.cell.name == name), None)
        if cell is None:
            return None
        return value_of(one, cell)

    return read


def value_of(one: Field, cell: fields.Cell) -> Value:
    """A cell as a spreadsheet holds it."""
    if cell.number is not None:
        return int(cell.number) if one.kind == FieldKind.WHOLE else Decimal(fields.plain(cell.number))
    if one.kind == FieldKind.DATE and cell.text:
        return datetime.date.fromisoformat(cell.text)
    return "有" if cell.file is not None else cell.text


def _lines(row: Return, key: str) -> int:
    return len({answer.line for answer in row.answers.all() if answer.key == key})
