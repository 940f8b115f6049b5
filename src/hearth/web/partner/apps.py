from django.apps import AppConfig


class PartnerConfig(AppConfig):
    name = "hearth.web.partner"
    label = "partner"
