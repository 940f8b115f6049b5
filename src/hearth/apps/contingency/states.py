"""What a prepared change does to an activity."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    MOVED = "moved", _("改时间、地点")
    CANCELLED = "cancelled", _("取消")
