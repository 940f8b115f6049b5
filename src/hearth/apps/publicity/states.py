"""Channels and kinds of what is printed, broadcast and posted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    NEWSPAPER = "newspaper", _("报纸")
    RADIO = "radio", _("广播")
    TELEVISION = "television", _("电视")
    WECHAT = "wechat", _("微信")
    WEIBO = "weibo", _("微博")
    NEW_MEDIA = "new_media", _("新媒体")


class PlacementKind(models.TextChoices):
    LETTER = "letter", _("慰问信")
    PROFILE = "profile", _("典型事迹")
    REPORT = "report", _("活动报道")
    PREVIEW = "preview", _("预告")
    SCIENCE = "science", _("科普")


class Origin(models.TextChoices):
    ORIGINAL = "original", _("原发")
    REPRINT = "reprint", _("转载")
