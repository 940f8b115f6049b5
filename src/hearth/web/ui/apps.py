from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hearth.web.ui"
    label = "ui"
