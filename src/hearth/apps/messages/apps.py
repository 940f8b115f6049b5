from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "hearth.apps.messages"
    label = "house_messages"
    verbose_name = _("消息")
