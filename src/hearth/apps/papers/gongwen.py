"""The door to the gongwen engine: from a source and its subject to a filled paper, and from a stored paper to Word."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import translation

from hearth.apps.files import queries as files
from hearth.apps.measures import queries as measures
from hearth.apps.measures.rules import Measure, Value, fingerprint
from hearth.apps.measures.states import Shape
from hearth.apps.papers.figures import Loose, UntrueStyle, loose, show, style_of
from hearth.apps.papers.models import Disclosure, Figure, Paper, Publication
from hearth.engines import gongwen as engine
from hearth.engines.gongwen import importing
from hearth.lib import seals

OWN_LENGTH = "公文.字数"
LONGEST = 200
HEADLESS = "普通"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SourceError = engine.SourceError
BadDocument = engine.BadDocument
LedgerEntry = engine.LedgerEntry
Layout = engine.Paper


@dataclass(frozen=True)
class Behind:
    """One record behind a figure."""

    thing: str
    thing_id: str
    label: str
    amount: str
    fingerprint: str


# what was measured so far, by the name that a slot gives
Known = dict[str, tuple[Measure, Value | None, tuple[Behind, ...]]]


@dataclass(frozen=True)
class Taken:
    """A slot of a source with the value that its measure has now."""

    index: int
    key: str
    name: str
    style: str
    definition: str
    value: Value
    text: str
    records: tuple[Behind, ...]

    @property
    def token(self) -> str:
        """A stable name of this figure in the Word file."""
        return f"f{self.index:03d}-{hashlib.sha256(self.key.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Problem:
    """Why a slot cannot be filled: where it stands, and the cure."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Composed:
    """A source read and measured. ``problems`` names the slots that could not be filled."""

    expanded: str
    layout: engine.Paper
    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    unfilled: tuple[engine.Slot, ...] = ()

    @property
    def title(self) -> str:
        """The title with its figures filled in."""
        return fill_taken(self).title_text


def compose(source: str, subject: int, pictures: Collection[str] = ()) -> Composed:
    """Read a source and measure every slot in it; ``pictures`` are the names it may show. Raises SourceError when it
    cannot be read."""
    with _in_chinese():
        return _compose(source, subject, pictures)


def _compose(source: str, subject: int, pictures: Collection[str]) -> Composed:
    expanded, origins = _with_listings(source, subject)
    try:
        layout = engine.parse(expanded)
    except engine.SourceError as error:
        line = origins[min(error.line, len(origins)) - 1]
        raise engine.SourceError(line, error.column, error.message, error.cure) from error
    taken: list[Taken] = []
    problems = [
        Problem(origins[one.line - 1], one.column, f"没有叫“{one.name}”的图片。请先把它传上来，或改正名称。")
        for one in layout.blocks
        if isinstance(one, engine.Picture) and one.name not in pictures
    ]
    unfilled: list[engine.Slot] = []
    known: Known = {}
    for slot in layout.slots:
        try:
            taken.append(_take(slot, subject, known))
        except (measures.UnknownMeasure, UntrueStyle, _Nothing) as error:
            problems.append(Problem(origins[slot.line - 1], slot.column, str(error)))
            unfilled.append(slot)
    whole = _with_length(layout, taken, _as_written(unfilled))
    return Composed(expanded, layout, whole, tuple(problems), tuple(unfilled))


def kind_of(source: str) -> str:
    """文种 as the front matter names it. Raises SourceError."""
    return engine.parse(source).meta.kind


def filled(paper: Paper, figures: Sequence[Figure] | None = None) -> engine.Paper:
    """The stored paper with its figures as they were taken."""
    rows = list(paper.figures.all()) if figures is None else figures
    layout = engine.parse(paper.expanded)
    return _numbered(engine.fill(layout, [_engine_figure(row) for row in rows]), paper.number)


def _numbered(layout: engine.Paper, number: str) -> engine.Paper:
    """The layout with the number it was issued under, if any."""
    return replace(layout, meta=replace(layout.meta, number=number)) if number else layout


