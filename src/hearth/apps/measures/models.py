"""What a paper and its figures are about: a campaign, a project. Apps above make their own thing a subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import OrgRecord


class Subject(OrgRecord):
    name = models.CharField(_("事项"), max_length=120)

    class Meta(OrgRecord.Meta):
        verbose_name = _("事项")

    def __str__(self) -> str:
        return self.name
