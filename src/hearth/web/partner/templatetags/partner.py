"""What the partner's pages draw: recommendations and their answers."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from hearth.apps.exchange.models import Proposal
from hearth.apps.exchange.states import Answer
from hearth.web.ui.parts import Shape
from hearth.web.ui.templatetags.hearth import state

register = template.Library()
SHAPES = {Answer.OPEN: Shape.SOON, Answer.WILLING: Shape.DONE, Answer.NOT_NOW: Shape.WAIT}


@register.filter
def waiting(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The recommendations that nobody answered yet."""
    return [one for one in proposals if one.answer == Answer.OPEN]


@register.simple_tag
def answer_state(proposal: Proposal) -> SafeString:
    return state(SHAPES[Answer(proposal.answer)], proposal.get_answer_display())
