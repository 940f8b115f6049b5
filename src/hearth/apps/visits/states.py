"""Whom one visits and how, what was told and given there, and where a difficulty stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitedKind(models.TextChoices):
    ACADEMICIAN = "academician", _("院士专家")
    FRONT_LINE = "front_line", _("一线")
    YOUNG = "young", _("青年")
    RETIRED = "retired", _("离退休")
    IN_NEED = "in_need", _("困难")


class Manner(models.TextChoices):
    HOME = "home", _("上门")
    TALK = "talk", _("座谈")
    CALL = "call", _("电话")


class Shown(models.TextChoices):
    """What a file kept with a visit shows."""

    PHOTO = "photo", _("照片")
    RECEIPT = "receipt", _("签收单")
    SIGNATURE = "signature", _("手写签名")


class CaseKind(models.TextChoices):
    WORK = "work", _("工作")
    RESEARCH = "research", _("科研")
    LIFE = "life", _("生活")


class Urgency(models.TextChoices):
    CALM = "calm", _("不急")
    MONTH = "month", _("一个月内")
    WEEK = "week", _("一周内")


class Matter(models.TextChoices):
    """What makes a difficulty private."""

    HEALTH = "health", _("健康")
    MONEY = "money", _("钱款")
    FAMILY = "family", _("家庭")


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


class YieldKind(models.TextChoices):
    DEMAND = "demand", _("技术需求")
    EXPERT = "expert", _("专家")
