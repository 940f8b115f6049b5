"""Events in the tables of returns, those that several may have reported, and those confirmed to be one."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from hearth.apps.directory.models import Actor
from hearth.apps.notices.models import Answer, Duplicate, Notice
from hearth.apps.notices.rules import alike
from hearth.apps.notices.rules.fields import Cell, Field
from hearth.apps.notices.states import FieldKind, ReturnState

MOST_SUGGESTED = 100
_PLACE = "地点"


@dataclass(frozen=True)
class Confirmed:
    """One event with shared credit: the owner's line counts."""

    duplicate: Duplicate
    owner: alike.Line | None
    copy: alike.Line | None


def suggested(notice: Notice, *, by: Actor) -> tuple[alike.Pair, ...]:
    """Pairs of lines that may be one event, of which none is confirmed as a duplicate yet."""
    lines = _lines(notice, by)
    settled = {
        (one.copy_id, one.key, one.copy_line)
        for one in Duplicate.objects.visible_to(by).filter(notice=notice)
    }
    found: list[alike.Pair] = []
    for key in {line.key for line in lines.values()}:
        free = [line for place, line in lines.items() if line.key == key and place not in settled]
        found += alike.pairs(free)
    return tuple(sorted(found, key=lambda pair: -pair.likeness)[:MOST_SUGGESTED])


def confirmed(notice: Notice, *, by: Actor) -> tuple[Confirmed, ...]:
    lines = _lines(notice, by)
    return tuple(
        Confirmed(
            one,
            lines.get((one.owner_id, one.key, one.owner_line)),
            lines.get((one.copy_id, one.key, one.copy_line)),
        )
        for one in Duplicate.objects.visible_to(by).filter(notice=notice)
    )


def event_tables(notice: Notice) -> tuple[Field, ...]:
    """Growing tables whose lines are events: they have a name and a date."""
    return tuple(
        one
        for one in notice.form
        if one.kind == FieldKind.TABLE
        and not one.lines
        and {FieldKind.SHORT, FieldKind.DATE} <= {column.kind for column in one.columns}
    )


def _lines(notice: Notice, by: Actor) -> dict[tuple[int, str, int], alike.Line]:
    tables = {one.key: one for one in event_tables(notice)}
    rows = Answer.objects.visible_to(by).filter(
        notice=notice, key__in=tables, returned__state=ReturnState.SENT
    )
    cells: dict[tuple[int, str, int], dict[str, Answer]] = defaultdict(dict)
    for answer in rows.select_related("org"):
        cells[answer.returned_id, answer.key, answer.line][answer.column] = answer
    return {place: line for place, own in cells.items() for line in _line(tables[place[1]], place, own)}


def _line(table: Field, place: tuple[int, str, int], own: dict[str, Answer]) -> Iterator[alike.Line]:
    def said(kind: FieldKind, *, where: bool = False) -> list[Cell]:
        wanted = [c for c in table.columns if c.kind == kind and (_PLACE in c.label) == where]
        return [own[c.key].cell for c in wanted if c.key in own]

    names, days = said(FieldKind.SHORT), said(FieldKind.DATE)
    if not names or not days:
        return
    numbers = [answer.number for answer in own.values() if answer.number is not None]
    any_answer = next(iter(own.values()))
    yield alike.Line(
        returned=place[0],
        path=any_answer.org_path,
        org=str(any_answer.org),
        key=place[1],
        line=place[2],
        name=names[0].text,
        on=datetime.date.fromisoformat(days[0].text),
        place="".join(cell.text for cell in said(FieldKind.SHORT, where=True)),
        numbers=tuple(numbers),
    )
