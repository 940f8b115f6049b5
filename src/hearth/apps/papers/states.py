"""Kinds of paper and the way each goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PLAN = "plan", _("实施方案")
    NOTICE = "notice", _("通知")
    LETTER = "letter", _("慰问信")
    MINUTES = "minutes", _("纪要")
    REPORT = "report", _("报告")
    AGREEMENT = "agreement", _("协议")
    SUMMARY = "summary", _("总结")


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("审核")
    SIGNED = "signed", _("已签发")
    ISSUED = "issued", _("已印发")
    SUPERSEDED = "superseded", _("已被更正")


FROZEN = (State.SIGNED, State.ISSUED, State.SUPERSEDED)


class Rating(models.IntegerChoices):
    NONE = 1, _("没有用")
    LITTLE = 2, _("有点用")
    USEFUL = 3, _("有用")
    VERY = 4, _("很有用")


class Assent(models.TextChoices):
    """What another organ said of a paper that is issued in its name too."""

    ASKED = "asked", _("等答复")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("有意见")
