"""What goes into the matching engine and what comes out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class BadInput(ValueError):
    """Input the engine refuses. The message names the id and says what would be right."""


class By(Enum):
    """What a match names: one offer, or the owner of several."""

    OFFER = "offer"
    OWNER = "owner"


class ReasonKind(Enum):
    """Where a part of a score comes from."""

    WORDS = "words"
    FIELD = "field"
    KEYWORD = "keyword"
    REGION = "region"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Demand:
    """A technical demand (技术需求).

    ``fields`` are domain codes or names, the broader one a prefix of the narrower ('C39' covers 'C391');
    ``region`` likewise ('云川市' covers '云川市北塘县'). ``avoid`` lists owners that must not be proposed.
    """

    id: str
    title: str
    text: str
    owner: str = ""
    keywords: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    region: str = ""
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to offer (供给): an achievement, an expert's work or a facility; ``kind`` says which.

    ``secret`` offers are never listed unless the filters allow it.
    """

    id: str
    title: str
    text: str
    owner: str = ""
    keywords: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    region: str = ""
    secret: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score, ready to show.

    ``text`` is a Chinese sentence. ``words`` stand in both texts (up to letter case and character width).
    ``share`` is this part of the score; the shares of one match are positive and sum to 1 within 1e-9.
    """

    kind: ReasonKind
    text: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Match:
    """One line of a ranked list.

    ``offer`` is empty in a list by owner; ``owner`` may be empty in a list by offer. ``rank`` counts from 1 for each
    demand. ``score`` is above 0 and at most 1; scores of different demands are on the same scale. ``through`` are
    the offers that carry the score, the strongest first.
    """

    demand: str
    offer: str
    owner: str
    rank: int
    score: float
    reasons: tuple[Reason, ...]
    through: tuple[str, ...]

    @property
    def target(self) -> str:
        """The id the match names: the offer, or the owner in a list by owner."""
        return self.offer or self.owner


@dataclass(frozen=True, slots=True)
class Pair:
    """A demand and an offer (or owner) with the score between them, 0 to 1."""

    demand: str
    target: str
    score: float


def check_demands(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """The demands as a tuple; raises BadInput for a missing or repeated id and for one without text."""
    checked = tuple(demands)
    _check_documents("demand", checked)
    return checked


def check_offers(offers: Iterable[Offer], by: By = By.OFFER) -> tuple[Offer, ...]:
    """The offers as a tuple; raises BadInput as check_demands does, and by owner for an offer without one."""
    checked = tuple(offers)
    _check_documents("offer", checked)
    if by is By.OWNER:
        for offer in checked:
            if not offer.owner:
                raise BadInput(
                    f"offer {offer.id!r} has no owner: give every offer an owner, or rank by offer"
                )
    return checked


def _check_documents(noun: str, documents: tuple[Demand, ...] | tuple[Offer, ...]) -> None:
    seen: set[str] = set()
    for document in documents:
        if not document.id:
            raise BadInput(f"a {noun} ({document.title!r}) has no id: give each {noun} an id of its own")
        if document.id in seen:
            raise BadInput(f"{noun} id {document.id!r} occurs twice: give each {noun} an id of its own")
        seen.add(document.id)
        if not any(map(str.strip, (document.title, document.text, *document.keywords))):
            raise BadInput(f"{noun} {document.id!r} has no text: write a title, a description or a keyword")
