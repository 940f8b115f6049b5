"""Telephone numbers of the plan, shown on request, and who was called."""

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.contingency.actions.steps import SwitchRefused
from hearth.apps.contingency.models import Call, Resource, Switch
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission


@transaction.atomic
def reveal_calls(*, switch: Switch, by: Actor) -> list[Call]:
    """Everybody who is to be called, with the numbers in full; who asked for them is recorded."""
    _may_reveal(by)
    found = list(Call.objects.visible_to(by).filter(switch=switch))
    audit.record("查看电话", switch, by=by, told=len(found))
    return found


@transaction.atomic
def reveal_resource(*, resource: Resource, by: Actor) -> str:
    _may_reveal(by)
    audit.record("查看电话", resource, by=by)
    return resource.phone


@transaction.atomic
def note_call(*, call: Call, by: Actor) -> Call:
    """Somebody was called; a second time changes nothing."""
    if not by.may(Permission.RECORD):
        raise SwitchRefused(f"{by.name} 的角色不能登记，请干事或联络员来做。")
    call = Call.objects.select_for_update(of=("self",)).select_related("org").get(pk=call.pk)
    if call.called_at is None:
        call.called_at, call.called_by = timezone.now(), by.name[:40]
        call.save()
        audit.record("打过电话", call, by=by)
    return call


def _may_reveal(by: Actor) -> None:
    if not by.may(Permission.REVEAL_PERSONAL):
        raise SwitchRefused(f"{by.name} 现在的角色不能看完整的电话。")
