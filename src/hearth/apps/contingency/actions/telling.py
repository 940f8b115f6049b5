"""Telling everybody concerned, and writing down whom somebody has to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from hearth.apps.contingency import queries
from hearth.apps.contingency.models import Call, Switch
from hearth.apps.contingency.queries import Circle
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.models import Forum
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.outreach import queries as outreach
from hearth.apps.outreach.models import OutreachEvent
from hearth.lib.wall import scope

LONGEST_SUBJECT = 120


def tell_circles(
    switch: Switch,
    circles: Iterable[Circle],
    lines: Mapping[OutreachEvent | Forum, str],
    said: str,
    by: Actor,
) -> int:
    """Tell each circle of its activity, and those without one of everything; how many were reached. Others are to be called.

    ``lines`` are by activity, ``said`` is the heading of those who are told everything.
    """
    told = 0
    for circle in circles:
        if circle.activity is None:
            text = "\n".join(filter(None, [switch.why, switch.message, *lines.values()]))
            told += _tell(switch, circle, said, text, reverse("desk:switch", args=[switch.pk]), by)
        else:
            own = lines[circle.activity]
            subject = f"{'取消' if own.endswith('取消。') else '有变动'}：{circle.activity}"
            text = "\n".join(filter(None, [own, switch.message if switch.undone_at is None else ""]))
            told += _tell(switch, circle, subject, text, _page_of(circle.activity), by)
    return told


def tell_leading(switch: Switch, readers: Sequence[Reader], lines: Iterable[str], by: Actor) -> int:
    """Tell the lead and the deputy of a drill."""
    text = "\n".join(["这是演练，什么都没有改，也没有告诉别人。", switch.why, switch.message, *lines])
    circle = Circle("", tuple(readers))
    return _tell(switch, circle, f"演练：{switch.of}", text, reverse("desk:switch", args=[switch.pk]), by)


def _page_of(activity: OutreachEvent | Forum) -> str:
    """What a participant may open: the public page of an event."""
    shown = outreach.copy_of(activity) if isinstance(activity, OutreachEvent) else None
    return shown.get_absolute_url() if shown else ""


def _tell(switch: Switch, circle: Circle, subject: str, text: str, href: str, by: Actor) -> int:
    """Those of other organisations are told in their own scope; those whom nothing reaches are written down to be called."""
    reached = [one for one in circle.readers if queries.reaches(one)]
    groups: dict[str, list[Reader]] = defaultdict(list)
    for reader in reached:
        inside = reader.org.path.startswith(by.path)
        groups[by.path if inside else reader.org.path].append(reader)
    for path, readers in groups.items():
        doer = by if path == by.path else Actor.house(readers[0].org, by.name)
        with scope(path):
            messages.tell(to=readers, subject=subject[:LONGEST_SUBJECT], text=text, href=href, by=doer)
    Call.objects.bulk_create(
        Call(
            org=switch.org,
            org_path=switch.org_path,
            switch=switch,
            name=one.name,
            unit=one.org.short_name,
            phone=one.phone or one.address,
            text=text,
            is_undo=switch.undone_at is not None,
        )
        for one in circle.readers
        if not queries.reaches(one)
    )
    return len(reached)
