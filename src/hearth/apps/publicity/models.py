"""What is planned for the media and what was placed there; stories of people and of work with the copies that anyone may
read; contacts in the media, and what was sent to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.files.models import File
from hearth.apps.messages.models import Message
from hearth.apps.papers.models import Paper, Publication
from hearth.apps.publicity.states import (
    CONSENTED,
    REVIEWED,
    Channel,
    MailingKind,
    Origin,
    PlacementKind,
    Stage,
    StoryKind,
)
from hearth.lib.personal import Kept, Personal


class PlannedItem(CampaignRecord):
    """Something that shall stand in a medium on a day; ``due`` is when its text has to be ready, ``ready_on`` when it was.
    Placements fulfil it."""

    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    medium = models.CharField(_("媒体"), max_length=80)
    title = models.CharField(_("题目"), max_length=200)
    planned_on = models.DateField(_("计划刊播日期"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due = models.DateField(_("交稿期限"))
    ready_on = models.DateField(_("交稿日期"), null=True)
    dropped_because = models.CharField(_("不刊播的原因"), max_length=200, blank=True)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("宣传计划")
        ordering = ["planned_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="planned_item_number_once"),
            models.CheckConstraint(
                condition=Q(due__lte=F("planned_on")), name="planned_text_is_due_before_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium}《{self.title}》"


class Placement(CampaignRecord):
    """``planned`` is what it fulfils, ``reprint_of`` what it repeats, ``paper`` the letter that stood there."""

    placed_on = models.DateField(_("日期"))
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    medium = models.CharField(_("媒体"), max_length=80)
    title = models.CharField(_("标题"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=PlacementKind.choices)
    spot = models.CharField(_("版面时段"), max_length=60, blank=True)
    link = models.URLField(_("链接"), max_length=300, blank=True)
    origin = models.CharField(_("原发转载"), max_length=10, choices=Origin.choices)
    reach = models.PositiveIntegerField(_("触达人数"), null=True)
    reach_source = models.CharField(_("数据来源"), max_length=120, blank=True)
    proof = models.CharField(_("存证"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        File, models.PROTECT, null=True, related_name="+", verbose_name=_("存证文件")
    )
    planned = models.ForeignKey(
        PlannedItem, models.PROTECT, null=True, related_name="placements", verbose_name=_("宣传计划")
    )
    reprint_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reprints", verbose_name=_("转载自")
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", verbose_name=_("公文"))

    # what it belongs together with
    UNSAID = frozenset({"planned", "reprint_of", "paper"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("刊播")
        ordering = ["placed_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="placement_number_once"),
            models.UniqueConstraint(
                fields=["campaign", "link"], condition=~Q(link=""), name="placement_link_once"
            ),
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | ~Q(reach_source=""), name="reach_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(reprint_of__isnull=True) | Q(origin=Origin.REPRINT) & ~Q(reprint_of=F("id")),
                name="only_a_reprint_repeats_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium}《{self.title}》"


class Story(CampaignRecord):
    """A text about a person or about work, on its way to where anyone may read it; a second person reviews it."""

    KIND: ClassVar[StoryKind]

    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"))
    picture = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("图片"))
    stage = models.CharField(_("状态"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("撰稿人")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("审核人")
    )
    reviewer = models.CharField(_("审核人"), max_length=40, blank=True)
    reviewed_on = models.DateField(_("审核日期"), null=True)

    # its way, and what is shown beside it
    UNSAID = frozenset({"picture", "stage", "drafted_by", "reviewed_by"})

    class Meta(CampaignRecord.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


_REVIEWED = ~Q(stage__in=REVIEWED) | (Q(reviewed_on__isnull=False) & ~Q(reviewer=""))
_BY_ANOTHER = Q(reviewed_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(reviewed_by=F("drafted_by"))


class Profile(Story):
    """A scientist's deeds. ``comment`` is what the person said of the text when it was shown to him."""

    KIND = StoryKind.PROFILE

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("人员"))
    text = models.TextField(_("事迹"))
    asked_on = models.DateField(_("征求同意日期"), null=True)
    consented_on = models.DateField(_("同意日期"), null=True)
    consent = models.ForeignKey(
        File, models.PROTECT, null=True, related_name="+", verbose_name=_("纸面同意书")
    )
    comment = models.TextField(_("本人意见"), blank=True)
    withdrawn_on = models.DateField(_("撤回同意日期"), null=True)

    UNSAID = Story.UNSAID | {"asked_on", "consent", "comment", "withdrawn_on"}

    PERSONAL = (
        Personal("text", _("宣传本人事迹，须本人同意"), Kept.CAMPAIGN),
        Personal("comment", _("按本人意见改稿"), Kept.CAMPAIGN),
        Personal("reviewer", _("宣传稿审核留名"), Kept.CAMPAIGN),
    )

    class Meta(Story.Meta):
        verbose_name = _("典型事迹")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="profile_number_once"),
            models.CheckConstraint(
                condition=~Q(stage__in=CONSENTED) | Q(consented_on__isnull=False),
                name="profile_goes_on_with_consent",
            ),
            models.CheckConstraint(condition=_REVIEWED, name="reviewed_profile_has_a_reviewer"),
            models.CheckConstraint(condition=_BY_ANOTHER, name="profile_reviewed_by_another"),
        ]


