"""Fits a paper to its pages: no page holds only a signature, 附注 or 版记 (GB/T 9704-2012, 7.3.5.5).

The standard lets line and character spacing give way when the room is not enough. Steps, from the least visible:
nothing; a few paragraphs tightened by up to 0.8 pt a character so that each is a line shorter, or loosened so that
it is a line longer; 23 or 21 lines on every page, alone and with such paragraphs; 24 or 20 lines. Where no step
holds, a page break before the last two lines of the text sends them along. The first step that holds for Word and for LibreOffice, as
`breaking` knows them, is taken; else the first that holds for LibreOffice, which can be measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hearth.engines.gongwen.breaking import LIBREOFFICE, WORD
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.paging import CLOSING_STYLES, TEXT_STYLES, Counter, Layout
from hearth.engines.gongwen.paper import Paper, Text
from hearth.engines.gongwen.pictures import PictureFile
from hearth.engines.gongwen.pieces import PAGE_BREAK, Colophon, Line, Piece, Printed, Section, SectionEnd
from hearth.engines.gongwen.profile import GRID, Profile

LEAST_LINES = 2
"""Lines of the text that go along to the page of the signature."""

_MOST_SAVED, _MOST_ADDED = 6, 4
_WIDEST_CHANGE = 16
"""Twips (0.8 pt) by which the spacing of a paragraph's characters may change."""

_HABITS = (WORD, LIBREOFFICE)


@dataclass(frozen=True)
class Fit:
    """A step: `line`, the exact height of lines (0: that of the profile), and the spacing of some pieces."""

    line: int = 0
    spacing: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Pages:
    """Pieces as they are written, and the profile that their styles are made for."""

    pieces: tuple[Piece, ...]
    profile: Profile


def fits(
    paper: Paper, profile: Profile = GRID, pictures: Mapping[str, PictureFile] | None = None
) -> tuple[Fit, ...]:
    """The steps for a paper in the order in which `write` tries them; the first changes nothing."""
    return tuple(_Fitting(paper, profile, pictures or {}).steps())


def fitted(
    paper: Paper, profile: Profile, pictures: Mapping[str, PictureFile], tightness: int | None
) -> Pages:
    """The pieces of a paper on their pages, by the step with that number or by the first that holds."""
    fitting = _Fitting(paper, profile, pictures)
    if tightness is None:
        return fitting.best()
    steps = tuple(fitting.steps())
    return fitting.pages(steps[min(tightness, len(steps) - 1)])


