"""One page for a meeting: where the campaign stands, what is late, the figures, who answered, open cases, the level."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hearth.apps.campaigns.models import Campaign
from hearth.apps.contingency import queries as contingency
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.notices.models import Return
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED
from hearth.web.desk import answer_tree, overview
from hearth.web.desk.campaign_frame import Frame, frame
from hearth.web.ui.access import acting, requires

MOST_LATE = 6
MOST_CASES = 5


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by = frame(request, pk, "desk:meeting"), acting(request)
    found = overview.of(shown.campaign, on=shown.on, by=by)
    cases = _open_cases(shown.campaign, by)
    context = {
        "frame": shown,
        "overview": found,
        "overdue": found.overdue[:MOST_LATE],
        "total": sum(one.of.total for one in found.progress),
        "done": sum(one.of.done for one in found.progress),
        "late": sum(one.of.late for one in found.progress),
        "when": _when(shown),
        "tree": _tree(shown, by),
        "cases": cases[:MOST_CASES],
        "case_count": len(cases),
        "level": contingency.levels(by).filter(campaign=shown.campaign, in_force_since__isnull=False).first(),
        "plans": [one for one in contingency.in_force(by, shown.campaign) if one.plan],
    }
    return render(request, "desk/meeting.html", context)


def _when(shown: Frame) -> str:
    """How long until it begins or ends."""
    if shown.campaign.archived_at:
        return _("已归档")
    if shown.on < shown.campaign.starts:
        return _("还有 %(days)d 天开始") % {"days": (shown.campaign.starts - shown.on).days}
    left = (shown.campaign.ends - shown.on).days
    return _("还有 %(days)d 天结束") % {"days": left} if left >= 0 else _("活动期已过")


def _open_cases(campaign: Campaign, by: Actor) -> list[Case]:
    found = Case.objects.visible_to(by).filter(campaign=campaign).exclude(state__in=CLOSED)
    return list(found.select_related("person", "handled_by").order_by("due", "pk"))


def _tree(shown: Frame, by: Actor) -> answer_tree.Twig | None:
    """Every notice of the campaign that asks for an answer, along the tree; None when nobody was asked."""
    asked = Return.objects.visible_to(by).filter(notice__campaign=shown.campaign, notice__wants_return=True)
    returns = list(asked.select_related("org"))
    if not returns:
        return None
    return answer_tree.grow(returns, list(directory.organisations(by)), by.org, shown.on)
