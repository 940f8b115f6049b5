"""Channels and kinds of what is printed, broadcast and posted; the way of a story; what is sent out."""

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


class Stage(models.TextChoices):
    """Where a story stands; those of consent are only for profiles."""

    DRAFT = "draft", _("草稿")
    ASKED = "asked", _("等本人同意")
    DECLINED = "declined", _("本人不同意")
    CONSENTED = "consented", _("本人已同意")
    REVIEWED = "reviewed", _("已审核")
    PUBLISHED = "published", _("已公开")
    WITHDRAWN = "withdrawn", _("本人已撤回同意")


CONSENTED = (Stage.CONSENTED, Stage.REVIEWED, Stage.PUBLISHED)
REVIEWED = (Stage.REVIEWED, Stage.PUBLISHED)


class StoryKind(models.TextChoices):
    PROFILE = "profile", _("典型事迹")
    ARTICLE = "article", _("工作动态")


class MailingKind(models.TextChoices):
    RELEASE = "release", _("新闻通稿")
    LETTER = "letter", _("慰问信")