class _Fitting:
    """Tries steps on one paper."""

    def __init__(self, paper: Paper, profile: Profile, pictures: Mapping[str, PictureFile]) -> None:
        self._paper, self._profile, self._pictures = paper, profile, pictures
        self._pieces = compose(paper, profile)
        self._layouts: dict[tuple[Fit, int], Layout] = {}

    def steps(self) -> Iterator[Fit]:
        """All steps, the least visible first."""
        yield Fit()
        yield from self._local(0, _MOST_SAVED, _MOST_ADDED)
        for lines, shorter, longer in ((23, 2, 0), (21, 0, 2), (24, 0, 0), (20, 0, 0)):
            if lines != self._profile.lines:
                line = self._profile.height // lines
                yield Fit(line)
                yield from self._local(line, shorter, longer)

    def _local(self, line: int, saved: int, added: int) -> Iterator[Fit]:
        """One paragraph shorter, one longer, two shorter and so on."""
        for count in range(1, max(saved, added) + 1):
            for most, changes in ((saved, self._shorter), (added, self._longer)):
                if count <= min(most, len(changes)):
                    yield Fit(line, tuple(sorted(changes[:count])))

    def best(self) -> Pages:
        """The first step that holds everywhere, else in LibreOffice; with its 版记 on the last page where possible."""
        second: Fit | None = None
        for step in self.steps():
            good = [self._holds(step, at, with_colophon=True) for at in range(len(_HABITS))]
            if all(good):
                return self.pages(step)
            if good[-1] and second is None:
                second = step
        second = second or next((s for s in self.steps() if self._holds(s, 1, with_colophon=False)), None)
        return self.pages(second) if second else self.pages(Fit(), turning=True)

    def pages(self, fit: Fit, *, turning: bool = False) -> Pages:
        """The pieces of a step; `turning`: the page turns before the last two lines of the text."""
        profile, pieces = self._applied(fit)
        if turning:
            pieces = self._turned(pieces)
        if not self._layout(fit, 1).colophon:
            pieces = _with_own_page(pieces)
        return Pages(pieces, profile)

    def _applied(self, fit: Fit) -> tuple[Profile, tuple[Piece, ...]]:
        profile = replace(self._profile, line=fit.line) if fit.line else self._profile
        pieces = list(compose(self._paper, profile))
        for at, spacing in fit.spacing:
            piece = pieces[at]
            assert isinstance(piece, Line)
            pieces[at] = replace(piece, spacing=spacing)
        return profile, tuple(pieces)

    def _layout(self, fit: Fit, habits: int) -> Layout:
        if (fit, habits) not in self._layouts:
            profile, pieces = self._applied(fit)
            counter = Counter(profile, _HABITS[habits], self._pictures)
            self._layouts[fit, habits] = counter.layout(pieces)
        return self._layouts[fit, habits]

    def _holds(self, fit: Fit, habits: int, *, with_colophon: bool) -> bool:
        layout = self._layout(fit, habits)
        return _is_company(layout, self._pieces) and (layout.colophon or not with_colophon)

    def _turned(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """The page turns before the last two lines of the text; paragraphs that are shorter go along whole."""
        counter = Counter(self._profile, LIBREOFFICE, self._pictures)
        made = list(pieces)
        wanted = LEAST_LINES
        at = next(iter(_closing(pieces)), 0) - 1
        while wanted > 0 and at >= 0 and isinstance(line := made[at], Line):
            ends = counter.ends(line)
            if len(ends) > wanted and line.style in TEXT_STYLES:
                made[at] = _broken(line, ends[-wanted - 1])
                break
            made[at] = replace(line, keep=True)
            wanted -= len(ends)
            at -= 1
        return tuple(made)

    @cached_property
    def _shorter(self) -> list[tuple[int, int]]:
        return self._changes(-1)

    @cached_property
    def _longer(self) -> list[tuple[int, int]]:
        return self._changes(1)

    def _changes(self, sign: int) -> list[tuple[int, int]]:
        """Paragraphs of the text and the spacing that makes them a line shorter or longer, the smallest first."""
        found = []
        counters = [Counter(self._profile, habits, self._pictures) for habits in _HABITS]
        for at in _text(self._pieces):
            line = self._pieces[at]
            assert isinstance(line, Line)
            usual = [counter.lines(line) for counter in counters]
            for change in range(1, _WIDEST_CHANGE + 1):
                spacing = self._profile.spacing + sign * change
                new = [counter.lines(line, spacing) for counter in counters]
                if new == [lines + sign for lines in usual] and min(new) > 0:
                    found.append((change, at, spacing))
                    break
        return [(at, spacing) for _, at, spacing in sorted(found)]


def _text(pieces: Sequence[Piece]) -> list[int]:
    """The paragraphs above the signature, or all where there is none."""
    end = next(iter(_closing(pieces)), len(pieces))
    return [
        at for at, piece in enumerate(pieces[:end]) if isinstance(piece, Line) and piece.style in TEXT_STYLES
    ]


def _closing(pieces: Sequence[Piece]) -> list[int]:
    return [
        at for at, piece in enumerate(pieces) if isinstance(piece, Line) and piece.style in CLOSING_STYLES
    ]


def _is_company(layout: Layout, pieces: Sequence[Piece]) -> bool:
    """Whether signature, date and 附注 stand together, below at least two lines of text or on the first page."""
    closing = _closing(pieces)
    if not closing:
        return True
    pages = {page for at in closing for page in layout.placed[at].pages}
    if len(pages) > 1:
        return False
    page = pages.pop()
    return page == 1 or layout.lines_on(page, range(closing[0])) >= LEAST_LINES


def _broken(line: Line, at: int) -> Line:
    """A paragraph with a page break before one of its characters; a figure is not parted but goes along."""
    words: list[Printed] = []
    begin = 0
    for word in line.words:
        end = begin + len(word.text)
        if begin < at < end and isinstance(word, Text):
            words += (Text(word.text[: at - begin]), Text(PAGE_BREAK + word.text[at - begin :]))
        elif begin <= at < end:
            words += (Text(PAGE_BREAK), word)
        else:
            words.append(word)
        begin = end
    return replace(line, words=tuple(words))


def _with_own_page(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """版记 on an even page of its own, which has no number, nor has a blank page before it (7.5)."""
    *text, colophon, last = pieces
    assert isinstance(colophon, Colophon)
    return (*text, last, colophon, SectionEnd(Section(even=True, numbered=False)))
