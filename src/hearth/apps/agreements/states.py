"""Kinds of agreement, and where a clause duty stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    FRAMEWORK = "framework", _("战略合作框架协议")
    TECHNICAL = "technical", _("技术合作协议")


class ClauseState(models.TextChoices):
    WAITING = "waiting", _("未开始")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    LATE = "late", _("逾期")
