"""Sending what waits by e-mail."""

import smtplib

from django.conf import settings
from django.core import mail
from django.utils import timezone

from hearth.apps.jobs.tasks import Handle, work
from hearth.apps.messages import queries
from hearth.apps.messages.models import Message
from hearth.apps.messages.states import Mail

SEND = "messages.send"


@work(SEND)
def send(handle: Handle, messages: list[int]) -> dict[str, int]:
    """Mail these messages, each in a transaction of its own: what was sent is not sent again."""
    sent = failed = 0
    for at, pk in enumerate(messages):
        handle.step(at, len(messages))
        with handle.held():
            message = queries.to_mail([pk]).select_for_update().first()
            if message is not None:
                _mail(message)
                sent, failed = sent + (message.mail == Mail.SENT), failed + (message.mail == Mail.FAILED)
    return {"sent": sent, "failed": failed}


def _mail(message: Message) -> None:
    try:
        _letter(message).send()
    except (smtplib.SMTPException, OSError) as error:
        message.mail, message.trouble = Mail.FAILED, str(error)[:300]
    else:
        message.mail, message.mailed_at, message.trouble = Mail.SENT, timezone.now(), ""
    message.save()


def _letter(message: Message) -> mail.EmailMessage:
    """The number in the head is the same when a killed worker sends again: mail programs show such a letter once."""
    way = f"\n\n{settings.ADDRESS}{message.href}" if message.href else ""
    return mail.EmailMessage(
        subject=message.subject,
        body=message.text + way,
        to=[message.address],
        headers={"Message-ID": f"<message-{message.pk}@hearth.invalid>"},
    )
