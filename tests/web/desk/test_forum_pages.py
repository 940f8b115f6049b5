"""Forums, their timetable, attendance and agreements on the desk."""

import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.apps.agreements import actions as agreements
from hearth.apps.agreements.models import Agreement, Clause
from hearth.apps.agreements.states import AgreementKind, ClauseState
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State
from hearth.apps.meetings import actions
from hearth.apps.meetings.models import Absence, Attendance, Forum, Meeting, Participant, Place, Slot
from hearth.lib.wall import scope
from hearth.web.desk import timetable_grid as grids
from tests.apps.exchange import building as exchanges
from tests.apps.exchange.building import Exchange
from tests.apps.meetings import building
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
MANAGERS = {Role.OFFICER, Role.BROKER}


@pytest.fixture
def exchange(db) -> Exchange:
    return exchanges.build()


@pytest.fixture
def forum(exchange: Exchange) -> Forum:
    """A forum with its timetable."""
    with scope(exchange.house.city.path):
        return actions.timetable(forum=building.invited(exchange), seconds=5, by=exchange.by)


@pytest.fixture
def broker(exchange: Exchange) -> Client:
    return visitor(Role.BROKER, exchange.house.city)


@pytest.fixture
def inside(exchange: Exchange):
    with scope(exchange.house.city.path):
        yield


