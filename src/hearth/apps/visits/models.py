"""Visits to scientists; the difficulties they told become cases, their suggestions are kept.

What is private of a difficulty (health, money, family) lies in a table of its own: lists, exports, searches, measures and
papers read the case, which cannot hold it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.files.models import File
from hearth.apps.visits.states import (
    CLOSED,
    CaseKind,
    CaseState,
    Manner,
    Matter,
    Satisfaction,
    Shown,
    Urgency,
    VisitedKind,
    YieldKind,
)
from hearth.lib.personal import Kept, Personal

WITHHELD = "保密的困难，内容另存"
ANSWERED = "已答复本人，内容另存"
"""All that the open part of a private case says of what was told and of the answer."""


class Visit(CampaignRecord):
    visited_on = models.DateField(_("日期"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("走访对象"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    title = models.CharField(_("职称"), max_length=40, blank=True)
    field = models.CharField(_("领域"), max_length=60, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=VisitedKind.choices, blank=True)
    leader = models.CharField(_("带队领导"), max_length=40)
    on_behalf_of = models.CharField(_("受托"), max_length=80, blank=True)
    companions = models.CharField(_("陪同"), max_length=200, blank=True)
    progress = models.TextField(_("工作进展"))
    gifts = models.CharField(_("慰问品"), max_length=120, blank=True)
    may_publish = models.BooleanField(_("可公开"), default=False)
    key = models.UUIDField(_("本机编号"), null=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    manner = models.CharField(_("方式"), max_length=6, choices=Manner.choices, blank=True)
    achievements = models.TextField(_("主要成绩"), blank=True)
    recorder = models.CharField(_("记录人"), max_length=40, blank=True)

    # carried along beside what papers count
    UNSAID = frozenset({"key", "place", "manner", "achievements", "recorder"})

    PERSONAL = (
        Personal("title", _("走访记录"), Kept.CAMPAIGN),
        Personal("recorder", _("说清走访是谁记的"), Kept.CAMPAIGN),
        Personal("leader", _("走访记录"), Kept.CAMPAIGN),
        Personal("companions", _("走访记录"), Kept.CAMPAIGN),
        Personal("gifts", _("慰问品发放留据"), Kept.CAMPAIGN),
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("走访")
        ordering = ["visited_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="visit_number_once"),
            models.UniqueConstraint(fields=["key"], name="visit_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.unit}）"


class Case(CampaignRecord):
    """A difficulty that somebody told, with an owner, a deadline and an answer."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="cases", verbose_name=_("走访"))
    text = models.TextField(_("困难"))
    kind = models.CharField(_("类别"), max_length=10, choices=CaseKind.choices)
    handled_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("承办单位"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=12, choices=CaseState.choices, default=CaseState.COLLECTED)
    answer = models.TextField(_("答复"), blank=True)
    satisfaction = models.CharField(_("满意度"), max_length=10, choices=Satisfaction.choices, blank=True)
    urgency = models.CharField(_("紧急程度"), max_length=6, choices=Urgency.choices, blank=True)
    private = models.BooleanField(_("保密"), default=False)
    # how often it was taken up; each time the person may answer once
    round = models.PositiveSmallIntegerField(_("第几次办"), default=1)

    # how far it is, and what was answered, is counted by itself
    UNSAID = frozenset({"urgency", "private", "round", "state", "answer", "satisfaction"})

    PERSONAL = (
        Personal("text", _("解决本人的困难，可能涉及健康和经济"), Kept.CAMPAIGN),
        Personal("answer", _("解决本人的困难，可能涉及健康和经济"), Kept.CAMPAIGN),
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("困难")
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED) | ~Q(answer=""), name="closed_case_has_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(private=False) | Q(text=WITHHELD, answer__in=["", ANSWERED]),
                name="private_case_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Confidence(OrgRecord):
    """What was told of a private difficulty and what was answered; read by those who handle it and the leader only."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="confidence", verbose_name=_("困难"))
    matter = models.CharField(_("事关"), max_length=6, choices=Matter.choices)
    text = models.TextField(_("保密的内容"))
    answer = models.TextField(_("保密的答复"), blank=True)

    PERSONAL = (
        Personal("text", _("解决本人健康、钱款、家庭的困难"), Kept.CAMPAIGN, masked=True),
        Personal("answer", _("解决本人健康、钱款、家庭的困难"), Kept.CAMPAIGN, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("保密内容")

    def __str__(self) -> str:
        return WITHHELD


class CaseReply(OrgRecord):
    """What the person said to an answer: once for each time the case was closed. ``words`` are empty for a private case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies", verbose_name=_("困难"))
    round = models.PositiveSmallIntegerField(_("第几次办"))
    solved = models.BooleanField(_("解决了"))
    satisfaction = models.CharField(_("满意度"), max_length=10, choices=Satisfaction.choices, blank=True)
    words = models.TextField(_("本人的话"), blank=True)
    replied_at = models.DateTimeField(_("回复时间"), auto_now_add=True)

    PERSONAL = (Personal("words", _("解决本人的困难，可能涉及健康和经济"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("本人的回复")
        ordering = ["case", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="case_replied_once"),
            models.CheckConstraint(
                condition=Q(solved=False) | ~Q(satisfaction=""), name="solved_case_is_rated"
            ),
        ]

    def __str__(self) -> str:
        return self.get_satisfaction_display() if self.solved else str(_("没有解决"))


class CaseReminder(OrgRecord):
    """That somebody was reminded of a case, filed with the case. ``days_left`` is negative after the deadline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders", verbose_name=_("困难"))
    day = models.DateField(_("日期"))
    days_left = models.SmallIntegerField(_("剩几天"))
    told = models.CharField(_("提醒了谁"), max_length=40)

    PERSONAL = (Personal("told", _("说清催办了谁"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("催办")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["case", "day"], name="case_reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.told} {self.day}"


class Gift(OrgRecord):
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="given", verbose_name=_("走访"))
    what = models.CharField(_("慰问品"), max_length=60)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    money = models.DecimalField(_("金额"), max_digits=10, decimal_places=2, null=True)

    PERSONAL = (Personal("money", _("慰问金发放留据"), Kept.CAMPAIGN, masked=True),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("慰问品")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="gift_is_something"),
            models.CheckConstraint(
                condition=Q(money__isnull=True) | Q(money__gt=0), name="gift_money_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.quantity}"


class VisitFile(OrgRecord):
    """A photo of a visit, or the receipt for what was given."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="files", verbose_name=_("走访"))
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("文件"))
    shows = models.CharField(_("内容"), max_length=10, choices=Shown.choices)

    class Meta(OrgRecord.Meta):
        verbose_name = _("走访的照片")
        ordering = ["shows", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "file"], name="visit_file_once")]

    def __str__(self) -> str:
        return f"{self.get_shows_display()} {self.file}"


