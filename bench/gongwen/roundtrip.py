"""LibreOffice round trips: is every figure still verified, and is an edit on the file that came back still seen?

docx → docx keeps the ledger in the file; docx → odt → docx loses it, and the records of the house judge.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench.gongwen.papers import KEY, Sample, papers
from bench.gongwen.tampering import File, other_text
from lxml import etree

from hearth.cli.gongwen import untraced
from hearth.engines import gongwen
from hearth.engines.gongwen import Status, Verification
from hearth.engines.gongwen.ooxml import bookmark_name, q
from hearth.lib import office
from hearth.lib.office import Format

COUNT = 40
FIGURES = 25
SEED = 20200601
_SHOWN = 12


def main() -> int:
    """Print the table; 1 when a figure is not ok after a trip, or an edit after it is not seen."""
    samples = list(papers(COUNT, SEED, FIGURES))
    written = [gongwen.write(sample.paper, key=KEY) for sample in samples]
    machine = office.ensure()
    direct = machine.convert(written, Format.DOCX)
    by_odt = machine.convert(machine.convert(written, Format.ODT), Format.DOCX, source=Format.ODT)
    print(f"{'trip':20}{'judged by':>10}{'papers ok':>11}{'figures ok':>12}{'edits':>7}{'seen':>6}")
    wrong = 0
    for name, files, with_part in (
        ("none", written, True),
        ("docx → docx", direct, True),
        ("docx → odt → docx", by_odt, False),
    ):
        for authority in ("part", "records") if with_part else ("records",):
            wrong += _row(name, authority, samples, files)
    return 1 if wrong else 0


def _row(name: str, authority: str, samples: Sequence[Sample], files: Sequence[bytes]) -> int:
    ok, total, papers_ok = 0, 0, 0
    said: list[str] = []
    for sample, docx in zip(samples, files, strict=True):
        found = _judged(docx, sample, authority)
        statuses = Counter(figure.status for figure in found.figures)
        ok, total = ok + statuses[Status.OK], total + len(sample.paper.figures)
        loose = untraced(found)
        papers_ok += found.ok and not loose
        said += [
            f"  {sample.kind}: {one}"
            for one in (*found.figures, *found.altered)
            if one.status is not Status.OK
        ]
        said += [f"  {sample.kind}: loose {number.text}" for number in loose]
    made, seen = _edits(samples, files, authority, said)
    count = f"{papers_ok}/{len(files)}"
    print(f"{name:20}{authority:>10}{count:>11}{f'{ok}/{total}':>12}{made:>7}{seen:>6}")
    print("\n".join(said[:_SHOWN]), end="\n" if said else "")
    return total - ok + made - seen


def _judged(docx: bytes, sample: Sample, authority: str) -> Verification:
    ledger = gongwen.issued(sample.paper) if authority == "records" else None
    return gongwen.verify(docx, ledger=ledger, key=KEY)


def _edits(
    samples: Sequence[Sample], files: Sequence[bytes], authority: str, said: list[str]
) -> tuple[int, int]:
    made = seen = 0
    for at, (sample, docx) in enumerate(zip(samples, files, strict=True)):
        for name, touched, changed in _changed(Random(f"{SEED}-{at}"), sample, docx):
            made += 1
            found = _judged(changed, sample, authority)
            named = any(one.status is not Status.OK and one.id in touched for one in found.figures)
            seen += named and not found.ok
            if not named:
                said.append(f"  not seen: {name} {touched}")
    return made, seen


@dataclass(frozen=True)
class _Mark:
    """A figure in a file that LibreOffice wrote: its bookmark, and the words between start and end."""

    id: str
    start: etree._Element
    words: tuple[etree._Element, ...]

    @property
    def text(self) -> str:
        return "".join(word.text or "" for word in self.words)

    def say(self, text: str) -> None:
        self.words[0].text = text
        for other in self.words[1:]:
            other.text = ""


def _marks(file: File, sample: Sample) -> list[_Mark]:
    ids = {bookmark_name(figure.id): figure.id for figure in sample.paper.figures}
    words: dict[str, list[etree._Element]] = {}
    starts: dict[str, etree._Element] = {}
    inside: dict[str, str] = {}
    for element in file.root.iter(q("bookmarkStart"), q("bookmarkEnd"), q("t")):
        number = element.get(q("id"), "")
        if element.tag == q("bookmarkStart") and element.get(q("name")) in ids:
            inside[number] = ids[element.get(q("name"))]
            starts[inside[number]], words[inside[number]] = element, []
        elif element.tag == q("bookmarkEnd"):
            inside.pop(number, None)
        elif element.tag == q("t"):
            for name in inside.values():
                words[name].append(element)
    return [_Mark(name, starts[name], tuple(found)) for name, found in words.items() if found]


def _changed(rng: Random, sample: Sample, docx: bytes) -> Iterator[tuple[str, set[str], bytes]]:
    for name, change in _CHANGES:
        file = File.of(docx)
        touched = change(rng, _marks(file, sample))
        if touched:
            yield name, touched, file.packed()


def _digit(rng: Random, marks: list[_Mark]) -> set[str]:
    mark = rng.choice(marks)
    mark.say(other_text(rng, mark.text))
    return {mark.id}


def _emptied(rng: Random, marks: list[_Mark]) -> set[str]:
    mark = rng.choice(marks)
    mark.say("")
    return {mark.id}


def _cut(rng: Random, marks: list[_Mark]) -> set[str]:
    """The control with all that is in it, and the bookmark."""
    mark = rng.choice(marks)
    control = next(mark.words[0].iterancestors(q("sdt")), None)
    mark.start.getparent().remove(mark.start)
    (control if control is not None else mark.words[0]).getparent().remove(
        control if control is not None else mark.words[0]
    )
    return {mark.id}


def _unmarked(rng: Random, marks: list[_Mark]) -> set[str]:
    """Bookmark and control go, the words stay."""
    mark = rng.choice(marks)
    for control in list(mark.words[0].iterancestors(q("sdt"))):
        parent, content = control.getparent(), list(control.find(q("sdtContent")))
        at = parent.index(control)
        parent[at : at + 1] = content
    mark.start.getparent().remove(mark.start)
    return {mark.id}


def _negated(rng: Random, marks: list[_Mark]) -> set[str]:
    """未 somewhere in the words before or behind a figure, in its sentence."""
    mark = rng.choice(marks)
    paragraph = next(mark.words[0].iterancestors(q("p")))
    inside = {word for other in marks for word in other.words}
    line = list(paragraph.iter(q("t")))
    at = line.index(mark.words[-1]) + 1
    following = next((word for word in line[at:] if word not in inside and word.text), None)
    if following is None:
        return set()
    following.text = "未" + following.text
    return {mark.id}


def _exchanged(rng: Random, marks: list[_Mark]) -> set[str]:
    one, other = rng.sample(marks, 2)
    if one.text == other.text:
        return set()
    texts = one.text, other.text
    one.say(texts[1])
    other.say(texts[0])
    return {one.id, other.id}


_CHANGES = (
    ("a digit changed", _digit),
    ("emptied", _emptied),
    ("cut out", _cut),
    ("control and bookmark gone", _unmarked),
    ("未 inserted", _negated),
    ("two figures exchanged", _exchanged),
)
