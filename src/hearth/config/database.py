"""Bringing the database up to date."""

from django.conf import settings
from django.core.management import call_command

from hearth.lib.wall import as_owner, grant_defaults


def migrate(*, verbosity: int = 0) -> None:
    """Migrate as the owner; the app's login then may use, and never owns, what was made."""
    with as_owner(settings.OWNER_LOGIN):
        grant_defaults(using="default")
        call_command("migrate", verbosity=verbosity, interactive=False)
