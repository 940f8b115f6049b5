from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "hearth.apps.notices"
    label = "notices"
    verbose_name = _("通知与报送")

    def ready(self) -> None:
        """Papers do not know of notices, which stand above them: a notice takes its paper when that is issued."""
        post_save.connect(_enclose, sender="papers.Paper", dispatch_uid="notices.enclose")


def _enclose(instance: Any, **_more: Any) -> None:
    from hearth.apps.directory.models import Actor
    from hearth.apps.notices import actions

    actions.enclose(paper=instance, by=Actor.house(instance.org, instance.signer))
