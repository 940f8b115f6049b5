"""What all steps of a paper share: its row locked in the state that the step needs, the step itself, the refusal."""

from collections.abc import Sequence

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.papers import queries, rules
from hearth.apps.papers.models import Figure, Paper
from hearth.apps.papers.states import State


class PaperRefused(Exception):
    """Something that may not happen to a paper; the message says why and what to do."""


def locked(paper: Paper, *states: State) -> Paper:
    """The paper as it is now, its row locked until the act is over. Refused in any other state."""
    found: Paper = (
        Paper.objects.select_for_update(of=("self",)).select_related("subject", "org").get(pk=paper.pk)
    )
    if found.state not in states:
        raise PaperRefused(f"{found}现在是“{found.get_state_display()}”，不能这样办。请刷新页面再看。")
    return found


def step(paper: Paper, state: State, verb: str, by: Actor, **detail: str) -> Paper:
    assert rules.may_become(State(paper.state), state)
    paper.state = state
    paper.save()
    audit.record(verb, paper, by=by, **detail)
    return paper


def may(by: Actor, *permissions: Permission) -> None:
    if not any(by.may(permission) for permission in permissions):
        raise PaperRefused(f"{by.name} 现在的角色不能这样办。")


def refuse_undecided(paper: Paper) -> None:
    """A signed paper that its records contradict goes no further until somebody decides."""
    changed = [one for one in queries.unsettled(paper) if one.differs]
    if changed:
        raise PaperRefused(
            f"签发后记录变了：{both_values(changed)}。请发更正件，或由签发人写明理由维持原文。"
        )


def both_values(changed: Sequence[queries.Change]) -> str:
    return "；".join(f"{one.figure.name}写“{one.figure.text}”，现在是“{one.now}”" for one in changed[:3])


def said(text: str, wanted: str) -> str:
    """Words that must not be empty; ``wanted`` says what to write."""
    if not text.strip():
        raise PaperRefused(wanted)
    return text.strip()


def copied(figure: Figure) -> dict[str, object]:
    """What others learn of a figure: its definition and how many records, not who is in them."""
    return {
        "index": figure.index,
        "token": figure.token,
        "key": figure.key,
        "name": figure.name,
        "text": figure.text,
        "definition": figure.definition,
        "records": len(figure.records.all()),
    }
