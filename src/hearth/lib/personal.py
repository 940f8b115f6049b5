"""What the house keeps about people: each model declares its fields, what for, how long, and how they are shown.

The declaration stands in the model as ``PERSONAL``; a field that looks like a person's and is not declared fails the
build (``undeclared``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_OURS = "hearth.apps."
_TEXTS = (models.CharField, models.TextField, models.GenericIPAddressField)
_LOOKS_PERSONAL = re.compile(
    r"姓名|电话|手机|邮[件箱]|证件|身份证|银行|账号|住址|生日|出生|健康|病史|困难|工资|职务|职称|联系人|负责人|责任人"
    r"|代理人|主持|陪同|见证|带队|签收|审核人|拟稿|签发|取数人|存入人|提出人|完成人|访客|谁"
)


class Kept(models.TextChoices):
    """How long something about a person is to be kept, counted from what ends its purpose."""

    IN_OFFICE = "in_office", _("任职期间；离任后一年内删除")
    CAMPAIGN = "campaign", _("活动归档后三年")
    CONTRACT = "contract", _("协议履行完毕后五年")
    EXCHANGE = "exchange", _("需求或供给撤下后一年")
    ARCHIVE = "archive", _("随公文存档，按档案规定")
    AUDIT = "audit", _("随审计记录，不少于六个月，不能单独删除")
    JOB = "job", _("任务结束后六个月")


@dataclass(frozen=True)
class Personal:
    """A field about a person. ``masked`` fields are shown in part; seeing them whole is recorded."""

    field: str
    purpose: str | Promise
    kept: Kept
    masked: bool = False


@dataclass(frozen=True)
class Declared:
    """A declaration with the place where it holds."""

    model: type[models.Model]
    field: models.Field[object, object]
    personal: Personal


def register() -> tuple[Declared, ...]:
    """Every declared field of the house, in the order of the apps."""
    return tuple(
        Declared(model, model._meta.get_field(one.field), one)  # type: ignore[arg-type]
        for model in _models()
        for one in declared_by(model)
    )


def declared_by(model: type[models.Model]) -> tuple[Personal, ...]:
    return getattr(model, "PERSONAL", ())


def undeclared(among: Iterable[type[models.Model]] | None = None) -> tuple[str, ...]:
    """Text fields that look like a person's and stand in no declaration, as ``app.Model.field``."""
    return tuple(
        f"{model._meta.label}.{field.name}"
        for model in (_models() if among is None else among)
        for field in model._meta.fields
        if isinstance(field, _TEXTS)
        and not field.choices
        and _LOOKS_PERSONAL.search(str(field.verbose_name))
        and field.name not in {one.field for one in declared_by(model)}
    )


def _models() -> Iterator[type[models.Model]]:
    return (one for one in apps.get_models() if one.__module__.startswith(_OURS))
