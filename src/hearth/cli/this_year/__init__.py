"""This year's campaign of the example house: begun from the one before, and half way through on the day of loading.

Everything goes through the same actions as in the browser, in the name of those who would have done it. Days are counted
from the day of loading, so that something is always late, something due, and an event open for registration.
"""

from typing import TYPE_CHECKING

from hearth.cli.loading import Report
from hearth.cli.this_year import consulting, levels, media, returning, schools, starting, visiting, working

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign


def begin(previous: "Campaign", report: Report) -> "Campaign":
    """Start this year's campaign from this one, and do what an office has done by its middle, or nothing at all."""
    from django.db import transaction

    from hearth.lib.wall import scope

    report("今年的活动")
    with transaction.atomic(), scope(previous.org_path):
        office = starting.start(previous)
        consulting.ask(office)
        levels.reword(office)
        working.plan(office)
        working.work_through(office, previous)
        returning.notify(office)
        event = schools.go(office)
        levels.prepare_for_rain(office, event)
        media.publish(office)
        visiting.visit(office)
        media.send_letter(office)
    return office.campaign
