"""What the pages of a campaign share: its tabs, and the day by which 'late' is judged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign
from hearth.web.ui.access import acting
from hearth.web.ui.parts import Tab

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("desk:campaign", _("总览")),
    ("desk:consultation", _("征求意见")),
    ("desk:duties", _("方案与分工")),
    ("desk:notices", _("通知与报送")),
    ("desk:contingency", _("预案")),
    ("desk:publicity", _("宣传")),
    ("desk:visits", _("走访慰问")),
    ("desk:outreach", _("科普活动")),
)


@dataclass(frozen=True)
class Frame:
    """``on`` is the day by which deadlines are judged: today, or the day on which the campaign was archived."""

    campaign: Campaign
    current: str
    on: datetime.date

    @property
    def tabs(self) -> tuple[Tab, ...]:
        own = tuple(
            Tab(label, reverse(name, args=[self.campaign.pk]), name == self.current) for name, label in TABS
        )
        measures = f"{reverse('desk:measures')}?campaign={self.campaign.pk}"
        return (
            *own,
            Tab(_("对接会"), reverse("desk:forums")),
            Tab(_("指标与数字"), measures),
            Tab(_("公文"), reverse("desk:papers")),
        )


def frame(request: HttpRequest, pk: int, current: str) -> Frame:
    """The frame of a campaign that the visitor may see; 404 otherwise."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(acting(request)).select_related("org", "subject"), pk=pk
    )
    return Frame(campaign, current, day_of(campaign))


def day_of(campaign: Campaign) -> datetime.date:
    """Nothing grows later once the campaign is archived."""
    return timezone.localdate(campaign.archived_at) if campaign.archived_at else timezone.localdate()
