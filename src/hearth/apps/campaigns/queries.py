"""How far a campaign is, told by its duties."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Aggregate, Count, IntegerField, Max, Min, Q

from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.directory.models import Actor, Person


class MostFrequent(Aggregate):
    """The value that stands most often in a group; among equals, one of them."""

    template = "mode() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True)
class PartProgress:
    """The duties of one part: from the first deadline to the last. ``lead`` carries most of them."""

    part: Part
    lead: str
    first: datetime.date
    last: datetime.date
    done: int
    total: int
    late: int

    @property
    def share(self) -> int:
        """Percent of the duties that are done."""
        return round(100 * self.done / self.total)

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def progress(campaign: Campaign, *, on: datetime.date, by: Actor) -> tuple[PartProgress, ...]:
    """Each part that has duties, in the order of the parts, counted by the database."""
    rows = (
        Duty.objects.visible_to(by)
        .filter(campaign=campaign)
        .order_by()
        .values("part")
        .annotate(
            lead=MostFrequent("person_id"),
            first=Min("due"),
            last=Max("due"),
            total=Count("pk"),
            done=Count("pk", filter=Q(state=DutyState.DONE)),
            late=Count("pk", filter=~Q(state=DutyState.DONE) & Q(due__lt=on)),
        )
    )
    found = {row.pop("part"): row for row in rows}
    leads = Person.objects.in_bulk([row["lead"] for row in found.values()])
    return tuple(
        PartProgress(part, **{**found[part], "lead": leads[found[part]["lead"]].name})
        for part in Part
        if part in found
    )
