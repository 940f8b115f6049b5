"""What every act of the contingency plan asks first, how an activity is changed, and how the database's refusals are told."""

from contextlib import AbstractContextManager

from hearth.apps.campaigns.models import Campaign
from hearth.apps.contingency.rules import Arrangement
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.meetings import actions as meetings
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach import actions as outreach
from hearth.apps.outreach.models import OutreachEvent
from hearth.lib import constraints

_CURES = {
    **{
        f"change_once_per_{owner}_and_{activity}": "这一项已经准备了变更，请先去掉再写。"
        for owner in ("level", "plan")
        for activity in ("event", "forum")
    },
    "level_rank_once": "这个次序已经有一个级别，请换一个数。",
    "plan_b_name_once": "这个名称已经有一个 B 案，请换一个。",
    "plan_b_deputy_is_somebody_else": "代理人要是另一个人。",
    "change_changes_something": "改时间、地点，至少填一项：改到哪天、几点或哪里。",
    "change_ends_after_it_starts": "结束要晚于开始，请改一处。",
    "one_level_switch_in_force": "刚刚有人换了级别。请看现在的情况，再定。",
    "plan_pulled_once": "刚刚有人启动了这个 B 案。请看现在的情况，再定。",
    "switch_number_once": "刚刚有人启动了预案。请看现在的情况，再定。",
}


class SwitchRefused(Exception):
    """Something that the contingency plan does not allow; the message says what would be right."""


def may_plan(by: Actor) -> None:
    if not by.may(Permission.MANAGE_CAMPAIGNS):
        raise SwitchRefused(f"{by.name} 的角色不能改动、启动预案，请转给干事或领导。")


def locked(campaign_id: int) -> Campaign:
    """The campaign, for which every other switch waits."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("org")
    found: Campaign = rows.get(pk=campaign_id)
    return found


def constraints_explained() -> AbstractContextManager[None]:
    return constraints.explained(_CURES, SwitchRefused)


def rearrange(activity: OutreachEvent | Forum, to: Arrangement, by: Actor) -> None:
    """Let an activity take place as ``to`` says, or not at all."""
    try:
        if isinstance(activity, OutreachEvent):
            outreach.rearrange(
                event=activity,
                held_on=to.held_on,
                starts=to.starts,
                ends=to.ends,
                place=to.place,
                cancelled_at=to.cancelled_at,
                by=by,
            )
        else:
            meetings.rearrange_forum(
                forum=activity,
                held_on=to.held_on,
                starts=to.starts,
                place=to.place,
                cancelled_at=to.cancelled_at,
                by=by,
            )
    except (outreach.OutreachRefused, meetings.ForumRefused) as refused:
        raise SwitchRefused(f"{activity}：{refused}") from refused
