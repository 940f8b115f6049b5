"""What may happen to a paper when."""

from hearth.apps.papers.states import State

STEPS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW}),
    State.REVIEW: frozenset({State.DRAFT, State.SIGNED}),
    State.SIGNED: frozenset({State.ISSUED}),
    State.ISSUED: frozenset({State.SUPERSEDED}),
    State.SUPERSEDED: frozenset(),
}


def may_become(now: State, then: State) -> bool:
    return then in STEPS[now]
