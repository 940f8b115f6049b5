"""Where a return stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnState(models.TextChoices):
    OPEN = "open", _("未报")
    SENT = "sent", _("已报")
    SENT_BACK = "sent_back", _("退回修改")
