"""Where a return stands, and what a field of its form asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnState(models.TextChoices):
    OPEN = "open", _("未报")
    SENT = "sent", _("已报")
    SENT_BACK = "sent_back", _("退回修改")


class FieldKind(models.TextChoices):
    WHOLE = "whole", _("整数")
    DECIMAL = "decimal", _("小数")
    CHOICE = "choice", _("选项")
    SHORT = "short", _("短文字")
    LONG = "long", _("长文字")
    DATE = "date", _("日期")
    TABLE = "table", _("表格")
    FILE = "file", _("文件")
    STAMPED = "stamped", _("盖章件 PDF")


NUMBERS = (FieldKind.WHOLE, FieldKind.DECIMAL)
FILES = (FieldKind.FILE, FieldKind.STAMPED)


class Occasion(models.TextChoices):
    """Why somebody was reminded. Each but ``HAND`` comes at most once for a return."""

    BEFORE = "before", _("期限前")
    AFTER = "after", _("逾期")
    HAND = "hand", _("催办")


class StampStanding(models.TextChoices):
    """What is known of a stamped PDF beside the numbers that were typed."""

    NONE = "none", _("没有盖章件")
    AGREES = "agrees", _("和填报一致")
    DIFFERS = "differs", _("和填报不一致")
    UNREAD = "unread", _("是扫描件，要人对照")
    CONFIRMED = "confirmed", _("已由人对照")
