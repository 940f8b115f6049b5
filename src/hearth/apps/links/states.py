"""What a personal link opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    RETURN = "return", _("报送")
    CONSULTATION = "consultation", _("征求意见")
    OPEN_CONSULTATION = "open_consultation", _("公开征求意见")
    TICKET = "ticket", _("入场")
    DOOR = "door", _("门口签到")
    FEEDBACK = "feedback", _("活动反馈")
    PROFILE = "profile", _("事迹审核")
    CASE = "case", _("困难答复")
