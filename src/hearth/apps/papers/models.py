"""Papers, the figures in them with the records behind each, and the published copies that anyone may read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import OrgRecord
from hearth.apps.measures.models import Subject
from hearth.apps.measures.rules import Value
from hearth.apps.papers.states import FROZEN, Kind, Rating, State
from hearth.lib.personal import Kept, Personal


class Paper(OrgRecord):
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="papers", verbose_name=_("事项"))
    kind = models.CharField(_("文种"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=40, blank=True)
    source = models.TextField(_("原文"))
    expanded = models.TextField(_("展开的原文"), help_text=_("清单已换成当时的内容"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("拟稿人")
    )
    drafter = models.CharField(_("拟稿人"), max_length=40)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人")
    )
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    returned_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    kept_because = models.CharField(_("维持原文的理由"), max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("存于"), auto_now=True)

    PERSONAL = (
        Personal("drafter", _("公文拟稿和签发留名"), Kept.ARCHIVE),
        Personal("signer", _("公文拟稿和签发留名"), Kept.ARCHIVE),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("公文")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "number"], condition=~Q(number=""), name="paper_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN) | (Q(signed_at__isnull=False) & ~Q(signer="")),
                name="signed_paper_has_a_signer",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(signed_by=F("drafted_by")),
                name="signer_is_not_the_drafter",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(state__in=[State.ISSUED, State.SUPERSEDED]),
                name="issued_paper_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN


class Figure(OrgRecord):
    """A measure's value in one paper, as taken at one moment; frozen with the paper when it is signed."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="figures")
    index = models.PositiveSmallIntegerField(_("次序"))
    token = models.CharField(max_length=32)
    key = models.CharField(_("指标"), max_length=80)
    name = models.CharField(_("名称"), max_length=80)
    style = models.CharField(_("写法"), max_length=20, blank=True)
    definition = models.CharField(_("口径"), max_length=200, blank=True)
    value = models.JSONField(_("值"))
    text = models.CharField(_("写作"), max_length=200)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField(_("取数时间"), auto_now_add=True)
    taken_by = models.CharField(_("取数人"), max_length=80)

    PERSONAL = (Personal("taken_by", _("说清数字是谁取的"), Kept.ARCHIVE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("数字")
        ordering = ["paper", "index"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "index"], name="figure_once_per_place"),
            models.UniqueConstraint(fields=["paper", "token"], name="figure_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.text}"

    @property
    def measured(self) -> Value:
        return Value.from_json(self.value)


class FigureRecord(OrgRecord):
    """One record behind a figure, with the fingerprint of what it said when the figure was taken."""

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="records")
    thing = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    label = models.CharField(_("记录"), max_length=200)
    amount = models.CharField(_("数量"), max_length=40)
    fingerprint = models.CharField(max_length=64)

    class Meta(OrgRecord.Meta):
        verbose_name = _("数字的依据")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "thing", "thing_id"], name="figure_record_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Publication(models.Model):
    """What anyone may read: a copy, without personal data, made when a paper is published. Not behind the wall."""

    paper_id = models.BigIntegerField(unique=True)
    address = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("文种"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=200)
    organ = models.CharField(_("机关"), max_length=120)
    subject = models.CharField(_("事项"), max_length=120)
    source = models.TextField()
    figures = models.JSONField()
    characters = models.PositiveIntegerField(_("字数"))
    word = models.BinaryField()
    published_at = models.DateTimeField(_("发布时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)

    class Meta:
        verbose_name = _("公开件")
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:paper", args=[self.address])


class Opinion(models.Model):
    """How useful a visitor found a publication: one a person, which can be changed."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="opinions")
    visitor = models.CharField(_("评的人"), max_length=64)
    rating = models.PositiveSmallIntegerField(_("推荐度"), choices=Rating.choices)
    given_at = models.DateTimeField(auto_now=True)

    PERSONAL = (Personal("visitor", _("一人只评一次；只存散列值"), Kept.CAMPAIGN),)

    class Meta:
        verbose_name = _("推荐度")
        constraints = [
            models.UniqueConstraint(fields=["publication", "visitor"], name="one_opinion_a_visitor"),
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="opinion_within_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.get_rating_display()}"
