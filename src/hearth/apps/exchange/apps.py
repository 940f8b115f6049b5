from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "hearth.apps.exchange"
    label = "exchange"
    verbose_name = _("众创之家")
