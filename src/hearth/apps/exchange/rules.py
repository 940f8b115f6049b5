"""What of a demand may be told to whom, and how the reasons of a match are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearth.apps.exchange.states import Secrecy

UNTOLD = "需求内容保密，见面时由需求方说明"
HIDDEN_REASON = "需求内容保密，不显示依据的文字"


@dataclass(frozen=True)
class Reason:
    """One part of a match's score. ``words`` stand in both texts; the shares of a match sum to 1."""

    kind: str
    text: str
    words: tuple[str, ...]
    share: float

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "words": list(self.words), "share": self.share}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reason":
        return cls(data["kind"], data["text"], tuple(data["words"]), data["share"])


def outward(*, title: str, secrecy: str, public_summary: str) -> str:
    """What a demand is called outside the association: only a public one by its own title. A name ends in no full stop."""
    return title if secrecy == Secrecy.PUBLIC else public_summary.rstrip("。 ") or UNTOLD


def reasons_for_demander(reasons: Iterable[Reason]) -> list[str]:
    """The reasons as the demand's own side may read them: the words stand in its text and in the offer told to it."""
    return [reason.text for reason in reasons]


def reasons_for_provider(reasons: Iterable[Reason], *, secrecy: str) -> list[str]:
    """The reasons as the offer's side may read them: words of a demand leave the association only when it is public."""
    return [reason.text for reason in reasons] if secrecy == Secrecy.PUBLIC else []


def names_in(listed: str) -> tuple[str, ...]:
    """The names in a cell that separates them by 、."""
    return tuple(name.strip() for name in listed.split("、") if name.strip())
