"""Everything that is done to papers: drafted, commented, reviewed, countersigned, signed, issued, published."""

from hearth.apps.papers.actions.commenting import answer, comment, reopen, settle
from hearth.apps.papers.actions.countersigning import ask_countersign, countersign, record_countersign
from hearth.apps.papers.actions.drafting import add_picture, correct, draft, restore, retake, revise
from hearth.apps.papers.actions.numbering import open_series
from hearth.apps.papers.actions.publishing import publish, rate, withdraw
from hearth.apps.papers.actions.steps import PaperRefused
from hearth.apps.papers.actions.way import issue, keep_as_signed, send_back, sign, submit

__all__ = [
    "PaperRefused",
    "add_picture",
    "answer",
    "ask_countersign",
    "comment",
    "correct",
    "countersign",
    "draft",
    "issue",
    "keep_as_signed",
    "open_series",
    "publish",
    "rate",
    "record_countersign",
    "reopen",
    "restore",
    "retake",
    "revise",
    "send_back",
    "settle",
    "sign",
    "submit",
    "withdraw",
]
