"""A small campaign that rain can spoil: an event with visitors, a level for fair weather, one for storms, and a plan B."""

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Level
from hearth.apps.campaigns.states import Part
from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.models import PlanB, Switch
from hearth.apps.contingency.states import What
from hearth.apps.directory.models import Actor, Person
from hearth.apps.outreach.models import OutreachEvent
from tests.apps.houses import House
from tests.apps.outreach import visits
from tests.apps.outreach.visits import Opening


@dataclass
class Storm:
    house: House
    opening: Opening
    fair: Level
    stormy: Level
    plan: PlanB
    by: Actor

    @property
    def event(self) -> OutreachEvent:
        return OutreachEvent.objects.get(pk=self.opening.event.pk)

    def pull(self, of: Level | PlanB, **more) -> Switch:
        outlook = queries.outlook(of, by=self.by)
        told = {"why": "橙色预警", "message": of.message, "seen": outlook.mark, **more}
        return actions.pull(of=of, by=self.by, **told)


def build(house: House) -> Storm:
    """To be called inside the city's scope: visitors with and without e-mail, the lead with an account, the deputy without."""
    by = house.officer()
    opening = visits.build(house, capacity=10)
    campaign = opening.event.campaign
    user = get_user_model().objects.create(username="lead", name="赵一")
    Person.objects.filter(pk=house.person.pk).update(user=user)
    Person.objects.filter(pk=house.deputy.pk).update(phone="13900009999")
    lead, deputy = (Person.objects.get(pk=one.pk) for one in (house.person, house.deputy))
    for number, part in (("FG-1", Part.CONTINGENCY), ("FG-2", Part.OUTREACH)):
        campaigns.assign(
            campaign=campaign,
            number=number,
            part=part,
            task=f"任务{number}",
            lead=house.city,
            person=lead,
            due=opening.event.held_on,
            by=by,
        )
    told = {"lead": lead, "measures": "照办", "message": "请看新安排", "trigger": "暴雨"}
    fair = campaigns.plan_level(
        campaign=campaign, rank=2, name="二级", in_force_since=datetime.date(2020, 5, 15), by=by, **told
    )
    stormy = actions.set_level(campaign=campaign, rank=1, name="一级", by=by, **told)
    plan = actions.make_plan(
        campaign=campaign,
        name="雨天进礼堂",
        set_on=datetime.date(2020, 5, 16),
        deputy=deputy,
        by=by,
        **told,
    )
    actions.prepare(of=stormy, activity=opening.event, what=What.CANCELLED, by=by)
    actions.prepare(of=plan, activity=opening.event, what=What.MOVED, place="礼堂", by=by)
    return Storm(house, opening, fair, stormy, plan, by)
