"""Whether the editor offers the right measure first for a number that somebody typed.

The example campaign is loaded into a temporary database. Each figure of its papers that is bound to a measure is put
back to plain text, and the offers for it are ranked; ``sentences.tsv`` holds sentences written apart from the papers.
Variants: the value slightly wrong, as typed from memory; words and units around it exchanged for others; both.
Controls: measures in order of value agreement alone, and at random among those of the same unit.
Then: how often a number that is wrong is denied, how often one that is right or no figure of a measure, and how long the
editor's live check of a paper takes.
Run:  ./hearth bench offers
"""

import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import house, serving

if TYPE_CHECKING:
    from hearth.apps.papers.figures import Known, Loose, Ranking
    from hearth.apps.papers.models import Paper

SENTENCES = Path(__file__).with_name("sentences.tsv")
WORDS = (
    "发放 派送|展出 陈列|参加 到场|走访 登门看望|困难 难题|意见建议 意见|签订 签署|登记 收集|刊播 刊发|稿件 报道|典型事迹 先进事迹"
    "|举办 组织|召开 开了|读本 图书|宣传页 宣传单|采纳 吸收|展板 宣传板|学校 中小学校|学习讨论 集中学习|专家 专家学者"
)
UNITS = {
    "人": "名",
    "名": "人",
    "册": "本",
    "条": "个",
    "项": "个",
    "场": "次",
    "家": "个",
    "件": "项",
    "篇": "条",
    "份": "张",
}
LIVE_ROUNDS = 20
LIVE_CHARACTERS = 3000


@dataclass(frozen=True)
class Case:
    """A text with one number of a measure in it, from ``start`` to ``end``."""

    key: str
    text: str
    start: int
    end: int

    def saying(self, written: str) -> "Case":
        """The same with another number."""
        text = self.text[: self.start] + written + self.text[self.end :]
        return Case(self.key, text, self.start, self.start + len(written))

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]


Variant = Callable[[Case], Case | None]
Ranker = Callable[[str, "Loose"], "Ranking"]


def main(data: Path | None) -> int:  # noqa: ARG001  # every bench is called alike; this one takes the example
    """Load the example, rank, print the tables."""
    with house.opened():
        from hearth.apps.papers.models import Paper
        from hearth.apps.papers.queries import offered
        from hearth.cli import example
        from hearth.config.database import temporary
        from hearth.lib.wall import scope

        with temporary(f"hearth_bench_{os.getpid()}"):
            loaded = example.load(serving.EXAMPLE, _silent, seconds=5)
            with scope(loaded.campaign.org.path):
                papers = list(Paper.objects.all())
                known = [one for one in offered(loaded.campaign.subject_id) if one.forms]
                _report(_cases(papers, known), list(_sentences(known)), known)
                _report_rules(papers, known)
                _report_live(papers)
    return 0


def _cases(papers: Sequence["Paper"], known: Sequence["Known"]) -> list[Case]:
    """The numbers of the papers that are bound to a measure on the list; a paper's own length has none."""
    keys = {one.key for one in known}
    return [
        Case(key, text, start, end)
        for text, bound, _ in map(_bound, papers)
        for start, end, key in bound
        if key in keys
    ]


def _bound(paper: "Paper") -> tuple[str, list[tuple[int, int, str]], list[tuple[int, int]]]:
    """A paper's text, its numbers from measures with their keys, and its rules."""
    from hearth.apps.papers import gongwen
    from hearth.engines import gongwen as engine

    composed = gongwen.compose(paper.source, paper.subject_id, [one.name for one in paper.pictures.all()])
    printed = engine.printed(gongwen.fill_taken(composed))
    keys = {one.index: one.key for one in composed.taken}
    bound = [
        (span.start, span.end, keys[figure.index])
        for span, figure in zip(printed.spans, printed.figures, strict=True)
    ]
    return printed.text, bound, [(span.start, span.end) for span in printed.fixed]


def _sentences(known: Sequence["Known"]) -> Iterator[Case]:
    texts = {one.key: one.forms[0].text for one in known}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines()[1:]:
        key, sentence = line.split("\t")
        if key in texts:
            start = sentence.index("{}")
            yield Case(key, sentence.replace("{}", texts[key]), start, start + len(texts[key]))


def as_it_is(case: Case) -> Case:
    return case


def slightly_wrong(case: Case) -> Case | None:
    """The number three in a hundred larger, at least by one; a day later, or earlier at the end of a month."""
    found = re.search(r"\d+(?=日)" if "月" in case.written else r"\d+", case.written)
    if found is None:
        return None
    number = int(found[0])
    more = 1 if "月" in case.written else max(1, round(number * 0.03))
    changed = number - 1 if "月" in case.written and number + more > 28 else number + more
    return case.saying(f"{case.written[: found.start()]}{changed}{case.written[found.end() :]}")


def in_other_words(case: Case) -> Case:
    """Words and the unit exchanged for others that people use."""
    before, after = case.text[: case.start], case.text[case.end :]
    for pair in WORDS.split("|"):
        one, other = pair.split()
        before, after = before.replace(one, other), after.replace(one, other)
    written = case.written
    if written[-1:] in UNITS and not written.endswith("人次"):
        written = written[:-1] + UNITS[written[-1]]
    return Case(case.key, f"{before}{written}{after}", len(before), len(before) + len(written))


