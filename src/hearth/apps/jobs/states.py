"""Where a long job stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("没有做成")
    CANCELLED = "cancelled", _("已取消")


OPEN = (State.WAITING, State.RUNNING)
