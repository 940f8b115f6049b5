"""What templates of campaign pages may say: ``{% load campaign %}``."""

import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from hearth.apps.campaigns.models import Duty
from hearth.apps.notices.models import Return
from hearth.apps.visits.models import Case
from hearth.web.desk import answers, deadlines
from hearth.web.ui.standing import Standing
from hearth.web.ui.templatetags.hearth import state

register = template.Library()


@register.filter
def is_day(value: Any) -> bool:
    return isinstance(value, datetime.date)


@register.filter
def hanging_on(returned: Return) -> str:
    return answers.hanging_on(returned)


@register.simple_tag
def duty_state(duty: Duty, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_duty(duty, on))


@register.simple_tag
def case_state(case: Case, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_case(case, on))


@register.simple_tag
def return_state(returned: Return, on: datetime.date) -> SafeString:
    return _drawn(deadlines.of_return(returned, on))


def _drawn(standing: Standing) -> SafeString:
    drawn: SafeString = state(standing.shape, standing.text)
    return drawn
