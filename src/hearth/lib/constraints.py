"""What a constraint of the database refuses, told in words with its cure."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError, transaction


@contextmanager
def explained(cures: Mapping[str, str], refused: Callable[[str], Exception]) -> Generator[None, None, None]:
    """Write in a savepoint; what breaks a constraint raises ``refused`` of its cure, and the rest of the work may go on.

    ``cures`` are by the constraint's name or the end of it: ``_number_once`` stands for that of every table. What has no
    cure there is nobody's mistake but ours, and is raised as it came.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = _constraint(error)
        cure = next((cure for name, cure in cures.items() if broken.endswith(name)), "")
        if not cure:
            raise
        raise refused(cure) from error


def number_taken(number: str) -> dict[str, str]:
    """The cure of a number that was given to another record before."""
    return {"_number_once": f"编号“{number}”已经用过，请换一个。"}


def _constraint(error: IntegrityError) -> str:
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""
