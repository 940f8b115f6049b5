"""Why a match stands where it stands, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hearth.apps.exchange import queries
from hearth.apps.exchange.models import Demand, Match, Offer
from hearth.apps.exchange.rules import Reason
from hearth.web.ui.parts import Pattern, Share

KINDS = {
    "words": (_("字词相同"), Pattern.SOLID),
    "keyword": (_("关键词"), Pattern.DIAGONAL),
    "field": (_("领域"), Pattern.LIGHT),
    "region": (_("地区"), Pattern.UPRIGHT),
    "owner": (_("同一单位的其他供给"), Pattern.OUTLINED),
}


@dataclass(frozen=True)
class Reasoned:
    """A match with its reasons, the shares of its score, and the words that stand in both texts."""

    match: Match
    demand: Demand
    reasons: tuple[Reason, ...]

    @property
    def offer(self) -> Offer:
        return self.match.offer

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for reason in self.reasons for word in reason.words)

    @property
    def shares(self) -> tuple[Share, ...]:
        return tuple(
            Share(KINDS[reason.kind][0], reason.share, KINDS[reason.kind][1], f"{reason.share:.0%}")
            for reason in self.reasons
        )

    @property
    def said(self) -> str:
        """The shares in words, for who does not see the bar."""
        return "，".join(f"{share.label} {share.shown}" for share in self.shares)


def reasoned(match: Match, demand: Demand) -> Reasoned:
    return Reasoned(match, demand, queries.reasons(match))
