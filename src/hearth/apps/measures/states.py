"""Shapes of what can be measured."""

from enum import StrEnum


class Shape(StrEnum):
    COUNT = "count"  # a number with a unit
    YEAR = "year"
    DATE = "date"
    SPAN = "span"  # two dates
    ORDINAL = "ordinal"
    MOMENT = "moment"  # date and time
    WRITTEN = "written"  # shown as its source wrote it
