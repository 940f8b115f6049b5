import datetime

import pytest
from icalendar import Calendar

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange import actions as exchange
from hearth.apps.exchange.models import Match
from hearth.apps.jobs import actions as jobs
from hearth.apps.jobs import tasks
from hearth.apps.jobs.models import Job
from hearth.apps.meetings import actions, queries, timetabling
from hearth.apps.meetings.actions import timing
from hearth.apps.meetings.models import Appointment, Attendance, Meeting, Participant, Place, Seat
from hearth.apps.meetings.states import TimetableStatus
from hearth.lib.wall import scope
from tests.apps.exchange import building as exchanging
from tests.apps.meetings import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def x():
    built = exchanging.build()
    with scope(built.house.city.path):
        yield built


def timed(x, **more):
    forum = building.invited(x, **more)
    return actions.timetable(forum=forum, seconds=10, by=x.by)


def company(x) -> Actor:
    return Actor(org=x.house.enterprise, role=Role.COMPANY, user_id=None, name="丑厂代表")


def told_beyond_the_wall(x) -> list[Appointment]:
    with scope(x.institute.path):
        return list(queries.appointments(Actor(org=x.institute, role=Role.EXPERT, user_id=None, name="孙三")))


def test_a_pair_meets_once_whatever_demands_bring_it_together(x):
    building.invited(x)
    assert {str(meeting) for meeting in Meeting.objects.all()} == {"丑厂 — 孙三", "丑厂 — 市检测"}
    assert Participant.objects.get(name="孙三").organisation == x.institute


def test_the_topic_of_a_secret_demand_is_its_public_summary(x):
    building.invited(x)
    topics = " ".join(Meeting.objects.values_list("topic", flat=True))
    assert "窑内耐蚀涂层" in topics
    assert exchanging.SECRET_TITLE not in topics


def test_inviting_twice_changes_nothing(x):
    forum = building.invited(x)
    before = set(Meeting.objects.values_list("pk", flat=True))
    assert actions.invite(forum=forum, by=x.by) == 2
    assert set(Meeting.objects.values_list("pk", flat=True)) == before


def test_only_listed_companies_are_invited(x):
    forum = building.open_forum(x, companies=[x.lab])
    exchange.match_all(campaign=x.campaign, by=x.by)
    exchange.assign(campaign=x.campaign, per_demand=2, per_offer=4, by=x.by)
    assert actions.invite(forum=forum, by=x.by) == 0


def test_a_timetable_is_kept_whole_and_proven(x):
    forum = timed(x)
    assert (forum.status, forum.breaks, forum.bound) == (TimetableStatus.OPTIMAL, 0, 0)
    assert (Place.objects.count(), Seat.objects.count()) == (2, 4)
    assert queries.violations(forum) == ()
    assert Event.objects.get(verb="排时间表").detail == {"status": "optimal", "meetings": 2}


def test_each_side_is_told_in_its_own_scope(x):
    timed(x)
    own = list(queries.appointments(company(x)))
    assert {told.counterpart for told in own} == {"孙三（省材料所）", "试验市检测中心"}
    (theirs,) = told_beyond_the_wall(x)
    assert (theirs.who, theirs.counterpart, theirs.forum_name) == ("孙三", "试验丑厂", "试验对接会")
    assert exchanging.SECRET_TITLE not in theirs.topic


def test_a_new_timetable_replaces_what_was_told(x):
    forum = timed(x)
    meeting = Meeting.objects.get(expert__name="孙三")
    actions.fix(meeting=meeting, slot=building.slot(forum, 4), by=x.by)
    actions.timetable(forum=forum, seconds=10, by=x.by)
    (theirs,) = told_beyond_the_wall(x)
    assert theirs.starts == datetime.time(10, 30)
    actions.unfix(meeting=meeting, by=x.by)
    meeting.refresh_from_db()
    assert meeting.fixed_slot is None


def test_a_meeting_that_is_no_longer_wanted_goes_and_its_appointments_too(x):
    forum = timed(x)
    for match in Match.objects.filter(offer__holder="孙三"):
        exchange.dismiss(match=match, note="出国", by=x.by)
    assert actions.invite(forum=forum, by=x.by) == 1
    assert told_beyond_the_wall(x) == []
    assert not Participant.objects.filter(name="孙三").exists()
    assert Place.objects.count() == 1


def test_a_meeting_arranged_by_hand_stays_and_is_held_once(x):
    forum = building.open_forum(x)
    arranged = actions.arrange(
        forum=forum,
        company=x.house.enterprise,
        organisation=x.house.county,
        topic="试点",
        slot=building.slot(forum, 2),
        by=x.by,
    )
    exchange.match_all(campaign=x.campaign, by=x.by)
    exchange.assign(campaign=x.campaign, per_demand=2, per_offer=4, by=x.by)
    assert actions.invite(forum=forum, by=x.by) == 3
    actions.timetable(forum=forum, seconds=10, by=x.by)
    assert Place.objects.get(meeting=arranged).slot.index == 2
    with pytest.raises(actions.ForumRefused, match="一对只谈一次"):
        actions.arrange(
            forum=forum, company=x.house.enterprise, organisation=x.house.county, topic="试点", by=x.by
        )


