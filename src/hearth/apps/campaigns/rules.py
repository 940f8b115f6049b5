"""When two suggestions say much the same, and when a duty is in danger of coming late."""

import datetime
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.states import DutyState

CLOSE = datetime.timedelta(days=3)
AHEAD = datetime.timedelta(days=7)

ALIKE = 0.4
"""From this share of common pairs of characters on, two suggestions are offered to be joined."""

_UNSAID = re.compile(r"[\W_]|建议|希望|能够|可以|进一步|加强|加大")
"""What suggestions begin with, whatever they are about."""


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring characters that two texts have in common, 0 to 1 (Dice's coefficient)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    said = _UNSAID.sub("", text)
    return {said[at : at + 2] for at in range(len(said) - 1)}


class Risk(models.TextChoices):
    """Why a duty that is not late may come late."""

    CLOSE = "close", _("三天内到期")
    NOT_BEGUN = "not_begun", _("七天内到期，还没有开始")
    ALONE = "alone", _("没有代理人")


def risks(state: str, due: datetime.date, has_deputy: bool, on: datetime.date) -> tuple[Risk, ...]:
    """Of an open duty that is not late on the day."""
    found = []
    if due <= on + CLOSE:
        found.append(Risk.CLOSE)
    elif due <= on + AHEAD and state == DutyState.WAITING:
        found.append(Risk.NOT_BEGUN)
    return (*found, *(() if has_deputy else (Risk.ALONE,)))
