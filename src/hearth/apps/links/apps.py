from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "hearth.apps.links"
    label = "links"
    verbose_name = _("专用链接")
