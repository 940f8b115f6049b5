"""Outreach events, materials, and the ledger of what went in, out, to people and back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.files.models import File
from hearth.apps.outreach.states import AT_EVENT, Direction, MaterialKind
from hearth.lib.personal import Kept, Personal


class OutreachEvent(CampaignRecord):
    name = models.CharField(_("名称"), max_length=120)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("学校"))
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("负责人"))
    attendance = models.PositiveIntegerField(_("参加人数"), null=True)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("科普活动")
        ordering = ["held_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="outreach_event_number_once")
        ]

    def __str__(self) -> str:
        return self.name


class Material(CampaignRecord):
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=MaterialKind.choices)
    unit = models.CharField(_("单位"), max_length=4)
    in_stock = models.IntegerField(_("在库"), default=0, editable=False)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("物料")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="material_number_once"),
            models.CheckConstraint(condition=Q(in_stock__gte=0), name="stock_never_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class Holding(OrgRecord):
    """How much of a material lies at an event, taken out and not yet given out, returned or lost."""

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="holdings")
    material = models.ForeignKey(Material, models.PROTECT, related_name="holdings")
    quantity = models.IntegerField(_("在场"), default=0)

    class Meta(OrgRecord.Meta):
        verbose_name = _("在场物料")
        constraints = [
            models.UniqueConstraint(fields=["event", "material"], name="holding_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="holding_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.material} {self.quantity}"


class Movement(CampaignRecord):
    """One line of the materials ledger."""

    moved_on = models.DateField(_("日期"))
    material = models.ForeignKey(Material, models.PROTECT, related_name="movements", verbose_name=_("物料"))
    direction = models.CharField(_("方向"), max_length=10, choices=Direction.choices)
    quantity = models.PositiveIntegerField(_("数量"))
    event = models.ForeignKey(
        OutreachEvent, models.PROTECT, null=True, related_name="movements", verbose_name=_("科普活动")
    )
    signed_for = models.CharField(_("签收人"), max_length=40, blank=True)
    slip = models.CharField(_("单据"), max_length=80, blank=True)
    evidence = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("佐证"))

    PERSONAL = (Personal("signed_for", _("物料签收留据"), Kept.CAMPAIGN),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("出入库")
        ordering = ["moved_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="movement_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | (Q(direction__in=AT_EVENT) & Q(event__isnull=False)),
                name="movement_names_its_event",
            ),
        ]

    def __str__(self) -> str:
        where = self.event or _("仓库")
        return (
            f"{self.get_direction_display()} {self.material} {self.quantity}{self.material.unit}（{where}）"
        )