class Yield(OrgRecord):
    """What a visit gave to the exchange: a demand or an expert's offer, drafted from what was told."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="yields", verbose_name=_("走访"))
    kind = models.CharField(_("类别"), max_length=8, choices=YieldKind.choices)
    demand = models.OneToOneField(
        Demand, models.PROTECT, null=True, related_name="visited", verbose_name=_("技术需求")
    )
    offer = models.OneToOneField(
        Offer, models.PROTECT, null=True, related_name="visited", verbose_name=_("供给")
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("走访所得")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "kind"], name="visit_yields_each_kind_once"),
            models.CheckConstraint(
                condition=Q(kind=YieldKind.DEMAND, demand__isnull=False, offer__isnull=True)
                | Q(kind=YieldKind.EXPERT, demand__isnull=True, offer__isnull=False),
                name="yield_is_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return str(self.demand or self.offer)


class Contact(OrgRecord):
    """A cadre keeps contact with a scientist, and visits him as often as his organisation asks."""

    cadre = models.ForeignKey(Person, models.PROTECT, related_name="contacts", verbose_name=_("联系干部"))
    scientist = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("科技工作者"))
    since = models.DateField(_("起"))
    ended_on = models.DateField(_("止"), null=True)
    reminded_on = models.DateField(_("提醒日期"), null=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("联系")
        ordering = ["cadre__name", "scientist__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "scientist"], condition=Q(ended_on=None), name="contact_kept_once"
            ),
            models.CheckConstraint(
                condition=~Q(cadre=models.F("scientist")), name="contact_is_with_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} — {self.scientist}"


class ContactRule(OrgRecord):
    """How many visits a quarter an organisation asks of its cadres; without a rule it is one."""

    times = models.PositiveSmallIntegerField(_("每季度次数"), default=1)

    class Meta(OrgRecord.Meta):
        verbose_name = _("联系制度")
        constraints = [
            models.UniqueConstraint(fields=["org"], name="one_contact_rule"),
            models.CheckConstraint(
                condition=Q(times__gte=1, times__lte=12), name="contact_times_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.times}"


class VisitSuggestion(CampaignRecord):
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="suggestions", verbose_name=_("走访"))
    text = models.TextField(_("建议"))

    class Meta(CampaignRecord.Meta):
        verbose_name = _("走访建议")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="visit_suggestion_number_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]