class Article(Story):
    KIND = StoryKind.ARTICLE

    PERSONAL = (Personal("reviewer", _("宣传稿审核留名"), Kept.CAMPAIGN),)

    class Meta(Story.Meta):
        verbose_name = _("工作动态")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="article_number_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, *REVIEWED]), name="article_asks_no_consent"
            ),
            models.CheckConstraint(condition=_REVIEWED, name="reviewed_article_has_a_reviewer"),
            models.CheckConstraint(condition=_BY_ANOTHER, name="article_reviewed_by_another"),
        ]


class PublicStory(models.Model):
    """What anyone may read of a profile or an article: a copy, emptied when it is withdrawn. Not behind the wall.

    ``name`` and ``unit`` say whose deeds a profile tells.
    """

    kind = models.CharField(_("类别"), max_length=10, choices=StoryKind.choices)
    story_id = models.BigIntegerField()
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("发布单位"))
    address = models.CharField(max_length=24, unique=True)
    campaign = models.CharField(_("活动"), max_length=140)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    unit = models.CharField(_("单位"), max_length=80, blank=True)
    text = models.TextField(_("正文"), blank=True)
    picture = models.BinaryField(null=True)
    picture_kind = models.CharField(max_length=20, blank=True)
    consented_on = models.DateField(_("同意日期"), null=True)
    reviewed_on = models.DateField(_("审核日期"))
    published_at = models.DateTimeField(_("公开时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)

    PERSONAL = (Personal("name", _("写明是谁的事迹，本人同意公开"), Kept.CAMPAIGN),)

    class Meta:
        verbose_name = _("公开稿件")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "story_id"], name="story_published_once"),
            models.CheckConstraint(
                condition=Q(kind=StoryKind.ARTICLE) | Q(consented_on__isnull=False),
                name="profile_published_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(title="", name="", unit="", text="", picture__isnull=True),
                name="withdrawn_story_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:story", args=[self.address])


class MediaContact(OrgRecord):
    """Somebody in a medium whom the association writes to."""

    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    medium = models.CharField(_("媒体"), max_length=80)
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    mail = models.EmailField(_("邮箱"), blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    active = models.BooleanField(_("还在联系"), default=True)

    PERSONAL = (
        Personal("name", _("给媒体发稿"), Kept.IN_OFFICE),
        Personal("phone", _("给媒体发稿"), Kept.IN_OFFICE, masked=True),
        Personal("mail", _("给媒体发稿"), Kept.IN_OFFICE, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("媒体联系人")
        ordering = ["channel", "medium", "name"]
        constraints = [
            models.UniqueConstraint(fields=["org", "medium", "name"], name="media_contact_once"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(mail=""), name="media_contact_is_reachable"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.medium}）"


class Mailing(CampaignRecord):
    """One sending: a release to the media, or a letter to people. Never changed afterwards."""

    kind = models.CharField(_("类别"), max_length=10, choices=MailingKind.choices)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", verbose_name=_("公文"))
    subject = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    href = models.CharField(_("网址"), max_length=300, blank=True)
    sent_by = models.CharField(_("谁发的"), max_length=80)

    PERSONAL = (Personal("sent_by", _("说清是谁发的"), Kept.CAMPAIGN),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("发送")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="mailing_number_once"),
            models.CheckConstraint(
                condition=Q(kind=MailingKind.RELEASE) | Q(paper__isnull=False), name="sent_letter_is_a_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(OrgRecord):
    """To whom something was sent. Without a ``message`` it goes by post; ``paper`` is the letter, sent once a person."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="deliveries")
    contact = models.ForeignKey(MediaContact, models.PROTECT, null=True, related_name="deliveries")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("单位"), max_length=80)
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="+")

    PERSONAL = (Personal("name", _("说清发给了谁"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("发送对象")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, person__isnull=True, paper__isnull=True)
                | Q(contact__isnull=True, person__isnull=False, paper__isnull=False),
                name="delivery_has_one_addressee",
            ),
            models.UniqueConstraint(fields=["mailing", "contact"], name="release_once_a_contact"),
            models.UniqueConstraint(fields=["paper", "person"], name="letter_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


class LetterPage(models.Model):
    """The address that one mailing of a letter names; it counts how often it was opened, and not by whom. Not behind
    the wall."""

    mailing_id = models.BigIntegerField(unique=True)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+")
    address = models.CharField(max_length=24, unique=True)
    opened = models.PositiveIntegerField(_("打开次数"), default=0)

    class Meta:
        verbose_name = _("慰问信的网址")

    def __str__(self) -> str:
        return self.publication.title

    def get_absolute_url(self) -> str:
        return reverse("public:letter", args=[self.address])
