"""Plans B and what each level changes, resources, and every switch with what it changed and who is to be called."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign, CampaignRecord, Level
from hearth.apps.contingency.rules import Arrangement
from hearth.apps.contingency.states import What
from hearth.apps.directory.models import OrgRecord, Person
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach.models import OutreachEvent
from hearth.lib.personal import Kept, Personal


def exactly_one(first: str, second: str) -> Q:
    return Q(**{f"{first}__isnull": False, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": True, f"{second}__isnull": False}
    )


class PlanB(CampaignRecord):
    """A named way out, such as 雨天进礼堂, whatever level is in force."""

    name = models.CharField(_("名称"), max_length=40)
    trigger = models.CharField(_("触发条件"), max_length=300)
    set_on = models.DateField(_("触发条件定于"))
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("负责人"))
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("代理人"))
    measures = models.TextField(_("措施"), blank=True)
    message = models.CharField(_("短信"), max_length=300, blank=True)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("B 案")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="plan_b_number_once"),
            models.UniqueConstraint(fields=["campaign", "name"], name="plan_b_name_once"),
            models.CheckConstraint(condition=~Q(deputy=F("lead")), name="plan_b_deputy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return self.name


class Resource(OrgRecord):
    """Something that can be used when it comes to it; of one level, or of the whole plan."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name=_("活动"))
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, related_name="resources", verbose_name=_("级别")
    )
    name = models.CharField(_("名称"), max_length=60)
    amount = models.CharField(_("数量、存放处"), max_length=80, blank=True)
    who = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)

    PERSONAL = (
        Personal("who", _("预案启动时找得到"), Kept.CAMPAIGN),
        Personal("phone", _("预案启动时找得到"), Kept.CAMPAIGN, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("应急资源")
        ordering = ["level__rank", "pk"]

    def __str__(self) -> str:
        return self.name


class Change(OrgRecord):
    """What a level or a plan B does to one activity; what is left empty stays as it is."""

    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="changes")
    plan = models.ForeignKey(PlanB, models.PROTECT, null=True, related_name="changes")
    event = models.ForeignKey(
        OutreachEvent, models.PROTECT, null=True, related_name="+", verbose_name=_("科普活动")
    )
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, related_name="+", verbose_name=_("对接会"))
    what = models.CharField(_("怎么变"), max_length=10, choices=What.choices)
    held_on = models.DateField(_("改到哪天"), null=True)
    starts = models.TimeField(_("改到几点"), null=True)
    ends = models.TimeField(_("几点结束"), null=True)
    place = models.CharField(_("改到哪里"), max_length=120, blank=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("准备好的变更")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("level", "plan"), name="change_is_of_a_level_or_a_plan"
            ),
            models.CheckConstraint(condition=exactly_one("event", "forum"), name="change_names_one_activity"),
            models.CheckConstraint(
                condition=Q(what=What.CANCELLED)
                | Q(held_on__isnull=False)
                | Q(starts__isnull=False)
                | ~Q(place=""),
                name="change_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="change_ends_after_it_starts",
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, activity],
                    condition=Q(**{f"{owner}__isnull": False, f"{activity}__isnull": False}),
                    name=f"change_once_per_{owner}_and_{activity}",
                )
                for owner in ("level", "plan")
                for activity in ("event", "forum")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}：{self.get_what_display()}"

    @property
    def activity(self) -> OutreachEvent | Forum:
        found = self.event or self.forum
        assert found is not None
        return found

    def after(self, before: Arrangement) -> Arrangement:
        """What it makes of an arrangement; of a cancellation, without the moment."""
        return before.moved(self.held_on, self.starts, self.ends, self.place)


