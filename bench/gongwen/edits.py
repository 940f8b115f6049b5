"""1,000 random single edits of random papers: how many are reported, by class and by authority; and false alarms."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from bench.gongwen.papers import KEY, Sample, papers
from bench.gongwen.tampering import EDITS, LEDGER, File, edited, edits

from hearth.cli.gongwen import untraced
from hearth.engines import gongwen
from hearth.engines.gongwen import Signature, Status, Verification, verifying

COUNT = 1000
SEED = 20200530
_SHOWN = 20
_AUTHORITIES = ("part", "records", "entries", "titles")
_IN_LEDGER_ONLY = re.compile("ledger: (?!entry and figure)")


def main() -> int:
    """Print the tables; 1 when an edit was missed or more than 1 % of unedited papers alarm."""
    missed = _reported(_AUTHORITIES)
    alarms = _false_alarms()
    print("\nControl: the same edits judged without looking at the words around a figure, and without order")
    with _blind():
        control = _reported(("part",))
    print(
        f"\nmissed by part or records: {missed}; false alarms: {alarms} of {COUNT}; missed by the control: {control}"
    )
    return 0 if not missed and alarms * 100 < COUNT and control else 1


def _reported(authorities: tuple[str, ...]) -> int:
    seen: Counter[tuple[str, str]] = Counter()
    made: Counter[str] = Counter()
    examples: list[str] = []
    for name, sample, file in _edited_papers():
        made[name] += 1
        docx = file.packed()
        for authority in authorities:
            found, loose = _judged(docx, sample, authority, file)
            if _is_reported(found, loose, file, name):
                seen[name, authority] += 1
            elif authority in ("part", "records"):
                examples.append(f"missed ({authority}): {name} {file.touched or file.typed}")
    print(f"{'edit':48}{'made':>6}" + "".join(f"{authority:>9}" for authority in authorities))
    for name, _ in EDITS:
        print(f"{name:48}{made[name]:>6}" + "".join(f"{seen[name, each]:>9}" for each in authorities))
    totals = {each: sum(seen[name, each] for name, _ in EDITS) for each in authorities}
    print(f"{'all':48}{made.total():>6}" + "".join(f"{totals[each]:>9}" for each in authorities))
    if len(authorities) > 1:
        print("\n".join(examples[:_SHOWN]))
    return sum(made.total() - totals[each] for each in authorities if each in ("part", "records"))


def _edited_papers() -> Iterator[tuple[str, Sample, File]]:
    waiting = papers(4 * COUNT, SEED)
    for at, (name, edit) in enumerate(edits(COUNT)):
        rng = Random(f"{SEED}-edit-{at}")
        for sample in waiting:
            file = edited(gongwen.write(sample.paper, key=KEY), sample.paper, rng, edit)
            if file is not None:
                yield name, sample, file
                break


def _judged(docx: bytes, sample: Sample, authority: str, file: File) -> tuple[Verification, tuple[str, ...]]:
    match authority:
        case "part":
            found = gongwen.verify(docx, key=KEY)
        case "records":
            found = gongwen.verify(docx, ledger=gongwen.issued(sample.paper), key=KEY)
        case "entries":
            found = gongwen.verify(docx, ledger=gongwen.ledger(sample.paper), key=KEY)
        case _:
            without = File({name: part for name, part in file.parts.items() if name != LEDGER}, file.root)
            found = gongwen.verify(without.packed())
    return found, tuple(number.text for number in untraced(found))


def _is_reported(found: Verification, loose: tuple[str, ...], file: File, name: str) -> bool:
    """By exit code, and by the figure, the number or the ledger that was touched."""
    if _IN_LEDGER_ONLY.match(name):
        return found.signature in (Signature.FORGED, Signature.ABSENT)
    if found.ok and not loose:
        return False
    if file.typed:
        digits = file.typed.strip("“”")
        named = any(number in file.typed or digits in number for number in loose)
        return named or any(file.typed in verdict.found for verdict in found.figures)
    verdicts = (*found.figures, *found.altered)
    return any(one.status is not Status.OK and one.id in file.touched for one in verdicts) or (
        found.signature is Signature.FORGED and name.startswith("ledger")
    )


def _false_alarms() -> int:
    alarms = 0
    for sample in papers(COUNT, SEED + 1):
        found = gongwen.verify(gongwen.write(sample.paper, key=KEY), key=KEY)
        loose = untraced(found)
        if not found.ok or loose:
            alarms += 1
            if alarms <= _SHOWN:
                wrong = [one for one in (*found.figures, *found.altered) if one.status is not Status.OK]
                print(f"false alarm on a {sample.kind}: {wrong[:2]} {[number.text for number in loose]}")
    print(f"\nfalse alarms on {COUNT} unedited papers: {alarms}")
    return alarms


@contextmanager
def _blind() -> Iterator[None]:
    """The verifier with its eyes on the figures alone."""
    same: Callable[..., bool] = verifying._is_same_place
    order = verifying._in_order
    verifying._is_same_place = lambda *_: True
    verifying._in_order = lambda found: frozenset(range(len(found)))
    try:
        yield
    finally:
        verifying._is_same_place, verifying._in_order = same, order
