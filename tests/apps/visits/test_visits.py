"""Visits, and the way of every difficulty told there."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.visits import actions, queries
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.models import Case, Visit
from hearth.apps.visits.states import CaseKind, CaseState, Satisfaction, VisitedKind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building


@dataclass(frozen=True)
class Told:
    house: houses.House
    visit: Visit
    case: Case
    by: Actor


@pytest.fixture
def told(db: None) -> Iterator[Told]:
    """One visit at which one difficulty was told."""
    house = houses.build()
    with scope(house.city.path):
        by = house.officer()
        visit = actions.record(
            campaign=building.start(house),
            number="ZF-1",
            visited_on=building.day(28),
            person=house.person,
            unit=house.enterprise,
            leader="领导乙",
            progress="样机已经做出来",
            kind=VisitedKind.YOUNG,
            by=by,
        )
        yield Told(house, visit, tell(house, visit, "KN-1", by), by)


def tell(house: houses.House, visit: Visit, number: str, by: Actor, **more: object) -> Case:
    return actions.tell(
        visit=visit,
        number=number,
        text="标定设备要到外市去做",
        kind=CaseKind.RESEARCH,
        handled_by=house.city,
        person=house.person,
        due=building.day(15, 6),
        by=by,
        **more,  # type: ignore[arg-type]
    )


def test_a_case_goes_from_told_to_answered_and_rated(told: Told) -> None:
    house = told.house
    case = actions.assign(
        case=told.case, handled_by=house.county, person=house.deputy, due=building.day(20, 6), by=told.by
    )
    assert (case.state, case.handled_by, case.person) == (CaseState.ASSIGNED, house.county, house.deputy)
    case = actions.begin(case=case, by=told.by)
    case = actions.settle(case=case, answer=" 已可预约 ", by=told.by)
    case = actions.rate(case=case, satisfaction=Satisfaction.FAIRLY, by=told.by)
    assert (case.state, case.answer, case.satisfaction) == (CaseState.SETTLED, "已可预约", "fairly")
    own = Event.objects.filter(thing="visits.case", thing_id=str(case.pk))
    assert list(own.values_list("verb", flat=True)) == [
        "记录满意度",
        "发链接",
        "办结",
        "开始办理",
        "交办",
        "收集困难",
    ]


def test_an_answer_that_did_not_help_is_worked_on_again(told: Told) -> None:
    case = actions.give_up(case=told.case, answer="按规定不能", by=told.by)
    case = actions.rate(case=case, satisfaction=Satisfaction.NOT, by=told.by)
    case = actions.reopen(case=case, by=told.by)
    assert (case.state, case.satisfaction) == (CaseState.HANDLING, "")
    with pytest.raises(VisitRefused, match="不用重新办理"):
        actions.reopen(case=case, by=told.by)


def test_a_step_that_is_none_names_those_that_are(told: Told) -> None:
    with pytest.raises(
        VisitRefused, match="现在是“收集”，不能改为“办理中”；下一步可以是：交办、已办结、无法解决"
    ):
        actions.begin(case=told.case, by=told.by)
    case = actions.settle(case=told.case, answer="已解决", by=told.by)
    with pytest.raises(VisitRefused, match="请先重新办理"):
        actions.settle(case=case, answer="又解决", by=told.by)


def test_nothing_is_settled_without_an_answer_nor_rated_before(told: Told) -> None:
    with pytest.raises(VisitRefused, match="办结要写答复"):
        actions.settle(case=told.case, answer=" ", by=told.by)
    with pytest.raises(VisitRefused, match="请先答复本人"):
        actions.rate(case=told.case, satisfaction=Satisfaction.NOT, by=told.by)
    with pytest.raises(VisitRefused, match="不能填满意度"):
        tell(told.house, told.visit, "KN-2", told.by, satisfaction=Satisfaction.NOT)
    with pytest.raises(VisitRefused, match="办结要写答复"):
        tell(told.house, told.visit, "KN-2", told.by, state=CaseState.SETTLED)


def test_the_database_keeps_an_answer_on_every_closed_case(told: Told) -> None:
    with pytest.raises(IntegrityError, match="closed_case_has_an_answer"), transaction.atomic():
        Case.objects.update(state=CaseState.SETTLED)


def test_a_visit_is_corrected_and_the_fields_are_audited(told: Told) -> None:
    visit = actions.amend(visit=told.visit, gifts="图书", may_publish=True, by=told.by)
    assert (visit.gifts, visit.may_publish, visit.leader) == ("图书", True, "领导乙")
    last = Event.objects.first()
    assert last is not None
    assert (last.verb, last.detail) == ("更正走访", {"fields": ["gifts", "may_publish"]})


def test_a_used_number_is_refused(told: Told) -> None:
    with pytest.raises(VisitRefused, match="“KN-1”已经用过"):
        tell(told.house, told.visit, "KN-1", told.by)
    actions.suggest(visit=told.visit, number="JY-1", text="开放设备", by=told.by)
    with pytest.raises(VisitRefused, match="“JY-1”已经用过"):
        actions.suggest(visit=told.visit, number="JY-1", text="开放设备", by=told.by)


def test_a_broker_records_nothing(told: Told) -> None:
    broker = Actor(org=told.house.city, role=Role.BROKER, user_id=None, name="经纪人丙")
    with pytest.raises(VisitRefused, match="经纪人丙 的角色不能"):
        actions.amend(visit=told.visit, gifts="图书", by=broker)


def test_lists_are_searched_filtered_and_counted_within_the_tree(told: Told) -> None:
    by = told.by
    actions.suggest(visit=told.visit, number="JY-1", text="开放设备", by=by)
    tell(told.house, told.visit, "KN-2", by, state=CaseState.SETTLED, answer="已解决")
    visit = queries.visits(by, kind="young", search="样机").get()
    assert (visit.case_count, visit.open_count, visit.suggestion_count) == (2, 1, 1)  # type: ignore[attr-defined]
    assert queries.visits(by, kind="retired").count() == 0
    assert [case.number for case in queries.cases(by, overdue_on=building.day(16, 6))] == ["KN-1"]
    assert queries.cases(by, overdue_on=building.day(15, 6)).count() == 0
    assert [case.number for case in queries.cases(by, state="settled", search="赵一")] == ["KN-2"]
    page = queries.told(by, pk=visit.pk)
    assert page is not None
    assert ([case.number for case in page.cases], len(page.suggestions)) == (["KN-1", "KN-2"], 1)
    county = told.house.officer(told.house.county)
    assert queries.told(county, pk=visit.pk) is None
    assert queries.cases(county).count() == queries.suggestions(county).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_one_question_whatever_their_length(
    told: Told, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(2, rows + 1):
        tell(told.house, told.visit, f"KN-{number}", told.by)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = list(queries.cases(told.by))
        assert len([f"{case.visit} {case.handled_by} {case.person}" for case in found]) == rows
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [str(visit) for visit in queries.visits(told.by)] == ["赵一（丑厂）"]
