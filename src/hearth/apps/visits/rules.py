"""The way of a difficulty: told, assigned, handled, closed with an answer; opened again when the answer did not help."""

from hearth.apps.visits.states import CLOSED, CaseState

NEXT: dict[CaseState, frozenset[CaseState]] = {
    CaseState.COLLECTED: frozenset({CaseState.ASSIGNED, *CLOSED}),
    CaseState.ASSIGNED: frozenset({CaseState.ASSIGNED, CaseState.HANDLING, *CLOSED}),
    CaseState.HANDLING: frozenset({CaseState.ASSIGNED, *CLOSED}),
    # a closed case goes on only by being opened again
    CaseState.SETTLED: frozenset(),
    CaseState.UNSOLVABLE: frozenset(),
}


def objection(now: CaseState, then: CaseState) -> str:
    """Why a case may not take this step, with the steps that it may take; empty when it may."""
    if then in NEXT[now]:
        return ""
    following = [str(step.label) for step in CaseState if step in NEXT[now]]
    cure = f"下一步可以是：{'、'.join(following)}" if following else "要接着办，请先重新办理"
    return f"这件困难现在是“{now.label}”，不能改为“{then.label}”；{cure}。"
