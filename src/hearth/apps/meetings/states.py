"""Half days, and how a timetable came out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HalfDay(models.TextChoices):
    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")


class TimetableStatus(models.TextChoices):
    NONE = "none", _("还没有排")
    OPTIMAL = "optimal", _("已排定，证明最优")
    FEASIBLE = "feasible", _("已排定，还可能更好")
    INFEASIBLE = "infeasible", _("排不下")
    UNKNOWN = "unknown", _("还没有排出")