class Switch(CampaignRecord):
    """One pull: to another level, or of a plan B. It is in force until it is undone or another level follows.

    A drill is written down alike and changes nothing. ``was`` and ``was_since`` are the level before, ``replaced`` the
    switch that had brought it.
    """

    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="switches")
    plan = models.ForeignKey(PlanB, models.PROTECT, null=True, related_name="switches")
    was = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+", verbose_name=_("原来的级别"))
    was_since = models.DateField(_("原来的级别启用于"), null=True)
    replaced = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_drill = models.BooleanField(_("演练"), default=False)
    why = models.CharField(_("为什么启动"), max_length=300)
    message = models.CharField(_("短信"), max_length=300, blank=True)
    pulled_by = models.CharField(_("谁启动"), max_length=40)
    told = models.PositiveIntegerField(_("告诉了"), default=0)
    to_call = models.PositiveIntegerField(_("要打电话"), default=0)
    over_at = models.DateTimeField(_("停止时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_by = models.CharField(_("谁撤销"), max_length=40, blank=True)
    undone_because = models.CharField(_("为什么撤销"), max_length=300, blank=True)
    undone_told = models.PositiveIntegerField(_("撤销时告诉了"), default=0)

    PERSONAL = (
        Personal("pulled_by", _("记下谁启动预案"), Kept.ARCHIVE),
        Personal("undone_by", _("记下谁撤销"), Kept.ARCHIVE),
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("预案启动")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="switch_number_once"),
            models.CheckConstraint(
                condition=exactly_one("level", "plan"), name="switch_is_of_a_level_or_a_plan"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(level__isnull=False, over_at__isnull=True, is_drill=False),
                name="one_level_switch_in_force",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(over_at__isnull=True, is_drill=False), name="plan_pulled_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(over_at__isnull=False, is_drill=False) & ~Q(undone_by=""),
                name="undone_switch_is_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('演练')}：{self.of}" if self.is_drill else str(self.of)

    @property
    def of(self) -> Level | PlanB:
        found = self.level or self.plan
        assert found is not None
        return found

    @property
    def is_in_force(self) -> bool:
        return not self.is_drill and self.over_at is None


class Turn(OrgRecord):
    """One activity in one switch: how it was, how it became; after an undo, whether it went back or why it was left."""

    switch = models.ForeignKey(Switch, models.PROTECT, related_name="turns")
    event = models.ForeignKey(OutreachEvent, models.PROTECT, null=True, related_name="+")
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(_("原来"))
    after = models.JSONField(_("改为"))
    is_undone = models.BooleanField(_("已改回"), default=False)
    left_because = models.CharField(_("没有改回的原因"), max_length=200, blank=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("预案变更")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("event", "forum"), name="turn_names_one_activity"),
            models.UniqueConstraint(fields=["switch", "event"], name="event_turned_once"),
            models.UniqueConstraint(fields=["switch", "forum"], name="forum_turned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.switch} {self.activity}"

    @property
    def activity(self) -> OutreachEvent | Forum:
        found = self.event or self.forum
        assert found is not None
        return found

    @property
    def was(self) -> Arrangement:
        return Arrangement.from_json(self.before)

    @property
    def became(self) -> Arrangement:
        return Arrangement.from_json(self.after)


class Call(OrgRecord):
    """Somebody whom neither the house nor a letter reaches: to be called, and what to say."""

    switch = models.ForeignKey(Switch, models.PROTECT, related_name="calls")
    name = models.CharField(_("姓名"), max_length=80)
    unit = models.CharField(_("单位"), max_length=80, blank=True)
    phone = models.CharField(_("电话或邮箱"), max_length=120, blank=True)
    text = models.TextField(_("要说的话"))
    is_undo = models.BooleanField(_("撤销时的"), default=False)
    called_at = models.DateTimeField(_("打过的时间"), null=True)
    called_by = models.CharField(_("谁打的"), max_length=40, blank=True)

    PERSONAL = (
        Personal("name", _("打电话告诉本人活动有变"), Kept.CAMPAIGN),
        Personal("phone", _("打电话告诉本人活动有变"), Kept.CAMPAIGN, masked=True),
        Personal("called_by", _("记下谁打过"), Kept.CAMPAIGN),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("电话通知")
        ordering = ["called_at", "pk"]

    def __str__(self) -> str:
        return self.name