def text(client: Client, page: str, *args: int, **query: object) -> str:
    answer = client.get(reverse(page, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sign(exchange: Exchange, number: str = "XY-1") -> Agreement:
    house = exchange.house
    promise = agreements.Promise(
        number=f"{number}-1",
        clause="第三条",
        text="提供2吨样品",
        lead=house.enterprise,
        person=house.person,
        due=datetime.date(2020, 6, 30),
    )
    return agreements.sign_agreement(
        campaign=exchange.campaign,
        number=number,
        name="试验合作协议",
        kind=AgreementKind.FRAMEWORK,
        signed_on=datetime.date(2020, 6, 12),
        parties=[house.city, house.enterprise],
        promises=[promise],
        by=exchange.by,
    )


@pytest.mark.parametrize(
    "page", ["forums", "forum", "forum_cards", "forum_file", "attendances", "place", "calendar"]
)
def test_a_forum_opens_for_those_who_see_the_exchange(exchange: Exchange, forum: Forum, page: str, inside):
    place = Place.objects.filter(forum=forum).first()
    args = {"forums": [], "place": [place.pk], "calendar": [place.meeting.company_id]}.get(page, [forum.pk])

    answers = {
        role: visitor(role, exchange.house.city).get(reverse(f"desk:{page}", args=args)).status_code
        for role in Role
    }

    assert answers == {
        role: 200 if role in {Role.LEADER, Role.OFFICER, Role.BROKER} else 403 for role in Role
    }


@pytest.mark.parametrize("page", ["forum_assign", "forum_invite", "forum_run", "check_in"])
def test_only_brokers_and_officers_arrange_a_forum(exchange: Exchange, forum: Forum, page: str):
    address = reverse(f"desk:{page}", args=[forum.pk])

    answers = {role: visitor(role, exchange.house.city).post(address).status_code for role in Role}

    assert answers == {role: 302 if role in MANAGERS else 403 for role in Role}


def test_the_grid_has_a_row_for_each_slot_and_a_column_for_each_table(forum: Forum, broker: Client):
    grid = broker.get(reverse("desk:forum", args=[forum.pk])).context["grid"]

    assert len(grid.rows) == 4
    assert {len(row.cells) for row in grid.rows} == {2}
    assert sum(cell.place is not None for row in grid.rows for cell in row.cells) == 2


def test_a_table_that_was_taken_away_is_shown_while_somebody_is_placed_there(
    forum: Forum, broker: Client, inside
):
    Place.objects.filter(forum=forum).update(table=2)
    Forum.objects.filter(pk=forum.pk).update(tables=1)

    assert broker.get(reverse("desk:forum", args=[forum.pk])).context["grid"].tables == (1, 2)


def test_slots_between_two_meetings_are_told_as_waiting():
    company, expert, other = (
        Participant(pk=pk, name=name) for pk, name in ((1, "甲厂"), (2, "乙工"), (3, "丙工"))
    )
    slots = [
        Slot(pk=at, index=at, starts=datetime.time(8 + at), ends=datetime.time(9 + at)) for at in (1, 2, 3)
    ]
    places = [
        Place(pk=at, slot=slots[at], table=1, meeting=Meeting(company=company, expert=one))
        for at, one in ((0, expert), (2, other))
    ]

    grid = grids.grid(slots, places, 1, None)

    assert [row.waiting for row in grid.rows] == [(), (company,), ()]


def test_the_page_says_the_breaks_and_the_proven_bound(forum: Forum, broker: Client):
    assert f"空等 <b>{forum.breaks}</b> 次，已证明不可能少于 <b>{forum.bound}</b> 次" in text(
        broker, "desk:forum", forum.pk
    )


def test_a_followed_person_is_marked_in_the_grid_and_has_a_card(forum: Forum, broker: Client, inside):
    person = Participant.objects.get(forum=forum, name="孙三")

    answer = broker.get(reverse("desk:forum", args=[forum.pk]), {"who": person.pk})

    assert answer.context["day"].participant == person
    followed = [cell for row in answer.context["grid"].rows for cell in row.cells if cell.is_followed]
    assert len(followed) == len(answer.context["day"].meetings) == 1


def test_the_workbook_lists_meetings_by_time_and_by_person(forum: Forum, broker: Client):
    answer = broker.get(reverse("desk:forum_file", args=[forum.pk]))

    book = load_workbook(BytesIO(answer.content), read_only=True)
    assert book.sheetnames == ["按时间", "按人"]
    assert [len(list(sheet.iter_rows())) for sheet in book] == [3, 5]


def test_a_calendar_holds_the_meetings_of_one_participant(forum: Forum, broker: Client, inside):
    person = Participant.objects.get(forum=forum, name="孙三")

    answer = broker.get(reverse("desk:calendar", args=[person.pk]))

    assert answer.content.count(b"BEGIN:VEVENT") == 1


def test_a_timetable_is_asked_for_as_a_job_that_the_page_shows(forum: Forum, broker: Client, inside):
    broker.post(reverse("desk:forum_run", args=[forum.pk]))

    job = Job.objects.get(task="meetings.timetable", state=State.WAITING)
    page = text(broker, "desk:forum", forum.pk)
    assert reverse("desk:job_cancel", args=[job.pk]) in page
    assert f'hx-get="{reverse("desk:job", args=[job.pk])}"' in page


def test_a_page_that_shows_an_ended_job_is_loaded_anew(forum: Forum, broker: Client, inside):
    broker.post(reverse("desk:forum_run", args=[forum.pk]))
    job = Job.objects.get(task="meetings.timetable")
    assert broker.post(reverse("desk:job_cancel", args=[job.pk])).url == reverse(
        "desk:forum", args=[forum.pk]
    )

    answer = broker.get(reverse("desk:job", args=[job.pk]), headers={"HX-Request": "true"})

    assert answer["HX-Refresh"] == "true"


def test_conflicts_are_told_by_name(forum: Forum, broker: Client, inside):
    person = Participant.objects.get(forum=forum, name="孙三")
    every = [slot.pk for slot in Slot.objects.filter(forum=forum)]
    broker.post(reverse("desk:excuse", args=[person.pk]), {"slots": every, "reason": "出差"})
    actions.timetable(forum=forum, seconds=5, by=Actor.house(forum.org))

    page = text(broker, "desk:forum", forum.pk)

    assert "处排不下" in page
    assert "孙三" in Forum.objects.get(pk=forum.pk).conflicts[0]
    assert Forum.objects.get(pk=forum.pk).conflicts[0] in page


def test_absences_are_kept_for_a_person_from_beyond_the_wall(forum: Forum, broker: Client, inside):
    person = Participant.objects.get(forum=forum, name="孙三")
    slot = building.slot(forum, 1)

    answer = broker.post(reverse("desk:excuse", args=[person.pk]), {"slots": [slot.pk], "reason": "出差"})

    assert answer.url.endswith(f"?who={person.pk}#card")
    assert [one.slot_id for one in Absence.objects.filter(participant=person)] == [slot.pk]


def test_a_timetable_that_no_longer_fits_says_so(forum: Forum, broker: Client, inside):
    place = Place.objects.filter(forum=forum).select_related("slot").first()
    broker.post(reverse("desk:excuse", args=[place.meeting.company_id]), {"slots": [place.slot_id]})

    assert "这张时间表要再排" in text(broker, "desk:forum", forum.pk)


def test_a_meeting_is_fixed_and_set_free_again(forum: Forum, broker: Client, inside):
    meeting = Meeting.objects.filter(forum=forum).first()
    slot = building.slot(forum, 3)

    broker.post(reverse("desk:meeting_fix", args=[meeting.pk]), {"slot": slot.pk})
    assert Meeting.objects.get(pk=meeting.pk).fixed_slot_id == slot.pk

    broker.post(reverse("desk:meeting_unfix", args=[meeting.pk]))
    assert Meeting.objects.get(pk=meeting.pk).fixed_slot_id is None


def test_the_frame_of_a_forum_is_amended_through_its_form(forum: Forum, broker: Client, inside):
    given = {"place": "试验礼堂", "tables": 3, "fairness": 1, "per_demand": 1, "per_expert": 2}

    broker.post(reverse("desk:forum_edit", args=[forum.pk]), given)

    found = Forum.objects.get(pk=forum.pk)
    assert {name: getattr(found, name) for name in given} == given


def test_the_same_person_at_the_door_twice_is_counted_once(forum: Forum, broker: Client, inside):
    for _time in range(2):
        broker.post(
            reverse("desk:check_in", args=[forum.pk]), {"name": "李四", "unit": "丑厂", "kind": "企业"}
        )

    assert "签到：1 人" in text(broker, "desk:attendances", forum.pk)


def test_an_attendance_is_corrected_through_its_form(forum: Forum, broker: Client, inside):
    came = actions.check_in(forum=forum, name="李四", unit="丑厂", kind="企业", by=Actor.house(forum.org))
    address = reverse("desk:attendance", args=[came.pk])

    broker.post(address, {"name": "李思", "unit": "丑厂", "kind": "企业"})

    assert Attendance.objects.get(pk=came.pk).name == "李思"


def more(exchange: Exchange, forum: Forum, number: int) -> None:
    by = Actor.house(forum.org)
    for at in range(number):
        came = f"{number}{at}"
        actions.check_in(forum=forum, name=f"李{came}", unit="丑厂", kind=f"类{came}", by=by)
        building.open_forum(exchange, code=f"DJ-{came}")
        sign(exchange, f"XY-{came}")


@pytest.mark.parametrize("page", ["forums", "attendances", "agreements"])
def test_more_rows_ask_no_more_questions(exchange: Exchange, forum: Forum, broker: Client, page: str, inside):
    address = reverse(f"desk:{page}", args=[forum.pk] if page == "attendances" else [])
    more(exchange, forum, 1)
    broker.get(address)
    with CaptureQueriesContext(connection) as few:
        broker.get(address)
    more(exchange, forum, 3)
    with CaptureQueriesContext(connection) as many:
        broker.get(address)

    assert len(many) == len(few)


def test_an_agreement_shows_its_parties_and_how_far_it_was_kept(exchange: Exchange, broker: Client, inside):
    page = text(broker, "desk:agreement", sign(exchange).pk)

    assert "甲方 甲市科协" in page
    assert "兑现率 <b>0%</b>：到期的 1 项里完成了 0 项" in page


def test_a_promise_is_kept_with_evidence_and_taken_back(exchange: Exchange, broker: Client, inside):
    clause = sign(exchange).clauses.get()

    broker.post(reverse("desk:clause_fulfil", args=[clause.pk]), {"evidence": "签收单.pdf"})
    assert Clause.objects.get(pk=clause.pk).state == ClauseState.DONE

    broker.post(reverse("desk:clause_reopen", args=[clause.pk]))
    assert Clause.objects.get(pk=clause.pk).state == ClauseState.RUNNING


def test_keeping_without_evidence_is_refused_and_says_so(exchange: Exchange, broker: Client, inside):
    clause = sign(exchange).clauses.get()

    answer = broker.post(reverse("desk:clause_fulfil", args=[clause.pk]), {"evidence": " "}, follow=True)

    assert "完成要写明佐证" in answer.content.decode()


def test_a_promise_is_amended_through_its_form(exchange: Exchange, broker: Client, inside):
    clause = sign(exchange).clauses.get()
    given = {"text": "提供3吨样品", "due": "2020-07-15", "evidence": ""}

    answer = broker.post(reverse("desk:clause", args=[clause.pk]), given, follow=True)

    assert "提供3吨样品" in answer.content.decode()


@pytest.mark.parametrize("page", ["clause_begin", "clause_fulfil", "clause_late", "clause_reopen"])
def test_promises_are_moved_by_those_who_manage_agreements(exchange: Exchange, page: str, inside):
    address = reverse(f"desk:{page}", args=[sign(exchange).clauses.get().pk])

    answers = {role: visitor(role, exchange.house.city).post(address).status_code for role in Role}

    assert answers == {
        role: 302 if role in {Role.LEADER, Role.OFFICER, Role.BROKER} else 403 for role in Role
    }
