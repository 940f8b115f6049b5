"""What the page of a paper may say."""

from collections.abc import Sequence
from typing import Any

from django import template

from hearth.apps.papers import gongwen

register = template.Library()


@register.filter
def parts(inlines: Sequence[Any]) -> tuple[gongwen.Part, ...]:
    """A line of a paper, its figures and its unbacked numbers set apart."""
    return gongwen.parts(inlines)
