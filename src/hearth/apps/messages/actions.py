"""Telling people something, and their reading it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.jobs import actions as jobs
from hearth.apps.messages.models import Message
from hearth.apps.messages.states import Mail
from hearth.apps.messages.tasks import SEND


@dataclass(frozen=True)
class Reader:
    """Somebody who is told: through an account, an e-mail address, or by phone."""

    org: Organisation
    name: str
    user_id: int | None = None
    address: str = ""
    phone: str = ""

    @classmethod
    def person(cls, person: Person) -> Reader:
        """A person of the directory; ``org`` and ``user`` should have been fetched with it."""
        address = person.user.email if person.user else ""
        return cls(person.org, person.name, person.user_id, address, person.phone)


@transaction.atomic
def tell(*, to: Iterable[Reader], subject: str, text: str, href: str = "", by: Actor) -> list[Message]:
    """Leave a message for each reader, and mail it to those with an address. Rolled back, nobody is told."""
    messages = Message.objects.bulk_create(_message(one, subject, text, href) for one in to)
    waiting = [message.pk for message in messages if message.mail == Mail.WAITING]
    if waiting:
        jobs.ask(SEND, title=f"发邮件：{subject}"[:120], by=by, messages=waiting)
    if messages:
        audit.record("告知", messages[0], by=by, readers=len(messages), mailed=len(waiting))
    return messages


@transaction.atomic
def read(*, messages: QuerySet[Message], by: Actor) -> int:
    """Mark one's own messages as read; how many were not."""
    if by.user_id is None:
        return 0
    return messages.filter(user_id=by.user_id, read_at=None).update(read_at=timezone.now())


def _message(reader: Reader, subject: str, text: str, href: str) -> Message:
    return Message(
        org=reader.org,
        org_path=reader.org.path,  # bulk_create passes by save()
        user_id=reader.user_id,
        name=reader.name,
        address=reader.address,
        phone=reader.phone,
        subject=subject,
        text=text,
        href=href,
        mail=_mail(reader),
    )


def _mail(reader: Reader) -> Mail:
    if not reader.address:
        return Mail.NONE
    return Mail.WAITING if settings.MAIL_SET_UP else Mail.OFF
