"""Seeing every difficulty told on a visit through to an answer, and to what the person says to it."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.links import actions as links
from hearth.apps.links.actions import Holder
from hearth.apps.links.states import Purpose
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.visits import queries, rules
from hearth.apps.visits.actions.steps import VisitRefused, may_record, number_explained
from hearth.apps.visits.models import ANSWERED, WITHHELD, Case, CaseReply, Confidence, Gift, Visit
from hearth.apps.visits.states import CLOSED, CaseKind, CaseState, Matter, Satisfaction, Urgency
from hearth.lib import constraints


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
    urgency: Urgency | None = None,
    matter: Matter | None = None,
    by: Actor,
) -> Case:
    """Keep a difficulty told on a visit; from now on it is a case with an owner and a deadline.

    With a ``matter`` it is private: the case itself does not say what was told.
    """
    may_record(by)
    if state in CLOSED:
        _refuse_without_answer(answer)
    elif satisfaction:
        raise VisitRefused("还没有办结，不能填满意度。")
    with number_explained(number):
        case: Case = Case.objects.create(
            org=visit.org,
            campaign_id=visit.campaign_id,
            visit=visit,
            number=number,
            text=WITHHELD if matter else text,
            kind=kind,
            handled_by=handled_by,
            person=person,
            due=due,
            state=state,
            answer=ANSWERED if matter and answer else answer,
            satisfaction=satisfaction or "",
            urgency=urgency or "",
            private=matter is not None,
        )
    if matter:
        Confidence.objects.create(org=case.org, case=case, matter=matter, text=text, answer=answer)
    audit.record("收集困难", case, by=by)
    return case


@transaction.atomic
def assign(*, case: Case, handled_by: Organisation, person: Person, due: datetime.date, by: Actor) -> Case:
    """Hand a case to an organisation and one person, with a deadline; the person is told."""
    case = _step(case, CaseState.ASSIGNED, by)
    case.handled_by, case.person, case.due = handled_by, person, due
    case.save()
    audit.record("交办", case, by=by, to=handled_by.short_name)
    tell_the_assignee(case, f"交给您一件困难，请在{due:%-m月%-d日}前答复", by)
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
    _take_up_again(case)
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


@transaction.atomic
def reply(
    *, case: Case, solved: bool, satisfaction: Satisfaction | None = None, words: str = "", by: Actor
) -> CaseReply:
    """Keep what the person says to the answer, once. Not solved, the case is taken up again with his words."""
    case = _locked(case, by)
    if case.state not in CLOSED:
        raise VisitRefused("这件困难正在办理，有了新的答复再请您回复。")
    if solved and satisfaction is None:
        raise VisitRefused("请选满意不满意。")
    given = CaseReply(
        org=case.org,
        case=case,
        round=case.round,
        solved=solved,
        satisfaction=satisfaction if solved and satisfaction else "",
        words="" if case.private else words.strip(),
    )
    cure = "这次答复您已经回复过，不用再回复。"
    with constraints.explained({"case_replied_once": cure}, VisitRefused):
        given.save()
    if case.private and words.strip():
        _add_in_confidence(case, words.strip())
    if solved:
        case.satisfaction = given.satisfaction
        case.save()
    else:
        _take_up_again(case)
        tell_the_assignee(case, "本人说没有解决，请重新办理", by)
    audit.record("本人回复", case, by=by, solved=solved)
    return given


def _add_in_confidence(case: Case, words: str) -> None:
    kept = Confidence.objects.select_for_update().get(case=case)
    kept.text = f"{kept.text}\n{timezone.localdate():%-m月%-d日}本人：{words}"
    kept.save()


@transaction.atomic
def reveal(*, case: Case, by: Actor) -> Confidence:
    """The private part of a case, for who handles it and for the leader; who asked for it is recorded."""
    found: Confidence | None = queries.confidences(by).filter(case=case).first()
    if found is None:
        raise VisitRefused("保密的内容只给责任人和领导看。")
    audit.record("查看保密内容", case, by=by)
    return found


@transaction.atomic
def reveal_money(*, visit: Visit, by: Actor) -> list[Gift]:
    """What money was given on a visit; who asked for it is recorded."""
    if not queries.may_see_money(by, visit):
        raise VisitRefused("慰问金只给责任人和领导看。")
    audit.record("查看慰问金", visit, by=by)
    return list(visit.given.exclude(money=None))


def _close(case: Case, state: CaseState, answer: str, verb: str, by: Actor) -> Case:
    _refuse_without_answer(answer)
    case = _step(case, state, by)
    case.answer = ANSWERED if case.private else answer.strip()
    case.save()
    if case.private:
        Confidence.objects.filter(case=case).update(answer=answer.strip())
    audit.record(verb, case, by=by)
    _send_the_answer(case, by)
    return case


def _send_the_answer(case: Case, by: Actor) -> None:
    """Give the person the link under which the answer stands, and tell him where a way to him is known."""
    person = Person.objects.select_related("org", "user").get(pk=case.visit.person_id)
    holder = Holder(case.pk, case.org, person.name)
    link = links.give(purpose=Purpose.CASE, to=[holder], about=case, by=by)[case.pk]
    told = Reader.person(person)
    messages.tell(
        to=[told],
        subject="您反映的困难有了答复",
        text="请打开看答复，并告诉我们解决了没有。",
        href=link.get_absolute_url() if told.address else "",
        by=by,
    )


def tell_the_assignee(case: Case, subject: str, by: Actor) -> None:
    """Tell who answers for a case, unless he does it himself."""
    person = Person.objects.select_related("org", "user").get(pk=case.person_id)
    if by.user_id is not None and person.user_id == by.user_id:
        return
    messages.tell(
        to=[Reader.person(person)],
        subject=subject,
        text=f"{case.text}（{case.visit.person}）",
        href=reverse("desk:case", args=[case.pk]),
        by=by,
    )


def _take_up_again(case: Case) -> None:
    case.state, case.satisfaction, case.round = CaseState.HANDLING, "", case.round + 1
    case.save()


def _step(case: Case, state: CaseState, by: Actor) -> Case:
    case = _locked(case, by)
    objection = rules.objection(CaseState(case.state), state)
    if objection:
        raise VisitRefused(objection)
    case.state = state
    return case


def _locked(case: Case, by: Actor) -> Case:
    may_record(by)
    locked: Case = (
        Case.objects.select_for_update(of=("self",)).select_related("org", "visit__person").get(pk=case.pk)
    )
    return locked


def _refuse_without_answer(answer: str) -> None:
    if not answer.strip():
        raise VisitRefused("办结要写答复：怎么解决的，或者为什么解决不了。")
