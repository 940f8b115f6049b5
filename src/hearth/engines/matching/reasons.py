"""Says why: splits a score into its parts and words each part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum

from hearth.engines.matching.filters import agreeing, common_fields
from hearth.engines.matching.model import Demand, Offer, Reason, ReasonKind
from hearth.engines.matching.phrases import Prose, common_phrases
from hearth.engines.matching.scoring import Row, Scorer
from hearth.engines.matching.text import fold, terms

_TITLES = 2  # further offers of an owner that are named
_NEAR = 0.25  # of the strongest offer's score; weaker ones are not called related
_PROSES = 4096  # texts kept ready while a list is explained


class Explainer:
    """Gives the reasons for pairs that a scorer has scored."""

    def __init__(self, scorer: Scorer) -> None:
        """Explain what this scorer scored."""
        self._scorer = scorer
        self._asked = lru_cache(maxsize=1)(lambda demand: Prose.of(scorer.demands[demand]))
        self._offered = lru_cache(maxsize=_PROSES)(lambda offer: Prose.of(scorer.offers[offer]))

    def offer(self, demand: int, offer: int) -> tuple[Reason, ...]:
        """Reasons for one offer, the largest share first; arguments are row numbers of the scorer."""
        contributions = self._scorer.contributions(demand, offer)
        text = fsum(contributions.values())
        lexical = self._lexical(demand, offer, contributions)
        parts = [*lexical, *self._structured(self._scorer.demands[demand], self._scorer.offers[offer], text)]
        return _shared_out(parts)

    def owner(self, demand: int, through: Sequence[int], row: Row) -> tuple[Reason, ...]:
        """Reasons for an owner: those of the strongest offer, and one for all the others together."""
        strongest, *others = through
        rest = [row.scores[offer].item() for offer in others]
        if not rest:
            return self.offer(demand, strongest)
        best = row.scores[strongest].item()
        parts = [replace(reason, share=reason.share * best) for reason in self.offer(demand, strongest)]
        near = [offer for offer in others if row.scores[offer] >= _NEAR * best]
        text = self._also([self._scorer.offers[offer] for offer in near])
        return _shared_out([*parts, Reason(ReasonKind.OWNER, text, (), fsum(rest))])

    @staticmethod
    def _also(near: Sequence[Offer]) -> str:
        if not near:
            return "其余供给也有少量相近之处"
        titles = "".join(f"《{_name(offer)}》" for offer in near[:_TITLES])
        return f"另有{len(near)}项供给也相关：{titles}{'等' if len(near) > _TITLES else ''}"

    def _lexical(self, demand: int, offer: int, contributions: Mapping[str, float]) -> Iterable[Reason]:
        asked, offered = self._asked(demand), self._offered(offer)
        keywords = _common_keywords(
            _Side(self._scorer.demands[demand], asked), _Side(self._scorer.offers[offer], offered)
        )
        claimed = {term for keyword in keywords for term in terms(keyword)}
        inside = fsum(amount for term, amount in contributions.items() if term in claimed)
        outside = {term: amount for term, amount in contributions.items() if term not in claimed}
        if inside > 0:
            yield Reason(ReasonKind.KEYWORD, f"关键词相符：{'、'.join(keywords)}", keywords, inside)
        if outside:
            words = common_phrases(asked, offered, outside)
            yield Reason(ReasonKind.WORDS, _words_said(words, keywords), words, fsum(outside.values()))

    def _structured(self, demand: Demand, offer: Offer, text: float) -> Iterable[Reason]:
        fields = common_fields(demand, offer.fields)
        if fields:
            lift = self._scorer.weights.field * len(fields) / len(demand.fields)
            yield Reason(ReasonKind.FIELD, f"同属领域：{'、'.join(fields)}", (), text * lift)
        if agreeing(demand.region, offer.region):
            region = min(demand.region, offer.region, key=len)
            yield Reason(ReasonKind.REGION, f"同在{region}", (), text * self._scorer.weights.region)


@dataclass(frozen=True, slots=True)
class _Side:
    document: Demand | Offer
    prose: Prose


def _common_keywords(asked: _Side, offered: _Side) -> tuple[str, ...]:
    """Keywords of either side that the other side contains, each once, as first written."""
    found: dict[str, str] = {}
    for one, other in ((asked, offered), (offered, asked)):
        for keyword in map(str.strip, one.document.keywords):
            if keyword and other.prose.has_keyword(fold(keyword)):
                found.setdefault(fold(keyword), keyword)
    return tuple(found.values())


def _shared_out(parts: Iterable[Reason]) -> tuple[Reason, ...]:
    """The parts, whose shares are amounts so far, as shares of their sum; the largest first."""
    present = [part for part in parts if part.share > 0]
    total = fsum(part.share for part in present)
    order = list(ReasonKind)
    present.sort(key=lambda part: (-part.share, order.index(part.kind)))
    return tuple(replace(part, share=part.share / total) for part in present)


def _words_said(words: Sequence[str], keywords: Sequence[str]) -> str:
    if words:
        return f"双方都写到：{'、'.join(words)}"
    return "其余用字也有相近之处" if keywords else "用字相近，但没有完整的共同词语"


def _name(offer: Offer) -> str:
    return offer.title.strip() or offer.id
