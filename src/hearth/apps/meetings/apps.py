from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "hearth.apps.meetings"
    label = "meetings"
    verbose_name = _("对接会")

    def ready(self) -> None:
        from hearth.apps.meetings import actions  # noqa: F401  # registers the work of its jobs
