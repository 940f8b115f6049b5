"""Personal links: an address that opens one thing for one holder, without an account.

A platform table: it is read before any scope is known. The address itself is nowhere kept: it is formed from the row and
the house's secret key, so that a copy of the database opens nothing, and a clerk can still copy the address again.
"""

import base64
import hmac

from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import Organisation
from hearth.apps.links.states import Purpose
from hearth.lib.personal import Kept, Personal

SALT = "hearth.apps.links"
PROOF_BYTES = 15


class Link(models.Model):
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    purpose = models.CharField(_("用途"), max_length=24, choices=Purpose.choices)
    target = models.BigIntegerField(_("打开的记录"))
    holder = models.CharField(_("给谁"), max_length=80)
    issue = models.PositiveSmallIntegerField(_("第几次发"), default=1)
    ends_on = models.DateField(_("有效到"), null=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = (Personal("holder", _("说明链接发给了谁"), Kept.CAMPAIGN),)

    class Meta:
        verbose_name = _("专用链接")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "target"], name="link_once_per_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse(f"public:{self.purpose}", args=[self.token])

    @property
    def token(self) -> str:
        """The secret part of the address. Another issue of the link has another."""
        told = f"{self.pk}.{self.issue}.{self.purpose}.{self.target}"
        proof = salted_hmac(SALT, told, algorithm="sha256").digest()[:PROOF_BYTES]
        return f"{self.pk}-{base64.urlsafe_b64encode(proof).decode('ascii')}"

    def is_opened_by(self, token: str) -> bool:
        return hmac.compare_digest(self.token.encode(), token.encode())
