"""Fits a paper to its pages: no page holds only a signature, 附注 or 版记 (GB/T 9704-2012, 7.3.5.5).

The standard lets line and character spacing give way when the room is not enough. Steps, from the least visible:
nothing; a few paragraphs tightened by up to 0.8 pt a character so that each is a line shorter, or loosened so that
it is a line longer; 23 or 21 lines on every page, alone and with such paragraphs; 24 or 20 lines. Where no step
holds, a page break before the last two lines of the text sends them along. `breaking` knows three programs: the first
step that holds for all of them is taken; else the first for our own PDF and Word; else the first for our own PDF.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from hearth.engines.gongwen.breaking import LIBREOFFICE, PRINTED, WORD
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.paging import CLOSING_STYLES, TEXT_STYLES, Counter, Layout
from hearth.engines.gongwen.paper import Paper, Text
from hearth.engines.gongwen.pictures import PictureFile
from hearth.engines.gongwen.pieces import PAGE_BREAK, Colophon, Line, Piece, Printed, Section, SectionEnd
from hearth.engines.gongwen.profile import GRID, Profile
from hearth.engines.gongwen.styles import Style

LEAST_LINES = 2
"""Lines of the text that go along to the page of the signature."""

_MOST_SAVED, _MOST_ADDED = 6, 4
_WIDEST_CHANGE = 16
"""Twips (0.8 pt) by which the spacing of a paragraph's characters may change."""

_HABITS = (PRINTED, WORD, LIBREOFFICE)
"""In the order in which they count."""

_SETTING = _HABITS[:2]
"""Those for which a paragraph must come out a line shorter or longer."""


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
        """The first step that holds; with the 版记 on the last page where that is possible."""
        step = self._first(with_colophon=True) or self._first(with_colophon=False)
        return self.pages(step) if step else self.pages(Fit(), turning=True)

    def _first(self, *, with_colophon: bool) -> Fit | None:
        """The first step that holds for the most programs.

        The lines of a whole paper are not set otherwise for the sake of the program that counts least.
        """
        found: dict[int, Fit] = {}
        for step in self.steps():
            if step.line and len(_SETTING) in found:
                break
            found.setdefault(self._held(step, with_colophon=with_colophon), step)
            if len(_HABITS) in found:
                break
        found.pop(0, None)
        return found[max(found)] if found else None

    def _held(self, step: Fit, *, with_colophon: bool) -> int:
        """For how many programs a step holds, counted from the first as far as it does."""
        holds = (self._holds(step, at, with_colophon=with_colophon) for at in range(len(_HABITS)))
        return sum(1 for _ in takewhile(bool, holds))

    def pages(self, fit: Fit, *, turning: bool = False) -> Pages:
        """The pieces of a step; `turning`: the page turns before the last two lines of the text."""
        profile, pieces = self._applied(fit)
        layout = self._layout(fit, 0)
        if turning:
            pieces = self._turned(pieces)
            layout = Counter(profile, PRINTED, self._pictures).layout(pieces)
        if not layout.colophon:
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
        """The page turns before the last two lines of the text; what is shorter, and lists, go along whole."""
        counter = Counter(self._profile, PRINTED, self._pictures)
        made = list(pieces)
        wanted = LEAST_LINES
        at = next(iter(_closing(pieces)), 0) - 1
        while wanted > 0 and at >= 0 and isinstance(line := made[at], Line):
            ends = counter.ends(line)
            if len(ends) > wanted and line.style in TEXT_STYLES:
                made[at] = _broken(line, ends[-wanted - 1])
                break
            made[at] = replace(line, keep=True)
            wanted -= len(ends) if line.style is not Style.ATTENDANCE else 0
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
        counters = [Counter(self._profile, habits, self._pictures) for habits in _SETTING]
        for at in _text(self._pieces):
            line = self._pieces[at]
            assert isinstance(line, Line)
            if change := _least_change(line, counters, self._profile.spacing, sign):
                found.append((change, at, self._profile.spacing + sign * change))
        return [(at, spacing) for _, at, spacing in sorted(found)]


def _least_change(line: Line, counters: Sequence[Counter], spacing: int, sign: int) -> int:
    """The least change of spacing that makes a paragraph a line longer (`sign` 1) or shorter (-1); 0: none does.

    Lines grow with the spacing, so the widest change tells most paragraphs apart at once.
    """
    wanted = [counter.lines(line) + sign for counter in counters]

    def reached(change: int) -> bool:
        new = (counter.lines(line, spacing + sign * change) for counter in counters)
        return all(sign * (lines - least) >= 0 for lines, least in zip(new, wanted, strict=True))

    if min(wanted) < 1 or not reached(_WIDEST_CHANGE):
        return 0
    change = bisect_left(range(1, _WIDEST_CHANGE), True, key=reached) + 1
    exact = [counter.lines(line, spacing + sign * change) for counter in counters]
    return change if exact == wanted else 0


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
    """Whether signature, date and 附注 stand together, below at least two lines of text or on the first page.

    出席 and the other lists are no text, but one that goes on from the page before is company enough.
    """
    closing = _closing(pieces)
    if not closing:
        return True
    pages = {page for at in closing for page in layout.placed[at].pages}
    if len(pages) > 1:
        return False
    page = pages.pop()
    lists = [at for at, piece in enumerate(pieces) if _is_list(piece)]
    if page == 1 or any(layout.placed[at].pages[0] < page == layout.placed[at].pages[-1] for at in lists):
        return True
    text = [at for at in range(closing[0]) if at not in lists]
    return layout.lines_on(page, text) >= LEAST_LINES


def _is_list(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.style is Style.ATTENDANCE


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
