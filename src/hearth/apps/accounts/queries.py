"""Looking at accounts."""

from hearth.apps.accounts.models import User


def anybody() -> bool:
    """Whether anybody has an account yet."""
    return User.objects.exists()
