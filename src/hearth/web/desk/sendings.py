"""By which way something that was sent reached somebody, said in words."""

from django.utils.translation import gettext

from hearth.apps.messages.states import Mail
from hearth.apps.publicity.models import Delivery


def how(delivery: Delivery) -> str:
    """By which way somebody was told."""
    message = delivery.message
    if message is None:
        return gettext("邮寄")
    if message.mail in (Mail.SENT, Mail.WAITING):
        return gettext("邮件已发") if message.mail == Mail.SENT else gettext("邮件待发")
    why = str(message.get_mail_display())
    if delivery.contact_id:
        return gettext("%(why)s，请打电话") % {"why": why}
    return gettext("站内消息；%(why)s，请邮寄") % {"why": why}
