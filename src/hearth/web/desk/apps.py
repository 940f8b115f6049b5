from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hearth.web.desk"
    label = "desk"
