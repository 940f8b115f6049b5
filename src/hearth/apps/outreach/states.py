"""Kinds of material and the ways it moves."""

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
