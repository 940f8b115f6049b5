"""Evidence: files kept by their hash, each belonging to one organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.apps.files.states import Kind
from hearth.lib.personal import Kept, Personal


class File(models.Model):
    org_id = models.BigIntegerField(_("组织"))
    org_path = models.CharField(max_length=120, db_collation="C")
    sha256 = models.CharField(_("校验值"), max_length=64)
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("类型"), max_length=80, choices=[(kind.value, kind.name) for kind in Kind])
    size = models.PositiveBigIntegerField(_("字节"))
    kept_at = models.DateTimeField(_("存入时间"), auto_now_add=True)
    kept_by = models.CharField(_("存入人"), max_length=80)

    PERSONAL = (Personal("kept_by", _("说清佐证是谁存的"), Kept.CAMPAIGN),)

    class Meta:
        verbose_name = _("佐证文件")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "sha256", "name"], name="file_once_per_organisation"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_hash_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.name
