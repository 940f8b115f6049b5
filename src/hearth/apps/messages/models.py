"""What the house told somebody: to be read in the house, and by e-mail where an address is known."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import OrgRecord
from hearth.apps.messages.states import Mail
from hearth.lib.personal import Kept, Personal


class Message(OrgRecord):
    """``org`` is the receiver's organisation. Who has neither account nor e-mail is to be called: ``phone``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("收件人"), max_length=40)
    address = models.EmailField(_("邮箱"), blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    subject = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    href = models.CharField(_("打开"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("已读时间"), null=True)
    mail = models.CharField(_("邮件"), max_length=8, choices=Mail.choices, default=Mail.NONE)
    mailed_at = models.DateTimeField(_("发出时间"), null=True)
    trouble = models.CharField(_("没发成的原因"), max_length=300, blank=True)

    PERSONAL = (
        Personal("name", _("告诉本人"), Kept.CAMPAIGN),
        Personal("address", _("告诉本人"), Kept.CAMPAIGN, masked=True),
        Personal("phone", _("没有账户和邮箱的，打电话告诉本人"), Kept.CAMPAIGN, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("消息")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="message_unread")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mail=Mail.NONE) | ~Q(address=""), name="mailed_message_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(mail=Mail.SENT, mailed_at__isnull=False)
                | (~Q(mail=Mail.SENT) & Q(mailed_at__isnull=True)),
                name="mailed_message_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
