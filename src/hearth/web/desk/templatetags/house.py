"""What pages about the house may say."""

import re
import unicodedata
from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from hearth.apps.audit.models import Event
from hearth.apps.jobs.states import State as JobState
from hearth.web.desk import deeds
from hearth.web.desk.views.organisations import Branch, Tree
from hearth.web.ui.listing import Listing
from hearth.web.ui.parts import Shape

register = template.Library()

JOBS = {
    JobState.WAITING: Shape.WAIT,
    JobState.RUNNING: Shape.RUN,
    JobState.DONE: Shape.DONE,
    JobState.FAILED: Shape.LATE,
    JobState.CANCELLED: Shape.SOON,
}


@register.filter
def job_shape(state: str) -> Shape:
    return JOBS[JobState(state)]


@register.simple_tag
def opened(tree: Tree, listing: Listing) -> Branch:
    """The tree along what the list found; everything when nothing narrows it."""
    return tree.opened(list(listing.page) if listing.conditions else None)


@register.filter
def thing_name(thing: str) -> deeds.Text:
    return deeds.name_of(thing)


@register.filter
def details(event: Event) -> tuple[tuple[deeds.Text, deeds.Text], ...]:
    return deeds.details(event)


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text with these words marked, in whatever case and width they stand there."""
    wanted = sorted({_folded(word) for word in words if word}, key=len, reverse=True)
    if not wanted:
        return SafeString(conditional_escape(text))
    shown, end = [], 0
    for found in re.finditer("|".join(map(re.escape, wanted)), _folded(text)):
        shown += [conditional_escape(text[end : found.start()]), "<mark>"]
        shown += [conditional_escape(text[found.start() : found.end()]), "</mark>"]
        end = found.end()
    return mark_safe("".join([*shown, conditional_escape(text[end:])]))  # noqa: S308  # every piece of text is escaped above


@register.filter
def marked_once(text: str, word: str) -> SafeString:
    """The text with what was searched for marked."""
    return marked(text, (word,))


def _folded(text: str) -> str:
    """Sign for sign, so that places in it are places in the text."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", sign).lower()) == 1 else sign for sign in text
    )
