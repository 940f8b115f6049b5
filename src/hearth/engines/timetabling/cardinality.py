"""'At most so many' as clauses for CP-SAT, strong enough for tight tables."""

from collections.abc import Sequence

from ortools.sat.python import cp_model
from pysat.card import CardEnc, EncType


def add_network(model: cp_model.CpModel, literals: Sequence[cp_model.IntVar], bound: int) -> None:
    """At most `bound` of the literals (more than `bound`) are true, as a network to go beside the plain sum.

    The network gives clause learning names for partial counts; events whose tables are nearly full are
    proven with it and not without (Asin et al., "Cardinality Networks: a theoretical and empirical study",
    Constraints 16 (2011)).
    """
    count = len(literals)
    network = CardEnc.atmost(list(range(1, count + 1)), bound, top_id=count, encoding=EncType.cardnetwrk)
    inner = [model.new_bool_var("") for _ in range(network.nv - count)]
    numbered = [*literals, *inner]
    for clause in network.clauses:
        model.add_bool_or(numbered[n - 1] if n > 0 else ~numbered[-n - 1] for n in clause)
