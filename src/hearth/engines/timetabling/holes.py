"""Breaks as CP-SAT literals, the part of the model that both the timetable and its explanation use."""

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model


def add_holes(model: cp_model.CpModel, busy: Sequence[cp_model.IntVar]) -> list[cp_model.IntVar]:
    """One literal for each slot in which a break of one participant may end; true exactly when one does.

    busy: the participant's literals 'is meeting somebody', slot by slot. `started` has to be an
    equivalence: were it free to rise early, breaks before the first meeting would appear (Bofill et al.,
    JAIR 74 (2022), Remark 4.1).
    """
    ends: list[cp_model.IntVar] = []
    started = busy[0]
    for now, following in pairwise(busy[1:]):
        before, started = started, model.new_bool_var("")
        model.add_implication(before, started)
        model.add_implication(now, started)
        model.add_bool_or(~started, before, now)
        end = model.new_bool_var("")
        model.add_bool_or(end, ~started, now, ~following)
        model.add_implication(end, started)
        model.add_implication(end, ~now)
        model.add_implication(end, following)
        ends.append(end)
    return ends
