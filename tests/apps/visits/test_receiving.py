"""What a phone sends is recorded once, with everything told and given, however often it is sent."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Person
from hearth.apps.messages.models import Message
from hearth.apps.visits import actions, queries
from hearth.apps.visits.actions import Given, Picture, VisitRefused
from hearth.apps.visits.models import Case, Gift, Visit, VisitFile, VisitSuggestion
from hearth.apps.visits.states import CaseState, Shown
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building, races
from tests.apps.visits import writing


@dataclass(frozen=True)
class Ready:
    house: houses.House
    campaign: Campaign


@pytest.fixture
def ready(db: None) -> Iterator[Ready]:
    house = houses.build()
    with scope(house.city.path):
        yield Ready(house, building.start(house))


def test_a_visit_comes_with_all_that_was_told_and_given(ready: Ready) -> None:
    house = ready.house
    visit = actions.receive(
        entry=writing.entry(
            house,
            ready.campaign,
            difficulties=[writing.difficulty(house)],
            suggestions=["评审早通知", "多走访"],
            gifts=[
                Given(what="慰问信", quantity=1, money=None),
                Given(what="慰问金", quantity=1, money=Decimal(1000)),
            ],
            pictures=[
                Picture(name="现场.png", data=writing.PNG, shows=Shown.PHOTO),
                Picture(name="签名.png", data=writing.PNG, shows=Shown.SIGNATURE),
            ],
        ),
        by=house.officer(),
    )

    assert (visit.number, str(visit), visit.gifts) == ("ZF-001", "吴新（丑厂）", "慰问信、慰问金")
    assert (visit.place, visit.manner, visit.recorder, visit.on_behalf_of) == (
        "渠首管理站",
        "home",
        "干事甲",
        "市委主要领导",
    )
    case = Case.objects.get()
    assert (case.number, case.state, case.person) == ("KN-001", CaseState.ASSIGNED, house.person)
    assert [one.number for one in VisitSuggestion.objects.all()] == ["JY-001", "JY-002"]
    assert Gift.objects.get(what="慰问金").money == 1000
    assert set(VisitFile.objects.values_list("shows", "file__name")) == {
        ("photo", "现场.png"),
        ("signature", "签名.png"),
    }
    told = Message.objects.get(name="赵一")
    assert (told.subject, told.text) == ("走访时听到一件困难，请在6月24日前答复", "缺标定水槽（吴新）")


def test_sent_again_it_is_the_same_visit_and_nothing_is_added(ready: Ready) -> None:
    sent = writing.entry(ready.house, ready.campaign, difficulties=[writing.difficulty(ready.house)])
    first = actions.receive(entry=sent, by=ready.house.officer())
    again = actions.receive(entry=sent, by=ready.house.officer())

    assert first == again
    assert (Visit.objects.count(), Case.objects.count(), Person.objects.filter(name="吴新").count()) == (
        1,
        1,
        1,
    )


def test_a_person_who_is_known_is_not_added_again(ready: Ready) -> None:
    for _ in range(2):
        actions.receive(entry=writing.entry(ready.house, ready.campaign), by=ready.house.officer())
    assert Person.objects.filter(name="吴新", org=ready.house.enterprise).count() == 1
    assert list(Visit.objects.order_by("pk").values_list("number", flat=True)) == ["ZF-001", "ZF-002"]


def test_a_picture_that_is_none_is_refused_with_its_name_and_nothing_is_kept(ready: Ready) -> None:
    sent = writing.entry(
        ready.house,
        ready.campaign,
        pictures=[Picture(name="照片.txt", data="不是照片".encode(), shows=Shown.PHOTO)],
    )
    with pytest.raises(VisitRefused, match="不是照片"):
        actions.receive(entry=sent, by=ready.house.officer())
    assert not Visit.objects.exists()


def test_the_database_keeps_a_key_once(ready: Ready) -> None:
    visit = actions.receive(entry=writing.entry(ready.house, ready.campaign), by=ready.house.officer())
    other = actions.receive(entry=writing.entry(ready.house, ready.campaign), by=ready.house.officer())
    with pytest.raises(IntegrityError, match="visit_kept_once"), transaction.atomic():
        Visit.objects.filter(pk=other.pk).update(key=visit.key)


def test_a_private_difficulty_lies_apart_and_the_database_keeps_it_so(ready: Ready) -> None:
    house = ready.house
    visit = actions.receive(
        entry=writing.entry(house, ready.campaign, difficulties=[writing.secret(house)]), by=house.officer()
    )
    case = visit.cases.get()
    assert (case.private, str(case)) == (True, "保密的困难，内容另存")
    assert case.confidence.text == writing.SECRET
    assert not queries.cases(house.leader(), search="腰伤").exists()
    assert not Message.objects.filter(text__contains="腰伤").exists()
    with pytest.raises(IntegrityError, match="private_case_says_nothing"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(text=writing.SECRET)
    with pytest.raises(IntegrityError, match="private_case_says_nothing"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(answer="医院已经联系好")


@pytest.fixture
def twice(committed: str):
    """Two connections send the same visit at the same moment; what they raised, and how many of each there are."""
    house = houses.build()
    with scope(house.city.path):
        campaign = building.start(house)
    sent = writing.entry(house, campaign, key=uuid.uuid4(), difficulties=[writing.difficulty(house)])

    def run() -> tuple[list[str], int, int]:
        def act() -> object:
            return actions.receive(entry=replace(sent), by=house.officer())

        raised = races.together(house.city.path, act, act)
        with scope(house.city.path):
            return (
                [type(one).__name__ for one in raised if one],
                Visit.objects.count(),
                Case.objects.count(),
            )

    return run


def test_the_same_visit_sent_twice_at_once_is_one_visit(twice) -> None:
    assert twice() == ([], 1, 1)


def _without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    from hearth.apps.visits.actions import receiving

    monkeypatch.setattr(QuerySet, "select_for_update", races.unlocked)
    monkeypatch.setattr(receiving, "_record", _after_both(receiving._record))


def _after_both(function):
    ready = races.meeting(lambda: None)

    def met(*args, **kwargs):
        ready()
        return function(*args, **kwargs)

    return met


def test_where_the_lock_is_missed_the_database_keeps_one(twice, monkeypatch: pytest.MonkeyPatch) -> None:
    _without_lock(monkeypatch)
    _raised, visits, cases = twice()
    assert (visits, cases) == (1, 1)


def test_control_without_lock_and_constraints_it_is_kept_twice(
    twice, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_lock(monkeypatch)
    for table, name in (
        ("visits_visit", "visit_kept_once"),
        ("visits_visit", "visit_number_once"),
        ("visits_case", "case_number_once"),
        ("directory_person", "person_once_per_organisation"),
    ):
        races.drop_constraint(table, name)
    assert twice() == ([], 2, 2)