def word(paper: Paper) -> bytes:
    """The Word file of a paper, the same bytes every time."""
    shown = paper.pictures.select_related("file")
    pictures = {one.name: files.content(one.file) for one in shown}
    return engine.write(filled(paper), key=seal(), pictures=pictures, profile=_house_profile())


def _house_profile() -> engine.Profile:
    """What was measured on the house's printer, else the grid of the standard."""
    place = settings.PAPER_PROFILE
    return engine.read_profile(place.read_text(encoding="utf-8")) if place.exists() else engine.GRID


@dataclass(frozen=True)
class Imported:
    """A Word file as a source to edit: what was not carried over, line by line, and its pictures by name."""

    source: str
    kind: str
    notes: tuple[str, ...]
    pictures: Mapping[str, bytes]


def imported(docx: bytes, subject: int) -> Imported:
    """Read a Word file of ordinary official shape. Raises BadDocument for what cannot be opened.

    A figure whose value is still what was written keeps the style in which it was (30余块).
    """
    found = importing.source_of(docx, style_of=lambda key, text: _style(key, text, subject))
    notes = tuple(f"导入，第 {note.line} 行：{note.what}。{note.cure}。" for note in found.notes)
    return Imported(found.source, engine.parse(found.source).meta.kind, notes, found.pictures)


def _style(key: str, text: str, subject: int) -> str:
    try:
        value = measures.measure(key, subject).value
    except measures.UnknownMeasure:
        return ""
    return style_of(value, text) if value else ""


def check_picture(name: str, data: bytes) -> None:
    """Raise SourceError, with the cure, when a Word file cannot show this picture."""
    alone = engine.parse(f"---\n文种：总结\n---\n# {name}\n\n![]({name})\n")
    engine.write(alone, pictures={name: data})


def public_layout(publication: Publication) -> engine.Paper:
    """The published copy, laid out again from itself alone."""
    return _numbered(_copied(publication.source, publication.figures), publication.number)


def disclosed_layout(disclosure: Disclosure) -> engine.Paper:
    """The copy that another organ was shown, laid out from itself alone."""
    return _copied(disclosure.source, disclosure.figures)


def _copied(source: str, rows: Iterable[dict[str, Any]]) -> engine.Paper:
    figures = [
        engine.Figure(
            index=one["index"],
            id=one["token"],
            key=one["key"],
            name=one["name"],
            text=one["text"],
            records=one["records"],
        )
        for one in rows
    ]
    return engine.fill(engine.parse(source), figures)


def fill_taken(composed: Composed) -> engine.Paper:
    """The composed source with the values just taken."""
    return engine.fill(composed.layout, [_from_taken(one) for one in composed.taken])


def preview(composed: Composed) -> engine.Paper:
    """The composed source as it would print, slots that nothing fills standing there as they were written."""
    taken = [_from_taken(one) for one in composed.taken]
    return engine.fill(composed.layout, [*taken, *_as_written(composed.unfilled)])


def _as_written(slots: Iterable[engine.Slot]) -> list[engine.Figure]:
    return [
        engine.Figure(
            index=slot.index,
            id=f"unfilled-{slot.index}",
            key=slot.key,
            name=slot.key,
            text=slot.text[:LONGEST],
            records=0,
        )
        for slot in slots
    ]


def organs(paper: Paper) -> tuple[str, ...]:
    """The organs that issue a paper jointly, the host first; one for a paper without a red head."""
    meta = engine.parse(paper.expanded).meta
    return meta.organs[:1] if meta.layout == HEADLESS else meta.organs


def number_written(paper: Paper) -> str:
    """文号 as the source has it, finished or not."""
    return engine.parse(paper.expanded).meta.number


def recipients(paper: Paper) -> str:
    return engine.parse(paper.expanded).meta.recipients


