"""A campaign: its frame, duties, consultation, meetings, contingency plan and quoted facts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.states import DutyState, Handling, Part
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.measures.models import Subject
from hearth.lib.personal import Kept, Personal


class Campaign(OrgRecord):
    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="campaign")
    name = models.CharField(_("名称"), max_length=120)
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("年份"))
    edition = models.PositiveSmallIntegerField(_("届次"), null=True)
    starts = models.DateField(_("起"))
    ends = models.DateField(_("止"))
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    partners = models.ManyToManyField(Organisation, verbose_name=_("联合"), related_name="+")
    archived_at = models.DateTimeField(_("归档时间"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("活动")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="campaign_ends_after_it_starts"),
            models.UniqueConstraint(fields=["org", "name", "year"], name="campaign_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"


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


class Suggestion(CampaignRecord):
    received_on = models.DateField(_("日期"))
    proposer = models.CharField(_("提出人"), max_length=40, blank=True)
    from_org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    text = models.TextField(_("意见建议"))
    handling = models.CharField(_("处理"), max_length=10, choices=Handling.choices, default=Handling.OPEN)
    clause = models.CharField(_("采纳条款"), max_length=200, blank=True)
    answer = models.TextField(_("答复"), blank=True)

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
        ]

    def __str__(self) -> str:
        return self.text[:60]


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
