from itertools import combinations

import pytest

from hearth.engines.timetabling import ConflictKind, Event, Meeting, Session, Status, solve

from .small_events import day, people


def only_conflict(event: Event):
    result = solve(event)
    assert result.status is Status.INFEASIBLE
    assert len(result.conflicts) == 1, [conflict.text for conflict in result.conflicts]
    return result.conflicts[0]


class TestNamesWhom:
    def test_with_more_meetings_than_free_slots(self):
        meetings = tuple(Meeting(f"m{i}", "p1", f"p{i}") for i in (2, 3, 4))
        conflict = only_conflict(Event(people(4, p1=frozenset({2})), meetings, day(3), 9))
        assert conflict.kind is ConflictKind.OVERBOOKED
        assert conflict.participants == ("p1",)
        assert conflict.meetings == ("m2", "m3", "m4")
        assert conflict.text == "许安然要谈 3 场，只有 2 个空档"

    def test_with_more_meetings_in_the_morning_than_it_has_slots(self):
        meetings = tuple(Meeting(f"m{i}", "p2", f"p{i}", Session.MORNING) for i in (1, 3, 4))
        conflict = only_conflict(Event(people(4), meetings, day(2, 2), 9))
        assert conflict.kind is ConflictKind.OVERBOOKED
        assert conflict.participants == ("p2", "p1", "p3", "p4")
        expected = "李知远有 3 场洽谈（与许安然、王乐山、赵明溪）只能排在 2 个时段（第1场、第2场）"
        assert conflict.text == expected

    def test_with_two_meetings_fixed_in_one_slot(self):
        meetings = (Meeting("m1", "p1", "p2", fixed_slot=2), Meeting("m2", "p3", "p1", fixed_slot=2))
        conflict = only_conflict(Event(people(3), meetings, day(3), 9))
        assert conflict.kind is ConflictKind.FIXED_CLASH
        assert conflict.participants == ("p1", "p2", "p3")
        assert conflict.text == "许安然的 2 场洽谈（与李知远、王乐山）固定在同一个第 2 时段"

    def test_without_a_common_slot(self):
        away = {"p1": frozenset({1}), "p2": frozenset({2})}
        conflict = only_conflict(Event(people(2, **away), (Meeting("m1", "p1", "p2"),), day(2), 9))
        assert conflict.kind is ConflictKind.NO_COMMON_SLOT
        assert conflict.text == "许安然与李知远没有一个双方都合适的时段"

    def test_whose_meeting_is_fixed_outside_its_half_day(self):
        meeting = Meeting("m1", "p1", "p2", Session.AFTERNOON, fixed_slot=1)
        conflict = only_conflict(Event(people(2), (meeting,), day(1, 1), 9))
        assert conflict.text == "许安然与李知远没有一个双方都合适的时段（已固定在第 1 时段）"

    def test_for_whom_there_are_too_few_tables(self):
        meetings = (
            Meeting("m1", "p1", "p2", Session.MORNING),
            Meeting("m2", "p3", "p4", Session.MORNING),
            Meeting("m3", "p1", "p3"),
        )
        conflict = only_conflict(Event(people(4), meetings, day(1, 3), 1))
        assert conflict.kind is ConflictKind.TABLES
        assert conflict.meetings == ("m1", "m2")
        expected = "2 场洽谈（许安然与李知远、王乐山与赵明溪）只能排在 1 个时段（第1场），1 张桌共容得下 1 场"
        assert conflict.text == expected

    def test_whose_meetings_wait_for_each_other(self):
        meetings = (
            Meeting("m1", "p1", "p2", after=("m2",)),
            Meeting("m2", "p3", "p4", after=("m1",)),
            Meeting("m3", "p1", "p3", after=("m1",)),
        )
        conflict = only_conflict(Event(people(4), meetings, day(4), 9))
        assert conflict.kind is ConflictKind.PRECEDENCE
        assert set(conflict.meetings) == {"m1", "m2"}
        expected = "先后次序成了一个圈：王乐山与赵明溪 → 许安然与李知远 → 王乐山与赵明溪"
        assert conflict.text == expected

    def test_whose_chain_is_longer_than_the_day(self):
        meetings = (
            Meeting("m1", "p1", "p2", Session.AFTERNOON),
            Meeting("m2", "p3", "p4", Session.MORNING, after=("m1",)),
        )
        conflict = only_conflict(Event(people(4), meetings, day(2, 2), 9))
        assert conflict.kind is ConflictKind.PRECEDENCE
        assert conflict.meetings == ("m1", "m2")
        expected = "许安然与李知远（限下午） → 王乐山与赵明溪（限上午），最后一场已没有合适的时段"
        assert conflict.text == f"先后次序排不下：{expected}"

    def test_whose_free_slots_are_too_scattered(self):
        meetings = tuple(Meeting(f"m{i}", "p1", f"p{i}") for i in (2, 3))
        event = Event(people(3, p1=frozenset({2})), meetings, day(3), 9, fairness=0)
        conflict = only_conflict(event)
        assert conflict.kind is ConflictKind.FAIRNESS
        assert conflict.participants == ("p1",)

    def test_of_several_each(self):
        meetings = tuple(Meeting(f"m{n}", a.id, b.id) for n, (a, b) in enumerate(combinations(people(3), 2)))
        result = solve(Event(people(3), meetings, day(1), 9))
        assert [conflict.participants for conflict in result.conflicts] == [("p1",), ("p2",), ("p3",)]


class TestConflictsThatNeedASearch:
    def test_three_people_who_cannot_all_meet_in_two_slots_besides_others_who_can(self):
        """Everybody has two meetings and two free slots, yet a triangle needs three."""
        meetings = (
            Meeting("m1", "p1", "p2"),
            Meeting("m2", "p2", "p3"),
            Meeting("m3", "p1", "p3"),
            Meeting("m4", "p4", "p5"),
            Meeting("m5", "p5", "p6"),
        )
        conflict = only_conflict(Event(people(6), meetings, day(2), 9))
        assert conflict.kind is ConflictKind.TOGETHER
        assert conflict.participants == ("p1", "p2", "p3")
        expected = "许安然要谈 2 场，有 2 个空档；李知远要谈 2 场，有 2 个空档；王乐山要谈 2 场，有 2 个空档"
        assert conflict.text == f"不能同时满足：{expected}"

    @pytest.mark.parametrize("tables", [1, 9])
    def test_tables_are_named_only_when_they_matter(self, tables: int):
        """Two pairs may each meet first; with one table the order makes it three slots too many."""
        meetings = (
            Meeting("m1", "p1", "p2"),
            Meeting("m2", "p3", "p4"),
            Meeting("m3", "p5", "p6", after=("m1", "m2")),
        )
        event = Event(people(6), meetings, day(2), tables)
        result = solve(event)
        if tables == 9:
            assert result.status is Status.OPTIMAL
        else:
            assert "张桌" in result.conflicts[0].text
