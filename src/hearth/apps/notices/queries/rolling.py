"""What the returns to a notice add up to along the tree, number by number, and who is missing from it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.notices import queries
from hearth.apps.notices.models import Answer, Notice, Return
from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind, ReturnState

EVERY_LINE = "all"


@dataclass(frozen=True)
class Rolled:
    """One column of the roll-up. ``line`` is None where all lines of a growing table are added; ``choice`` where a choice
    is counted."""

    label: str
    unit: str
    key: str
    line: int | None = 0
    column: str = ""
    choice: str = ""

    @property
    def name(self) -> str:
        place = [self.key]
        if self.column:
            place += [EVERY_LINE if self.line is None else str(self.line), self.column]
        return ".".join(place) + (f"={self.choice}" if self.choice else "")


@dataclass(frozen=True)
class Sums:
    """What a set of returns adds up to. Only valid answers count, each once; duplicates confirmed are left out."""

    receivers: int = 0
    answered: int = 0
    numbers: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, name: str) -> Decimal:
        return self.numbers.get(name, Decimal(0))

    @property
    def missing(self) -> int:
        return self.receivers - self.answered


@dataclass(frozen=True)
class Branch:
    """An organisation in the roll-up: its own return, and that of everything at and below it."""

    organisation: Organisation
    depth: int
    own: Sums | None
    total: Sums


@dataclass(frozen=True)
class Part:
    """What one organisation adds to a number of the roll-up, or says under a field."""

    returned: Return
    number: Decimal | None
    texts: tuple[str, ...]


def columns(form: Form) -> tuple[Rolled, ...]:
    """What of a form adds up: numbers, choices by count, tables by line or, where they grow, by column."""
    return tuple(rolled for one in form for rolled in _columns(one))


def _columns(one: Field) -> Iterator[Rolled]:
    if one.is_number:
        yield Rolled(one.label, one.unit, one.key)
    elif one.kind == FieldKind.CHOICE:
        yield from (Rolled(f"{one.label}：{choice}", "家", one.key, choice=choice) for choice in one.choices)
    elif one.kind == FieldKind.TABLE:
        for column in one.columns:
            if not column.is_number:
                continue
            if not one.lines:
                yield Rolled(f"{one.label}：{column.label}", column.unit, one.key, None, column.key)
            for at, line in enumerate(one.lines):
                yield Rolled(f"{line}：{column.label}", column.unit, one.key, at, column.key)


def roll_up(notice: Notice, *, by: Actor) -> tuple[Branch, ...]:
    """Returns added up along the tree, in its order, from the issuer (or the actor, if that is lower) down.

    A total is formed from the returns themselves, never from totals, so no return counts twice. Three questions, whatever
    the number of returns; then one step for each number and each organisation above it.
    """
    top = max(notice.issuer.path, by.path, key=len)
    own = _own(notice, by)
    totals: dict[str, list[Sums]] = defaultdict(list)
    for path, sums in own.items():
        for end in range(len(top), len(path) + 1):
            if path[end - 1] == ".":
                totals[path[:end]].append(sums)
    return tuple(
        Branch(
            organisation=organisation,
            depth=organisation.depth - top.count("."),
            own=own.get(organisation.path),
            total=_added(totals[organisation.path]),
        )
        for organisation in Organisation.objects.below(top).filter(path__in=totals)
    )


def _own(notice: Notice, by: Actor) -> dict[str, Sums]:
    numbers: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    known = {(one.key, one.line, one.column, one.choice): one.name for one in columns(notice.form)}
    rows = _counted(notice, by).values_list("returned_id", "key", "line", "column", "number", "text")
    for returned, key, line, column, number, text in rows:
        choice = "" if number is not None else text
        name = known.get((key, line, column, choice)) or known.get((key, None, column, choice))
        if name is not None:
            numbers[returned][name] += 1 if number is None else number
    found = queries.returns(by, notice).order_by().values_list("pk", "org_path", "state")
    return {path: Sums(1, int(state == ReturnState.SENT), numbers.get(pk, {})) for pk, path, state in found}


def _counted(notice: Notice, by: Actor) -> QuerySet[Answer]:
    found: QuerySet[Answer] = Answer.objects.visible_to(by).filter(
        notice=notice, returned__state=ReturnState.SENT, counted=True
    )
    return found.order_by()


def _added(parts: list[Sums]) -> Sums:
    numbers: dict[str, Decimal] = defaultdict(Decimal)
    for part in parts:
        for name, number in part.numbers.items():
            numbers[name] += number
    return Sums(sum(part.receivers for part in parts), sum(part.answered for part in parts), dict(numbers))


def drill(notice: Notice, rolled: Rolled, path: str, *, by: Actor) -> tuple[Part, ...]:
    """Who at and below ``path`` adds what to one number, the largest first."""
    rows = _counted(notice, by).filter(key=rolled.key, org_path__gte=path, org_path__lt=path + "~")
    if rolled.column:
        rows = rows.filter(column=rolled.column)
    if rolled.line is not None:
        rows = rows.filter(line=rolled.line)
    if rolled.choice:
        rows = rows.filter(text=rolled.choice)
    found: dict[int, list[Answer]] = defaultdict(list)
    for answer in rows.select_related("returned__org").order_by("returned__org_path", "line"):
        found[answer.returned_id].append(answer)
    parts = [
        Part(
            own[0].returned,
            sum((Decimal(1) if one.number is None else one.number for one in own), Decimal(0)),
            tuple(answer.text for answer in own if answer.text),
        )
        for own in found.values()
    ]
    return tuple(sorted(parts, key=lambda part: -(part.number or 0)))


def texts(notice: Notice, key: str, *, by: Actor) -> tuple[Part, ...]:
    """What everybody wrote under one field, in the order of the tree."""
    rows = _counted(notice, by).filter(key=key).exclude(text="").select_related("returned__org")
    return tuple(Part(one.returned, None, (one.text,)) for one in rows.order_by("org_path", "line", "column"))
