"""What every act of outreach asks first, and how the database's refusals are told."""

from contextlib import AbstractContextManager

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib import constraints

_CURES = {
    "never_negative": "库存刚刚被别人动用，已经不够。请刷新后按现有数量再办。",
    "reserved_lies_in_stock": "库里剩下的已经留给别的场次。请刷新后按现有数量再办。",
    "places_never_oversold": "名额不能少于已经报上的人数。请先看报名名单，再改名额。",
    "outreach_event_ends_after_it_starts": "结束时间要在开始时间之后。",
    "registration_closes_after_it_opens": "报名截止要在报名开始之后。",
}


class OutreachRefused(Exception):
    """Something that cannot be recorded of outreach; the message says what would be right."""


def may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise OutreachRefused(f"{by.name} 的角色不能登记科普活动和物料，请干事或联络员来做。")


def constraints_explained(number: str) -> AbstractContextManager[None]:
    return constraints.explained({**_CURES, **constraints.number_taken(number)}, OutreachRefused)
