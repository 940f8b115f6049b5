"""The daily round: who is reminded of duties before and after their deadlines."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries
from hearth.apps.campaigns.models import Duty
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.jobs.tasks import daily
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.lib.wall import scope

AHEAD = (3, 1, 0)
BEHIND = (1, 7)
"""Days before and after a deadline on which one is reminded. Late, the deputy is told too."""


@daily("campaigns.duties")
def remind_of_duties(day: datetime.date) -> None:
    """One message a person and day, however many duties it names."""
    root = directory.root()
    if root is None:
        return
    with scope(root.path):
        by_person: dict[int, list[Duty]] = defaultdict(list)
        people: dict[int, Person] = {}
        for duty in queries.to_remind(day, AHEAD, BEHIND):
            told = list(_told(duty, day))
            for person in told:
                people[person.pk] = person
                by_person[person.pk].append(duty)
            audit.record("提醒", duty, by=Actor.house(duty.org), to=[person.name for person in told])
        for key, duties in by_person.items():
            _remind(people[key], duties, day, Actor.house(people[key].org))


def _told(duty: Duty, day: datetime.date) -> Iterator[Person]:
    yield duty.person
    if duty.deputy and duty.due < day:
        yield duty.deputy


def _remind(person: Person, duties: list[Duty], day: datetime.date, by: Actor) -> None:
    lines = [f"{_when(duty.due, day)}：{duty.task}（{duty.campaign}）" for duty in duties]
    messages.tell(
        to=[Reader.person(person)],
        subject=_("%(number)d 件任务要办") % {"number": len(duties)},
        text="\n".join(lines),
        href=reverse("desk:home"),
        by=by,
    )


def _when(due: datetime.date, day: datetime.date) -> str:
    days = (due - day).days
    if days < 0:
        return _("迟了 %(days)d 天") % {"days": -days}
    return _("还有 %(days)d 天") % {"days": days} if days else _("今天到期")
