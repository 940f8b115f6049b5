"""The whole policy: which role may do what. A role acts for one organisation and what lies below it."""

from hearth.apps.directory.states import Permission as P  # noqa: N817  # the table below reads as a table
from hearth.apps.directory.states import Role

_LOOK = {P.SEE_DESK, P.SEE_ORGANISATIONS, P.SEE_CAMPAIGNS}
_OFFICE = _LOOK | {
    P.KEEP_FILES,
    P.RUN_JOBS,
    P.RECORD,
    P.ANSWER_NOTICES,
    P.WRITE_PAPERS,
    P.SEE_EXCHANGE,
    P.REVEAL_PERSONAL,
}

GRANTS: dict[Role, frozenset[P]] = {
    # approves, signs, issues
    Role.LEADER: frozenset(
        _OFFICE
        | {
            P.MANAGE_CAMPAIGNS,
            P.ISSUE_NOTICES,
            P.REVIEW_PAPERS,
            P.SIGN_PAPERS,
            P.ISSUE_PAPERS,
            P.MANAGE_AGREEMENTS,
        }
    ),
    # does the daily work
    Role.OFFICER: frozenset(
        _OFFICE
        | {
            P.MANAGE_CAMPAIGNS,
            P.MANAGE_ORGANISATIONS,
            P.ISSUE_NOTICES,
            P.ISSUE_PAPERS,
            P.BROKER,
            P.MANAGE_FORUMS,
            P.MANAGE_AGREEMENTS,
        }
    ),
    # receives notices, returns answers
    Role.LIAISON: frozenset(_LOOK | {P.KEEP_FILES, P.RECORD, P.ANSWER_NOTICES}),
    # brings demands and offers together
    Role.BROKER: frozenset(
        _LOOK | {P.KEEP_FILES, P.RUN_JOBS, P.SEE_EXCHANGE, P.BROKER, P.MANAGE_FORUMS, P.MANAGE_AGREEMENTS}
    ),
    Role.COMPANY: frozenset({P.SEE_PARTNER, P.KEEP_FILES, P.MANAGE_OWN_ENTRIES}),
    Role.EXPERT: frozenset({P.SEE_PARTNER, P.KEEP_FILES, P.MANAGE_OWN_ENTRIES}),
    # the three that exclude each other
    Role.SYSTEM_ADMIN: frozenset({P.SEE_DESK, P.SEE_ORGANISATIONS, P.MANAGE_ORGANISATIONS, P.RUN_JOBS}),
    Role.SECURITY_ADMIN: frozenset({P.SEE_DESK, P.SEE_ORGANISATIONS, P.MANAGE_MEMBERS}),
    Role.AUDITOR: frozenset({P.SEE_DESK, P.SEE_ORGANISATIONS, P.SEE_AUDIT}),
}


def allowed(role: Role, permission: P) -> bool:
    return permission in GRANTS[role]
