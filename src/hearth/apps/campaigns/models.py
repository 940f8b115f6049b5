"""A campaign: its frame, duties, consultation, meetings, contingency plan and quoted facts."""

import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.states import DutyState, Handling, Naming, Part
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.files.models import File
from hearth.apps.measures.models import Subject
from hearth.lib.personal import Kept, Personal


def every_part() -> list[str]:
    """A campaign has all parts unless it is told otherwise."""
    return list(Part.values)


class Campaign(OrgRecord):
    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="campaign")
    name = models.CharField(_("名称"), max_length=120)
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("年份"))
    edition = models.PositiveSmallIntegerField(_("届次"), null=True)
    starts = models.DateField(_("起"))
    ends = models.DateField(_("止"))
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    parts = ArrayField(
        models.CharField(max_length=16, choices=Part.choices), verbose_name=_("包括"), default=every_part
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("上一次活动")
    )
    partners = models.ManyToManyField(Organisation, verbose_name=_("联合"), related_name="+")
    archived_at = models.DateTimeField(_("归档时间"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # how the house shows it, where it came from, and when its papers were laid away
    UNSAID = frozenset({"parts", "previous", "archived_at"})

    class Meta(OrgRecord.Meta):
        verbose_name = _("活动")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="campaign_ends_after_it_starts"),
            models.UniqueConstraint(fields=["org", "name", "year"], name="campaign_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.name if re.match(r"\d{4}年", self.name) else f"{self.year}年{self.name}"


class PublicCampaign(models.Model):
    """What anyone may read of a campaign: a copy of its name, theme and period. Not behind the wall."""

    campaign_id = models.BigIntegerField(unique=True)
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    address = models.CharField(max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=140)
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    starts = models.DateField(_("起"))
    ends = models.DateField(_("止"))
    published_at = models.DateTimeField(_("公开时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)

    class Meta:
        verbose_name = _("活动公开件")
        ordering = ["-starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="public_campaign_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:campaign", args=[self.address])


class CampaignRecord(OrgRecord):
    """A record of one campaign, with the number that its clerk gave it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name=_("活动"))
    number = models.CharField(_("编号"), max_length=30)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(OrgRecord.Meta):
        abstract = True


class Duty(CampaignRecord):
    part = models.CharField(_("部分"), max_length=16, choices=Part.choices)
    task = models.CharField(_("任务"), max_length=200)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    supporting = models.CharField(_("协办单位"), max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("代理人"))
    due = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=12, choices=DutyState.choices, default=DutyState.WAITING)
    done_on = models.DateField(_("完成日期"), null=True)
    evidence = models.CharField(_("佐证"), max_length=200, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("佐证文件"))

    # how far it is, and what shows that: a table of duties stays as true as it was, and what is done is counted by itself
    UNSAID = frozenset({"state", "done_on", "evidence", "file"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("任务")
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="duty_number_once"),
            models.CheckConstraint(
                condition=(Q(state=DutyState.DONE) & Q(done_on__isnull=False))
                | (~Q(state=DutyState.DONE) & Q(done_on__isnull=True)),
                name="done_duty_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="deputy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return self.task


class Consultation(CampaignRecord):
    """Questions to chosen people by personal links, or to anyone by a public page."""

    title = models.CharField(_("题目"), max_length=120)
    text = models.TextField(_("说明"), blank=True)
    questions = models.JSONField(_("问题"))
    naming = models.CharField(_("署名"), max_length=10, choices=Naming.choices, default=Naming.CHOICE)
    is_public = models.BooleanField(_("公开征求"), default=False)
    closes_on = models.DateField(_("截止日期"))

    class Meta(CampaignRecord.Meta):
        verbose_name = _("征求意见")
        ordering = ["-closes_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="consultation_number_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(OrgRecord):
    """Somebody who was asked by a link of his own."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations", verbose_name=_("受邀人"))
    answered_on = models.DateField(_("回答日期"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("邀请")
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="invited_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Opinion(OrgRecord):
    """What one person answered, word for word; suggestions are made from it and it stays as it came.

    ``invitation`` is empty when it came by the public page, and when an invited person chose to stay unnamed: nothing then
    leads back to him. ``contact`` is where he wants to be told what became of it.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions")
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="opinion")
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    unit = models.CharField(_("单位"), max_length=80, blank=True)
    contact = models.EmailField(_("邮箱"), blank=True)
    answers = models.JSONField(_("回答"))
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = (
        Personal("name", _("答复提出人"), Kept.CAMPAIGN),
        Personal("unit", _("答复提出人"), Kept.CAMPAIGN),
        Personal("contact", _("答复提出人"), Kept.CAMPAIGN, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("来信")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name or _('匿名')} {self.consultation}"


class Suggestion(CampaignRecord):
    """One thing suggested. Those that say the same are joined to one, which is handled for all; none is lost."""

    received_on = models.DateField(_("日期"))
    proposer = models.CharField(_("提出人"), max_length=40, blank=True)
    from_org = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("单位")
    )
    opinion = models.ForeignKey(
        Opinion, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("来信")
    )
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="joined", verbose_name=_("并入")
    )
    text = models.TextField(_("意见建议"))
    handling = models.CharField(_("处理"), max_length=10, choices=Handling.choices, default=Handling.OPEN)
    clause = models.CharField(_("采纳条款"), max_length=200, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    decided_in = models.ForeignKey(
        "Session", models.PROTECT, null=True, related_name="decided", verbose_name=_("议定的会议")
    )
    told_at = models.DateTimeField(_("告知时间"), null=True)

    # how it came, what is handled together with it, where, and what became of it, which is counted by itself
    UNSAID = frozenset({"opinion", "joined_to", "handling", "clause", "answer", "decided_in", "told_at"})

    PERSONAL = (Personal("proposer", _("答复提出人"), Kept.CAMPAIGN),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("意见建议")
        ordering = ["received_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="suggestion_number_once"),
            models.CheckConstraint(
                condition=~Q(handling=Handling.DECLINED) | ~Q(answer=""),
                name="declined_suggestion_is_answered",
            ),
            models.CheckConstraint(condition=~Q(joined_to=F("pk")), name="suggestion_not_joined_to_itself"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def unit(self) -> str:
        """Where the proposer is from: an organisation of the house, or what he wrote himself."""
        if self.from_org is not None:
            return self.from_org.short_name
        return self.opinion.unit if self.opinion is not None else ""


class Session(CampaignRecord):
    """A meeting that decided something for the campaign."""

    held_on = models.DateField(_("日期"))
    name = models.CharField(_("名称"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.CharField(_("主持人"), max_length=40, blank=True)
    attending = models.CharField(_("参加单位"), max_length=300, blank=True)
    decisions = models.TextField(_("议定事项"))

    PERSONAL = (Personal("chair", _("会议纪要"), Kept.ARCHIVE),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("会议")
        ordering = ["held_on"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="session_number_once")]

    def __str__(self) -> str:
        return self.name


class Level(CampaignRecord):
    """One level of the contingency plan."""

    name = models.CharField(_("级别"), max_length=40)
    rank = models.PositiveSmallIntegerField(_("次序"))
    trigger = models.CharField(_("触发条件"), max_length=300)
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("负责人"))
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("代理人"))
    measures = models.TextField(_("措施"))
    message = models.CharField(_("短信"), max_length=300, blank=True)
    in_force_since = models.DateField(_("启用日期"), null=True)
    set_on = models.DateField(_("触发条件定于"), null=True)

    # since when the trigger is as it is, and whether it is in force
    UNSAID = frozenset({"set_on", "in_force_since"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("预案级别")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "rank"], name="level_rank_once"),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(in_force_since__isnull=False), name="one_level_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quotation(CampaignRecord):
    """A fact that the campaign did not count itself, quoted with its source."""

    name = models.CharField(_("名称"), max_length=40)
    value = models.IntegerField(_("值"), null=True)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    written = models.CharField(_("写法"), max_length=40)
    source = models.CharField(_("出处"), max_length=200)
    stated_on = models.DateField(_("日期"), null=True)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("引用")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["campaign", "name"], name="quotation_name_once")]

    def __str__(self) -> str:
        return f"{self.name}：{self.written}（{self.source}）"
