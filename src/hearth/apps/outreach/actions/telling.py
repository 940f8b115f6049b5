"""Telling those who registered: all of them, or only those who came, who did not, or who wait."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.messages import actions as messages
from hearth.apps.messages.models import Message
from hearth.apps.outreach import queries
from hearth.apps.outreach.actions.steps import OutreachRefused, may_record
from hearth.apps.outreach.models import OutreachEvent, Registration
from hearth.apps.outreach.states import Audience, Standing


def tell(registrations: Sequence[Registration], subject: str, text: str, by: Actor) -> list[Message]:
    addresses = queries.ticket_addresses(registrations)
    told: list[Message] = []
    for one in registrations:
        reader = queries.reader_of(one)
        # the way to a ticket is a secret: it stands only in what is mailed
        href = addresses.get(one.pk, "") if reader.address else ""
        told += messages.tell(to=[reader], subject=subject[:120], text=text, href=href, by=by)
    return told


def tell_all(event: OutreachEvent, subject: str, text: str, *, by: Actor) -> None:
    """Tell everybody who has places or waits for some."""
    everybody = Registration.objects.filter(event=event).exclude(standing=Standing.CANCELLED)
    tell(list(everybody.select_related("org")), subject, text, by)


@transaction.atomic
def write(*, event: OutreachEvent, to: Audience, subject: str, text: str, by: Actor) -> list[Message]:
    """Write to some of those who registered; whoever left no e-mail address is among the messages and is to be called."""
    may_record(by)
    if to in (Audience.CAME, Audience.ABSENT) and event.held_on > timezone.localdate():
        raise OutreachRefused("活动还没有办，分不出谁来了、谁没来。请写给全部报名的人，或办完再写。")
    told = tell(list(queries.audience(by, event=event, to=to).select_related("org")), subject, text, by)
    if not told:
        raise OutreachRefused(f"没有{to.label}，没有发。请换一种人。")
    audit.record("写给报名的人", event, by=by, to=str(to), told=len(told))
    return told


@transaction.atomic
def reveal_contacts(*, event: OutreachEvent, by: Actor) -> None:
    """Somebody asks for the telephone numbers of an event's list in full."""
    if not by.may(Permission.REVEAL_PERSONAL):
        raise OutreachRefused(f"{by.name} 现在的角色不能看完整的电话。")
    audit.record("查看电话", event, by=by)
