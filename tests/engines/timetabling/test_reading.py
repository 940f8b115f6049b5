import json
from datetime import time

import pytest
from hypothesis import given

from hearth.engines.timetabling import (
    BadEvent,
    Event,
    Meeting,
    Participant,
    Session,
    Slot,
    from_rows,
    read_dzn,
    read_json,
    write_json,
)

from .small_events import day, events, people

DZN = """
% three people, invented
nBusiness = 3;
nMeetings = 2;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 3;
requested = [|1, 2,3,
|3, 1,2,
|];
meetingsxBusiness = [{1,2,3},
{1,2},
{1,3}];
nMeetingsBusiness = [2,1,1];
forbidden = [{0},
{0,2,4},
{1}];
fixed = [3,0];
precedences = [{},
{1}];
"""


class TestDzn:
    def test_reads_every_part(self):
        assert read_dzn(DZN) == Event(
            participants=(
                Participant("1", "1"),
                Participant("2", "2", frozenset({2, 4})),
                Participant("3", "3", frozenset({1})),
            ),
            meetings=(
                Meeting("1", "1", "2", fixed_slot=3),
                Meeting("2", "3", "1", Session.AFTERNOON, after=("1",)),
            ),
            slots=(
                Slot("1", Session.MORNING),
                Slot("2", Session.MORNING),
                Slot("3", Session.MORNING),
                Slot("4", Session.AFTERNOON),
            ),
            tables=2,
            fairness=2,
        )

    def test_does_without_the_optional_parts(self):
        text = DZN[: DZN.index("forbidden")]
        event = read_dzn(text)
        assert all(not p.unavailable for p in event.participants)
        assert all(m.fixed_slot is None and not m.after for m in event.meetings)

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("nTables = 2;", "", "没有整数 nTables"),
            ("nMeetings = 2", "nMeetings = 3", "requested 有 2 行"),
            ("fixed = [3,0]", "fixed = [3]", "fixed 有 1 项"),
            ("{0},\n{0,2,4}", "{0,2,4}", "forbidden 有 2 项"),
            ("|1, 2,3", "|1, 2,4", "第 1 场洽谈的半天是 4"),
            ("|1, 2,3", "|1, 9,3", "没有编号为“9”的参会方"),
            ("{0,2,4}", "{0,2,5}", "没有第 5 个时段"),
        ],
    )
    def test_names_what_is_wrong(self, old: str, new: str, message: str):
        with pytest.raises(BadEvent, match=message):
            read_dzn(DZN.replace(old, new))


class TestJson:
    @given(events())
    def test_reads_back_what_it_wrote(self, event: Event):
        assert read_json(write_json(event)) == event

    def test_fills_in_what_may_be_left_out(self):
        text = """{"slots": [{"label": "9:00"}], "tables": 1,
                   "participants": [{"id": 1}, {"id": "李工"}], "meetings": [{"id": 1, "a": 1, "b": "李工"}]}"""
        assert read_json(text) == Event(
            (Participant("1", "1"), Participant("李工", "李工")),
            (Meeting("1", "1", "李工"),),
            (Slot("9:00"),),
            1,
        )

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"tables": "3"}, "tables：“3”不是整数"),
            ({"tables": True}, "tables：“True”不是整数"),
            ({"tables": None}, "tables：缺少这个字段"),
            ({"table": 3}, "没有“table”这个字段"),
            ({"slots": {}}, "slots：这里应当是一个列表"),
            ({"slots": ["9:00"]}, "slots 第 1 项：这里应当是一个对象"),
            ({"slots": [{"label": "9:00", "session": "noon"}]}, "slots 第 1 项 session：半天填错了"),
            ({"participants": [{"id": "p1", "unavailable": ["x"]}]}, "unavailable：“x”不是整数"),
            ({"slots": []}, "没有洽谈时段"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, changes: dict[str, object], message: str):
        value = json.loads(write_json(Event(people(2), (), day(1), 1))) | changes
        with pytest.raises(BadEvent, match=message):
            read_json(json.dumps(value))

    def test_names_the_place_where_it_is_no_json(self):
        with pytest.raises(BadEvent, match="第 2 行第 1 列：不是合法的 JSON"):
            read_json('{"slots":\n')


