"""Contacts of cadres in a quarter, drafts for the exchange, and who is reminded of what."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import actions as directory
from hearth.apps.directory.intake import Names
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import PersonKind, Role
from hearth.apps.exchange import actions as exchange
from hearth.apps.exchange import queries as exchanged
from hearth.apps.exchange.actions import DemandEntry
from hearth.apps.exchange.measures import MEASURES
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.messages.models import Message
from hearth.apps.visits import actions, intake, queries
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.models import CaseReminder, Contact, ContactRule, Visit, Yield
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.visits import writing

LATE_JUNE = datetime.date(2020, 6, 27)


@dataclass(frozen=True)
class Kept:
    house: houses.House
    campaign: Campaign
    scientist: Person
    by: Actor


@pytest.fixture
def kept(db: None) -> Iterator[Kept]:
    """赵一 keeps contact with 吴新."""
    house = houses.build()
    with scope(house.city.path):
        by = house.officer()
        scientist = directory.add_person(org=house.enterprise, name="吴新", kind=PersonKind.SCIENTIST, by=by)
        actions.keep_contact(cadre=house.person, scientist=scientist, by=by)
        yield Kept(house, building.start(house), scientist, by)


def owing(kept: Kept, day: datetime.date = LATE_JUNE) -> list[tuple[str, int, bool]]:
    found = queries.contacts(kept.by, day)
    return [(str(one.scientist), one.visited, one.owing) for one in found]


def visit(kept: Kept, **more: object) -> Visit:
    return actions.receive(entry=writing.entry(kept.house, kept.campaign, **more), by=kept.by)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (datetime.date(2020, 2, 29), datetime.date(2020, 1, 1), datetime.date(2020, 3, 31)),
        (datetime.date(2020, 6, 30), datetime.date(2020, 4, 1), datetime.date(2020, 6, 30)),
        (datetime.date(2020, 9, 1), datetime.date(2020, 7, 1), datetime.date(2020, 9, 30)),
        (datetime.date(2020, 12, 31), datetime.date(2020, 10, 1), datetime.date(2020, 12, 31)),
    ],
)
def test_a_quarter_has_its_first_and_last_day(
    day: datetime.date, first: datetime.date, last: datetime.date
) -> None:
    assert queries.quarter(day) == (first, last)


def test_a_visit_by_the_cadre_counts_by_itself_and_one_without_him_does_not(kept: Kept) -> None:
    assert owing(kept) == [("吴新", 0, True)]
    visit(kept, leader="钱二", companions="")
    assert owing(kept) == [("吴新", 0, True)]
    visit(kept, leader="钱二", companions="赵一、孙三")
    assert owing(kept) == [("吴新", 1, False)]
    assert owing(kept, datetime.date(2020, 7, 1)) == [("吴新", 0, True)]


def test_an_organisation_may_ask_for_more(kept: Kept) -> None:
    visit(kept)
    actions.ask_for_visits(org=kept.house.city, times=2, by=kept.by)
    assert owing(kept) == [("吴新", 1, True)]
    assert queries.times_asked(kept.by) == 2
    with pytest.raises(VisitRefused, match="请填 1 到 12"):
        actions.ask_for_visits(org=kept.house.city, times=0, by=kept.by)
    with pytest.raises(IntegrityError, match="contact_times_within_reason"), transaction.atomic():
        ContactRule.objects.update(times=0)


def test_a_contact_is_kept_once_and_can_be_ended_and_kept_again(kept: Kept) -> None:
    with pytest.raises(VisitRefused, match="已经联系"):
        actions.keep_contact(cadre=kept.house.person, scientist=kept.scientist, by=kept.by)
    with pytest.raises(VisitRefused, match="请另选一位"):
        actions.keep_contact(cadre=kept.house.person, scientist=kept.house.person, by=kept.by)
    actions.end_contact(contact=Contact.objects.get(), by=kept.by)
    assert owing(kept) == []
    actions.keep_contact(cadre=kept.house.person, scientist=kept.scientist, by=kept.by)
    assert len(owing(kept)) == 1
    liaison = Actor(org=kept.house.city, role=Role.LIAISON, user_id=None, name="联络员丁")
    with pytest.raises(VisitRefused, match="联络员丁 的角色不能"):
        actions.end_contact(contact=Contact.objects.get(ended_on=None), by=liaison)


def test_contacts_come_from_a_table_of_names(kept: Kept) -> None:
    names = Names(kept.by)
    names.load()
    reading = building.typed({intake.CONTACTS: "联系干部 科技工作者\n赵一 吴新\n钱二 吴新"})
    assert intake.take_contacts(reading, names) == 1
    assert Contact.objects.count() == 2
    wrong = building.typed({intake.CONTACTS: "联系干部 科技工作者\n赵二 吴新\n钱二 钱二"})
    with pytest.raises(Refused) as refused:
        intake.take_contacts(wrong, building.names_of(kept.house))
    assert "人员表里的姓名" in refused.value.text()
    assert "不能和联系干部是同一个人" in refused.value.text()


def test_near_the_end_of_a_quarter_the_cadre_is_told_once_whom_he_has_not_visited(kept: Kept) -> None:
    actions.remind_of_contacts(LATE_JUNE - datetime.timedelta(days=1))
    assert not Message.objects.exists()
    actions.remind_of_contacts(LATE_JUNE)
    actions.remind_of_contacts(LATE_JUNE)
    told = Message.objects.get()
    assert (told.name, told.text) == ("赵一", "6月30日以前请走访：吴新（丑厂）")


def test_a_reminder_of_a_case_is_filed_with_the_case(kept: Kept) -> None:
    case = visit(kept, difficulties=[writing.difficulty(kept.house)]).cases.get()
    Message.objects.all().delete()
    for day in (20, 21, 21, 24):
        actions.remind_of_cases(building.day(day, 6))
    assert list(CaseReminder.objects.values_list("days_left", "told")) == [(3, "赵一"), (0, "赵一")]
    assert Message.objects.count() == 2
    assert "还有 3 天：缺标定水槽" in Message.objects.last().text
    actions.settle(case=case, answer="有了", by=kept.by)
    actions.remind_of_cases(building.day(25, 6))
    assert CaseReminder.objects.count() == 2
    with pytest.raises(IntegrityError, match="case_reminded_once_a_day"), transaction.atomic():
        CaseReminder.objects.update(day=building.day(21, 6))


def test_a_visit_drafts_a_demand_that_counts_and_matches_only_when_completed(kept: Kept) -> None:
    found = visit(kept, difficulties=[writing.difficulty(kept.house), writing.secret(kept.house)])
    draft = actions.draft_demand(visit=found, by=kept.by)
    assert (draft.title, draft.problem, draft.org, draft.contact, draft.is_draft) == (
        "缺标定水槽",
        "缺标定水槽",
        kept.house.enterprise,
        kept.scientist,
        True,
    )
    assert actions.draft_demand(visit=found, by=kept.by) == draft
    assert Demand.objects.count() == 1
    assert draft.visited.visit == found
    assert exchanged.to_match(kept.by, kept.campaign) == ([], [])
    demands = next(one for one in MEASURES if one.key == "exchange.demands")
    assert not demands.records(kept.campaign.pk).exists()

    entry = DemandEntry(
        number=draft.number, title="水槽", field="水利", problem="缺", indicators="±1%", keywords="标定"
    )
    exchange.amend_demand(demand=draft, entry=entry, by=kept.by)
    assert exchanged.to_match(kept.by, kept.campaign)[0] == [draft]
    assert demands.records(kept.campaign.pk).count() == 1


def test_a_visit_drafts_the_entry_of_an_expert(kept: Kept) -> None:
    found = visit(kept)
    draft = actions.draft_expert(visit=found, by=kept.by)
    assert (draft.holder, draft.provider, draft.is_draft) == ("吴新", kept.house.enterprise, True)
    assert draft.text == "样机试用 4 个月\n报漏 11 次"
    assert actions.draft_expert(visit=found, by=kept.by) == draft
    assert Offer.objects.count() == 1
    other = visit(kept)
    actions.draft_expert(visit=other, by=kept.by)
    with pytest.raises(IntegrityError, match="visit_yields_each_kind_once"), transaction.atomic():
        Yield.objects.filter(visit=other).update(visit=found)
    with pytest.raises(IntegrityError, match="yield_is_what_its_kind_says"), transaction.atomic():
        Yield.objects.update(kind="demand")
