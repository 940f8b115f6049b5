"""Finding measures and measuring. Each app lists its own in ``measures.py`` as MEASURES."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from hearth.apps.measures.rules import Family, Measure, Value


class UnknownMeasure(Exception):
    """A name that no measure has; the message offers the nearest ones."""


@dataclass(frozen=True)
class Measured:
    measure: Measure
    value: Value | None
    records: QuerySet[Any]


@cache
def all_measures() -> tuple[Measure, ...]:
    """Every measure of every installed app, in the order of the apps."""
    found = _listed("MEASURES")
    names = [label for measure in found for label in (measure.key, measure.name)]
    doubled = {name for name in names if names.count(name) > 1}
    assert not doubled, f"measures share a name: {doubled}"
    return found


@cache
def _families() -> dict[str, Family]:
    return {label: family for family in _listed("FAMILIES") for label in (family.key, family.name)}


@cache
def _by_name() -> dict[str, Measure]:
    return {label: measure for measure in all_measures() for label in (measure.key, measure.name)}


def _listed(what: str) -> tuple[Any, ...]:
    modules = (
        f"{config.name}.measures"
        for config in apps.get_app_configs()
        if config.name.startswith("hearth.apps.")
    )
    return tuple(one for name in modules if find_spec(name) for one in getattr(import_module(name), what, ()))


def find(name: str) -> Measure:
    """The measure with this key (``outreach.booklets``) or Chinese name (``科普.读本``)."""
    if name in _by_name():
        return _by_name()[name]
    family, _, member = name.rpartition(".")
    if family in _families() and member:
        return _families()[family].member(member)
    near = get_close_matches(name, _by_name(), n=3, cutoff=0.3)
    hint = f"；是不是 {'、'.join(near)}？" if near else "。"
    raise UnknownMeasure(f"没有叫“{name}”的指标{hint}")


def measure(name: str, subject: int) -> Measured:
    """Measure one thing for a subject (a campaign's id)."""
    found = find(name)
    records = found.records(subject)
    return Measured(found, found.value(records), records)


def listing(name: str, subject: int) -> list[str]:
    """The lines of source that a ``[[name]]`` or ``[[name:argument]]`` stands for."""
    head, _, argument = name.replace("：", ":").partition(":")
    known = {one.name: one for one in _listed("LISTINGS")}
    if head not in known:
        raise UnknownMeasure(f"没有叫“{head}”的清单；可用的有：{'、'.join(known)}。")
    lines: list[str] = known[head].lines(subject, argument)
    return lines
