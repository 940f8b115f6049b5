"""A forum: its slots and tables, who takes part, the 1:1 meetings and their timetable, who came."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.apps.exchange.models import Match
from hearth.apps.meetings.states import HalfDay, TimetableStatus
from hearth.lib.personal import Kept, Personal


class Forum(CampaignRecord):
    name = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120)
    tables = models.PositiveSmallIntegerField(_("洽谈桌"))
    fairness = models.PositiveSmallIntegerField(_("空等上限"), default=2)
    per_demand = models.PositiveSmallIntegerField(_("每项需求"), default=2)
    per_expert = models.PositiveSmallIntegerField(_("每位专家"), default=4)
    companies = models.ManyToManyField(Organisation, verbose_name=_("参加企业"), related_name="+")
    signing_at = models.TimeField(_("签约时间"), null=True)
    signing = models.CharField(_("签约协议"), max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=TimetableStatus.choices, default=TimetableStatus.NONE)
    breaks = models.PositiveIntegerField(_("空等"), null=True)
    bound = models.PositiveIntegerField(_("下界"), null=True)
    conflicts = models.JSONField(_("冲突"), default=list)
    timed_at = models.DateTimeField(_("排定时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)

    # whether it took place is told by who came; how the timetable was made is no statement of the forum
    UNSAID = frozenset({"cancelled_at", "status", "breaks", "bound", "conflicts", "timed_at"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("对接会")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="forum_number_once"),
            models.CheckConstraint(condition=Q(tables__gt=0), name="forum_has_tables"),
        ]

    def __str__(self) -> str:
        return self.name


class PublicForum(models.Model):
    """What anyone may read of a forum: a copy with a few numbers as they stood when it was published. Not behind the wall."""

    forum_id = models.BigIntegerField(unique=True)
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    address = models.CharField(max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120)
    demands = models.PositiveIntegerField(_("技术需求"))
    meetings = models.PositiveIntegerField(_("洽谈"))
    agreements = models.PositiveIntegerField(_("签订协议"))
    published_at = models.DateTimeField(_("公开时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)

    class Meta:
        verbose_name = _("对接会公开件")
        ordering = ["-held_on", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:forum", args=[self.address])


class Slot(OrgRecord):
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="slots")
    index = models.PositiveSmallIntegerField(_("次序"))
    starts = models.TimeField(_("起"))
    ends = models.TimeField(_("止"))
    half_day = models.CharField(_("半天"), max_length=10, choices=HalfDay.choices)

    class Meta(OrgRecord.Meta):
        verbose_name = _("时段")
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "index"], name="slot_index_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}"


class Participant(OrgRecord):
    """One side of meetings: an organisation, or one of its people. Its organisation is told of the appointments."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("名称"), max_length=80)

    class Meta(OrgRecord.Meta):
        verbose_name = _("洽谈方")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "name"], name="participant_name_once"),
            models.UniqueConstraint(fields=["forum", "person"], name="participating_person_once"),
            models.UniqueConstraint(
                fields=["forum", "organisation"],
                condition=Q(person__isnull=True),
                name="participating_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        return f"{self.name}（{self.organisation}）" if self.person_id else self.organisation.name


class Absence(OrgRecord):
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="+")
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("不能到场")
        constraints = [models.UniqueConstraint(fields=["participant", "slot"], name="absence_once")]

    def __str__(self) -> str:
        return f"{self.participant} {self.slot}"


class Meeting(OrgRecord):
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="meetings")
    company = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("企业"))
    expert = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("专家"))
    match = models.ForeignKey(Match, models.PROTECT, null=True, related_name="meetings")
    topic = models.CharField(_("议题"), max_length=120)
    fixed_slot = models.ForeignKey(
        Slot, models.PROTECT, null=True, related_name="+", verbose_name=_("指定时段")
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("洽谈")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "company", "expert"], name="pair_meets_once"),
            models.CheckConstraint(condition=~Q(company=F("expert")), name="nobody_meets_himself"),
        ]

    def __str__(self) -> str:
        return f"{self.company} — {self.expert}"


class Place(OrgRecord):
    """Where and when a meeting is: no table and no participant is taken twice in one slot."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="places")
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="place")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="+")
    table = models.PositiveSmallIntegerField(_("桌"))

    class Meta(OrgRecord.Meta):
        verbose_name = _("洽谈时间表")
        ordering = ["slot__index", "table"]
        constraints = [models.UniqueConstraint(fields=["forum", "slot", "table"], name="table_taken_once")]

    def __str__(self) -> str:
        return f"{self.slot} {self.table}号桌 {self.meeting}"


class Seat(OrgRecord):
    """One participant's share of a place; its unique key keeps a person from being in two places at once."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="seats")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="seats")

    class Meta(OrgRecord.Meta):
        verbose_name = _("到场安排")
        constraints = [models.UniqueConstraint(fields=["slot", "participant"], name="participant_taken_once")]

    def __str__(self) -> str:
        return f"{self.participant} {self.slot}"


class Attendance(CampaignRecord):
    """Somebody came through the door; each person once."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="attendance")
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("单位"), max_length=80)
    kind = models.CharField(_("类别"), max_length=20)
    came_at = models.DateTimeField(_("签到时间"))
    entrance = models.CharField(_("入口"), max_length=20, blank=True)

    PERSONAL = (Personal("name", _("签到、统计人数"), Kept.CAMPAIGN),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("签到")
        ordering = ["came_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="attendance_number_once"),
            models.UniqueConstraint(fields=["forum", "name", "unit"], name="checked_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


class Appointment(OrgRecord):
    """A meeting as told to one organisation: a copy in its own scope, with only what concerns it."""

    forum_name = models.CharField(_("对接会"), max_length=120)
    meeting_id = models.BigIntegerField()
    who = models.CharField(_("谁"), max_length=80)
    counterpart = models.CharField(_("对方"), max_length=80)
    topic = models.CharField(_("议题"), max_length=120)
    held_on = models.DateField(_("日期"))
    starts = models.TimeField(_("起"))
    ends = models.TimeField(_("止"))
    place = models.CharField(_("地点"), max_length=120)
    table = models.PositiveSmallIntegerField(_("桌"))

    PERSONAL = (Personal("who", _("告诉单位由谁去谈"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("洽谈安排")
        ordering = ["held_on", "starts"]
        constraints = [models.UniqueConstraint(fields=["org", "meeting_id", "who"], name="appointment_once")]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} {self.counterpart}"
