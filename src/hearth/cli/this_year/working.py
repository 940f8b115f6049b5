"""The plan in the name of both organs, and the work on it: what was due is done, but for two duties that are late."""

from typing import TYPE_CHECKING

from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign

_LATE = ("FG-15", "FG-28")
_AT_WORK = ("FG-18", "FG-26", "FG-29")
_REWORDED = {
    "FG-07": "编制活动应急预案，写明分级和触发条件",
    "FG-08": "与医疗机构确定现场医疗点和联络方式",
    "FG-09": "对接会进场分流演练",
    "FG-15": "协调日报版面，刊登慰问信",
    "FG-31": "会场、引导、签到和餐饮保障",
}
"""Tasks that the year before put in words of that year."""


def plan(office: Office) -> None:
    """The tasks in this year's words, and the plan that lists them, issued jointly and published."""
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.models import Duty
    from hearth.apps.papers import actions as papers
    from hearth.apps.papers.states import Kind

    for duty in Duty.objects.filter(campaign=office.campaign, number__in=_REWORDED):
        actions.amend_duty(duty=duty, task=_REWORDED[duty.number], by=office.officer)
    paper = office.issue(Kind.NOTICE, office.source("plan", office.day(-11)))
    papers.publish(paper=paper, by=office.officer)


def work_through(office: Office, previous: "Campaign") -> None:
    """What was due is done, with what showed it the year before; some is at work, two are late."""
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.models import Duty

    shown = dict(Duty.objects.filter(campaign=previous).values_list("number", "evidence"))
    for duty in Duty.objects.filter(campaign=office.campaign).order_by("number"):
        if duty.number in _AT_WORK:
            actions.begin(duty=duty, by=office.officer)
        elif duty.due < office.today and duty.number not in _LATE:
            actions.finish(duty=duty, evidence=shown[duty.number] or "办结单", by=office.officer)
