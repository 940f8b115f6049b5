"""Papers, the figures in them with the records behind each, and the published copies that anyone may read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import Organisation, OrgRecord
from hearth.apps.files.models import File
from hearth.apps.measures.models import Subject
from hearth.apps.measures.rules import Value
from hearth.apps.papers.states import FROZEN, Assent, Kind, Rating, State
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
    despite_comments = models.CharField(_("批注未办结的说明"), max_length=300, blank=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    submitted_at = models.DateTimeField(_("送审时间"), null=True)
    waits_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("等谁办")
    )
    waiting = models.CharField(_("等谁办"), max_length=40, blank=True)
    returned_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    kept_because = models.CharField(_("维持原文的理由"), max_length=300, blank=True)
    kept_against = models.CharField(
        max_length=64, blank=True, help_text=_("维持原文时记录说的是什么（散列值）；再变就要再定")
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("存于"), auto_now=True)

    PERSONAL = (
        Personal("drafter", _("公文拟稿和签发留名"), Kept.ARCHIVE),
        Personal("signer", _("公文拟稿和签发留名"), Kept.ARCHIVE),
        Personal("waiting", _("写明下一步由谁办"), Kept.ARCHIVE),
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


class Picture(OrgRecord):
    """A picture that a paper's source shows by name."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="pictures")
    name = models.CharField(_("图片名"), max_length=80)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("文件"))

    class Meta(OrgRecord.Meta):
        verbose_name = _("公文的图片")
        ordering = ["paper", "name"]
        constraints = [models.UniqueConstraint(fields=["paper", "name"], name="picture_named_once")]

    def __str__(self) -> str:
        return self.name


