"""The daily round: who still owes a text that the plan counts on."""

import datetime
from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.jobs.tasks import daily
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.publicity import queries
from hearth.apps.publicity.models import PlannedItem
from hearth.lib.wall import scope

AHEAD = (2, 0)
BEHIND = (1, 7)
"""Days before and after the text is due on which one is reminded."""


@daily("publicity.plan")
def remind(day: datetime.date) -> None:
    """One message a person and day, however many texts it names."""
    root = directory.root()
    if root is None:
        return
    with scope(root.path):
        owed: dict[Person, list[PlannedItem]] = defaultdict(list)
        for item in queries.to_remind(day, AHEAD, BEHIND).order_by("due", "pk"):
            owed[item.person].append(item)
        for person, items in owed.items():
            _remind(person, items)


def _remind(person: Person, items: list[PlannedItem]) -> None:
    lines = [
        _("%(day)s交稿：%(item)s，%(on)s刊播")
        % {"day": _day(item.due), "item": item, "on": _day(item.planned_on)}
        for item in items
    ]
    messages.tell(
        to=[Reader.person(person)],
        subject=_("%(number)d 篇稿子要交") % {"number": len(items)},
        text="\n".join(lines),
        href=reverse("desk:publicity_plan", args=[items[0].campaign_id]),
        by=Actor.house(person.org),
    )


def _day(day: datetime.date) -> str:
    return f"{day.month}月{day.day}日"
