"""The daily round: who is reminded of cases before and after their deadlines, and of contacts not yet visited."""

import datetime
from collections import defaultdict

from django.db.models import Q
from django.urls import reverse

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.jobs.tasks import daily
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.visits import queries
from hearth.apps.visits.models import Case, CaseReminder, Contact
from hearth.lib.wall import scope

AHEAD = (3, 1, 0)
BEHIND = (1, 7)
"""Days before and after a deadline on which who answers for a case is reminded."""
QUARTER_ENDS_IN = (30, 14, 3)
"""Days before the end of a quarter on which a cadre is told whom he has not visited."""


@daily("visits.cases")
def remind_of_cases(day: datetime.date) -> None:
    """One message a person and day, however many cases it names; each case keeps that it was sent."""
    root = directory.root()
    if root is None:
        return
    with scope(root.path):
        by_person: dict[Person, list[Case]] = defaultdict(list)
        for case in queries.cases_to_remind(day, AHEAD, BEHIND):
            by_person[case.person].append(case)
        for person, cases in by_person.items():
            _remind_of_cases(person, cases, day)


def _remind_of_cases(person: Person, cases: list[Case], day: datetime.date) -> None:
    for case in cases:
        CaseReminder.objects.create(
            org=case.org, case=case, day=day, days_left=(case.due - day).days, told=person.name
        )
    lines = [f"{_when(case.due, day)}：{case.text}（{case.visit.person}）" for case in cases]
    messages.tell(
        to=[Reader.person(person)],
        subject=f"{len(cases)} 件困难要答复",
        text="\n".join(lines),
        href=reverse("desk:home"),
        by=Actor.house(person.org),
    )


@daily("visits.contacts")
def remind_of_contacts(day: datetime.date) -> None:
    """Near the end of a quarter each cadre is told once whom he still has to visit."""
    root = directory.root()
    if root is None or (queries.quarter(day)[1] - day).days not in QUARTER_ENDS_IN:
        return
    with scope(root.path):
        by_cadre: dict[Person, list[Contact]] = defaultdict(list)
        for contact in (
            queries.contacts(Actor.house(root), day).filter(Q(owing=True)).exclude(reminded_on=day)
        ):
            by_cadre[contact.cadre].append(contact)
        for cadre, owed in by_cadre.items():
            _remind_of_contacts(cadre, owed, day)


def _remind_of_contacts(cadre: Person, owed: list[Contact], day: datetime.date) -> None:
    Contact.objects.filter(pk__in=[one.pk for one in owed]).update(reminded_on=day)
    names = "、".join(f"{one.scientist}（{one.scientist.org}）" for one in owed)
    messages.tell(
        to=[Reader.person(cadre)],
        subject=f"本季度还有 {len(owed)} 位联系的科技工作者没走访",
        text=f"{queries.quarter(day)[1]:%-m月%-d日}以前请走访：{names}",
        href=reverse("desk:contacts"),
        by=Actor.house(cadre.org),
    )


def _when(due: datetime.date, day: datetime.date) -> str:
    days = (due - day).days
    if days < 0:
        return f"迟了 {-days} 天"
    return f"还有 {days} 天" if days else "今天到期"
