from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContingencyConfig(AppConfig):
    name = "hearth.apps.contingency"
    label = "contingency"
    verbose_name = _("预案")
