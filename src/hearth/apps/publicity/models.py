"""Placements in the media, and profiles of scientists with their consent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Person
from hearth.apps.files.models import File
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.lib.personal import Kept, Personal


class Placement(CampaignRecord):
    placed_on = models.DateField(_("日期"))
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    medium = models.CharField(_("媒体"), max_length=80)
    title = models.CharField(_("标题"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=PlacementKind.choices)
    spot = models.CharField(_("版面时段"), max_length=60, blank=True)
    link = models.URLField(_("链接"), max_length=300, blank=True)
    origin = models.CharField(_("原发转载"), max_length=10, choices=Origin.choices)
    reach = models.PositiveIntegerField(_("触达人数"), null=True)
    reach_source = models.CharField(_("数据来源"), max_length=120, blank=True)
    proof = models.CharField(_("存证"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        File, models.PROTECT, null=True, related_name="+", verbose_name=_("存证文件")
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("刊播")
        ordering = ["placed_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="placement_number_once"),
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | ~Q(reach_source=""), name="reach_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium}《{self.title}》"


class Profile(CampaignRecord):
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("人员"))
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("事迹"))
    consented_on = models.DateField(_("同意日期"))
    reviewer = models.CharField(_("审核人"), max_length=40)
    reviewed_on = models.DateField(_("审核日期"))

    PERSONAL = (
        Personal("text", _("宣传本人事迹，须本人同意"), Kept.CAMPAIGN),
        Personal("reviewer", _("宣传稿审核留名"), Kept.CAMPAIGN),
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("典型事迹")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="profile_number_once")]

    def __str__(self) -> str:
        return self.title
