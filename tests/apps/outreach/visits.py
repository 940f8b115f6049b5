"""An invented event with few places, and people who want to come."""

import datetime
import uuid
from dataclasses import dataclass

from django.utils import timezone

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.outreach import actions
from hearth.apps.outreach.actions import Done
from hearth.apps.outreach.models import OutreachEvent, Registration, Scan
from hearth.apps.outreach.states import Act
from tests.apps.campaigns import building
from tests.apps.houses import House


@dataclass
class Opening:
    event: OutreachEvent
    by: Actor
    people: int = 0

    def come(self, party: int = 1, contact: str = "") -> Registration:
        self.people += 1
        return actions.sign_up(
            event=self.event,
            name=f"来人{self.people}",
            unit="试验单位",
            contact=contact or f"1390000{self.people:04d}",
            party=party,
            by=self.by,
        )

    def scan(self, said: str, act: Act = Act.IN, **more: object) -> Scan:
        return actions.receive(event=self.event, done=[done(said, act, **more)], by=self.by)[0]


def done(said: str, act: Act = Act.IN, key: uuid.UUID | None = None, **more: object) -> Done:
    return Done(key=key or uuid.uuid4(), act=act, said=said, at=timezone.now(), **more)  # type: ignore[arg-type]


def build(house: House, *, capacity: int = 3, days: int = 2, campaign: Campaign | None = None) -> Opening:
    """To be called inside the city's scope: an event some days from now, open to all."""
    by = house.officer()
    event = actions.plan_event(
        campaign=campaign or building.start(house),
        number="KP-1",
        name="试验专场",
        school=house.county,
        held_on=timezone.localdate() + datetime.timedelta(days=days),
        person=house.person,
        capacity=capacity,
        by=by,
    )
    actions.publish_event(event=event, by=by)
    return Opening(event, by)
