from hearth.engines.timetabling import Event, Meeting, table_changes
from hearth.engines.timetabling.tables import seat

from .small_events import day, people


def test_who_stays_for_the_next_meeting_keeps_the_table():
    meetings = (
        Meeting("m1", "p1", "p2"),
        Meeting("m2", "p3", "p4"),
        Meeting("m3", "p3", "p5"),
        Meeting("m4", "p1", "p6"),
    )
    event = Event(people(6), meetings, day(2), 3)
    placements = seat(event, {"m1": 1, "m2": 1, "m3": 2, "m4": 2})
    assert table_changes(placements) == (0, 2)


def test_only_one_of_two_who_part_can_keep_the_table():
    meetings = (Meeting("m1", "p1", "p2"), Meeting("m2", "p1", "p3"), Meeting("m3", "p2", "p4"))
    placements = seat(Event(people(4), meetings, day(2), 2), {"m1": 1, "m2": 2, "m3": 2})
    assert table_changes(placements) == (1, 2)
    assert len({(p.slot, p.table) for p in placements}) == 3


def test_a_full_slot_uses_every_table_once():
    meetings = tuple(Meeting(f"m{i}", f"p{i}", f"p{i + 1}") for i in (1, 3, 5))
    placements = seat(Event(people(6), meetings, day(1), 3), {"m1": 1, "m3": 1, "m5": 1})
    assert sorted(p.table for p in placements) == [1, 2, 3]
