"""Kinds of material and the ways it moves; where a registration stands; what is done at the door and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MaterialKind(models.TextChoices):
    BOARD = "board", _("展板")
    BOOKLET = "booklet", _("读本")
    LEAFLET = "leaflet", _("宣传页")
    GIFT = "gift", _("礼品")


class Direction(models.TextChoices):
    IN = "in", _("入库")
    OUT = "out", _("出库")
    GIVEN = "given", _("发放")
    SHOWN = "shown", _("展出")
    RETURNED = "returned", _("退回")
    LOST = "lost", _("损耗")


AT_EVENT = (Direction.OUT, Direction.GIVEN, Direction.SHOWN, Direction.RETURNED, Direction.LOST)
EFFECT_ON_STOCK = {Direction.IN: 1, Direction.OUT: -1, Direction.RETURNED: 1}
EFFECT_ON_EVENT = {Direction.OUT: 1, Direction.GIVEN: -1, Direction.RETURNED: -1, Direction.LOST: -1}


class Standing(models.TextChoices):
    """Where a registration stands: it has its places, waits for some, or was given up."""

    HELD = "held", _("已留名额")
    WAITING = "waiting", _("候补")
    CANCELLED = "cancelled", _("已取消")


class Act(models.TextChoices):
    """What somebody did at the door."""

    IN = "in", _("进场")
    OUT = "out", _("离场")
    BACK = "back", _("出门再进")
    WALK_IN = "walk_in", _("没报名的")
    UNDO = "undo", _("撤销")


class Verdict(models.TextChoices):
    """What came of it. Only ADMITTED counts people in."""

    ADMITTED = "admitted", _("请进")
    TWICE = "twice", _("已进过")
    UNKNOWN = "unknown", _("没有这张票")
    ELSEWHERE = "elsewhere", _("不是本场的票")
    NOT_HELD = "not_held", _("没有名额")
    LEFT = "left", _("已离场")
    BACK = "back", _("再次进场")
    NOT_IN = "not_in", _("还没进场")
    UNDONE = "undone", _("已撤销")


class Audience(models.TextChoices):
    """To whom among those who registered something is written."""

    ALL = "all", _("报上的和候补的人")
    CAME = "came", _("来过的人")
    ABSENT = "absent", _("有名额没来的人")
    WAITING = "waiting", _("候补的人")


class Rating(models.IntegerChoices):
    POOR = 1, _("很不满意")
    WEAK = 2, _("不满意")
    FAIR = 3, _("一般")
    GOOD = 4, _("满意")
    GREAT = 5, _("很满意")
