"""What every step of a notice asks first."""

import datetime
from collections.abc import Mapping

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Permission
from hearth.apps.notices import rules
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState


class NoticeRefused(Exception):
    """Something that may not happen to a notice or a return; the message says what to do."""


class AnswerWrong(NoticeRefused):
    """Something in an answer is not right; ``faults`` tells what, by the name of the field or cell."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"有 {len(faults)} 处要改：{'；'.join(faults.values())}")
        self.faults = faults


def may(by: Actor, permission: Permission) -> None:
    if not by.may(permission):
        raise NoticeRefused(f"{by.name} 的角色不能办这件事，请换有权限的人来做。")


def refuse_foreign_issuer(issuer: Organisation, by: Actor) -> None:
    if not issuer.path.startswith(by.path):
        raise NoticeRefused(f"这份通知由 {issuer} 发出，只有发文单位及其上级可以这样做。")


def locked(returned: Return) -> Return:
    found: Return = (
        Return.objects.select_for_update(of=("self",)).select_related("org", "issuer").get(pk=returned.pk)
    )
    return found


def refuse_answer(returned: Return, sent_on: datetime.date) -> None:
    if returned.due is None:
        raise NoticeRefused("这份通知不要求报送，签收就可以。")
    if returned.state == ReturnState.SENT:
        raise NoticeRefused(f"{returned.org} 已经报送；要修改，请先由 {returned.issuer} 退回。")
    objection = rules.day_objection(sent_on, returned.issued_on)
    if objection:
        raise NoticeRefused(f"{objection}。")
