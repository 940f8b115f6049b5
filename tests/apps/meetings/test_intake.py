import datetime

import pytest

from hearth.apps.directory.models import Actor
from hearth.apps.exchange import actions as exchange
from hearth.apps.exchange import intake as exchanging
from hearth.apps.meetings import actions, intake, queries
from hearth.apps.meetings.models import Absence, Forum, Meeting
from hearth.apps.meetings.states import TimetableStatus
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.wall import scope
from tests.apps.campaigns import example
from tests.apps.campaigns.building import names_of, typed
from tests.apps.exchange import building
from tests.apps.meetings.building import open_forum

pytestmark = pytest.mark.django_db

FORUM = """
名称: 试验对接会
日期: 2020-06-12
地点: 试验学院
时段:
  - {起: "09:00", 止: "09:20", 半天: 上午}
  - {起: "14:00", 止: "14:20", 半天: 下午}
洽谈桌: 2
不能到场:
  - {姓名: 孙三, 时段: ["09:00"], 原因: 在路上}
  - {单位: 丑厂, 时段: ["14:00"]}
指定:
  - {需求: XQ-2, 对方: 市检测, 时段: "09:00"}
参加企业: [丑厂]
签约: {时间: "16:30", 协议: [XY-1, XY-2]}
"""


@pytest.fixture
def x():
    built = building.build()
    with scope(built.house.province.path):
        yield built


def take(x, text: str) -> Forum:
    shape = intake.read(Arrival("forum.yaml", text.encode()))
    return intake.take_forum(shape, x.campaign, names_of(x.house), "forum.yaml")


def faults(x, text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        take(x, text)
    assert not Forum.objects.exists()
    return [(fault.column, fault.found) for fault in refused.value.faults]


def test_a_forum_is_taken_with_its_absences_and_fixed_meetings(x):
    forum = take(x, FORUM)
    assert (forum.tables, forum.fairness, forum.per_expert, forum.org) == (2, 2, 4, x.house.city)
    assert (forum.signing_at, forum.signing) == (datetime.time(16, 30), "XY-1、XY-2")
    assert [str(absence) for absence in Absence.objects.order_by("pk")] == ["孙三 09:00", "丑厂 14:00"]
    meeting = Meeting.objects.get()
    assert (str(meeting), str(meeting.fixed_slot), meeting.topic) == (
        "丑厂 — 市检测",
        "09:00",
        "窑内耐蚀涂层",
    )
    assert list(forum.companies.all()) == [x.house.enterprise]


def test_unknown_names_numbers_and_slots_are_told_together(x):
    wrong = (
        FORUM.replace("姓名: 孙三", "姓名: 孙伞")
        .replace('单位: 丑厂, 时段: ["14:00"]', '单位: 丑场, 时段: ["14:30"]')
        .replace("需求: XQ-2, 对方: 市检测", "需求: XQ-7, 对方: 市检侧")
        .replace("[丑厂]", "[寅厂]")
    )
    assert faults(x, wrong) == [
        ("时段", "14:30"),
        ("不能到场．姓名", "孙伞"),
        ("不能到场．单位", "丑场"),
        ("指定．对方", "市检侧"),
        ("参加企业", "寅厂"),
        ("指定．需求", "XQ-7"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('止: "09:20"', '止: "08:20"', ("时段", "09:00—08:20")),
        ('起: "14:00"', '起: "09:10"', ("时段", "09:10")),
        ("洽谈桌: 2", "洽谈桌: 0", ("洽谈桌", "0")),
        ("半天: 下午", "半天: 晚上", ("时段．第 2 个．半天", "晚上")),
        ("{单位: 丑厂,", "{单位: 丑厂, 姓名: 孙三,", ("不能到场", "")),
        ("指定:\n", '指定:\n  - {需求: XQ-1, 对方: 市检测, 时段: "14:00"}\n', ("指定．对方", "市检测")),
    ],
)
def test_a_frame_that_contradicts_itself_is_refused(x, before, after, fault):
    assert fault in faults(x, FORUM.replace(before, after))


def test_a_forum_number_twice_is_refused(x):
    take(x, FORUM)
    with pytest.raises(Refused, match="编号"):
        take(x, FORUM)


ATTENDANCE = "编号 姓名 单位 类别 签到时间 入口"


def came(forum: Forum, x, text: str) -> None:
    intake.take_attendance(typed({intake.ATTENDANCE: f"{ATTENDANCE}\n{text}"}), forum, names_of(x.house))


def test_who_came_is_taken_in_the_houses_own_time_and_only_once(x):
    forum = open_forum(x)
    lines = "QD-1 赵一 丑厂 企业代表 2020-06-12T08:30 一号门\nQD-2 钱二 丑厂 媒体 2020-06-12T08:31 -"
    came(forum, x, lines)
    came(forum, x, lines)
    first, second = queries.attendance(forum, x.by)
    assert first.came_at == datetime.datetime(2020, 6, 12, 0, 30, tzinfo=datetime.UTC)
    assert second.entrance == ""


def test_who_came_on_another_day_or_under_a_used_number_is_refused(x):
    forum = open_forum(x)
    actions.check_in(forum=forum, name="甲", unit="乙", kind="媒体", number="QD-2", by=x.by)
    with pytest.raises(Refused) as refused:
        came(
            forum,
            x,
            "QD-1 赵一 丑厂 企业代表 2020-06-13T08:30 -\nQD-2 钱二 丑厂 媒体 2020-06-12T08:31 -",
        )
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "签到时间"), (3, "编号")]


def test_the_example_is_taken_whole_and_timetabled_at_the_scope_of_its_city():
    root = example.take_directory()
    with scope(root.path):
        campaign, names = example.take_frame(root)
        names.load()
        exchanging.take_demands(
            read_xlsx(example.FOLDER / "demands.xlsx", exchanging.DEMAND_TABLES), campaign, names
        )
        exchanging.take_offers(
            read_xlsx(example.FOLDER / "offers.xlsx", exchanging.OFFER_TABLES), campaign, names
        )
        shape = intake.read(Arrival.at(example.FOLDER / "forum.yaml"))
        forum = intake.take_forum(shape, campaign, names, "forum.yaml")
        reading = read_xlsx(example.FOLDER / "attendance.xlsx", intake.TABLES)
        intake.take_attendance(reading, forum, names)
    by = Actor.house(campaign.org)
    with scope(campaign.org.path):
        assert queries.attendance(forum, by).count() == 213
        exchange.match_all(campaign=campaign, by=by)
        exchange.assign(campaign=campaign, per_demand=forum.per_demand, per_offer=forum.per_expert, by=by)
        arranged = actions.invite(forum=forum, by=by)
        forum = actions.timetable(forum=forum, seconds=20, by=by)
        assert forum.status in (TimetableStatus.OPTIMAL, TimetableStatus.FEASIBLE), forum.conflicts
        assert len(queries.lines(forum, by)) == arranged > 60
        assert queries.violations(forum) == ()
