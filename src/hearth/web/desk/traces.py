"""What a record left behind: what was done to it, which papers stand on it, and which of them it contradicts now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.papers import queries
from hearth.apps.papers.models import FigureRecord, Paper
from hearth.apps.papers.states import FROZEN
from hearth.web.ui import notes


@dataclass(frozen=True)
class Standing:
    """A paper with its figures that stand on the record."""

    paper: Paper
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Traces:
    """``events`` begin with the latest."""

    events: Sequence[Event]
    papers: Sequence[Standing]

    @property
    def first(self) -> Event | None:
        """Who recorded it."""
        return self.events[-1] if self.events else None


def of(record: Model, by: Actor) -> Traces:
    """Two questions, however much was done to the record."""
    thing, number = record._meta.label_lower, str(record.pk)
    events = Event.objects.under(by.path).filter(thing=thing, thing_id=number)
    return Traces(events=list(events), papers=_standing(thing, number, by))


def changers_of(changes: Sequence[queries.Change], by: Actor) -> dict[int, Event]:
    """By figure, the last thing that was done to the records that changed since it was taken."""
    if not changes:
        return {}
    things = {place for change in changes for place in change.touched}
    events = Event.objects.under(by.path).filter(
        thing__in={thing for thing, _ in things},
        thing_id__in={number for _, number in things},
        at__gt=min(change.figure.taken_at for change in changes),
    )
    last = {(event.thing, event.thing_id): event for event in events.order_by("pk")}
    found = {}
    for change in changes:
        own = [last[place] for place in change.touched if place in last]
        if own:
            found[change.figure.pk] = max(own, key=lambda event: event.pk)
    return found


def say_changed(request: HttpRequest, record: Model, text: str, *, by: Actor, undo: str = "") -> None:
    """Say what was done to the record, and which signed papers say something else from now on."""
    standing = _standing(record._meta.label_lower, str(record.pk), by)
    frozen = [one.paper for one in standing if one.paper.state in FROZEN]
    changes = queries.changes_of(frozen)
    differing = [paper for paper in frozen if changes[paper.pk]]
    if not differing:
        notes.done(request, text, undo=undo)
        return
    links = format_html_join(
        "、", '<a href="{}">{}</a>', ((reverse("desk:paper", args=[paper.pk]), paper) for paper in differing)
    )
    notes.done(
        request,
        format_html("{}{}{}{}", text, _("已签发的公文从现在起和记录不同："), links, _("。请打开看两个数。")),
        undo=undo,
    )


def _standing(thing: str, number: str, by: Actor) -> tuple[Standing, ...]:
    rows = (
        FigureRecord.objects.visible_to(by)
        .filter(thing=thing, thing_id=number)
        .select_related("figure__paper")
        .order_by("figure__paper__title", "figure__index")
    )
    figures: dict[Paper, list[str]] = {}
    for row in rows:
        figures.setdefault(row.figure.paper, []).append(row.figure.text)
    return tuple(Standing(paper, tuple(dict.fromkeys(texts))) for paper, texts in figures.items())
