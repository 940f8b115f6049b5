"""What was done, by whom: written in the transaction of the act itself, never changed afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.lib.personal import Kept, Personal


class Events(models.QuerySet["Event"]):
    def under(self, path: str) -> "Events":
        """What was done in an organisation and in those below it."""
        return self.filter(org_path__gte=path, org_path__lt=path + "~")


class Event(models.Model):
    # Plain columns: the organisation tree stands above this app; the wall adds the composite key to it.
    org_id = models.BigIntegerField(_("组织"))
    org_path = models.CharField(max_length=120, db_collation="C")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    user_id = models.BigIntegerField(_("账户"), null=True)
    who = models.CharField(_("谁"), max_length=80)
    verb = models.CharField(_("做了什么"), max_length=60)
    thing = models.CharField(_("对象类型"), max_length=60)
    thing_id = models.CharField(_("对象编号"), max_length=40, blank=True)
    label = models.CharField(_("对象"), max_length=200, blank=True)
    detail = models.JSONField(_("细节"), default=dict)

    objects = Events.as_manager()

    PERSONAL = (Personal("who", _("说清这件事是谁做的"), Kept.AUDIT),)

    class Meta:
        verbose_name = _("审计记录")
        ordering = ["-id"]
        indexes = [models.Index(fields=["thing", "thing_id"])]

    def __str__(self) -> str:
        return f"{self.who} {self.verb} {self.label}"
