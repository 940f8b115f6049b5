"""Where the e-mail of a message stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.TextChoices):
    NONE = "none", _("没有邮箱")
    OFF = "off", _("没有设置邮件服务器")
    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("没发成")