def digest(paper: Paper) -> str:
    """What a countersign stands for: the words and the figures of a paper, as a hash."""
    texts = paper.figures.order_by("index").values_list("text", flat=True)
    return hashlib.sha256("\n".join([paper.expanded, *texts]).encode()).hexdigest()


def take_again(places: Iterable[tuple[str, str]], subject: int) -> dict[tuple[str, str], Taken]:
    """What the measures of figures say now, by key and style; each key is measured once. Raises nothing: a value that
    cannot be shown reads as why."""
    known: Known = {}
    with _in_chinese():
        return {(key, style): _again(key, style, subject, known) for key, style in set(places)}


def _in_chinese() -> AbstractContextManager[None]:
    """Papers are Chinese, whatever language the screen has."""
    return translation.override(settings.LANGUAGE_CODE)


def _again(key: str, style: str, subject: int, known: Known) -> Taken:
    slot = engine.Slot(key=key, style=style or None, index=0, line=0, column=0)
    try:
        return _take(slot, subject, known)
    except (measures.UnknownMeasure, UntrueStyle, _Nothing) as error:
        return Taken(0, key, key, style, "", Value(Shape.WRITTEN), str(error), ())


def ledger(layout: engine.Paper) -> tuple[engine.LedgerEntry, ...]:
    return engine.ledger(layout)


def verify(docx: bytes, paper: Paper | None = None) -> tuple[engine.Verification, tuple[Loose, ...]]:
    """Check a Word file against its own ledger, or against the paper as the database has it.

    Second: numbers that nothing backs.
    """
    ledger = None if paper is None else engine.issued(filled(paper))
    found = engine.verify(docx, ledger=ledger, key=seal())
    return found, loose(found.text, [(span.start, span.end) for span in (*found.spans, *found.fixed)])


def plain(layout: engine.Paper) -> str:
    return engine.plain(layout)


def prose(layout: engine.Paper) -> str:
    """What a paper says below its title, a line a paragraph: as a search reads it."""
    lines: list[str] = []
    for block in layout.blocks:
        if isinstance(block, engine.Heading | engine.Paragraph):
            lines.append("".join(one.text for one in block.inlines))
        elif isinstance(block, engine.Table):
            rows = (block.header, *block.rows)
            lines += ["　".join("".join(one.text for one in cell) for cell in row) for row in rows]
    return "\n".join(lines)


def characters(layout: engine.Paper) -> int:
    return engine.count_characters(layout)


def loose_in(layout: engine.Paper) -> tuple[Loose, ...]:
    """Numbers of a filled paper's prose that no figure backs."""
    whole = engine.printed(layout)
    return loose(whole.text, [(span.start, span.end) for span in (*whole.spans, *whole.fixed)])


@dataclass(frozen=True)
class Part:
    """A stretch of a line for a page: words, a figure (with its index), or a number that nothing backs."""

    kind: str
    text: str
    index: int = -1


def parts(inlines: Sequence[engine.Inline]) -> tuple[Part, ...]:
    """One line of a paper, its unbacked numbers set apart."""
    text = "".join(one.text for one in inlines)
    backed: list[tuple[int, int]] = []
    here = 0
    for one in inlines:
        if one.kind in (engine.InlineKind.FIGURE, engine.InlineKind.FIXED):
            backed.append((here, here + len(one.text)))
        here += len(one.text)
    unbacked = loose(text, backed)
    found: list[Part] = []
    here = 0
    for one in inlines:
        if isinstance(one, engine.Figure):
            found.append(Part("figure", one.text, one.index))
        else:
            found.extend(_split(one.text, here, unbacked))
        here += len(one.text)
    return tuple(found)


def _split(text: str, start: int, unbacked: Sequence[Loose]) -> list[Part]:
    """Cut the words that begin at ``start`` of their line around the unbacked numbers in them."""
    found: list[Part] = []
    done = 0
    for number in unbacked:
        first, last = max(number.start - start, 0), min(number.end - start, len(text))
        if first < last:
            found += [Part("text", text[done:first]), Part("loose", text[first:last])]
            done = last
    return [part for part in (*found, Part("text", text[done:])) if part.text]


