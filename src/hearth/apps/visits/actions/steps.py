"""What every act about visits asks first, and how the database's refusals are told."""

from collections.abc import Generator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission


class VisitRefused(Exception):
    """Something that cannot be recorded of a visit; the message says what would be right."""


def may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise VisitRefused(f"{by.name} 的角色不能登记走访，请干事或联络员来做。")


@contextmanager
def number_explained(number: str) -> Generator[None, None, None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_number_once" not in str(error):
            raise
        raise VisitRefused(f"编号“{number}”已经用过，请换一个。") from error
