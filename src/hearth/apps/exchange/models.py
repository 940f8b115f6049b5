"""Technical demands, offers (experts, achievements, facilities), and the matches between them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.exchange.rules import outward
from hearth.apps.exchange.states import Answer, Cooperation, Judgement, OfferKind, Secrecy, Stage
from hearth.lib.personal import Kept, Personal


class Demand(OrgRecord):
    """A technical demand; it belongs to the enterprise that has it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, db_constraint=False, related_name="+")
    number = models.CharField(_("编号"), max_length=30)
    title = models.CharField(_("名称"), max_length=120)
    field = models.CharField(_("领域"), max_length=60)
    problem = models.TextField(_("主要问题"))
    indicators = models.TextField(_("技术指标"))
    target = models.TextField(_("预期目标"), blank=True)
    keywords = models.CharField(_("关键词"), max_length=200)
    cooperation = models.CharField(_("合作方式"), max_length=14, choices=Cooperation.choices, blank=True)
    funds = models.DecimalField(_("投入万元"), max_digits=12, decimal_places=2, null=True)
    due = models.DateField(_("期限"), null=True)
    secrecy = models.CharField(_("保密"), max_length=10, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    public_summary = models.TextField(_("公开摘要"), blank=True)
    contact = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("联系人"))
    avoid = models.CharField(_("回避单位"), max_length=200, blank=True)
    is_draft = models.BooleanField(_("草稿"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # a draft is not counted at all
    UNSAID = frozenset({"is_draft"})

    class Meta(OrgRecord.Meta):
        verbose_name = _("技术需求")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["org", "number"], name="demand_number_once"),
            models.CheckConstraint(
                condition=Q(funds__isnull=True) | Q(funds__gte=0), name="demand_funds_not_negative"
            ),
        ]

    def __str__(self) -> str:
        """Fit for lists, audit trails and papers, which are read outside the demand's own organisation too."""
        if self.secrecy == Secrecy.SECRET:
            return outward(title=self.title, secrecy=self.secrecy, public_summary=self.public_summary)
        return self.title


class Offer(OrgRecord):
    """An expert, an achievement or a facility, offered to an exchange by its provider.

    The provider owns the entry when it stands below the exchange's keeper. Otherwise the keeper does: the entry is what the
    provider disclosed to it. What a broker has to read of provider and person is therefore copied, never looked up.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, db_constraint=False, related_name="+")
    number = models.CharField(_("编号"), max_length=30)
    kind = models.CharField(_("类别"), max_length=12, choices=OfferKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    field = models.CharField(_("领域"), max_length=60)
    text = models.TextField(_("简介"))
    keywords = models.CharField(_("关键词"), max_length=200)
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="offers")
    holder = models.CharField(_("专家或完成人"), max_length=40, blank=True)
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage.choices, blank=True)
    terms = models.CharField(_("方式"), max_length=120, blank=True)
    days_a_year = models.PositiveSmallIntegerField(_("服务天数"), null=True)
    avoid = models.CharField(_("回避单位"), max_length=200, blank=True)
    is_draft = models.BooleanField(_("草稿"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # a draft is not counted at all
    UNSAID = frozenset({"is_draft"})

    PERSONAL = (Personal("holder", _("让需要的单位找到人"), Kept.EXCHANGE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("供给")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["org", "number"], name="offer_number_once"),
            models.CheckConstraint(
                condition=~Q(kind=OfferKind.EXPERT) | (Q(person__isnull=False) & ~Q(holder="")),
                name="expert_offer_names_a_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(holder=""), name="offer_copies_its_persons_name"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Match(OrgRecord):
    """What the engine proposed for a demand, with its reasons, and what the broker made of it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="matches")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="matches")
    rank = models.PositiveSmallIntegerField(_("名次"))
    score = models.FloatField(_("分"))
    reasons = models.JSONField(_("理由"))
    assigned = models.BooleanField(_("分派"), default=False)
    judgement = models.CharField(_("判断"), max_length=10, choices=Judgement.choices, default=Judgement.OPEN)
    judged_by = models.CharField(_("谁判断"), max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = (Personal("judged_by", _("说清推荐是谁判断的"), Kept.EXCHANGE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("推荐")
        ordering = ["demand", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["demand", "offer"], name="match_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="match_score_between_0_and_1"
            ),
            models.CheckConstraint(
                condition=Q(judgement=Judgement.OPEN) | Q(judged_at__isnull=False),
                name="judgement_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} ← {self.offer}"


class Proposal(OrgRecord):
    """A match as told to one of its sides: a copy in that side's own scope, with only what may be disclosed."""

    match_id = models.BigIntegerField()
    own = models.CharField(_("己方"), max_length=120)
    holder = models.CharField(_("己方专家或完成人"), max_length=40, blank=True)
    counterpart = models.CharField(_("对方"), max_length=120)
    counterpart_org = models.CharField(_("对方单位"), max_length=80, blank=True)
    title = models.CharField(_("对方内容"), max_length=200)
    text = models.TextField(_("简介"), blank=True)
    reasons = models.JSONField(_("理由"), default=list)
    broker = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("推荐单位")
    )
    told_by = models.CharField(_("谁推荐"), max_length=40)
    told_at = models.DateTimeField(_("推荐时间"), auto_now_add=True)
    answer = models.CharField(_("答复"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answer_note = models.CharField(_("说明"), max_length=200, blank=True)
    answered_by = models.CharField(_("谁答复"), max_length=40, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    PERSONAL = (
        Personal("told_by", _("说清推荐是谁发出的"), Kept.EXCHANGE),
        Personal("holder", _("让本人看到与自己有关的推荐"), Kept.EXCHANGE),
        Personal("answered_by", _("说清推荐是谁答复的"), Kept.EXCHANGE),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("收到的推荐")
        ordering = ["-told_at"]
        constraints = [
            models.UniqueConstraint(fields=["org", "match_id"], name="proposal_told_once"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN) | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="answer_has_a_time_and_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.own} — {self.counterpart}"


class Reply(OrgRecord):
    """What one side of a match answered, as told back to the exchange's keeper, who may not see that side's own rows."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="replies")
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    answer = models.CharField(_("答复"), max_length=10, choices=Answer.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    answered_by = models.CharField(_("谁答复"), max_length=40)
    answered_at = models.DateTimeField(_("答复时间"))

    PERSONAL = (Personal("answered_by", _("说清推荐是谁答复的"), Kept.EXCHANGE),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("对推荐的答复")
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(fields=["match", "side"], name="one_reply_a_side"),
            models.CheckConstraint(condition=~Q(answer=Answer.OPEN), name="reply_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.get_answer_display()}"
