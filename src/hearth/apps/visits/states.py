"""Whom one visits, and where a difficulty stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitedKind(models.TextChoices):
    ACADEMICIAN = "academician", _("院士专家")
    FRONT_LINE = "front_line", _("一线")
    YOUNG = "young", _("青年")
    RETIRED = "retired", _("离退休")
    IN_NEED = "in_need", _("困难")


class CaseKind(models.TextChoices):
    WORK = "work", _("工作")
    RESEARCH = "research", _("科研")
    LIFE = "life", _("生活")


class CaseState(models.TextChoices):
    COLLECTED = "collected", _("收集")
    ASSIGNED = "assigned", _("交办")
    HANDLING = "handling", _("办理中")
    SETTLED = "settled", _("已办结")
    UNSOLVABLE = "unsolvable", _("无法解决")


CLOSED = (CaseState.SETTLED, CaseState.UNSOLVABLE)


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    FAIRLY = "fairly", _("基本满意")
    NOT = "not", _("不满意")
