"""What can be right about a return, told to clerks and to intake in the same words."""

import datetime
import re

from hearth.apps.notices.states import ReturnState

_COMMAS = re.compile(r"[,，、;；]")


def listed(cell: str) -> tuple[str, ...]:
    """The words of a cell that lists several, whatever comma was typed."""
    return tuple(word.strip() for word in _COMMAS.split(cell) if word.strip())


def day_objection(sent_on: datetime.date, issued_on: datetime.date) -> str:
    """Why a return cannot be of this day; empty when it can."""
    if sent_on < issued_on:
        return f"报送日期不能早于通知下发的 {issued_on}"
    return ""


def is_late(
    state: ReturnState, sent_on: datetime.date | None, due: datetime.date | None, today: datetime.date
) -> bool:
    """Whether a return came after its deadline, or has not validly come and the deadline is over."""
    if due is None:
        return False
    if state == ReturnState.SENT and sent_on is not None:
        return sent_on > due
    return today > due
