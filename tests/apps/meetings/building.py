"""A small forum of the small exchange."""

import datetime

from hearth.apps.exchange import actions as exchange
from hearth.apps.meetings import actions
from hearth.apps.meetings.models import Forum, Slot
from hearth.apps.meetings.states import HalfDay
from tests.apps.exchange.building import Exchange


def slots(number: int) -> list[actions.SlotTime]:
    """Slots of half an hour from nine o'clock."""
    nine = datetime.datetime(2020, 6, 12, 9, tzinfo=datetime.UTC)
    half = datetime.timedelta(minutes=30)
    return [
        actions.SlotTime((nine + half * step).time(), (nine + half * (step + 1)).time(), HalfDay.MORNING)
        for step in range(number)
    ]


def open_forum(x: Exchange, *, number: int = 4, tables: int = 2, **more) -> Forum:
    return actions.open_forum(
        campaign=x.campaign,
        number=more.pop("code", "DJ-01"),
        name="试验对接会",
        held_on=datetime.date(2020, 6, 12),
        place="试验学院",
        tables=tables,
        slots=slots(number),
        by=x.by,
        **more,
    )


def invited(x: Exchange, **more) -> Forum:
    """Two demands of one enterprise, met by one person and one laboratory: two meetings."""
    forum = open_forum(x, **more)
    exchange.match_all(campaign=x.campaign, by=x.by)
    exchange.assign(campaign=x.campaign, per_demand=2, per_offer=4, by=x.by)
    actions.invite(forum=forum, by=x.by)
    return forum


def slot(forum: Forum, index: int) -> Slot:
    return Slot.objects.get(forum=forum, index=index)
