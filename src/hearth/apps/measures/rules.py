"""What a measure is: a named question over records, and how its value is formed."""

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hearth.apps.measures.states import Shape

# bookkeeping that may change without the record saying anything else
UNSAID = {"id", "org", "org_path", "created_at", "updated_at"}


@dataclass(frozen=True)
class Value:
    """A measured value. Which fields are set follows from ``shape``: ``number`` for counts, years and ordinals, ``start``
    (and ``end``) for dates, spans and moments, ``written`` for what is shown as its source wrote it. ``around`` holds the first and
    last of several days when ``start`` stands for all of them."""

    shape: Shape
    number: int | None = None
    unit: str = ""
    start: datetime.date | datetime.datetime | None = None
    end: datetime.date | None = None
    written: str = ""
    around: tuple[datetime.date, datetime.date] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "shape": self.shape.value,
            "number": self.number,
            "unit": self.unit,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "written": self.written,
            "around": [day.isoformat() for day in self.around] if self.around else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Value":
        shape = Shape(data["shape"])
        read = datetime.datetime.fromisoformat if shape == Shape.MOMENT else datetime.date.fromisoformat
        around = tuple(datetime.date.fromisoformat(day) for day in data["around"] or ())
        return cls(
            shape=shape,
            number=data["number"],
            unit=data["unit"],
            start=read(data["start"]) if data["start"] else None,
            end=datetime.date.fromisoformat(data["end"]) if data["end"] else None,
            written=data["written"],
            around=(around[0], around[1]) if around else None,
        )


@dataclass(frozen=True)
class Measure:
    """A named question over the records of a subject.

    ``records`` gives the rows behind the value, ``value`` computes it from those rows (None when there is nothing to say),
    ``amount`` tells what one row contributes, for the list under an opened figure.
    """

    key: str
    name: str
    unit: str
    definition: str
    records: Callable[[int], models.QuerySet[Any]]
    value: Callable[[models.QuerySet[Any]], Value | None]
    amount: Callable[[Any], int | str] = lambda record: 1  # noqa: ARG005  # most measures count rows


@dataclass(frozen=True)
class Family:
    """Measures that differ by one word, such as every quoted fact: ``引用.回信代表`` is the member ``回信代表`` of ``引用``."""

    key: str
    name: str
    member: Callable[[str], Measure]


@dataclass(frozen=True)
class Listing:
    """Records as lines of a paper's source, put where ``[[name]]`` or ``[[name:argument]]`` stands."""

    name: str
    lines: Callable[[int, str], list[str]]


def count(unit: str) -> Callable[[models.QuerySet[Any]], Value]:
    """The number of records."""
    return lambda rows: Value(Shape.COUNT, number=rows.count(), unit=unit)


def total(field: str, unit: str) -> Callable[[models.QuerySet[Any]], Value]:
    """The sum of a field over the records."""
    return lambda rows: Value(
        Shape.COUNT, number=rows.aggregate(total=models.Sum(field, default=0))["total"], unit=unit
    )


def distinct(field: str, unit: str) -> Callable[[models.QuerySet[Any]], Value]:
    """How many different values a field has."""
    return lambda rows: Value(Shape.COUNT, number=rows.order_by().values(field).distinct().count(), unit=unit)


def day(field: str) -> Callable[[models.QuerySet[Any]], Value | None]:
    """The first day on which a record lies."""

    def first(rows: models.QuerySet[Any]) -> Value | None:
        found = rows.aggregate(day=models.Min(field))["day"]
        return Value(Shape.DATE, start=found) if found else None

    return first


def span(field: str) -> Callable[[models.QuerySet[Any]], Value | None]:
    """From the first day to the last."""

    def between(rows: models.QuerySet[Any]) -> Value | None:
        found = rows.aggregate(first=models.Min(field), last=models.Max(field))
        return Value(Shape.SPAN, start=found["first"], end=found["last"]) if found["first"] else None

    return between


def fingerprint(record: models.Model) -> str:
    """SHA-256 over everything a record says: its own columns except bookkeeping.

    A model names in ``UNSAID`` further columns that are carried along and are no statement of the record.
    """
    unsaid = UNSAID | getattr(record, "UNSAID", frozenset())
    said = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in unsaid and not field.primary_key
    }
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
