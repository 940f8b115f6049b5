"""The door to the matching engine: rows in; ranked lines, an explanation or a choice of pairs out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.exchange.rules import HIDDEN_REASON, Reason, names_in
from hearth.apps.exchange.states import Secrecy
from hearth.engines import matching as engine

CHUNK = 25
OWN = "供需双方是同一单位"
AVOIDED = "需求方要求回避该单位"
AVOIDS = "供给方要求回避该单位"
WITHOUT_TEXT = (engine.ReasonKind.FIELD, engine.ReasonKind.REGION)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Line:
    """One line of a demand's ranked list, reasons ready to show; ``score`` is 0 to 1."""

    demand_id: int
    offer_id: int
    rank: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Standing:
    """Where an offer stands for a demand, in a sentence. ``rank`` is None when it may not or cannot be listed."""

    text: str
    rank: int | None
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Candidate:
    """A pair that may be chosen. ``counterpart`` is whoever would come to the meeting; proposed pairs come first."""

    match_id: int
    demand_id: int
    counterpart: str
    score: float
    proposed: bool


def ranked(
    demands: Sequence[Demand], offers: Sequence[Offer], *, top: int, progress: Progress | None = None
) -> tuple[Line, ...]:
    """The best offers of every demand. ``progress`` is told (done, total, what) after each part."""
    given = tuple(_offer(offer) for offer in offers)
    asked = tuple(_demand(demand, offers) for demand in demands)
    statistics = engine.statistics_of((*asked, *given))
    secret = {str(demand.pk) for demand in demands if demand.secrecy == Secrecy.SECRET}
    lines: list[Line] = []
    for start in range(0, len(asked), CHUNK):
        part = asked[start : start + CHUNK]
        found = engine.rank(part, given, top=top, statistics=statistics)
        lines.extend(_line(match, hidden=match.demand in secret) for match in found)
        if progress:
            progress(start + len(part), len(asked), f"已匹配 {start + len(part)} 项需求")
    return tuple(lines)


def scores(
    demands: Sequence[Demand], offers: Sequence[Offer], pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """The scores of given (demand id, offer id), 0 for a pair that may not meet."""
    listed = sorted(pairs)
    given = engine.score_pairs(
        [_demand(demand, offers) for demand in demands],
        [_offer(offer) for offer in offers],
        [(str(demand), str(offer)) for demand, offer in listed],
    )
    return dict(zip(listed, given, strict=True))


def why_not(
    demand: Demand, offer: Offer, demands: Sequence[Demand], offers: Sequence[Offer], *, top: int
) -> Standing:
    """Why an offer is, or is not, in the demand's list. Both belong to the given sequences."""
    barred = tuple(_barred(demand, offer))
    if barred:
        return Standing(f"未列入：{'；'.join(barred)}", None, 0.0, ())
    found = engine.why_not(
        str(demand.pk),
        str(offer.pk),
        [_demand(each, offers) for each in demands],
        [_offer(each) for each in offers],
        top=top,
    )
    hidden = demand.secrecy == Secrecy.SECRET
    return Standing(found.text, found.rank, found.score, _reasons(found.reasons, hidden=hidden))


def chosen(
    candidates: Iterable[Candidate], *, per_demand: int, per_counterpart: int, demands: Collection[int]
) -> tuple[frozenset[int], tuple[int, ...]]:
    """Ids of the chosen matches, and of the demands that got none.

    As many demands as possible get a counterpart, then broker's proposals count, then the sum of scores is largest. A demand
    meets a counterpart once, through their best match.
    """
    best: dict[tuple[str, str], Candidate] = {}
    for each in candidates:
        pair = str(each.demand_id), each.counterpart
        if pair not in best or _weight(each) > _weight(best[pair]):
            best[pair] = each
    assignment = engine.assign(
        (engine.Pair(*pair, _weight(each)) for pair, each in best.items()),
        per_demand=per_demand,
        per_offer=per_counterpart,
        at_least=1,
        demands=[str(demand) for demand in demands],
    )
    taken = frozenset(best[pair.demand, pair.target].match_id for pair in assignment.pairs)
    return taken, tuple(int(demand) for demand in assignment.unfilled)


def _weight(candidate: Candidate) -> float:
    return 0.9 + candidate.score / 10 if candidate.proposed else candidate.score / 10


def _demand(demand: Demand, offers: Sequence[Offer]) -> engine.Demand:
    return engine.Demand(
        id=str(demand.pk),
        title=demand.title,
        text="\n".join((demand.problem, demand.indicators, demand.target)),
        owner=demand.org.short_name,
        keywords=names_in(demand.keywords),
        fields=(demand.field,),
        region=demand.org.region,
        avoid=tuple(sorted({_owner(offer) for offer in offers if any(_barred(demand, offer))})),
    )


def _offer(offer: Offer) -> engine.Offer:
    return engine.Offer(
        id=str(offer.pk),
        title=offer.title,
        text=offer.text,
        owner=_owner(offer),
        keywords=names_in(offer.keywords),
        fields=(offer.field,),
        region=offer.provider.region,
        kind=offer.kind,
    )


def _owner(offer: Offer) -> str:
    """The engine bars whole owners; an entry with a list of its own is an owner of its own."""
    return f"{offer.provider.short_name} {offer.pk}" if offer.avoid else offer.provider.short_name


def _barred(demand: Demand, offer: Offer) -> Iterator[str]:
    if offer.provider_id == demand.org_id:
        yield OWN
    if offer.provider.short_name in names_in(demand.avoid):
        yield AVOIDED
    if demand.org.short_name in names_in(offer.avoid):
        yield AVOIDS


def _line(match: engine.Match, *, hidden: bool) -> Line:
    return Line(
        int(match.demand), int(match.offer), match.rank, match.score, _reasons(match.reasons, hidden=hidden)
    )


def _reasons(reasons: Sequence[engine.Reason], *, hidden: bool) -> tuple[Reason, ...]:
    """Words stand in the demand's text too, so those of a secret one are left out, told once for all."""
    secret = [each for each in reasons if hidden and each.kind not in WITHOUT_TEXT]
    told = [
        Reason(each.kind.value, each.text, each.words, each.share) for each in reasons if each not in secret
    ]
    if secret:
        share = sum(each.share for each in secret)
        told.append(Reason(secret[0].kind.value, HIDDEN_REASON, (), share))
    return tuple(sorted(told, key=lambda each: -each.share))
