"""What the pages of a campaign share: its tabs, and the day by which 'late' is judged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.queries import day_of
from hearth.apps.campaigns.states import Part
from hearth.web.ui.access import acting
from hearth.web.ui.parts import Tab

# the page, its label, and the part without which a campaign does not show it
TABS: tuple[tuple[str, str | Promise, Part | None], ...] = (
    ("desk:campaign", _("总览"), None),
    ("desk:consultation", _("征求意见"), Part.CONSULTATION),
    ("desk:duties", _("方案与分工"), None),
    ("desk:notices", _("通知与报送"), Part.NOTICES),
    ("desk:contingency", _("预案"), Part.CONTINGENCY),
    ("desk:publicity", _("宣传"), Part.PUBLICITY),
    ("desk:visits", _("走访慰问"), Part.VISITS),
    ("desk:outreach", _("科普活动"), Part.OUTREACH),
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
            Tab(label, reverse(name, args=[self.campaign.pk]), name == self.current)
            for name, label, part in TABS
            if part is None or part in self.campaign.parts or name == self.current
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
        Campaign.objects.visible_to(acting(request)).select_related("org", "subject", "previous"), pk=pk
    )
    return Frame(campaign, current, day_of(campaign))
