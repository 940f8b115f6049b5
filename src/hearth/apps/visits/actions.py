"""Keeping visits, and seeing every difficulty told there through to an answer."""

import datetime
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.visits import rules
from hearth.apps.visits.models import Case, Visit, VisitSuggestion
from hearth.apps.visits.states import CLOSED, CaseKind, CaseState, Satisfaction, VisitedKind


class VisitRefused(Exception):
    """Something that cannot be recorded of a visit; the message says what would be right."""


class VisitChanges(TypedDict, total=False):
    """What may be corrected in a visit."""

    visited_on: datetime.date
    person: Person
    unit: Organisation
    title: str
    field: str
    kind: str
    leader: str
    on_behalf_of: str
    companions: str
    progress: str
    gifts: str
    may_publish: bool


@transaction.atomic
def record(
    *,
    campaign: Campaign,
    number: str,
    visited_on: datetime.date,
    person: Person,
    unit: Organisation,
    leader: str,
    progress: str,
    title: str = "",
    field: str = "",
    kind: VisitedKind | None = None,
    on_behalf_of: str = "",
    companions: str = "",
    gifts: str = "",
    may_publish: bool = False,
    by: Actor,
) -> Visit:
    _may_record(by)
    with _number_explained(number):
        visit: Visit = Visit.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            visited_on=visited_on,
            person=person,
            unit=unit,
            title=title,
            field=field,
            kind=kind or "",
            leader=leader,
            on_behalf_of=on_behalf_of,
            companions=companions,
            progress=progress,
            gifts=gifts,
            may_publish=may_publish,
        )
    audit.record("记录走访", visit, by=by)
    return visit


@transaction.atomic
def amend(*, visit: Visit, by: Actor, **changes: Unpack[VisitChanges]) -> Visit:
    _may_record(by)
    return campaigns.amend(record=visit, changes=changes, verb="更正走访", by=by)


@transaction.atomic
def suggest(*, visit: Visit, number: str, text: str, by: Actor) -> VisitSuggestion:
    """Keep a suggestion heard on a visit."""
    _may_record(by)
    with _number_explained(number):
        suggestion: VisitSuggestion = VisitSuggestion.objects.create(
            org=visit.org, campaign_id=visit.campaign_id, visit=visit, number=number, text=text
        )
    audit.record("记录建议", suggestion, by=by)
    return suggestion


@transaction.atomic
def tell(
    *,
    visit: Visit,
    number: str,
    text: str,
    kind: CaseKind,
    handled_by: Organisation,
    person: Person,
    due: datetime.date,
    state: CaseState = CaseState.COLLECTED,
    answer: str = "",
    satisfaction: Satisfaction | None = None,
    by: Actor,
) -> Case:
    """Keep a difficulty told on a visit; from now on it is a case with an owner and a deadline."""
    _may_record(by)
    if state in CLOSED:
        _refuse_without_answer(answer)
    elif satisfaction:
        raise VisitRefused("还没有办结，不能填满意度。")
    with _number_explained(number):
        case: Case = Case.objects.create(
            org=visit.org,
            campaign_id=visit.campaign_id,
            visit=visit,
            number=number,
            text=text,
            kind=kind,
            handled_by=handled_by,
            person=person,
            due=due,
            state=state,
            answer=answer,
            satisfaction=satisfaction or "",
        )
    audit.record("收集困难", case, by=by)
    return case


@transaction.atomic
def assign(*, case: Case, handled_by: Organisation, person: Person, due: datetime.date, by: Actor) -> Case:
    """Hand a case to an organisation and one person, with a deadline."""
    case = _step(case, CaseState.ASSIGNED, by)
    case.handled_by, case.person, case.due = handled_by, person, due
    case.save()
    audit.record("交办", case, by=by, to=handled_by.short_name)
    return case


@transaction.atomic
def begin(*, case: Case, by: Actor) -> Case:
    """The assigned organisation has started on it."""
    case = _step(case, CaseState.HANDLING, by)
    case.save()
    audit.record("开始办理", case, by=by)
    return case


@transaction.atomic
def settle(*, case: Case, answer: str, by: Actor) -> Case:
    """Close a case that was solved, with the answer given to the person."""
    return _close(case, CaseState.SETTLED, answer, "办结", by)


@transaction.atomic
def give_up(*, case: Case, answer: str, by: Actor) -> Case:
    """Close a case that cannot be solved; the person is told why."""
    return _close(case, CaseState.UNSOLVABLE, answer, "答复无法解决", by)


@transaction.atomic
def reopen(*, case: Case, by: Actor) -> Case:
    """Go on with a closed case; its answer stays until there is a better one."""
    case = _locked(case, by)
    if case.state not in CLOSED:
        raise VisitRefused("这件困难还在办理，不用重新办理。")
    case.state, case.satisfaction = CaseState.HANDLING, ""
    case.save()
    audit.record("重新办理", case, by=by)
    return case


@transaction.atomic
def rate(*, case: Case, satisfaction: Satisfaction, by: Actor) -> Case:
    """Keep how satisfied the person is with the answer."""
    case = _locked(case, by)
    if case.state not in CLOSED:
        raise VisitRefused("还没有办结，不能填满意度。请先答复本人。")
    case.satisfaction = satisfaction
    case.save()
    audit.record("记录满意度", case, by=by, satisfaction=satisfaction.value)
    return case


def _close(case: Case, state: CaseState, answer: str, verb: str, by: Actor) -> Case:
    _refuse_without_answer(answer)
    case = _step(case, state, by)
    case.answer = answer.strip()
    case.save()
    audit.record(verb, case, by=by)
    return case


def _step(case: Case, state: CaseState, by: Actor) -> Case:
    case = _locked(case, by)
    objection = rules.objection(CaseState(case.state), state)
    if objection:
        raise VisitRefused(objection)
    case.state = state
    return case


def _locked(case: Case, by: Actor) -> Case:
    _may_record(by)
    locked: Case = Case.objects.select_for_update().get(pk=case.pk)
    return locked


def _refuse_without_answer(answer: str) -> None:
    if not answer.strip():
        raise VisitRefused("办结要写答复：怎么解决的，或者为什么解决不了。")


def _may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise VisitRefused(f"{by.name} 的角色不能登记走访，请干事或联络员来做。")


@contextmanager
def _number_explained(number: str) -> Generator[None, None, None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_number_once" not in str(error):
            raise
        raise VisitRefused(f"编号“{number}”已经用过，请换一个。") from error
