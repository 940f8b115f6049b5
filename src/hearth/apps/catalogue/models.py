"""What the house has published, of whatever kind: one entry a page that anyone may open."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.apps.catalogue.states import Kind


class Entry(models.Model):
    """A published copy as lists, search, feeds and the site map know it. Gone when the copy is withdrawn.

    ``thing`` and ``thing_id`` name the copy; ``subject`` is what it belongs to, such as a campaign; after ``until`` the page
    is no longer listed. Not behind the wall: it holds nothing but what the copy's own page shows.
    """

    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    path = models.CharField(_("网页"), max_length=200, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    organ = models.CharField(_("单位"), max_length=120)
    text = models.TextField(_("全文"), blank=True)
    terms = SearchVectorField()
    subject = models.BigIntegerField(_("事项"), null=True)
    until = models.DateField(_("列到哪天"), null=True)
    published_at = models.DateTimeField(_("发布时间"))
    changed_at = models.DateTimeField(_("改动时间"), auto_now=True)

    class Meta:
        verbose_name = _("公开目录")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["thing", "thing_id"], name="published_thing_once"),
        ]
        indexes = [
            GinIndex(fields=["terms"], name="catalogue_terms"),
            models.Index(fields=["-published_at", "-id"], name="catalogue_newest"),
            models.Index(fields=["subject", "-published_at"], name="catalogue_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.path
