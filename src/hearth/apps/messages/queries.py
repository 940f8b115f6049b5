"""Questions about messages: what somebody has not read, what waits to be mailed."""

from django.db.models import QuerySet

from hearth.apps.directory.models import Actor
from hearth.apps.messages.models import Message
from hearth.apps.messages.states import Mail


def inbox(by: Actor) -> QuerySet[Message]:
    """What was told to this user in the organisation for which he acts, the newest first."""
    found: QuerySet[Message] = Message.objects.visible_to(by)
    return found.filter(user_id=by.user_id) if by.user_id else found.none()


def unread(by: Actor) -> QuerySet[Message]:
    return inbox(by).filter(read_at=None)


def to_mail(pks: list[int]) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.filter(pk__in=pks, mail=Mail.WAITING)
    return found.order_by("pk")
