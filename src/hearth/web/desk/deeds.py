"""What the audit trail tells, in the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.apps.audit.models import Event
from hearth.apps.directory.states import Role
from hearth.apps.exchange.states import Answer
from hearth.apps.links.states import Purpose
from hearth.apps.meetings.states import TimetableStatus
from hearth.apps.notices.states import Occasion
from hearth.apps.outreach.states import Audience, Rating, Standing
from hearth.apps.papers.states import Assent
from hearth.apps.visits.states import Satisfaction, YieldKind

Text = str | Promise

KEYS: Mapping[str, Text] = {
    "address": _("网址"),
    "answer": _("答复"),
    "assent": _("答复"),
    "copy": _("重复的一家"),
    "fields": _("改了"),
    "holders": _("发给几家"),
    "kind": _("类别"),
    "mailed": _("发邮件"),
    "matches": _("匹配"),
    "material": _("物料"),
    "meetings": _("场次"),
    "note": _("理由"),
    "now": _("现在"),
    "number": _("文号"),
    "occasion": _("什么时候催"),
    "owner": _("计在哪家"),
    "pairs": _("选出的对数"),
    "parties": _("签约方"),
    "party": _("人数"),
    "purpose": _("用途"),
    "quantity": _("数量"),
    "rating": _("满意度"),
    "readers": _("告诉了"),
    "reason": _("原因"),
    "receivers": _("收件单位"),
    "replaces": _("代替"),
    "role": _("角色"),
    "satisfaction": _("满意度"),
    "scans": _("扫了几张"),
    "sha256": _("校验值"),
    "slot": _("时段"),
    "slots": _("时段"),
    "solved": _("解决了"),
    "standing": _("名额"),
    "status": _("结果"),
    "task": _("任务"),
    "to": _("交给"),
    "times": _("次数"),
    "told": _("告诉了"),
    "was": _("原来"),
    "without": _("没有对象的需求"),
    "words": _("批注"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "answer": dict(Answer.choices),
    "occasion": dict(Occasion.choices),
    "rating": {str(value): label for value, label in Rating.choices},
    "role": dict(Role.choices),
    "assent": dict(Assent.choices),
    "kind": dict(YieldKind.choices),
    "purpose": dict(Purpose.choices),
    "satisfaction": dict(Satisfaction.choices),
    "solved": {"True": _("是"), "False": _("否")},
    "standing": dict(Standing.choices),
    "status": dict(TimetableStatus.choices),
    "to": dict(Audience.choices),
}


def name_of(thing: str) -> Text:
    """``campaigns.duty`` as people say it; a kind that no longer exists stays as it was written."""
    try:
        return apps.get_model(thing)._meta.verbose_name or thing
    except (LookupError, ValueError):
        return thing


def details(event: Event) -> tuple[tuple[Text, Text], ...]:
    """The particulars of an event, each named; one without a name here stays as it was written."""
    return tuple((KEYS.get(key, key), _said(event, key, value)) for key, value in event.detail.items())


def _said(event: Event, key: str, value: Any) -> Text:
    if isinstance(value, list):
        return "、".join(str(_said(event, key, one)) for one in value)
    if key == "fields":
        return _field(event.thing, str(value))
    return WORDS.get(key, {}).get(str(value), str(value))


def _field(thing: str, name: str) -> Text:
    try:
        label: Text = apps.get_model(thing)._meta.get_field(name).verbose_name
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    return label