def wrong_in_other_words(case: Case) -> Case | None:
    return slightly_wrong(in_other_words(case))


VARIANTS: tuple[Variant, ...] = (as_it_is, slightly_wrong, in_other_words, wrong_in_other_words)


def _rankers(known: Sequence["Known"]) -> dict[str, Ranker]:
    from hearth.apps.papers.figures import Offer, Ranking, loose, rank
    from hearth.apps.papers.queries.writing import is_worth_offering

    cache: dict[str, dict[int, Ranking]] = {}
    chance = random.Random(0)

    def ours(text: str, number: "Loose") -> "Ranking":
        if text not in cache:
            cache.clear()
            numbers = loose(text, [])
            cache[text] = dict(zip((one.start for one in numbers), rank(text, numbers, known), strict=True))
        found = cache[text][number.start]
        return Ranking(tuple(one for one in found.offers if is_worth_offering(one)))

    def by_value(_text: str, number: "Loose") -> "Ranking":
        offers = [Offer(one, float(_agrees(number, one)), False, 0.0, False) for one in known]
        return Ranking(tuple(sorted(offers, key=lambda one: -one.score)))

    def at_random(_text: str, number: "Loose") -> "Ranking":
        alike = [one for one in known if one.value and one.value.unit == number.unit]
        return Ranking(tuple(Offer(one, 0.0, False, 0.0, False) for one in chance.sample(alike, len(alike))))

    return {"offers": ours, "control: value alone": by_value, "control: random of unit": at_random}


def _agrees(number: "Loose", known: "Known") -> bool:
    if known.value is None or known.value.number is None:
        return any(form.text == number.text for form in known.forms)
    high = known.value.number if number.high is None else number.high
    return number.low is not None and number.low <= known.value.number <= high


def _report(papers: list[Case], sentences: list[Case], known: Sequence["Known"]) -> None:
    rankers = _rankers(known)
    print(f"{len(known)} measures; {len(papers)} numbers in papers, {len(sentences)} in sentences")
    print(_line("ranking", "texts", "variant", "n", "top-1", "top-3", "MRR", "denied", "rightly"))
    for name, ranker in rankers.items():
        for texts, cases in (("papers", papers), ("sentences", sentences)):
            for variant in VARIANTS:
                made = [one for case in cases if (one := variant(case))]
                print(_line(name, texts, variant.__name__, *_measured(made, ranker)), flush=True)


def _measured(cases: Sequence[Case], ranker: Ranker) -> tuple[str, ...]:
    from hearth.apps.papers.figures import Ranking, loose

    ranks, denied, rightly = [], 0, 0
    for case in cases:
        number = next(
            (one for one in loose(case.text, []) if one.start < case.end and case.start < one.end), None
        )
        found = ranker(case.text, number) if number else Ranking(())
        keys = [one.known.key for one in found.offers]
        ranks.append(keys.index(case.key) + 1 if case.key in keys else 0)
        denied += found.denied
        rightly += found.denied and keys[0] == case.key
    first, three = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    mean = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return str(len(ranks)), f"{first:.1%}", f"{three:.1%}", f"{mean:.3f}", str(denied), str(rightly)


def _report_rules(papers: Sequence["Paper"], known: Sequence["Known"]) -> None:
    """Numbers that are no figures of a measure: rules such as 5个工作日, written without their slot."""
    from hearth.apps.papers.figures import loose, rank

    total = denied = 0
    for text, bound, _ in map(_bound, papers):
        numbers = loose(text, [(start, end) for start, end, _ in bound])
        total += len(numbers)
        denied += sum(one.denied for one in rank(text, numbers, known))
    print(f"numbers that no measure has: {total}, denied {denied}")


def _report_live(papers: Sequence["Paper"]) -> None:
    """The live check of a paper of 3,000 characters whose figures are all plain text; the database's work apart."""
    from hearth.apps.papers import queries

    summary = next(one for one in papers if one.kind == "summary")
    head, _, body = summary.source.partition("\n---\n")
    text = re.sub(r"\{\{([^{}|]*)[^{}]*\}\}", lambda found: _plain(summary, found[1]), body)
    while len(text) < LIVE_CHARACTERS:
        text = f"{text}\n\n{text[len(text) // 2 :]}"
    source = f"{head}\n---\n{text[:LIVE_CHARACTERS]}"
    taken, worked = [], []
    for _ in range(LIVE_ROUNDS):
        begun, began = time.perf_counter(), time.process_time()
        looked = queries.look(source, summary.subject_id)
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - began) * 1000)
    print(
        f"live check of {LIVE_CHARACTERS} characters, {len(looked.loose)} unbacked numbers:"
        f" median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms;"
        f" work of this process {statistics.median(worked):.0f} ms"
    )


def _plain(paper: "Paper", name: str) -> str:
    figure = next((one for one in paper.figures.all() if name.strip() in (one.name, one.key)), None)
    return figure.text if figure else name


def _line(*cells: str) -> str:
    widths = (24, 10, 21, 4, 7, 7, 6, 7, 7)
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))


def _silent(_step: str) -> None:
    """Nobody watches the loading."""
