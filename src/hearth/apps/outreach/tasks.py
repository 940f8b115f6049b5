"""What outreach does once a day: the day before, those who have places are reminded."""

import datetime

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor
from hearth.apps.jobs.tasks import daily
from hearth.apps.messages import actions as messages
from hearth.apps.outreach import queries
from hearth.apps.outreach.models import OutreachEvent
from hearth.lib.wall import scope


@daily("outreach.tomorrow")
def remind(today: datetime.date) -> None:
    """Remind everybody who has places in an event of tomorrow, with the way to the ticket."""
    root = directory.root()
    if root is None:
        return
    with scope(root.path):
        events = OutreachEvent.objects.filter(
            held_on=today + datetime.timedelta(days=1), taken__gt=0, cancelled_at=None
        )
        for event in events.select_related("org", "school"):
            _remind(event)


def _remind(event: OutreachEvent) -> None:
    held = list(queries.tickets(event).select_related("org"))
    addresses = queries.ticket_addresses(held)
    by = Actor.house(event.org)
    for one in held:
        told = queries.reader_of(one)
        text = (
            f"明天 {event.held_on:%-m月%-d日}，{event.whereabouts}。不能来了，请打开门票取消，让给候补的人。"
        )
        href = addresses.get(one.pk, "") if told.address else ""
        messages.tell(to=[told], subject=f"明天：{event}"[:120], text=text, href=href, by=by)
