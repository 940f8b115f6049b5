from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "hearth.apps.exchange"
    label = "exchange"
    verbose_name = _("众创之家")

    def ready(self) -> None:
        from hearth.apps.exchange import actions  # noqa: F401  # registers the work of its jobs
