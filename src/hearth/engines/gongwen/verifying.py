"""Verifies a Word file: is every figure still the one that was issued, in the place where it was issued?"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hearth.engines.gongwen.flow import Neighbourhood, Span, Surroundings
from hearth.engines.gongwen.ledger import NAMESPACE, Ledger, LedgerEntry, Signature, choose_part
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, bookmark_name
from hearth.engines.gongwen.paper import ALIAS_MARK, LONGEST_FIGURE
from hearth.engines.gongwen.reading import Reading, read

_LONGEST_FOUND = 2 * LONGEST_FIGURE
_MOST_TRIED = 50


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
    verdict; `fixed` are the places of rules, quotations, number and dates that are unaltered, and `altered`
    are verdicts on those that are not. Offsets are code points.
    """

    figures: tuple[FigureVerdict, ...]
    signature: Signature
    authority: Authority
    text: str
    spans: tuple[Span, ...]
    fixed: tuple[Span, ...]
    altered: tuple[FigureVerdict, ...] = ()

    @property
    def ok(self) -> bool:
        """Every figure and fixed word is as it was issued, and the ledger in the file is not forged."""
        all_ok = all(figure.status is Status.OK for figure in self.figures)
        return all_ok and not self.altered and self.signature is not Signature.FORGED


def verify(
    docx: bytes, *, ledger: Ledger | Sequence[LedgerEntry] | None = None, key: bytes | None = None
) -> Verification:
    """Compare a Word file with the ledger of its paper. Raises BadDocument.

    `ledger` is the authority when given (`issued(paper)`, or only its figures); else the part in the file,
    which with a `key` must be signed by it; else, without a key, the titles of the content controls.
    """
    reading = read(docx)
    part, signature = choose_part(reading.parts, key)
    authority, issued = _authority(reading, ledger, part, key)
    trial = _Trial(reading, issued)
    return Verification(
        (*trial.known, *trial.unknown),
        signature,
        authority,
        reading.text,
        tuple(sorted(trial.spans)),
        trial.unaltered,
        trial.altered,
    )


def _authority(
    reading: Reading,
    ledger: Ledger | Sequence[LedgerEntry] | None,
    part: Ledger | None,
    key: bytes | None,
) -> tuple[Authority, Ledger]:
    if isinstance(ledger, Ledger):
        return Authority.RECORDS, ledger
    if ledger is not None:
        return Authority.RECORDS, Ledger(tuple(ledger), part.fixed if part else ())
    if part is not None:
        return Authority.PART, part
    if key is None and (titled := tuple(_titled(reading))):
        return Authority.TITLES, Ledger(titled)
    return Authority.NOTHING, Ledger(())


def _titled(reading: Reading) -> Iterator[LedgerEntry]:
    """Entries from the titles of content controls; they cannot say what stood around them."""
    near = Neighbourhood(reading.text, _anchors(reading), reading.frames)
    bookmarked = {(mark.start, mark.end): mark.id for mark in reading.bookmarks}
    seen: set[str] = set()
    for control in reading.controls:
        name, mark, text = control.title.partition(ALIAS_MARK)
        start, end, figure_id = control.span
        figure_id = figure_id or bookmarked.get((start, end), "").removeprefix(BOOKMARK_PREFIX)
        if mark and figure_id and figure_id not in seen:
            seen.add(figure_id)
            yield LedgerEntry(figure_id, "", name, text, *near.around(start, end))


def _anchors(reading: Reading) -> list[Span]:
    return [*(c.span for c in reading.controls if c.span.id), *reading.bookmarks]


