"""Kinds of offer, ways of cooperating, secrecy, and where a proposal stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferKind(models.TextChoices):
    EXPERT = "expert", _("专家")
    ACHIEVEMENT = "achievement", _("科技成果")
    FACILITY = "facility", _("仪器设施")


class Cooperation(models.TextChoices):
    COMMISSIONED = "commissioned", _("委托研发")
    JOINT = "joint", _("合作研发")
    OWN = "own", _("独立研发")
    OTHER = "other", _("其他")


class Secrecy(models.TextChoices):
    PUBLIC = "public", _("公开")
    INTERNAL = "internal", _("内部")
    SECRET = "secret", _("保密")


class Stage(models.TextChoices):
    LABORATORY = "laboratory", _("实验室")
    SMALL_TRIAL = "small_trial", _("小试")
    PILOT = "pilot", _("中试")
    MATURE = "mature", _("成熟应用")


class Judgement(models.TextChoices):
    OPEN = "open", _("待判断")
    PROPOSED = "proposed", _("已推荐")
    DISMISSED = "dismissed", _("不合适")


class Answer(models.TextChoices):
    """What a side says to a recommendation."""

    OPEN = "open", _("等答复")
    WILLING = "willing", _("愿意谈")
    NOT_NOW = "not_now", _("暂不需要")
