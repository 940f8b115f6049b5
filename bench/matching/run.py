"""Ranking quality of the matching engine beside two plain peers, on evaluation data that is not part of the project.

Expects the folders csl/, graded/ and goldstandard/ in the data folder (or in its folder matching/) and reports:

- csl: keywords that do not occur in the one right abstract; nDCG@10 and recall@100, plain, and with offers that
  contain a keyword verbatim taken out of every list first (they are wrong by construction);
- graded: rated demand-achievement pairs; nDCG@10 over the rated candidates of each demand with a level of 3 or more and
  at least five candidates, gain 2^(level-1) - 1;
- gold: papers rated by researchers who are known by their own papers; weighted Kendall loss, mean of three samplings.

The last column is the engine's gain over the peer with a 95 % bootstrap interval over demands or researchers.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from hearth.engines.matching import By, Demand, Offer, score_pairs, shortlist

Floats = NDArray[np.float64]
Tokens = Callable[[str], list[str]]
_DRAWS = 2000


@dataclass(frozen=True)
class Measured:
    """One figure of one method as sums over units: the figure is total gains by total weights."""

    gains: Floats
    weights: Floats

    def value(self) -> float:
        return float(self.gains.sum() / self.weights.sum())


def main(data: Path) -> int:
    """Print the table; 2 when the data folder lacks a set."""
    folder = data / "matching" if (data / "matching").is_dir() else data
    missing = [name for name in ("csl", "graded", "goldstandard") if not (folder / name).is_dir()]
    if missing:
        print(
            f"{folder} has no folder {', '.join(missing)}: give the folder of the evaluation data",
            file=sys.stderr,
        )
        return 2
    print(f"{'set':<22}{'method':<26}{'value':>7}   engine gains over it [95 %]")
    start = perf_counter()
    for measure in (_csl, _graded, _gold):
        for name, methods in measure(folder).items():
            _print(name, methods)
    print(f"{perf_counter() - start:.0f} s")
    return 0


def _print(name: str, methods: dict[str, Measured]) -> None:
    engine = methods["engine"]
    sign = -1 if name.endswith("loss") else 1
    for method, measured in methods.items():
        gain = "" if method == "engine" else _gain(engine, measured, sign)
        print(f"{name:<22}{method:<26}{measured.value():>7.3f}   {gain}")


def _gain(engine: Measured, peer: Measured, sign: int) -> str:
    draws = np.random.default_rng(0).integers(0, len(engine.gains), (_DRAWS, len(engine.gains)))
    differences = sign * (
        engine.gains[draws].sum(1) / engine.weights[draws].sum(1)
        - peer.gains[draws].sum(1) / peer.weights[draws].sum(1)
    )
    low, high = np.percentile(differences, [2.5, 97.5])
    return f"{sign * (engine.value() - peer.value()):+.3f} [{low:+.3f}, {high:+.3f}]"


# Peers: the two formulas everybody would try first, in a few lines of their own.


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut(text.lower()) if word[0].isalnum()]


def _characters(text: str) -> list[str]:
    """Single and double characters; for English the same of words."""
    chinese = any("\u4e00" <= each <= "\u9fff" for each in text)
    units = [each for each in text.lower() if each.isalnum()] if chinese else _words(text)
    return units + [first + " " + second for first, second in pairwise(units)]


def _bm25(asked: Sequence[str], offered: Sequence[str]) -> Floats:
    """BM25 over dictionary words, k1 1.2, b .75."""
    rows, wanted, frequency = _counts(asked, offered, _words)
    length = np.asarray(rows.sum(axis=1)).ravel()
    norm = 1.2 * (0.25 + 0.75 * length / length.mean())
    entry = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    rows.data = rows.data / (rows.data + norm[entry])
    number = len(asked) + len(offered)
    rarity = np.log1p((number - frequency + 0.5) / (frequency + 0.5))
    return np.asarray((wanted @ sparse.diags_array(rarity) @ rows.T).todense())


def _cosine(asked: Sequence[str], offered: Sequence[str]) -> Floats:
    """Cosine of tf-idf vectors over single and double characters."""
    rows, wanted, frequency = _counts(asked, offered, _characters)
    rarity = sparse.diags_array(np.log((1 + len(asked) + len(offered)) / (1 + frequency)) + 1)
    return np.asarray((_unit(wanted @ rarity) @ _unit(rows @ rarity).T).todense())


def _counts(asked: Sequence[str], offered: Sequence[str], tokens: Tokens):
    place: dict[str, int] = {}
    table = [[place.setdefault(token, len(place)) for token in tokens(text)] for text in [*offered, *asked]]
    row = np.repeat(np.arange(len(table)), [len(each) for each in table])
    column = np.array([token for each in table for token in each])
    rows = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(table), len(place)))
    rows.sum_duplicates()
    return rows[: len(offered)], rows[len(offered) :], np.bincount(rows.indices, minlength=len(place))


def _unit(rows):
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags_array(1 / np.where(length == 0, 1, length)) @ rows


PEERS = {"BM25 of words": _bm25, "tf-idf cosine of characters": _cosine}


# Data


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def _demands(path: Path) -> list[Demand]:
    return [
        Demand(each["id"], each["title"], each["text"], keywords=tuple(each.get("keywords", ())))
        for each in _lines(path)
    ]


def _offers(path: Path) -> list[Offer]:
    return [Offer(e["id"], e.get("title", ""), e["text"], owner=e.get("owner", "")) for e in _lines(path)]


def _text(document: Demand | Offer) -> str:
    return f"{document.title}\n{document.text}"


# Sets


def _csl(folder: Path) -> dict[str, dict[str, Measured]]:
    # Each offer is its own owner, so that verbatim offers can be kept away as conflicts of interest.
    offers = [replace(offer, owner=offer.id) for offer in _offers(folder / "csl" / "offers.jsonl")]
    demands = _demands(folder / "csl" / "demands_hard.jsonl")
    answers = [each["answer"] for each in _lines(folder / "csl" / "demands_hard.jsonl")]
    verbatim = _verbatim(demands, offers)
    ranks: dict[str, dict[str, Floats]] = {"": {}, " filtered": {}}
    filtered = [replace(demand, avoid=tuple(ids)) for demand, ids in zip(demands, verbatim, strict=True)]
    for case, asked in (("", demands), (" filtered", filtered)):
        found = {
            (pair.demand, pair.target): rank for pair, rank in _ranked(shortlist(asked, offers, top=100))
        }
        keys = zip((demand.id for demand in demands), answers, strict=True)
        ranks[case]["engine"] = np.array([found.get(key, 10**6) for key in keys], dtype=np.float64)
    place = {offer.id: column for column, offer in enumerate(offers)}
    right = np.array([place[answer] for answer in answers])
    barred = [np.array([place[each] for each in ids], dtype=np.intp) for ids in verbatim]
    for name, peer in PEERS.items():
        scores = peer([demand.title for demand in demands], [_text(offer) for offer in offers])
        ranks[""][name] = _positions(scores, right)
        for row, columns in zip(scores, barred, strict=True):
            row[columns] = 0
        ranks[" filtered"][name] = _positions(scores, right)
    return {
        f"csl{case} {title}": {n: figure(r) for n, r in by.items()}
        for case, by in ranks.items()
        for title, figure in _RANKED
    }


def _gain_at_10(ranks: Floats) -> Measured:
    return Measured(np.where(ranks <= 10, 1 / np.log2(ranks + 1), 0), np.ones(len(ranks)))


def _recall_at_100(ranks: Floats) -> Measured:
    return Measured((ranks <= 100).astype(np.float64), np.ones(len(ranks)))


_RANKED = (("nDCG@10", _gain_at_10), ("R@100", _recall_at_100))


def _ranked(pairs):
    count: defaultdict[str, int] = defaultdict(int)
    for pair in pairs:
        count[pair.demand] += 1
        yield pair, count[pair.demand]


def _positions(scores: Floats, right: NDArray[np.intp]) -> Floats:
    own = scores[np.arange(len(right)), right]
    ranks = 1 + (scores > own[:, None]).sum(axis=1)
    return np.where(own > 0, ranks, 10**6).astype(np.float64)


def _verbatim(demands: Sequence[Demand], offers: Sequence[Offer]) -> list[list[str]]:
    folded = [(offer.id, offer.text.casefold()) for offer in offers]
    known: dict[str, list[str]] = {}
    for keyword in {keyword.casefold() for demand in demands for keyword in demand.keywords}:
        known[keyword] = [each for each, text in folded if keyword in text]
    return [sorted({each for k in demand.keywords for each in known[k.casefold()]}) for demand in demands]


def _graded(folder: Path) -> dict[str, dict[str, Measured]]:
    demands = _demands(folder / "graded" / "demands.jsonl")
    offers = _offers(folder / "graded" / "offers.jsonl")
    levels: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for demand, offer, level in _table(folder / "graded" / "levels.tsv"):
        levels[demand].append((offer, int(level)))
    rated = {d: each for d, each in levels.items() if max(level for _, level in each) >= 3 and len(each) >= 5}
    pairs = [(demand, offer) for demand, each in rated.items() for offer, _ in each]
    methods = {"engine": score_pairs(demands, offers, pairs)}
    for name, peer in PEERS.items():
        scores = peer([_text(demand) for demand in demands], [_text(offer) for offer in offers])
        methods[name] = _looked_up(scores, [d.id for d in demands], [o.id for o in offers], pairs)
    return {"graded nDCG@10": {name: _graded_gain(rated, scores) for name, scores in methods.items()}}


def _looked_up(scores: Floats, rows: list[str], columns: list[str], pairs) -> tuple[float, ...]:
    row = {each: number for number, each in enumerate(rows)}
    column = {each: number for number, each in enumerate(columns)}
    return tuple(float(scores[row[demand], column[target]]) for demand, target in pairs)


def _graded_gain(rated: dict[str, list[tuple[str, int]]], scores: Sequence[float]) -> Measured:
    left = iter(scores)
    gains = []
    for candidates in rated.values():
        worth = np.array([2.0 ** (level - 1) - 1 for _, level in candidates])
        order = np.argsort([-next(left) for _ in candidates], kind="stable")
        discount = 1 / np.log2(np.arange(2, 2 + min(10, len(candidates))))
        best = np.sort(worth)[::-1]
        gains.append((worth[order][:10] @ discount) / (best[:10] @ discount))
    return Measured(np.array(gains), np.ones(len(gains)))


def _gold(folder: Path) -> dict[str, dict[str, Measured]]:
    rated: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for expert, demand, rating in _table(folder / "goldstandard" / "ratings.tsv"):
        rated[expert].append((demand, float(rating)))
    pairs = [(demand, expert) for expert, each in rated.items() for demand, _ in each]
    losses: defaultdict[str, list[Measured]] = defaultdict(list)
    for number in (1, 2, 3):
        demands = _demands(folder / "goldstandard" / f"demands_{number}.jsonl")
        offers = _offers(folder / "goldstandard" / f"offers_{number}.jsonl")
        losses["engine"].append(_loss(rated, score_pairs(demands, offers, pairs, by=By.OWNER)))
        owners = sorted({offer.owner for offer in offers})
        mean = np.array([[offer.owner == owner for owner in owners] for offer in offers], dtype=np.float64)
        for name, peer in PEERS.items():
            scores = peer([_text(d) for d in demands], [_text(o) for o in offers]) @ (mean / mean.sum(axis=0))
            losses[name].append(_loss(rated, _looked_up(scores, [d.id for d in demands], owners, pairs)))
    return {"gold loss": {name: _mean(each) for name, each in losses.items()}}


def _loss(rated: dict[str, list[tuple[str, float]]], scores: Sequence[float]) -> Measured:
    left = iter(scores)
    gains, weights = [], []
    for papers in rated.values():
        both = [(rating, next(left)) for _, rating in papers]
        lost = total = 0.0
        for (rating, score), (other, against) in combinations(both, 2):
            gap = abs(rating - other)
            order = (rating - other) * (score - against)
            total += gap
            lost += gap if order < 0 else gap / 2 if score == against else 0.0
        gains.append(lost)
        weights.append(total)
    return Measured(np.array(gains), np.array(weights))


def _mean(each: list[Measured]) -> Measured:
    return Measured(np.mean([m.gains for m in each], axis=0), each[0].weights)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
