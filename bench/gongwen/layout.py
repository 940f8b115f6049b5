"""Layout: six kinds of papers with random contents, rendered by LibreOffice and measured by the checker.

Run: python -m bench.gongwen.layout [--count 200] [--seed 1] [--keep FOLDER]
What must be reached: every checked position within 0.3 mm, every full page 22 lines, 99 % of full lines 28 字.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.gongwen.layout_contents import KINDS, sources

from hearth.engines import gongwen
from hearth.engines.gongwen import checking
from hearth.engines.gongwen.checking import Expected, Finding, Verdict
from hearth.lib import office, typefaces
from hearth.lib.arrivals import Arrival

SMALL = 5
"""Papers of each kind when nothing is said."""

BATCH = 40
WITHIN = 0.3
LINES, CHARACTERS = "每面行数", "每行字数"


@dataclass
class Tally:
    """What was measured in the papers of a kind."""

    papers: int = 0
    right_papers: int = 0
    deviations: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    places: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    departures: Counter[str] = field(default_factory=Counter)

    def add(self, report: checking.Report) -> None:
        """Count one paper."""
        self.papers += 1
        self.right_papers += report.ok
        for finding in report.findings:
            self._count(finding)

    def _count(self, finding: Finding) -> None:
        if finding.deviation is not None:
            self.deviations[finding.what].append(abs(finding.deviation))
        if finding.verdict in (Verdict.OFF, Verdict.NOT_FOUND):
            self.departures[f"{finding.what}：{finding.wanted} → {finding.found}"] += 1
        self.places[finding.what] += finding.places
        self.right[finding.what] += finding.right


def rendered(kind: str, count: int, seed: int) -> Iterator[tuple[bytes, Expected]]:
    """Papers of a kind as PDF, with what is known of them."""
    program = office.ensure()
    typefaces.ensure()
    waiting = [gongwen.parse(source) for source in sources(kind, count, seed)]
    for start in range(0, count, BATCH):
        papers = waiting[start : start + BATCH]
        files = [Arrival(f"{at}.docx", gongwen.write(paper)) for at, paper in enumerate(papers)]
        yield from zip(program.to_pdf(files), map(Expected.of, papers), strict=True)


def measure(kind: str, count: int, seed: int, keep: Path | None = None) -> Tally:
    """Render and measure papers of a kind; those that depart are put into `keep`."""
    tally = Tally()
    for at, (pdf, expected) in enumerate(rendered(kind, count, seed)):
        report = checking.check(pdf, expected=expected)
        tally.add(report)
        if keep is not None and not report.ok:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{kind}-{at}.pdf").write_bytes(pdf)
    return tally


def show(kind: str, tally: Tally) -> None:
    """Print the table of a kind."""
    print(f"\n{kind}: {tally.papers} papers, {tally.right_papers} without any departure")
    print(f"  {'max mm':>8} {'99 % mm':>8} {'≤ 0.3':>7} {'places':>7}  position")
    for what, found in tally.deviations.items():
        ordered = sorted(found)
        share = sum(one <= WITHIN + 1e-9 for one in ordered) / len(ordered)
        high = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        print(f"  {ordered[-1]:8.2f} {high:8.2f} {share:7.1%} {tally.places[what]:7d}  {what}")
    for what, name in (
        (LINES, "full pages with 22 lines"),
        (CHARACTERS, "full lines with 28 字, kinsoku aside"),
    ):
        if tally.places[what]:
            share = tally.right[what] / tally.places[what]
            print(f"  {share:8.2%} of {tally.places[what]} {name}")
    for words, count in tally.departures.most_common(12):
        print(f"  departs {count}×: {words}")


def main(
    count: int = SMALL, seed: int = 1, keep: Path | None = None, kinds: Sequence[str] = tuple(KINDS)
) -> int:
    """Print a table a kind; 0 when nothing departs."""
    right = True
    for kind in kinds:
        tally = measure(kind, count, seed, keep)
        show(kind, tally)
        right &= tally.right_papers == tally.papers
    return int(not right)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=SMALL)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--kind", action="append", choices=list(KINDS))
    arguments = parser.parse_args()
    sys.exit(main(arguments.count, arguments.seed, arguments.keep, arguments.kind or tuple(KINDS)))