def test_somebody_is_never_placed_where_he_cannot_come(x):
    forum = building.invited(x, number=2)
    with scope(x.house.province.path):
        actions.excuse(
            forum=forum,
            organisation=x.institute,
            person=x.outsider,
            slots=[building.slot(forum, 1)],
            reason="在路上",
            by=x.by,
        )
    actions.timetable(forum=forum, seconds=10, by=x.by)
    assert Place.objects.get(meeting__expert__name="孙三").slot.index == 2


def test_an_impossible_forum_names_whom_it_concerns_and_keeps_the_former_timetable(x):
    forum = timed(x)
    kept = set(Place.objects.values_list("pk", flat=True))
    actions.excuse(
        forum=forum,
        organisation=x.house.enterprise,
        slots=[building.slot(forum, index) for index in (1, 2, 3, 4)],
        by=x.by,
    )
    forum = actions.timetable(forum=forum, seconds=10, by=x.by)
    assert forum.status == TimetableStatus.INFEASIBLE
    assert any("丑厂" in conflict for conflict in forum.conflicts)
    assert set(Place.objects.values_list("pk", flat=True)) == kept
    assert any("丑厂" in text for text in queries.violations(forum))


def test_a_result_for_another_forum_than_the_present_one_is_refused(x):
    forum = building.invited(x)
    solution = timetabling.solve(timetabling.event_of(forum), seconds=10, seed=0)
    Meeting.objects.first().delete()
    with pytest.raises(actions.ForumRefused, match="再排一次"):
        timing._keep(forum, solution, x.by)


def test_a_forum_without_meetings_says_what_to_do_first(x):
    with pytest.raises(actions.ForumRefused, match="先分派或推荐"):
        actions.timetable(forum=building.open_forum(x), by=x.by)


def test_the_job_timetables_and_tells_how_it_went(x):
    forum = building.invited(x)
    job = actions.timetable_later(forum=forum, seconds=10, by=x.by)
    tasks.run(job.pk, job.org_path)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.message) == ("done", "已排定，证明最优")
    assert done.result == {"status": "optimal", "breaks": 0, "bound": 0}
    assert Place.objects.count() == 2


def test_run_again_after_a_crash_the_job_leaves_one_timetable(x):
    forum = building.invited(x)
    job = actions.timetable_later(forum=forum, seconds=10, by=x.by)
    tasks.run(job.pk, job.org_path)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    tasks.run(job.pk, job.org_path)
    assert (Place.objects.count(), queries.appointments(company(x)).count()) == (2, 2)


@pytest.mark.parametrize(("found", "state"), [(True, "done"), (False, "cancelled")])
def test_cancelling_the_job_uses_the_best_so_far_when_there_is_one(x, monkeypatch, found, state):
    forum = building.invited(x)
    best = timetabling.solve(timetabling.event_of(forum), seconds=10, seed=0)
    none = timetabling.Solution(TimetableStatus.UNKNOWN, None, 0, (), ())

    def search(event, *, seconds, seed, progress):
        assert progress(timetabling.Progress(1, 0, 1.0))
        jobs.cancel(job=job, by=x.by)
        assert not progress(timetabling.Progress(0, 0, 2.0))
        return best if found else none

    monkeypatch.setattr(timetabling, "solve", search)
    job = actions.timetable_later(forum=forum, seconds=10, by=x.by)
    tasks.run(job.pk, job.org_path)
    ended = Job.objects.get(pk=job.pk)
    assert ended.state == state
    assert Place.objects.exists() == found
    assert ("提前停止" in ended.message) == found


def test_a_slot_of_another_forum_cannot_be_asked_for(x):
    building.invited(x)
    other = building.open_forum(x, code="DJ-02")
    with pytest.raises(actions.ForumRefused, match="本场的时段"):
        actions.fix(meeting=Meeting.objects.first(), slot=building.slot(other, 1), by=x.by)


def test_the_frame_can_be_amended_and_says_what_no_longer_fits(x):
    forum = timed(x)
    Place.objects.update(table=2)
    forum = actions.amend_forum(
        forum=forum, tables=1, fairness=1, per_demand=1, per_expert=1, place="新址", by=x.by
    )
    assert (forum.place, forum.tables) == ("新址", 1)
    assert queries.violations(forum)
    with pytest.raises(actions.ForumRefused, match="至少 1 张"):
        actions.amend_forum(
            forum=forum, tables=0, fairness=1, per_demand=1, per_expert=1, place="新址", by=x.by
        )


