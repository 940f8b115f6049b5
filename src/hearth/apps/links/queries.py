"""Which link an address opens, and the links of things."""

from collections.abc import Iterable

from django.utils import timezone

from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose


def opened_by(token: str, purpose: Purpose) -> Link | None:
    """The link of this purpose that the token opens today; None when there is none, or it has ended or was taken back."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    link = Link.objects.select_related("org").filter(pk=int(number), purpose=purpose, revoked_at=None).first()
    if link is None or not link.is_opened_by(token):
        return None
    return None if link.ends_on and link.ends_on < timezone.localdate() else link


def of(purpose: Purpose, targets: Iterable[int]) -> dict[int, Link]:
    """The links of these things, by the thing."""
    found = Link.objects.filter(purpose=purpose, target__in=list(targets), revoked_at=None)
    return {link.target: link for link in found}


def open_to_all(purpose: Purpose) -> list[Link]:
    """Links that a public page may list, those ending first; ``holder`` is what each is called."""
    today = timezone.localdate()
    found = Link.objects.filter(purpose=purpose, revoked_at=None, ends_on__gte=today)
    return list(found.select_related("org").order_by("ends_on", "pk"))
