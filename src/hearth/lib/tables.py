"""What a table of a file from outside should look like, declared as data, and the rows that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from hearth.lib.faults import Fault

Value = str | int | Decimal | date | time | datetime | bool | None
"""What a cell becomes: the type follows from the column's kind, None is an empty cell."""

Bound = int | Decimal | date | time | datetime
T = TypeVar("T", str, int, Decimal, date, time, datetime, bool)

MOST_ROWS = 20_000
"""Rows of one table that are read when the table says nothing else."""


class Kind(StrEnum):
    """What a column holds, and the type of its values."""

    TEXT = "text"
    """str, trimmed"""
    INTEGER = "integer"
    """int"""
    DECIMAL = "decimal"
    """Decimal"""
    MONEY = "money"
    """Decimal with at most two places"""
    DATE = "date"
    """date"""
    TIME = "time"
    """time without zone, to the second"""
    DATETIME = "datetime"
    """datetime without zone, to the second: a spreadsheet knows no zones"""
    CHOICE = "choice"
    """str, one of the column's choices"""
    FLAG = "flag"
    """bool"""
    PHONE = "phone"
    """str: digits keep their leading zeros"""


_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
_BOUNDED: dict[Kind, tuple[type, ...]] = {
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, Decimal),
    Kind.MONEY: (int, Decimal),
    Kind.DATE: (date,),
    Kind.TIME: (time,),
    Kind.DATETIME: (datetime,),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `name` is the header as printed, `aliases` are other headers that mean the same.

    `default` stands for an empty cell or an absent optional column. `minimum` and `maximum` are included.
    `longest` is the greatest number of characters of a text.
    ValueError when the declaration contradicts itself.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: Bound | None = None
    maximum: Bound | None = None
    unique: bool = False
    aliases: tuple[str, ...] = ()
    default: Value = None
    longest: int = 10_000

    def __post_init__(self) -> None:
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}: choices belong to a column of kind choice, and only there")
        if self.required and self.default is not None:
            raise ValueError(f"{self.name}: a required column has no default")
        allowed = _BOUNDED.get(self.kind, ())
        for bound in (self.minimum, self.maximum):
            if bound is not None and type(bound) not in allowed:
                raise ValueError(f"{self.name}: {bound!r} is no limit of a column of kind {self.kind}")

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that means this column."""
        return (self.name, *self.aliases)

    @property
    def is_number(self) -> bool:
        """Whether the values are counted or measured."""
        return self.kind in _NUMBERS


@dataclass(frozen=True, kw_only=True)
class Table:
    """One sheet: `name` is the sheet's name. `unique_together` lists groups of columns that may not repeat.

    An optional table (`required=False`) may be absent and then has no rows.
    ValueError when headers repeat or a group names an unknown column.
    """

    name: str
    columns: tuple[Column, ...]
    unique_together: tuple[tuple[str, ...], ...] = ()
    required: bool = True
    most_rows: int = MOST_ROWS

    def __post_init__(self) -> None:
        headers = [header for column in self.columns for header in column.headers]
        if len(set(headers)) != len(headers):
            raise ValueError(f"{self.name}: a header stands for two columns")
        unknown = {name for group in self.unique_together for name in group} - {c.name for c in self.columns}
        if unknown:
            raise ValueError(f"{self.name}: unique_together names {sorted(unknown)}, which are no columns")

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Every group of columns whose values may not repeat, single columns included."""
        return (*((column.name,) for column in self.columns if column.unique), *self.unique_together)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row that was read: where it stands, and the value of every declared column by its name."""

    file: str
    sheet: str
    number: int
    values: Mapping[str, Value] = field(hash=False)

    def __getitem__(self, column: str) -> Value:
        return self.values[column]

    def get(self, column: str, kind: type[T]) -> T:
        """The value of a column that is never empty. TypeError when it is empty or of another type."""
        value = self.optional(column, kind)
        if value is None:
            raise TypeError(f"{column} is empty")
        return value

    def optional(self, column: str, kind: type[T]) -> T | None:
        """The value of a column, None when the cell was empty. TypeError when it is of another type."""
        value = self.values[column]
        if value is None:
            return None
        if type(value) is not kind:
            raise TypeError(f"{column} holds {type(value).__name__}, not {kind.__name__}")
        return value

    def fault(self, column: str, *, wanted: str = "", cure: str = "") -> Fault:
        """A fault at this row, for rules that only the caller can know, such as an unknown reference."""
        value = self.values[column]
        found = "" if value is None else str(value)
        return Fault(
            file=self.file,
            sheet=self.sheet,
            row=self.number,
            column=column,
            found=found,
            wanted=wanted,
            cure=cure,
        )
