"""Verifies a Word file: is every figure still the one that was issued, in the place where it was issued?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hearth.engines.gongwen.flow import Neighbourhood, Span
from hearth.engines.gongwen.ledger import LedgerEntry, LedgerPart, Signature, choose_part
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, bookmark_name
from hearth.engines.gongwen.paper import ALIAS_MARK, LONGEST_FIGURE
from hearth.engines.gongwen.printed import fixed_name
from hearth.engines.gongwen.reading import Reading, read

_LONGEST_FOUND = 2 * LONGEST_FIGURE


class Status(StrEnum):
    """What became of a figure."""

    OK = "ok"
    EDITED = "edited"
    MOVED = "moved"
    LOST = "lost"
    NO_RECORD = "no_record"


class Authority(StrEnum):
    """Which ledger the figures were judged by.

    records: the one the caller gave; part: the one in the file; titles: what the content controls say of
    themselves, because nothing better is left; nothing: there is none that may be believed.
    """

    RECORDS = "records"
    PART = "part"
    TITLES = "titles"
    NOTHING = "nothing"


@dataclass(frozen=True)
class FigureVerdict:
    """A figure: the text it was issued with, the text found now, and `place`, the words around it.

    `expected` is empty for a figure without a record, `found` for a lost one.
    """

    id: str
    key: str
    name: str
    expected: str
    found: str
    status: Status
    place: str


@dataclass(frozen=True)
class Verification:
    """What a Word file was found to be.

    `text` is its plain text; `spans` are the places of the figures that were found, in order, whatever their
    verdict; `fixed` are the places of rules, number and dates that are unaltered. Offsets are code points.
    """

    figures: tuple[FigureVerdict, ...]
    signature: Signature
    authority: Authority
    text: str
    spans: tuple[Span, ...]
    fixed: tuple[Span, ...]

    @property
    def ok(self) -> bool:
        """Every figure is as it was issued, and the ledger in the file is not forged."""
        all_ok = all(figure.status is Status.OK for figure in self.figures)
        return all_ok and self.signature is not Signature.FORGED


def verify(
    docx: bytes, *, ledger: Sequence[LedgerEntry] | None = None, key: bytes | None = None
) -> Verification:
    """Compare a Word file with the ledger of its paper. Raises BadDocument.

    `ledger` is the authority when given; else the part in the file, which with a `key` must be signed by it;
    else, without a key, the titles of the content controls.
    """
    reading = read(docx)
    part, signature = choose_part(reading.parts, key)
    authority, entries = _authority(reading, ledger, part, key)
    trial = _Trial(reading, entries)
    verdicts = (*trial.known(), *trial.unknown())
    return Verification(
        verdicts, signature, authority, reading.text, tuple(sorted(trial.spans)), _fixed(reading, part)
    )


def _authority(
    reading: Reading, ledger: Sequence[LedgerEntry] | None, part: LedgerPart | None, key: bytes | None
) -> tuple[Authority, tuple[LedgerEntry, ...]]:
    if ledger is not None:
        return Authority.RECORDS, tuple(ledger)
    if part is not None:
        return Authority.PART, part.entries
    if key is None and (titled := tuple(_titled(reading))):
        return Authority.TITLES, titled
    return Authority.NOTHING, ()


def _titled(reading: Reading) -> Iterator[LedgerEntry]:
    """Entries from the titles of content controls; they cannot say what stood around them."""
    near = Neighbourhood.of(reading.text, _anchors(reading))
    seen: set[str] = set()
    for control in reading.controls:
        name, mark, text = control.title.partition(ALIAS_MARK)
        figure_id = control.span.id or _bookmarked_id(reading, control.span)
        if mark and figure_id and figure_id not in seen:
            seen.add(figure_id)
            yield LedgerEntry(figure_id, "", name, text, *near.around(control.span.start, control.span.end))


def _bookmarked_id(reading: Reading, span: Span) -> str:
    around = (mark.id for mark in reading.bookmarks if mark.start <= span.start and span.end <= mark.end)
    return next(around, "").removeprefix(BOOKMARK_PREFIX)


def _anchors(reading: Reading) -> list[Span]:
    return [*(c.span for c in reading.controls if c.span.id), *reading.bookmarks]


class _Trial:
    """Finds the anchors of the entries and judges them; what is left over has no record."""

    def __init__(self, reading: Reading, entries: tuple[LedgerEntry, ...]) -> None:
        self._reading = reading
        self._entries = entries
        self._near = Neighbourhood.of(reading.text, _anchors(reading))
        self._controls: dict[str, list[Span]] = {}
        for control in reading.controls:
            self._controls.setdefault(control.span.id, []).append(control.span)
        self._bookmarks: dict[str, list[Span]] = {}
        for mark in reading.bookmarks:
            self._bookmarks.setdefault(mark.id, []).append(mark)
        self.spans: list[Span] = []

    def known(self) -> Iterator[FigureVerdict]:
        """A verdict on each entry."""
        for entry in self._entries:
            span = self._span(entry)
            if span is None:
                place = _place(entry.before, entry.text, entry.after)
                yield FigureVerdict(entry.id, entry.key, entry.name, entry.text, "", Status.LOST, place)
            else:
                self.spans.append(Span(span.start, span.end, entry.id))
                yield self._verdict(entry, span)

    def unknown(self) -> Iterator[FigureVerdict]:
        """A verdict on each anchor that belongs to no entry, and on copies of those that do."""
        judged = bytearray(Neighbourhood.of(self._reading.text, self.spans).covered)
        for span in _anchors(self._reading):
            if span.start < span.end and judged.find(1, span.start, span.end) < 0:
                judged[span.start : span.end] = b"\x01" * (span.end - span.start)
                found = self._found(span)
                place = _place(*self._around(span, found))
                name = span.id.removeprefix(BOOKMARK_PREFIX)
                yield FigureVerdict(name, "", "", "", found, Status.NO_RECORD, place)

    def _span(self, entry: LedgerEntry) -> Span | None:
        """The control, or the bookmark where the control was stripped or emptied."""
        places = self._controls.get(entry.id, []) + self._bookmarks.get(bookmark_name(entry.id), [])
        return next((span for span in places if span.start < span.end), None)

    def _verdict(self, entry: LedgerEntry, span: Span) -> FigureVerdict:
        found = self._found(span)
        before, _, after = self._around(span, found)
        if found != entry.text:
            status = Status.EDITED
        elif (before, after) != (entry.before, entry.after):
            status = Status.MOVED
        else:
            status = Status.OK
        place = _place(before, found, after)
        return FigureVerdict(entry.id, entry.key, entry.name, entry.text, found, status, place)

    def _found(self, span: Span) -> str:
        """The words of an anchor; of one that was blown up over pages, as many as show that it is edited."""
        return self._reading.text[span.start : min(span.end, span.start + _LONGEST_FOUND)]

    def _around(self, span: Span, found: str) -> tuple[str, str, str]:
        before, after = self._near.around(span.start, span.end)
        return before, found, after


def _fixed(reading: Reading, part: LedgerPart | None) -> tuple[Span, ...]:
    """The fixed words that are still what the ledger in the file says."""
    words = {fixed_name(at): text for at, text in enumerate(part.fixed, 1)} if part else {}
    return tuple(
        span for span in sorted(reading.fixed) if words.get(span.id) == reading.text[span.start : span.end]
    )


def _place(before: str, text: str, after: str) -> str:
    return f"{before}【{text}】{after}"
