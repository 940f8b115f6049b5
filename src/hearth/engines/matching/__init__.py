"""Brings demands and offers together: ranked lists with reasons, scores of pairs, and assignment.

Plain functions over frozen dataclasses; the same input gives the same output. The README has the formula.
"""

from hearth.engines.matching.assignment import Assignment, assign
from hearth.engines.matching.filters import Exclusion, Filters
from hearth.engines.matching.model import BadInput, By, Demand, Match, Offer, Pair, Reason, ReasonKind
from hearth.engines.matching.ranking import merge, rank, score_pairs, shortlist
from hearth.engines.matching.standing import Explanation, Standing, why_not
from hearth.engines.matching.statistics import Statistics, statistics_of
from hearth.engines.matching.weights import Weights

__all__ = [
    "Assignment",
    "BadInput",
    "By",
    "Demand",
    "Exclusion",
    "Explanation",
    "Filters",
    "Match",
    "Offer",
    "Pair",
    "Reason",
    "ReasonKind",
    "Standing",
    "Statistics",
    "Weights",
    "assign",
    "merge",
    "rank",
    "score_pairs",
    "shortlist",
    "statistics_of",
    "why_not",
]
