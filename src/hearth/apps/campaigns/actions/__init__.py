"""Everything that is done in a campaign's own frame."""

from hearth.apps.campaigns.actions.consulting import (
    answer,
    close,
    consult,
    handle,
    invite,
    join,
    part,
    receive,
)
from hearth.apps.campaigns.actions.duties import (
    DutyTold,
    amend_duty,
    begin,
    entrust,
    finish,
    hand_over,
    reopen,
)
from hearth.apps.campaigns.actions.keeping import (
    CampaignRefused,
    amend,
    assign,
    hold_session,
    plan_level,
    quote,
    record_session,
    start,
)
from hearth.apps.campaigns.actions.showing import publish, withdraw
from hearth.apps.campaigns.actions.starting import start_again, start_on_instruction

__all__ = [
    "CampaignRefused",
    "DutyTold",
    "amend",
    "amend_duty",
    "answer",
    "assign",
    "begin",
    "close",
    "consult",
    "entrust",
    "finish",
    "hand_over",
    "handle",
    "hold_session",
    "invite",
    "join",
    "part",
    "plan_level",
    "publish",
    "quote",
    "receive",
    "record_session",
    "reopen",
    "start",
    "start_again",
    "start_on_instruction",
    "withdraw",
]
