"""What the database refuses is said with its cure, and nothing else is hidden."""

import pytest
from django.db import IntegrityError, connection

from hearth.lib import constraints

pytestmark = [pytest.mark.django_db]


class Refused(Exception):
    pass


@pytest.fixture(autouse=True)
def shelf() -> None:
    run(
        "CREATE TEMP TABLE shelf (number text CONSTRAINT shelf_number_once UNIQUE, "
        "books int CONSTRAINT shelf_never_negative CHECK (books >= 0)) ON COMMIT DROP"
    )
    run("INSERT INTO shelf VALUES ('A-1', 3)")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_number_given_before_is_named_and_the_rest_of_the_work_goes_on() -> None:
    with (
        pytest.raises(Refused, match="编号“A-1”已经用过，请换一个"),
        constraints.explained(constraints.number_taken("A-1"), Refused),
    ):
        run("INSERT INTO shelf VALUES ('A-1', 1)")
    run("INSERT INTO shelf VALUES ('A-2', 1)")


def test_what_has_no_cure_is_raised_as_it_came() -> None:
    with (
        pytest.raises(IntegrityError, match="shelf_never_negative"),
        constraints.explained(constraints.number_taken("_never_negative"), Refused),
    ):
        run("INSERT INTO shelf VALUES ('_number_once', -1)")
