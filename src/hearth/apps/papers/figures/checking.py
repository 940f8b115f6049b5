"""Whether a table bears out the numbers of a text: what the public page shows. Nothing is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hearth.engines import figures as engine
from hearth.lib.statements import Statement

Verdict = engine.Verdict
TrapKind = engine.TrapKind

LONGEST = 8_000
"""Characters of a text that is checked."""

MOST = 300
"""Statements of a table; each is compared with each number of the text."""

_AROUND = 12


@dataclass(frozen=True)
class Finding:
    """A number of the text with its verdict; ``at`` counts from 1.

    ``statement`` is what the table says, ``candidates`` what it may mean. ``slip`` says why it does not follow from the
    ``beside`` (counts of other findings), empty when it does or nothing follows.
    """

    at: int
    text: str
    line: int
    around: str
    verdict: Verdict
    why: str
    statement: Statement | None
    candidates: tuple[Statement, ...]
    slip: str = ""
    beside: tuple[int, ...] = ()

    @property
    def is_wrong(self) -> bool:
        return self.verdict is Verdict.CONTRADICTED or bool(self.slip)


@dataclass(frozen=True)
class NoFigure:
    """Signs that look like a number and assert none."""

    text: str
    line: int
    around: str
    kind: TrapKind


@dataclass(frozen=True)
class Stretch:
    """A part of a line: words, or a number with its finding."""

    text: str
    finding: Finding | None = None


@dataclass(frozen=True)
class Checked:
    """A text checked: its lines cut into stretches, every number, and what is none."""

    lines: tuple[tuple[Stretch, ...], ...]
    findings: tuple[Finding, ...]
    others: tuple[NoFigure, ...]

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.verdict is verdict)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What has to be put right: denied by the table or by the numbers beside it."""
        return tuple(one for one in self.findings if one.is_wrong)

    @property
    def slips(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.slip)


def check(text: str, statements: Sequence[Statement]) -> Checked:
    """Judge every number of a text by the statements of a table, and recompute what follows inside the text."""
    reading = engine.read(text)
    known = {one.key: one for one in statements}
    facts = [
        engine.Fact(one.key, one.name, one.value, one.unit, one.synonyms, one.date, one.scope)
        for one in statements
    ]
    follows = {one.figure.start: one for one in engine.relations(text, reading)}
    places = {figure.start: at for at, figure in enumerate(reading.figures, 1)}
    findings = [
        _finding(text, one, follows.get(one.figure.start), known, places)
        for one in engine.judge(text, reading, facts)
    ]
    others = tuple(
        NoFigure(one.text, _line(text, one.start), _around(text, one.start, one.end), one.kind)
        for one in reading.traps
    )
    spans = [(figure.start, figure.end) for figure in reading.figures]
    return Checked(tuple(_lines(text, spans, findings)), tuple(findings), others)


def _finding(
    text: str,
    judgement: engine.Judgement,
    relation: engine.Relation | None,
    known: Mapping[str, Statement],
    places: Mapping[int, int],
) -> Finding:
    """What no fact bears out but the numbers beside it do (16 of 40 are 40%) is borne out."""
    figure, verdict, why = judgement.figure, judgement.verdict, judgement.why
    slips = relation is not None and not relation.holds
    if relation and relation.holds and verdict is Verdict.UNSUPPORTED:
        verdict, why = Verdict.SUPPORTED, relation.why
    return Finding(
        at=places[figure.start],
        text=figure.text,
        line=_line(text, figure.start),
        around=_around(text, figure.start, figure.end),
        verdict=verdict,
        why=why,
        statement=known[judgement.fact.key] if judgement.fact else None,
        candidates=tuple(known[fact.key] for fact in judgement.candidates),
        slip=relation.why if relation and slips else "",
        beside=tuple(places[source.start] for source in relation.sources) if relation and slips else (),
    )


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _around(text: str, start: int, end: int) -> str:
    """Some words before and after, within the line; an ellipsis where the line goes on."""
    line, stop = text.rfind("\n", 0, start) + 1, f"{text}\n".find("\n", end)
    first, last = max(line, start - _AROUND), min(stop, end + _AROUND)
    return f"{'…' if first > line else ''}{text[first:last]}{'…' if last < stop else ''}"


def _lines(
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[Finding]
) -> Iterator[tuple[Stretch, ...]]:
    waiting = list(zip(spans, findings, strict=True))
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        found: list[Stretch] = []
        done = start
        while waiting and waiting[0][0][0] < end:
            (first, last), finding = waiting.pop(0)
            found += [Stretch(text[done:first]), Stretch(text[first : min(last, end)], finding)]
            done = min(last, end)
        found.append(Stretch(text[done:end]))
        if line.strip():
            yield tuple(one for one in found if one.text)
        start = end + 1
