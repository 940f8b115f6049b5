"""What templates of campaign pages may say: ``{% load campaign %}``."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from hearth.apps.campaigns import queries
from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.notices.models import Return
from hearth.apps.publicity.models import Delivery, PlannedItem
from hearth.apps.visits.models import Case
from hearth.web.desk import answers, deadlines, sendings
from hearth.web.ui.standing import Standing
from hearth.web.ui.templatetags.hearth import state

register = template.Library()


@register.filter
def is_day(value: Any) -> bool:
    return isinstance(value, datetime.date)


@register.filter
def day_of(campaign: Campaign) -> datetime.date:
    """The day by which its deadlines are judged."""
    return queries.day_of(campaign)


@register.filter
def at(values: Mapping[int, Any], key: int) -> Any:
    return values.get(key, "")


@register.filter
def how(delivery: Delivery) -> str:
    return sendings.how(delivery)


@register.filter
def hanging_on(returned: Return) -> str:
    return answers.hanging_on(returned)


@register.filter
def answer_to(returned: Return, name: str) -> str:
    """What a return says in one field, whose answers were fetched with it."""
    return next((answer.cell.shown for answer in returned.answers.all() if answer.cell.name == name), "")


@register.simple_tag
def link_of(addresses: Any, returned: Return) -> str:
    """The address of a receiver's own link; empty when it has none."""
    return str(addresses.of(returned))


@register.simple_tag
def duty_state(duty: Duty, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_duty(duty, on))


@register.simple_tag
def case_state(case: Case, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_case(case, on))


@register.simple_tag
def planned_state(item: PlannedItem, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_planned(item, on))


@register.simple_tag
def return_state(returned: Return, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_return(returned, on))


def _drawn(standing: Standing) -> SafeString:
    drawn: SafeString = state(standing.shape, standing.text)
    return drawn
