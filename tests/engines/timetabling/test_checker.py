"""The judge itself is judged: a valid timetable, and one spoiled in each way there is."""

from dataclasses import replace

import pytest

from hearth.engines.timetabling import (
    Event,
    Meeting,
    Placement,
    Session,
    ViolationKind,
    check,
    count_breaks,
)

from .small_events import day, people

EVENT = Event(
    participants=people(4, p4=frozenset({1})),
    meetings=(
        Meeting("m1", "p1", "p2", fixed_slot=1),
        Meeting("m2", "p1", "p3", Session.MORNING, after=("m1",)),
        Meeting("m3", "p2", "p4"),
        Meeting("m4", "p3", "p4", Session.AFTERNOON),
    ),
    slots=day(2, 2),
    tables=2,
    fairness=0,
)
VALID = (
    Placement("m1", "p1", "p2", 1, 1),
    Placement("m2", "p1", "p3", 2, 1),
    Placement("m3", "p2", "p4", 2, 2),
    Placement("m4", "p4", "p3", 3, 1),
)


def spoiled(number: int, **changes: object) -> tuple[Placement, ...]:
    return (*VALID[:number], replace(VALID[number], **changes), *VALID[number + 1 :])


def kinds(placements: tuple[Placement, ...]) -> set[ViolationKind]:
    return {violation.kind for violation in check(EVENT, placements)}


def test_a_valid_timetable_has_no_violation():
    assert check(EVENT, VALID) == ()
    assert count_breaks(EVENT, VALID) == 0


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        (VALID[1:], {ViolationKind.MISSING}),
        ((*VALID, VALID[0]), {ViolationKind.REPEATED}),
        ((*VALID, Placement("m9", "p1", "p2", 4, 1)), {ViolationKind.UNKNOWN_MEETING}),
        (spoiled(0, b="p3"), {ViolationKind.WRONG_PAIR}),
        (spoiled(3, slot=5), {ViolationKind.NO_SUCH_SLOT}),
        (spoiled(3, slot=0), {ViolationKind.NO_SUCH_SLOT}),
        (spoiled(3, table=3), {ViolationKind.NO_SUCH_TABLE}),
        (spoiled(2, table=1), {ViolationKind.TABLE_SHARED}),
        (
            spoiled(3, slot=2, table=1),
            {ViolationKind.CLASH, ViolationKind.SESSION, ViolationKind.TABLE_SHARED},
        ),
        (spoiled(2, slot=1), {ViolationKind.CLASH, ViolationKind.UNAVAILABLE, ViolationKind.FAIRNESS}),
        (
            spoiled(0, slot=2),
            {ViolationKind.CLASH, ViolationKind.FIXED, ViolationKind.PRECEDENCE, ViolationKind.TABLE_SHARED},
        ),
        (spoiled(3, slot=4), {ViolationKind.FAIRNESS}),
    ],
)
def test_each_rule_is_seen_when_broken(placements, expected):
    assert kinds(placements) == expected


def test_a_break_is_a_group_of_idle_slots_between_two_meetings():
    placements = spoiled(3, slot=4)
    assert count_breaks(EVENT, placements) == 2, "one for p3 and one for p4, of one idle slot each"
    assert count_breaks(EVENT, (VALID[0], replace(VALID[1], slot=4))) == 1, (
        "slots 2 and 3 of p1 are one group"
    )
    assert count_breaks(EVENT, (VALID[3],)) == 0, "idle before the first and after the last is no break"
