"""Outreach events with their places, tickets and door; materials, and the ledger of what went in, out, to people and back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.files.models import File
from hearth.apps.outreach.rules import CODE_LENGTH, MOST_PARTY, whereabouts
from hearth.apps.outreach.states import (
    AT_EVENT,
    Act,
    Direction,
    MaterialKind,
    Rating,
    Standing,
    Verdict,
)
from hearth.lib.personal import Kept, Personal


class OutreachEvent(CampaignRecord):
    """``taken`` counts the places of those who hold some; an event without ``capacity`` takes no registrations."""

    name = models.CharField(_("名称"), max_length=120)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("学校"))
    held_on = models.DateField(_("日期"))
    starts = models.TimeField(_("几点开始"), null=True)
    ends = models.TimeField(_("几点结束"), null=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("负责人"))
    about = models.TextField(_("介绍"), blank=True)
    attendance = models.PositiveIntegerField(_("参加人数"), null=True)
    capacity = models.PositiveIntegerField(_("名额"), null=True)
    taken = models.PositiveIntegerField(_("已报"), default=0, editable=False)
    opens_at = models.DateTimeField(_("报名开始"), null=True)
    closes_at = models.DateTimeField(_("报名截止"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)

    # a cancelled event is not counted; how it is registered for goes on while papers speak of it
    UNSAID = frozenset({"cancelled_at", "about", "capacity", "taken", "opens_at", "closes_at"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("科普活动")
        ordering = ["held_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="outreach_event_number_once"),
            models.CheckConstraint(
                condition=Q(taken=0) | Q(capacity__isnull=False, taken__lte=F("capacity")),
                name="places_never_oversold",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="outreach_event_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="registration_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whereabouts(self) -> str:
        return whereabouts(self.school.name, self.place)


class PublicEvent(models.Model):
    """What anyone may read of an event: a copy without personal data, kept up with it. Not behind the wall."""

    event_id = models.BigIntegerField(unique=True)
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    address = models.CharField(max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    school = models.CharField(_("学校"), max_length=80)
    held_on = models.DateField(_("日期"))
    starts = models.TimeField(_("几点开始"), null=True)
    ends = models.TimeField(_("几点结束"), null=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    about = models.TextField(_("介绍"), blank=True)
    capacity = models.PositiveIntegerField(_("名额"), null=True)
    taken = models.PositiveIntegerField(_("已报"), default=0)
    waiting = models.PositiveIntegerField(_("候补"), default=0)
    opens_at = models.DateTimeField(_("报名开始"), null=True)
    closes_at = models.DateTimeField(_("报名截止"), null=True)
    published_at = models.DateTimeField(_("公开时间"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    changed_at = models.DateTimeField(
        _("改动时间"), auto_now=True, help_text=_("网页上任何内容的改动，包括名额")
    )

    class Meta:
        verbose_name = _("科普活动公开件")
        ordering = ["held_on", "starts", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:event", args=[self.address])

    @property
    def whereabouts(self) -> str:
        return whereabouts(self.school, self.place)

    @property
    def free(self) -> int:
        return max(0, (self.capacity or 0) - self.taken)


class Registration(OrgRecord):
    """Somebody who wants to come, with a party; ``code`` is what the ticket's QR code says."""

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="registrations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("单位"), max_length=80)
    contact = models.CharField(_("电话或邮箱"), max_length=120)
    party = models.PositiveSmallIntegerField(_("人数"))
    standing = models.CharField(_("状态"), max_length=10, choices=Standing.choices)
    code = models.CharField(_("票号"), max_length=CODE_LENGTH, unique=True)
    registered_at = models.DateTimeField(_("报名时间"), auto_now_add=True)
    moved_up_at = models.DateTimeField(_("递补时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)

    PERSONAL = (
        Personal("name", _("认票、签到"), Kept.CAMPAIGN),
        Personal("contact", _("告诉本人活动有变、有没有名额"), Kept.CAMPAIGN, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("报名")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"],
                condition=~Q(standing=Standing.CANCELLED),
                name="registered_once",
            ),
            models.CheckConstraint(condition=Q(party__range=(1, MOST_PARTY)), name="party_within_bounds"),
            models.CheckConstraint(
                condition=Q(standing=Standing.CANCELLED, cancelled_at__isnull=False)
                | (~Q(standing=Standing.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="cancelled_registration_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


class Scan(OrgRecord):
    """Something done at the door, as the door sent it, with what came of it. The door's ``key`` makes it count once."""

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="scans")
    key = models.UUIDField()
    act = models.CharField(_("动作"), max_length=8, choices=Act.choices)
    verdict = models.CharField(_("结果"), max_length=10, choices=Verdict.choices)
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, related_name="scans")
    said = models.CharField(_("扫到的内容"), max_length=80, blank=True)
    people = models.PositiveSmallIntegerField(_("人数"), default=0)
    entrance = models.CharField(_("入口"), max_length=20, blank=True)
    at = models.DateTimeField(_("时间"))
    offline = models.BooleanField(_("没有网络时扫的"), default=False)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("门口签到")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="scan_kept_once"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(verdict=Verdict.ADMITTED, undone_at__isnull=True),
                name="ticket_admitted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration or self.said or _('没报名的')} {self.get_verdict_display()}"


class Feedback(OrgRecord):
    """What somebody who came, or the school itself (``registration`` empty), thinks; asked first, given later."""

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="feedback")
    registration = models.OneToOneField(Registration, models.PROTECT, null=True, related_name="feedback")
    who = models.CharField(_("谁"), max_length=80)
    asked_at = models.DateTimeField(_("征求时间"), auto_now_add=True)
    rating = models.PositiveSmallIntegerField(_("满意度"), choices=Rating.choices, null=True)
    text = models.TextField(_("意见"), blank=True)
    wants = models.TextField(_("下次想要"), blank=True)
    given_at = models.DateTimeField(_("反馈时间"), null=True)

    PERSONAL = (Personal("who", _("知道意见是谁提的"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("活动反馈")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(registration__isnull=True), name="school_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True, given_at__isnull=True)
                | Q(rating__in=Rating.values, given_at__isnull=False),
                name="given_feedback_has_a_rating",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.event}"


class Material(CampaignRecord):
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=MaterialKind.choices)
    unit = models.CharField(_("单位"), max_length=4)
    in_stock = models.IntegerField(_("在库"), default=0, editable=False)
    reserved = models.IntegerField(_("预留"), default=0, editable=False)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("物料")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="material_number_once"),
            models.CheckConstraint(condition=Q(in_stock__gte=0), name="stock_never_negative"),
            models.CheckConstraint(
                condition=Q(reserved=0) | Q(reserved__gt=0, reserved__lte=F("in_stock")),
                name="reserved_lies_in_stock",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holding(OrgRecord):
    """A material at an event: reserved for it in the store, and lying there, not yet given out, returned or lost.

    ``explanation`` says why ``explained`` still lie there; it holds as long as that many do.
    """

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="holdings")
    material = models.ForeignKey(Material, models.PROTECT, related_name="holdings")
    quantity = models.IntegerField(_("在场"), default=0)
    reserved = models.IntegerField(_("预留"), default=0)
    explained = models.PositiveIntegerField(_("已说明的数"), null=True)
    explanation = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("在场物料")
        constraints = [
            models.UniqueConstraint(fields=["event", "material"], name="holding_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="holding_never_negative"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="reservation_never_negative"),
            models.CheckConstraint(
                condition=Q(explained__isnull=True) | ~Q(explanation=""), name="difference_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.material} {self.quantity}"


class Movement(CampaignRecord):
    """One line of the materials ledger."""

    moved_on = models.DateField(_("日期"))
    material = models.ForeignKey(Material, models.PROTECT, related_name="movements", verbose_name=_("物料"))
    direction = models.CharField(_("方向"), max_length=10, choices=Direction.choices)
    quantity = models.PositiveIntegerField(_("数量"))
    event = models.ForeignKey(
        OutreachEvent, models.PROTECT, null=True, related_name="movements", verbose_name=_("科普活动")
    )
    signed_for = models.CharField(_("签收人"), max_length=40, blank=True)
    slip = models.CharField(_("单据"), max_length=80, blank=True)
    evidence = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("佐证"))

    PERSONAL = (Personal("signed_for", _("物料签收留据"), Kept.CAMPAIGN),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("出入库")
        ordering = ["moved_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="movement_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | (Q(direction__in=AT_EVENT) & Q(event__isnull=False)),
                name="movement_names_its_event",
            ),
        ]

    def __str__(self) -> str:
        where = self.event or _("仓库")
        return (
            f"{self.get_direction_display()} {self.material} {self.quantity}{self.material.unit}（{where}）"
        )
