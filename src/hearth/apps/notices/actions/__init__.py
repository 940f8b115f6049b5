"""Everything that is done to notices and returns: issued, signed for, answered, sent back, reminded, counted once."""

from hearth.apps.notices.actions.answering import (
    acknowledge,
    acknowledge_correction,
    answer,
    keep_file,
    save_draft,
    send_back,
)
from hearth.apps.notices.actions.crediting import part_credit, share_credit
from hearth.apps.notices.actions.issuing import correct, enclose, issue, issue_paper
from hearth.apps.notices.actions.linking import give as give_links
from hearth.apps.notices.actions.linking import renew as renew_link
from hearth.apps.notices.actions.linking import revoke as revoke_link
from hearth.apps.notices.actions.linking import visitor
from hearth.apps.notices.actions.reminding import remind, remind_due
from hearth.apps.notices.actions.stamping import confirm_stamp
from hearth.apps.notices.actions.steps import AnswerWrong, NoticeRefused

__all__ = [
    "AnswerWrong",
    "NoticeRefused",
    "acknowledge",
    "acknowledge_correction",
    "answer",
    "confirm_stamp",
    "correct",
    "enclose",
    "give_links",
    "issue",
    "issue_paper",
    "keep_file",
    "part_credit",
    "remind",
    "remind_due",
    "renew_link",
    "revoke_link",
    "save_draft",
    "send_back",
    "share_credit",
    "visitor",
]
