from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "hearth.web.public"
    label = "public"