@pytest.mark.parametrize(
    ("more", "says"),
    [({"number": 0}, "至少要有"), ({"tables": 0}, "至少要有"), ({"code": "DJ-01"}, "已经用过")],
)
def test_a_forum_that_cannot_be_is_refused(x, more, says):
    building.open_forum(x, code="DJ-01")
    with pytest.raises(actions.ForumRefused, match=says):
        building.open_forum(x, **{"code": "DJ-09", **more})


def test_checking_in_twice_counts_once(x):
    forum = building.open_forum(x)
    first = actions.check_in(
        forum=forum, name="赵一", unit="丑厂", kind="企业代表", entrance="一号门", by=x.by
    )
    again = actions.check_in(
        forum=forum, name=" 赵一 ", unit="丑厂", kind="企业代表", entrance="二号门", by=x.by
    )
    assert (again.pk, again.entrance, Attendance.objects.count()) == (first.pk, "一号门", 1)
    assert Event.objects.filter(verb="签到").count() == 1
    second = actions.check_in(forum=forum, name="钱二", unit="丑厂", kind="媒体", by=x.by)
    assert (first.number, second.number) == ("QD-001", "QD-002")
    assert [(kind.name, kind.number) for kind in queries.kinds_that_came(forum, x.by)] == [
        ("企业代表", 1),
        ("媒体", 1),
    ]


def test_a_correction_may_not_make_one_person_of_two(x):
    forum = building.open_forum(x)
    actions.check_in(forum=forum, name="赵一", unit="丑厂", kind="企业代表", by=x.by)
    other = actions.check_in(forum=forum, name="赵衣", unit="丑厂", kind="企业代表", by=x.by)
    with pytest.raises(actions.ForumRefused, match="已经签到过"):
        actions.correct_attendance(attendance=other, name="赵一", unit="丑厂", kind="企业代表", by=x.by)
    right = actions.correct_attendance(attendance=other, name="钱二", unit="丑厂", kind="媒体", by=x.by)
    assert (right.name, right.kind) == ("钱二", "媒体")


def test_only_those_who_manage_forums_do(x):
    forum = timed(x)
    meeting, leader = Meeting.objects.first(), x.house.leader()
    for act in (
        lambda: actions.invite(forum=forum, by=leader),
        lambda: actions.timetable(forum=forum, by=leader),
        lambda: actions.timetable_later(forum=forum, by=leader),
        lambda: actions.fix(meeting=meeting, slot=building.slot(forum, 1), by=leader),
        lambda: actions.unfix(meeting=meeting, by=leader),
        lambda: actions.excuse(forum=forum, organisation=x.lab, slots=[], by=leader),
    ):
        with pytest.raises(actions.ForumRefused, match="经纪人"):
            act()
    with pytest.raises(actions.ForumRefused, match="会务"):
        actions.check_in(forum=forum, name="甲", unit="乙", kind="丙", by=company(x))


def test_a_calendar_holds_the_meetings_of_one_participant(x):
    timed(x)
    made = Calendar.from_ical(queries.ics(Participant.objects.get(name="孙三"), x.by))
    (entry,) = made.walk("VEVENT")
    assert str(entry["summary"]) == "洽谈：试验丑厂"
    place = Place.objects.get(meeting__expert__name="孙三")
    assert entry.decoded("dtstart") == datetime.datetime.combine(
        datetime.date(2020, 6, 12), place.slot.starts, datetime.UTC
    ) - datetime.timedelta(hours=8)
    with scope(x.institute.path):
        theirs = Actor(org=x.institute, role=Role.EXPERT, user_id=None, name="孙三")
        (told,) = Calendar.from_ical(queries.ics_told(theirs)).walk("VEVENT")
    assert told["uid"] == entry["uid"]


def test_lines_are_rows_of_the_timetable_in_its_order(x):
    forum = timed(x)
    lines = queries.lines(forum, x.by)
    assert [line.starts for line in lines] == sorted(line.starts for line in lines)
    assert {line.expert for line in lines} == {"孙三（省材料所）", "试验市检测中心"}
    of = Participant.objects.get(name="孙三")
    assert [line.expert for line in queries.lines(forum, x.by, of=of)] == ["孙三（省材料所）"]


def test_lists_cost_one_query_whatever_their_length(x, django_assert_num_queries):
    forum = timed(x)
    (counted,) = queries.forums(x.by)
    assert (counted.arranged, counted.placed, counted.came) == (2, 2, 0)
    for query in (
        lambda: [(one.org.name, one.placed) for one in queries.forums(x.by)],
        lambda: queries.lines(forum, x.by),
        lambda: [(str(one), one.match.demand_id) for one in queries.meetings(forum, x.by)],
        lambda: [(one.full_name, one.placed) for one in queries.participants(forum, x.by)],
    ):
        with django_assert_num_queries(1):
            query()


def test_a_sister_city_sees_no_forum(x):
    forum = timed(x)
    with scope(x.house.sister.path):
        assert not queries.forums(x.by).exists()
        assert queries.lines(forum, x.by) == []
