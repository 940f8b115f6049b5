"""What is published, by kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SUMMARY = "summary", _("总结")
    LETTER = "letter", _("慰问信")
    PAPER = "paper", _("公文")
    EVENT = "event", _("科普活动")
    CONSULTATION = "consultation", _("征求意见")
    FORUM = "forum", _("对接会")
    CAMPAIGN = "campaign", _("活动")
    PROFILE = "profile", _("典型事迹")
    ARTICLE = "article", _("工作动态")
