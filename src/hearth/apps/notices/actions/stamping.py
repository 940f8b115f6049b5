"""A stamped PDF beside the data: read when it is sent, settled by a person where it must be."""

from django.db import transaction

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files.models import File
from hearth.apps.notices.actions.steps import NoticeRefused, locked, may, refuse_foreign_issuer
from hearth.apps.notices.models import Return
from hearth.apps.notices.queries import stamping
from hearth.apps.notices.rules.fields import Cell
from hearth.apps.notices.states import StampStanding


@transaction.atomic
def confirm_stamp(*, returned: Return, reason: str, by: Actor) -> Return:
    """Take the data as they are: a person has laid the stamped PDF beside them, and says why where they differ."""
    may(by, Permission.ISSUE_NOTICES)
    returned = locked(returned)
    refuse_foreign_issuer(returned.issuer, by)
    if returned.stamp not in (StampStanding.DIFFERS, StampStanding.UNREAD):
        raise NoticeRefused("这份报送的盖章件不用再对照。")
    if returned.stamp == StampStanding.DIFFERS and not reason.strip():
        raise NoticeRefused("盖章件和填报不一致，采用数据要写明理由；不然请退回修改。")
    returned.stamp, returned.stamp_seen_by = StampStanding.CONFIRMED, by.name[:80]
    returned.stamp_reason = reason.strip()[:300]
    returned.save()
    audit.record("对照盖章件", returned, by=by, reason=returned.stamp_reason)
    return returned


def standing(returned: Return, cells: tuple[Cell, ...]) -> StampStanding:
    """How the stamped PDF among these answers stands to the numbers among them."""
    asked = returned.form.stamped
    file = next((cell.file for cell in cells if asked and cell.key == asked.key), None)
    if file is None:
        return StampStanding.NONE
    return stamping.read(returned, File.objects.get(pk=file), cells).standing
