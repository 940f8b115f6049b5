"""What every act about visits asks first, and how the database's refusals are told."""

from contextlib import AbstractContextManager

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib import constraints


class VisitRefused(Exception):
    """Something that cannot be recorded of a visit; the message says what would be right."""


def may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise VisitRefused(f"{by.name} 的角色不能登记走访，请干事或联络员来做。")


def number_explained(number: str) -> AbstractContextManager[None]:
    return constraints.explained(constraints.number_taken(number), VisitRefused)
