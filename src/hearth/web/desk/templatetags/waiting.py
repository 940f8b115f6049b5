"""The number of things that wait, for the head of every page of the desk: ``{% load waiting %}``."""

from typing import Any

from django import template

from hearth.web.desk import waiting

register = template.Library()


@register.simple_tag(takes_context=True)
def things_waiting(context: template.Context) -> Any:
    """What a page gave as ``reminders``, else the number of the actor."""
    given, actor = context.get("reminders"), context.get("actor")
    return given if given is not None or actor is None else waiting.number(actor)