class Version(OrgRecord):
    """What a draft said when it was saved. Never changed afterwards."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("版次"))
    title = models.CharField(_("标题"), max_length=200)
    source = models.TextField(_("原文"))
    figures = models.JSONField(_("数字"), default=list)
    why = models.CharField(_("改了什么"), max_length=200, blank=True)
    saved_by = models.CharField(_("谁存的"), max_length=80)
    saved_at = models.DateTimeField(_("存于"), auto_now_add=True)

    PERSONAL = (Personal("saved_by", _("说清这一版是谁改的"), Kept.ARCHIVE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("公文的一版")
        ordering = ["paper", "-number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.paper} 第 {self.number} 版"


class Comment(OrgRecord):
    """批注: what somebody has to say of a place in a paper, or of the whole when no words are quoted."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="comments")
    quote = models.CharField(_("针对的文字"), max_length=200, blank=True)
    line = models.PositiveIntegerField(_("行"), null=True)
    text = models.TextField(_("批注"), max_length=2000)
    author = models.CharField(_("谁批的"), max_length=80)
    made_at = models.DateTimeField(_("批注时间"), auto_now_add=True)
    settled_by = models.CharField(_("谁办结的"), max_length=80, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    PERSONAL = (
        Personal("author", _("说清批注是谁写的"), Kept.ARCHIVE),
        Personal("settled_by", _("说清批注是谁办结的"), Kept.ARCHIVE),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("批注")
        ordering = ["paper", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="")
                | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="settled_comment_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class Reply(OrgRecord):
    """An answer under a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="replies")
    text = models.TextField(_("答复"), max_length=2000)
    author = models.CharField(_("谁答的"), max_length=80)
    made_at = models.DateTimeField(_("答复时间"), auto_now_add=True)

    PERSONAL = (Personal("author", _("说清答复是谁写的"), Kept.ARCHIVE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("批注的答复")
        ordering = ["comment", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="paper_reply_says_something")]

    def __str__(self) -> str:
        return self.text[:40]


class Countersign(OrgRecord):
    """会签: one other organ's answer to one text of a paper that is issued in its name too. Kept by the host organ."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="countersigns")
    organ = models.CharField(_("会签机关"), max_length=80)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("会签单位")
    )
    digest = models.CharField(_("会签文稿的校验值"), max_length=64)
    assent = models.CharField(_("答复"), max_length=12, choices=Assent.choices, default=Assent.ASKED)
    asked_by = models.CharField(_("谁送的"), max_length=80)
    asked_at = models.DateTimeField(_("送会签时间"), auto_now_add=True)
    until = models.DateField(_("答复期限"), null=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by = models.CharField(_("谁答复的"), max_length=80, blank=True)
    note = models.CharField(_("意见"), max_length=500, blank=True)
    evidence = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("会签单"))

    PERSONAL = (
        Personal("asked_by", _("说清会签是谁送的"), Kept.ARCHIVE),
        Personal("answered_by", _("说清会签是谁答复的"), Kept.ARCHIVE),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("会签")
        ordering = ["paper", "id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "organ", "digest"], name="countersign_once_a_text"),
            models.CheckConstraint(
                condition=Q(assent=Assent.ASKED) | (Q(answered_on__isnull=False) & ~Q(answered_by="")),
                name="countersign_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(assent=Assent.ASKED) | Q(partner__isnull=False) | Q(evidence__isnull=False),
                name="countersign_by_hand_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(assent=Assent.OBJECTED) | ~Q(note=""), name="objection_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} 会签 {self.paper}"


class Disclosure(OrgRecord):
    """A paper shown to another organ for its countersign: a copy in that organ's own scope, read until a day."""

    countersign_id = models.BigIntegerField(unique=True)
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主办机关"))
    kind = models.CharField(_("文种"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=200)
    source = models.TextField(_("文稿"))
    figures = models.JSONField(_("数字"))
    word = models.BinaryField()
    disclosed_by = models.CharField(_("谁送来的"), max_length=80)
    disclosed_at = models.DateTimeField(_("送来时间"), auto_now_add=True)
    until = models.DateField(_("看到哪天"))
    recalled_at = models.DateTimeField(_("撤回时间"), null=True)
    assent = models.CharField(_("答复"), max_length=12, choices=Assent.choices, default=Assent.ASKED)
    answered_by = models.CharField(_("谁答复的"), max_length=80, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    note = models.CharField(_("意见"), max_length=500, blank=True)

    PERSONAL = (
        Personal("disclosed_by", _("说清会签是谁送的"), Kept.ARCHIVE),
        Personal("answered_by", _("说清会签是谁答复的"), Kept.ARCHIVE),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("送来会签的文稿")
        ordering = ["-disclosed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(assent=Assent.ASKED) | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="disclosure_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Series(OrgRecord):
    """文号 of one 机关代字 in one year. Its row is locked while a number is given."""

    code = models.CharField(_("机关代字"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年份"))
    first = models.PositiveIntegerField(_("从几号起登记"), default=1)
    last = models.PositiveIntegerField(_("最后一号"))

    class Meta(OrgRecord.Meta):
        verbose_name = _("文号序列")
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["org", "code", "year"], name="series_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1949) & Q(year__lte=2999), name="series_has_a_year"),
            models.CheckConstraint(condition=Q(last__gte=F("first") - 1), name="series_counts_up"),
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"


class Registration(OrgRecord):
    """发文登记: the number that a paper was issued under. One in no series has no serial."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="registration")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="registrations")
    serial = models.PositiveIntegerField(_("序号"), null=True)
    number = models.CharField(_("文号"), max_length=40)
    recipients = models.CharField(_("主送"), max_length=300, blank=True)
    given_by = models.CharField(_("登记人"), max_length=80)
    given_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    PERSONAL = (Personal("given_by", _("发文登记留名"), Kept.ARCHIVE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("发文登记")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "serial"], name="serial_given_once"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, serial__isnull=True)
                | Q(series__isnull=False, serial__gte=1),
                name="serial_lies_in_a_series",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Publication(models.Model):
    """What anyone may read: a copy, without personal data, made when a paper is published. Not behind the wall."""

    paper_id = models.BigIntegerField(unique=True)
    address = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("文种"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=200)
    organ = models.CharField(_("机关"), max_length=120)
    subject = models.CharField(_("事项"), max_length=120)
    number = models.CharField(_("文号"), max_length=40, blank=True)
    source = models.TextField()
    figures = models.JSONField()
    characters = models.PositiveIntegerField(_("字数"))
    word = models.BinaryField()
    pdf = models.BinaryField(null=True)
    published_at = models.DateTimeField(_("发布时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    superseded_at = models.DateTimeField(_("更正时间"), null=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaces")
    changed_at = models.DateTimeField(_("改动时间"), auto_now=True, help_text=_("网页上任何内容的改动"))

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
