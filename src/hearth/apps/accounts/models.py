"""Who can sign in. What a person may do comes from memberships in the directory."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.lib.personal import Kept, Personal


class User(AbstractUser):
    first_name = None  # type: ignore[assignment]  # Chinese names are one word
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)

    PERSONAL = (
        Personal("name", _("登录后称呼，写进审计"), Kept.IN_OFFICE),
        Personal("email", _("发提醒，可以不填"), Kept.IN_OFFICE),
    )

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
