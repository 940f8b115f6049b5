"""A list page, declared once: what is searched, filtered, sorted and exported. A view shows it in one line.

DEMANDS = ListPage(title=_("技术需求"), columns=(...), search=("title", "org__name"), ...)

@requires(Permission.SEE_EXCHANGE)
def demands(request):
    return DEMANDS.show(request, Demand.objects.visible_to(acting(request)), "desk/demands.html")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from hearth.lib import workbooks
from hearth.lib.tables import Column as Heading
from hearth.lib.tables import Kind, Value

Text = str | Promise
PER_PAGE = 50
SEARCH, SORT, PAGE, EXPORT = "q", "sort", "page", "export"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column on the page and in Excel. ``value`` gives what Excel stores; None keeps the column off the file.

    ``sort`` names the column in an address and ``order`` the fields it sorts by; without, it cannot be sorted.
    """

    label: Text
    value: Callable[[Any], Value] | None = None
    sort: str = ""
    order: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)


@dataclass(frozen=True)
class Choice:
    """One value of a filter: its key in an address, its words, and which rows it keeps."""

    key: str
    label: Text
    rows: Q


@dataclass(frozen=True)
class Filter:
    """Choices that exclude each other; ``chips`` stand side by side, otherwise they are a select."""

    key: str
    label: Text
    choices: tuple[Choice, ...]
    chips: bool = False

    def chosen(self, query: QueryDict) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == query.get(self.key)), None)


@dataclass(frozen=True)
class Option:
    """A choice as it stands on the page: how many rows it would keep, where it leads."""

    key: str
    label: Text
    count: int
    href: str
    current: bool


@dataclass(frozen=True)
class Options:
    key: str
    label: Text
    total: int
    href: str
    any_chosen: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Condition:
    """Something that narrows the list now; ``href`` leads to the list without it."""

    label: Text
    href: str


@dataclass(frozen=True)
class Head:
    label: Text
    number: bool
    href: str
    sorted: str