SLOTS = [["时段", "半天"], ["9:00", "上午"], [time(9, 30), "上午"], ["14:00", "下午"]]
PEOPLE = [
    ["编号", "名称", "不可用时段"],
    ["q1", "青禾机械", ""],
    [],
    ["z1", "许安然", "9:00、3"],
    ["z2", None, None],
]
MEETINGS = [
    ["编号", "甲方", "乙方", "半天", "固定时段", "晚于"],
    [1.0, "q1", "z1", None, "09:30", None],
    [2, "q1", "z2", "下午", "", "1"],
]


class TestRows:
    def test_reads_three_sheets(self):
        event = from_rows(participants=PEOPLE, meetings=MEETINGS, slots=SLOTS, tables=5, fairness=1)
        assert event == Event(
            participants=(
                Participant("q1", "青禾机械"),
                Participant("z1", "许安然", frozenset({1, 3})),
                Participant("z2", "z2"),
            ),
            meetings=(
                Meeting("1", "q1", "z1", fixed_slot=2),
                Meeting("2", "q1", "z2", Session.AFTERNOON, after=("1",)),
            ),
            slots=(
                Slot("9:00", Session.MORNING),
                Slot("09:30", Session.MORNING),
                Slot("14:00", Session.AFTERNOON),
            ),
            tables=5,
            fairness=1,
        )

    @pytest.mark.parametrize(
        ("sheet", "row", "message"),
        [
            ("meetings", [3, "", "z1"], "工作表“洽谈”第 4 行“甲方”列：没有填写"),
            ("meetings", [3, "q1", "z1", "晚上"], "工作表“洽谈”第 4 行“半天”列：“晚上”不是半天"),
            ("meetings", [3, "q1", "z1", "", "10:00"], "工作表“洽谈”第 4 行“固定时段”列：没有时段“10:00”"),
            ("meetings", [2, "q1", "z1"], "洽谈编号“2”出现了两次"),
            ("meetings", [3, "q1", "q1"], "洽谈“3”：双方是同一参会方"),
            ("meetings", [3, "q1", "z1", "", "", "9"], "没有编号为“9”的洽谈"),
            ("participants", ["z3", "李知远", "4"], "工作表“参会方”第 6 行“不可用时段”列：没有时段“4”"),
            ("slots", ["9:00", "下午"], "时段编号“9:00”出现了两次"),
        ],
    )
    def test_names_sheet_row_and_column(self, sheet: str, row: list[object], message: str):
        sheets = {"participants": PEOPLE, "meetings": MEETINGS, "slots": SLOTS}
        sheets[sheet] = [*sheets[sheet], row]
        with pytest.raises(BadEvent, match=message):
            from_rows(**sheets, tables=5)

    @pytest.mark.parametrize(
        ("heading", "message"),
        [
            (["编号", "甲方"], "工作表“洽谈”：没有“乙方”这一列"),
            (["编号", "甲方", "乙方", "桌"], "不认识或重复的列“桌”"),
            (["编号", "甲方", "乙方", "乙方"], "不认识或重复的列“乙方”"),
        ],
    )
    def test_names_a_column_that_is_missing_or_unknown(self, heading: list[object], message: str):
        with pytest.raises(BadEvent, match=message):
            from_rows(participants=PEOPLE, meetings=[heading], slots=SLOTS, tables=5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slots": ()}, "没有洽谈时段"),
        ({"tables": 0}, "洽谈桌数是 0"),
        ({"fairness": -1}, "每人间隔上限是 -1"),
        ({"participants": (*people(2), people(1)[0])}, "参会方编号“p1”出现了两次"),
        ({"participants": (*people(2), Participant("", "王乐山"))}, "有一个参会方没有编号"),
        ({"meetings": (Meeting("m1", "p1", "p2", fixed_slot=3),)}, "没有第 3 个时段"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused_with_a_cure(changes: dict[str, object], message: str):
    parts: dict[str, object] = {"participants": people(2), "meetings": (), "slots": day(2), "tables": 1}
    with pytest.raises(BadEvent, match=message) as caught:
        Event(**(parts | changes))
    assert caught.value.cure.startswith("请")