class _Trial:
    """Finds the anchors of the entries and judges them; what is left over has no record."""

    def __init__(self, reading: Reading, issued: Ledger) -> None:
        self._reading = reading
        places = _by_id(control.span for control in reading.controls), _by_id(reading.bookmarks)
        found = [
            _first(places[0].get(entry.id, []) + places[1].get(bookmark_name(entry.id), []))
            for entry in issued.entries
        ]
        self.spans = [
            Span(*span[:2], entry.id) for entry, span in zip(issued.entries, found, strict=True) if span
        ]
        strangers = self._strangers()
        self._near = Neighbourhood(reading.text, [*self.spans, *strangers], reading.frames)
        self.known = self._verdicts(issued.entries, found)
        self.unknown = tuple(self._stranger(span) for span in strangers)
        self.unaltered, self.altered = self._fixed(issued)

    def _fixed(self, issued: Ledger) -> tuple[tuple[Span, ...], tuple[FigureVerdict, ...]]:
        """Where fixed words are unaltered, and verdicts on the others; the first ledgers know only words."""
        marked = _by_id(self._reading.fixed)
        found = [_first(marked.get(one.id, [])) or self._unmarked(one, issued.form) for one in issued.fixed]
        judged = self._verdicts(issued.fixed, found)
        same = [span for span, one in zip(found, judged, strict=True) if span and one.status is Status.OK]
        altered = tuple(one for one in judged if one.status is not Status.OK)
        return tuple(sorted(same)), altered if issued.form == NAMESPACE else ()

    def _unmarked(self, entry: LedgerEntry, form: str) -> Span | None:
        """Fixed words whose bookmark is gone, by the words around them."""
        at = self._reading.text.find(entry.text) if form == NAMESPACE else -1
        for _ in range(_MOST_TRIED):
            if at < 0 or self._near.around(at, at + len(entry.text))[:2] == (entry.before, entry.after):
                break
            at = self._reading.text.find(entry.text, at + 1)
        else:
            return None
        return Span(at, at + len(entry.text), entry.id) if at >= 0 else None

    def _strangers(self) -> list[Span]:
        """The anchors that belong to no entry, and copies of those that do."""
        taken = bytearray(len(self._reading.text))
        for start, end, _ in self.spans:
            taken[start:end] = b"\x01" * (end - start)
        strangers = []
        for span in _anchors(self._reading):
            end = min(span.end, span.start + _LONGEST_FOUND)
            if span.start < end and taken.find(1, span.start, end) < 0:
                taken[span.start : end] = b"\x01" * (end - span.start)
                strangers.append(span)
        return strangers

    def _verdicts(
        self, entries: Sequence[LedgerEntry], found: Sequence[Span | None]
    ) -> tuple[FigureVerdict, ...]:
        stayed = _in_order(found)
        return tuple(
            self._verdict(entry, span, stayed=at in stayed)
            for at, (entry, span) in enumerate(zip(entries, found, strict=True))
        )

    def _verdict(self, entry: LedgerEntry, span: Span | None, *, stayed: bool) -> FigureVerdict:
        if span is None:
            place = _place(entry.before, entry.text, entry.after)
            return FigureVerdict(entry.id, entry.key, entry.name, entry.text, "", Status.LOST, place)
        text = self._text(span)
        around = self._near.around(span.start, span.end)
        if text != entry.text:
            status = Status.EDITED
        elif stayed and _is_same_place(entry, around):
            status = Status.OK
        else:
            status = Status.MOVED
        place = _place(around.before, text, around.after)
        return FigureVerdict(entry.id, entry.key, entry.name, entry.text, text, status, place)

    def _stranger(self, span: Span) -> FigureVerdict:
        text = self._text(span)
        around = self._near.around(span.start, span.end)
        name = span.id.removeprefix(BOOKMARK_PREFIX)
        place = _place(around.before, text, around.after)
        return FigureVerdict(name, "", "", "", text, Status.NO_RECORD, place)

    def _text(self, span: Span) -> str:
        """The words of an anchor; of one that was blown up over pages, as many as show that it is edited."""
        return self._reading.text[span.start : min(span.end, span.start + _LONGEST_FOUND)]


def _by_id(spans: Iterable[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.id, []).append(span)
    return found


def _first(places: Sequence[Span]) -> Span | None:
    """The control, or the bookmark where the control was stripped or emptied."""
    return next((span for span in places if span.start < span.end), None)


def _is_same_place(entry: LedgerEntry, around: Surroundings) -> bool:
    """Whether the words around are those of the entry; ledgers of the first form know six of them, or none."""
    if entry.context:
        return entry.context == around.context
    knows_words = entry.before or entry.after
    return not knows_words or (entry.before, entry.after) == (around.before, around.after)


def _in_order(found: Sequence[Span | None]) -> frozenset[int]:
    """The entries that stand in the order of the ledger: the longest series of places that rise."""
    tails: list[int] = []
    last: list[int] = []
    before: dict[int, int] = {}
    for at, span in enumerate(found):
        if span is not None:
            length = bisect_left(tails, span.start)
            before[at] = last[length - 1] if length else -1
            tails[length : length + 1] = [span.start]
            last[length : length + 1] = [at]
    rising: set[int] = set()
    at = last[-1] if last else -1
    while at >= 0:
        rising.add(at)
        at = before[at]
    return frozenset(rising)


def _place(before: str, text: str, after: str) -> str:
    return f"{before}【{text}】{after}"
