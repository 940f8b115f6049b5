"""Values travel through JSON whole; a fingerprint changes with everything a record says, and with nothing else."""

import datetime

import pytest
from django.db import models

from hearth.apps.agreements.models import Clause
from hearth.apps.campaigns.models import Duty, Suggestion
from hearth.apps.directory.models import Organisation
from hearth.apps.measures.rules import UNSAID, Value, fingerprint
from hearth.apps.measures.states import Shape
from hearth.apps.notices.models import Return
from hearth.apps.outreach.models import Movement, OutreachEvent
from hearth.apps.publicity.models import Placement
from hearth.apps.visits.models import Case, Visit

RECORDS = (Duty, Suggestion, Return, Movement, OutreachEvent, Placement, Visit, Case, Clause)
DAY = datetime.date(2020, 5, 30)
BOOKKEEPING = {"id", "org_id", "org_path", "created_at", "updated_at"}
# what was asked, what came with the question, what is not yet said, and how the stamped copy was checked;
# how far a duty, a suggestion, a clause, a case is, since that is counted by itself; how an event is registered for;
# of a visit what is told beside what papers count, of a case how pressing and how private it is
CARRIED = {
    (Return, column)
    for column in (
        "notice_text",
        "word_id",
        "form_told",
        "contact",
        "phone",
        "draft",
        "drafted_at",
        "field_reasons",
        "reminded_at",
        "stamp",
        "stamp_seen_by",
        "stamp_reason",
    )
}
CARRIED |= {(Duty, column) for column in ("state", "done_on", "evidence", "file_id")}
CARRIED |= {
    (Suggestion, column)
    for column in (
        "opinion_id",
        "joined_to_id",
        "handling",
        "clause",
        "answer",
        "decided_in_id",
        "told_at",
    )
}
CARRIED |= {(Clause, column) for column in ("state", "evidence")}
CARRIED |= {
    (OutreachEvent, column)
    for column in ("cancelled_at", "about", "capacity", "taken", "opens_at", "closes_at")
}
CARRIED |= {(Placement, column) for column in ("planned_id", "reprint_of_id", "paper_id")}
CARRIED |= {(Visit, column) for column in ("key", "place", "manner", "achievements", "recorder")}
CARRIED |= {(Case, column) for column in ("urgency", "private", "round", "state", "answer", "satisfaction")}


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (model, column)
        for model in RECORDS
        for column in columns(model)
        if column not in BOOKKEEPING and (model, column) not in CARRIED
    ],
)
def test_a_fingerprint_changes_with_every_column_that_says_something(
    model: type[models.Model], column: str
) -> None:
    record = model(pk=1)
    before = fingerprint(record)
    setattr(record, column, "变了")
    assert fingerprint(record) != before


@pytest.mark.parametrize("model", RECORDS)
def test_a_fingerprint_does_not_change_with_bookkeeping(model: type[models.Model]) -> None:
    record = model(pk=1, org=Organisation(pk=1, path="0001."))
    before = fingerprint(record)
    for column in set(columns(model)) & BOOKKEEPING:
        setattr(record, column, 2)
    assert fingerprint(record) == before


@pytest.mark.parametrize(("model", "column"), sorted(CARRIED, key=str))
def test_a_fingerprint_does_not_change_with_what_is_only_carried_along(
    model: type[models.Model], column: str
) -> None:
    record = model(pk=1, org=Organisation(pk=1, path="0001."))
    before = fingerprint(record)
    setattr(record, column, 2)
    assert fingerprint(record) == before


def test_what_counts_as_bookkeeping_is_said_in_one_place() -> None:
    assert {f"{name}_id" if name == "org" else name for name in UNSAID} == BOOKKEEPING


def test_values_of_different_fields_do_not_look_the_same() -> None:
    assert fingerprint(Visit(title="甲", field="乙")) != fingerprint(Visit(title="乙", field="甲"))


@pytest.mark.parametrize(
    "value",
    [
        Value(Shape.COUNT, number=33, unit="块"),
        Value(Shape.DATE, start=DAY, around=(DAY, DAY)),
        Value(Shape.SPAN, start=DAY, end=DAY),
        Value(Shape.MOMENT, start=datetime.datetime(2024, 11, 23, 21, 0, 48, tzinfo=datetime.UTC)),
        Value(Shape.WRITTEN, number=25, unit="名", written="25名"),
    ],
)
def test_a_value_comes_back_from_json_as_it_was(value: Value) -> None:
    assert Value.from_json(value.as_json()) == value
