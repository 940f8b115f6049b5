"""What was told in confidence: who reads it, what is recorded, where it never stands; and what the person says back."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.accounts.models import User
from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Role
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.messages.models import Message
from hearth.apps.visits import actions, queries
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.measures import MEASURES
from hearth.apps.visits.models import ANSWERED, Case, CaseReply, Visit
from hearth.apps.visits.states import CaseState, Satisfaction
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.visits import writing


@dataclass(frozen=True)
class Told:
    """A visit with a private and an open difficulty; ``handler`` answers for both."""

    house: houses.House
    visit: Visit
    private: Case
    case: Case
    handler: Actor
    by: Actor


@pytest.fixture
def told(db: None) -> Iterator[Told]:
    house = houses.build()
    with scope(house.city.path):
        by = house.officer()
        user = User.objects.create_user(username="handler", name="赵一")
        Person.objects.filter(pk=house.person.pk).update(user=user)
        house.person.refresh_from_db()
        visit = actions.receive(
            entry=writing.entry(
                house,
                building.start(house),
                difficulties=[writing.secret(house), writing.difficulty(house)],
            ),
            by=by,
        )
        private, case = visit.cases.order_by("pk")
        yield Told(house, visit, private, case, actor(house, Role.LIAISON, user.pk), by)


def actor(house: houses.House, role: Role, user_id: int | None = None) -> Actor:
    return Actor(org=house.city, role=role, user_id=user_id, name="某人")


def test_only_the_leader_and_who_handles_it_read_what_was_told_in_confidence(told: Told) -> None:
    readers = {
        role for role in Role if queries.confidences(actor(told.house, role, 999)).filter(case=told.private)
    }
    assert readers == {Role.LEADER}
    assert queries.confidences(told.handler).count() == 1
    for role in set(Role) - readers:
        with pytest.raises(VisitRefused, match="只给责任人和领导看"):
            actions.reveal(case=told.private, by=actor(told.house, role, 999))


def test_reading_it_is_recorded(told: Told) -> None:
    found = actions.reveal(case=told.private, by=told.handler)
    assert found.text == writing.SECRET
    last = Event.objects.first()
    assert last is not None
    assert (last.verb, last.thing, last.thing_id) == ("查看保密内容", "visits.case", str(told.private.pk))


def test_no_measure_list_or_event_says_it(told: Told) -> None:
    subject = told.visit.campaign_id
    said = [str(row) for one in MEASURES for row in one.records(subject)]
    said += [f"{event.verb} {event.detail} {event}" for event in Event.objects.all()]
    said += [f"{one.text} {one.answer}" for one in queries.cases(told.house.leader())]
    assert said
    assert [one for one in said if "腰伤" in one] == []


def test_the_answer_to_a_private_case_is_private_too(told: Told) -> None:
    case = actions.settle(case=told.private, answer="已联系省骨科医院", by=told.by)
    assert (case.answer, case.confidence.answer) == (ANSWERED, "已联系省骨科医院")
    actions.reply(case=case, solved=False, words="手术排不上", by=told.by)
    case.refresh_from_db()
    case.confidence.refresh_from_db()
    assert case.replies.get().words == ""
    assert case.confidence.text.endswith("本人：手术排不上")


def test_the_person_gets_a_link_with_the_answer_and_says_once_that_it_is_solved(told: Told) -> None:
    case = actions.settle(case=told.case, answer="水槽可以预约", by=told.by)
    assert links.of(Purpose.CASE, [case.pk])[case.pk].holder == "吴新"
    assert Message.objects.filter(name="吴新", subject="您反映的困难有了答复").exists()

    actions.reply(case=case, solved=True, satisfaction=Satisfaction.SATISFIED, by=told.by)
    case.refresh_from_db()
    assert (case.state, case.satisfaction) == (CaseState.SETTLED, "satisfied")
    with pytest.raises(VisitRefused, match="已经回复过"):
        actions.reply(case=case, solved=False, words="又坏了", by=told.by)


def test_not_solved_opens_the_case_again_with_the_persons_words_and_tells_who_handles_it(told: Told) -> None:
    case = actions.give_up(case=told.case, answer="没有场地", by=told.by)
    actions.reply(case=case, solved=False, words="邻县有水槽", by=told.by)
    case.refresh_from_db()
    assert (case.state, case.round, case.satisfaction) == (CaseState.HANDLING, 2, "")
    assert case.replies.get().words == "邻县有水槽"
    assert Message.objects.filter(name="赵一", subject="本人说没有解决，请重新办理").exists()
    with pytest.raises(VisitRefused, match="正在办理"):
        actions.reply(case=case, solved=True, satisfaction=Satisfaction.FAIRLY, by=told.by)

    case = actions.settle(case=case, answer="邻县水槽可借", by=told.by)
    actions.reply(case=case, solved=True, satisfaction=Satisfaction.FAIRLY, by=told.by)
    assert list(case.replies.values_list("round", "solved")) == [(1, False), (2, True)]


def test_the_database_keeps_one_reply_a_round_and_a_reason_for_what_cannot_be_solved(told: Told) -> None:
    case = actions.settle(case=told.case, answer="可以预约", by=told.by)
    given = actions.reply(case=case, solved=True, satisfaction=Satisfaction.FAIRLY, by=told.by)
    with pytest.raises(IntegrityError, match="case_replied_once"), transaction.atomic():
        CaseReply(org=case.org, case=case, round=given.round, solved=False).save()
    with pytest.raises(IntegrityError, match="solved_case_is_rated"), transaction.atomic():
        CaseReply.objects.update(satisfaction="")
    with pytest.raises(IntegrityError, match="closed_case_has_an_answer"), transaction.atomic():
        Case.objects.filter(pk=told.private.pk).update(state=CaseState.UNSOLVABLE)