def seal() -> bytes:
    """The key with which this house signs the ledger inside its Word files."""
    return seals.seal(settings.SECRET_KEY, seals.LEDGER)


class _Nothing(Exception):
    """A measure has no value yet."""


def _take(slot: engine.Slot, subject: int, known: Known) -> Taken:
    if slot.key == OWN_LENGTH:
        return Taken(
            slot.index,
            slot.key,
            OWN_LENGTH,
            "",
            "标题和正文的字数，不计空格",
            Value(Shape.COUNT, unit="字"),
            "",
            (),
        )
    if slot.key not in known:
        measured = measures.measure(slot.key, subject)
        known[slot.key] = measured.measure, measured.value, tuple(_behind(measured.measure, measured.records))
    measure, value, records = known[slot.key]
    if value is None:
        raise _Nothing(f"“{measure.name}”还没有记录：{measure.definition}。先登记，再写进公文。")
    text = show(value, slot.style)
    return Taken(
        slot.index, measure.key, measure.name, slot.style or "", measure.definition, value, text, records
    )


def _behind(measure: Measure, records: Any) -> list[Behind]:
    return [
        Behind(
            thing=record._meta.label_lower,
            thing_id=str(record.pk),
            label=str(record)[:200],
            amount=str(measure.amount(record))[:40],
            fingerprint=fingerprint(record),
        )
        for record in records
    ]


def _with_length(
    layout: engine.Paper, taken: Sequence[Taken], waiting: Sequence[engine.Figure]
) -> tuple[Taken, ...]:
    """Fill in the paper's own length; since the number is part of the text, repeat until it is true."""
    length = 0
    for _ in range(5):
        figures = [_measure_length(one, length) for one in taken]
        filled_in = engine.fill(layout, [*(_from_taken(one) for one in figures), *waiting])
        counted = engine.count_characters(filled_in)
        if counted == length:
            break
        length = counted
    return tuple(figures)


def itself(paper: Paper, one: Taken) -> tuple[Behind, ...]:
    """The record behind a paper's own length is the paper."""
    if one.key != OWN_LENGTH:
        return ()
    said = hashlib.sha256(paper.expanded.encode()).hexdigest()
    return (Behind("papers.paper", str(paper.pk), str(paper), one.text, said),)


def _measure_length(one: Taken, length: int) -> Taken:
    if one.key != OWN_LENGTH:
        return one
    value = Value(Shape.COUNT, number=length, unit="字")
    return Taken(one.index, one.key, one.name, "", one.definition, value, f"{length}字", ())


def _from_taken(one: Taken) -> engine.Figure:
    return engine.Figure(
        index=one.index, id=one.token, key=one.key, name=one.name, text=one.text, records=len(one.records)
    )


def _engine_figure(row: Figure) -> engine.Figure:
    return engine.Figure(
        index=row.index,
        id=row.token,
        key=row.key,
        name=row.name,
        text=row.text,
        records=len(row.records.all()),
    )


def _with_listings(source: str, subject: int) -> tuple[str, list[int]]:
    """Put the lines of each ``[[listing]]`` in its place; second, the line of the source that each line came from."""
    lines: list[str] = []
    origins: list[int] = []
    for at, line in enumerate(source.split("\n"), 1):
        stripped = line.strip()
        found = [line]
        if stripped.startswith("[[") and stripped.endswith("]]"):
            found = _listed(stripped[2:-2], subject, at, line.index("[[") + 1)
        lines.extend(found)
        origins.extend([at] * len(found))
    return "\n".join(lines), origins


def _listed(name: str, subject: int, line: int, column: int) -> list[str]:
    try:
        return measures.listing(name, subject)
    except measures.UnknownMeasure as error:
        message, _, cure = str(error).rstrip("。").partition("；")
        raise engine.SourceError(line, column, message, cure) from error