@dataclass(frozen=True)
class Listing:
    """A list as one visitor sees it."""

    title: Text
    page: Page[Any]
    search: str
    search_label: Text
    sort: str
    chips: tuple[Options, ...]
    selects: tuple[Options, ...]
    conditions: tuple[Condition, ...]
    heads: tuple[Head, ...]
    export_href: str

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search form must carry along: chips and order, which it does not show as fields."""
        chosen = [(one.key, option.key) for one in self.chips for option in one.options if option.current]
        return chosen + ([(SORT, self.sort)] if self.sort else [])


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """``order`` is the order unless somebody sorts; it ends in a unique field, so that pages do not overlap."""

    title: Text
    columns: tuple[Column, ...]
    order: tuple[str | Case, ...]
    search: tuple[str, ...] = ()
    search_label: Text = ""
    filters: tuple[Filter, ...] = ()
    per_page: int = PER_PAGE

    def __post_init__(self) -> None:
        keys = [one.key for one in self.filters]
        if len({*keys, SEARCH, SORT, PAGE, EXPORT}) != len(keys) + 4:
            raise ValueError(f"{self.title}: filters need keys of their own, got {keys}")

    def show(self, request: HttpRequest, rows: QuerySet[Any], template: str, **context: Any) -> HttpResponse:
        """The page, or the Excel file of all that is listed when the address asks for it."""
        found = self._ordered(
            rows.filter(self._searched(request.GET), *self._chosen(request.GET)), request.GET
        )
        if request.GET.get(EXPORT) == "xlsx":
            return self._file(found)
        return render(request, template, {**context, "listing": self._listing(request.GET, rows, found)})

    def _searched(self, query: QueryDict) -> Q:
        text = _text_of(query)
        if not text or not self.search:
            return Q()
        return reduce(or_, (Q(**{f"{name}__icontains": text}) for name in self.search))

    def _chosen(self, query: QueryDict, *, but: str = "") -> list[Q]:
        choices = (one.chosen(query) for one in self.filters if one.key != but)
        return [choice.rows for choice in choices if choice]

    def _ordered(self, rows: QuerySet[Any], query: QueryDict) -> QuerySet[Any]:
        name, backwards = _sort_of(query)
        column = next((one for one in self.columns if one.sort and one.sort == name), None)
        if column is None:
            return rows.order_by(*self.order)
        fields = [_turned(one) for one in column.order] if backwards else column.order
        return rows.order_by(*fields, *self.order)

    def _listing(self, query: QueryDict, rows: QuerySet[Any], found: QuerySet[Any]) -> Listing:
        counted = self._counted(query, rows)
        options = [(one, _options(one, query, counted)) for one in self.filters]
        return Listing(
            title=self.title,
            page=Paginator(found, self.per_page).get_page(query.get(PAGE)),
            search=_text_of(query),
            search_label=self.search_label,
            sort=query.get(SORT, ""),
            chips=tuple(shown for one, shown in options if one.chips),
            selects=tuple(shown for one, shown in options if not one.chips),
            conditions=tuple(self._conditions(query)),
            heads=tuple(_head(column, query) for column in self.columns),
            export_href=_address(query, **{EXPORT: "xlsx", PAGE: None}),
        )

    def _counted(self, query: QueryDict, rows: QuerySet[Any]) -> dict[str, int]:
        """How many rows each choice would keep, together with what else is chosen: one question for all."""
        counts = {}
        for one in self.filters:
            others = reduce(lambda a, b: a & b, self._chosen(query, but=one.key), Q())
            counts[_every(one)] = Count("pk", filter=others, distinct=True)
            for choice in one.choices:
                counts[_count(one, choice)] = Count("pk", filter=others & choice.rows, distinct=True)
        if not counts:
            return {}
        return rows.filter(self._searched(query)).order_by().aggregate(**counts)

    def _conditions(self, query: QueryDict) -> Iterator[Condition]:
        if text := _text_of(query):
            yield Condition(text, _address(query, **{SEARCH: None, PAGE: None}))
        for one in self.filters:
            choice = one.chosen(query)
            if choice:
                yield Condition(choice.label, _address(query, **{one.key: None, PAGE: None}))

    def _file(self, found: QuerySet[Any]) -> HttpResponse:
        columns = [(column, column.value) for column in self.columns if column.value]
        sheet = workbooks.Sheet(
            title=str(self.title),
            columns=tuple(Heading(name=str(column.label), kind=column.kind) for column, _read in columns),
            rows=([_stored(read(row)) for _column, read in columns] for row in found),
        )
        name = f"{self.title}_{timezone.localdate():%Y-%m-%d}.xlsx"
        return HttpResponse(
            workbooks.write([sheet]),
            content_type=XLSX,
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
        )


def _options(one: Filter, query: QueryDict, counted: dict[str, int]) -> Options:
    chosen = one.chosen(query)
    return Options(
        key=one.key,
        label=one.label,
        total=counted[_every(one)],
        href=_address(query, **{one.key: None, PAGE: None}),
        any_chosen=chosen is not None,
        options=tuple(
            Option(
                key=choice.key,
                label=choice.label,
                count=counted[_count(one, choice)],
                href=_address(query, **{one.key: choice.key, PAGE: None}),
                current=choice is chosen,
            )
            for choice in one.choices
        ),
    )


def _head(column: Column, query: QueryDict) -> Head:
    name, backwards = _sort_of(query)
    if not column.sort:
        return Head(column.label, column.is_number, "", "")
    is_current = name == column.sort
    turn = f"-{column.sort}" if is_current and not backwards else column.sort
    said = ("descending" if backwards else "ascending") if is_current else ""
    return Head(column.label, column.is_number, _address(query, **{SORT: turn, PAGE: None}), said)


def _text_of(query: QueryDict) -> str:
    return query.get(SEARCH, "").strip()


def _sort_of(query: QueryDict) -> tuple[str, bool]:
    asked = query.get(SORT, "")
    return asked.removeprefix("-"), asked.startswith("-")


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _address(query: QueryDict, **changes: str | None) -> str:
    """This list with something changed; None takes a part away."""
    new = query.copy()
    for key, value in changes.items():
        if value is None:
            new.pop(key, None)
        else:
            new[key] = value
    return f"?{new.urlencode()}"


def _every(one: Filter) -> str:
    return f"all_of_{one.key}"


def _count(one: Filter, choice: Choice) -> str:
    return f"{one.key}_is_{choice.key}"


def _stored(value: Value) -> Value:
    """A moment as the clock on the wall shows it: a spreadsheet knows no time zones."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value
