"""Notices sent down the tree, and what each organisation returned.

What was sent is kept twice, each for its use: as one ``Answer`` row for each field and cell, typed, under a unique key, so
that sums, drill-down and "counted once" are plain SQL under the database's own eye (3,000 returns of ten fields add up in
well under a second); and as a ``Version``, the texts as they were sent, for history. What is not yet sent is a draft in the
return itself: it is nobody's statement and needs no types. JSON alone would have let a second copy of a number in.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign, CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord
from hearth.apps.files.models import File
from hearth.apps.notices.rules import fields
from hearth.apps.notices.states import Occasion, ReturnState, StampStanding
from hearth.lib.personal import Kept, Personal


class Notice(CampaignRecord):
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"), blank=True)
    document_number = models.CharField(_("文号"), max_length=40, blank=True)
    issued_on = models.DateField(_("下发日期"))
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("发文单位"))
    due = models.DateField(_("报送期限"), null=True)
    wants_return = models.BooleanField(_("要求报送"), default=True)

    form_told = models.JSONField(_("报送表"), default=list, db_column="form")
    remind_before = models.PositiveSmallIntegerField(_("期限前几天提醒"), null=True, default=2)
    remind_after = models.BooleanField(_("逾期第二天提醒"), default=True)

    # the enclosed paper's words, put in when that is issued; what is asked is said by the answers
    UNSAID = frozenset({"text", "form_told", "remind_before", "remind_after"})

    class Meta(CampaignRecord.Meta):
        verbose_name = _("通知")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="notice_number_once"),
            models.CheckConstraint(
                condition=Q(wants_return=True, due__isnull=False) | Q(wants_return=False, due__isnull=True),
                name="wanted_return_has_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def form(self) -> fields.Form:
        return fields.from_json(self.form_told)


class Return(OrgRecord):
    """One organisation's copy of a notice, and its answer. Both belong to the receiver, who cannot see the issuer's rows."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, db_constraint=False, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, db_constraint=False, related_name="returns")
    notice_title = models.CharField(_("通知"), max_length=200)
    notice_text = models.TextField(_("正文"), blank=True)
    word = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("公文"))
    document_number = models.CharField(_("文号"), max_length=40, blank=True)
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("发文单位"))
    issued_on = models.DateField(_("下发日期"))
    due = models.DateField(_("报送期限"), null=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)
    number = models.CharField(_("编号"), max_length=30, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ReturnState.choices, default=ReturnState.OPEN)
    sent_on = models.DateField(_("报送日期"), null=True)
    form_told = models.JSONField(_("报送表"), default=list, db_column="form")
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    draft = models.JSONField(_("草稿"), null=True)
    drafted_at = models.DateTimeField(_("草稿存于"), null=True)
    version = models.PositiveSmallIntegerField(_("第几次报送"), default=0)
    seal = models.CharField(_("答复的校验值"), max_length=64, blank=True)
    stamp = models.CharField(
        _("盖章件"), max_length=10, choices=StampStanding.choices, default=StampStanding.NONE
    )
    stamp_seen_by = models.CharField(_("谁对照的"), max_length=80, blank=True)
    stamp_reason = models.CharField(_("采用数据的理由"), max_length=300, blank=True)
    sent_back_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    field_reasons = models.JSONField(_("各项退回原因"), default=dict)
    reminded_at = models.DateTimeField(_("最近催办"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # asked, carried along, or not yet said; what was said is sealed
    UNSAID = frozenset(
        [
            "notice_text",
            "word",
            "form_told",
            "contact",
            "phone",
            "draft",
            "drafted_at",
            "field_reasons",
            "reminded_at",
            "stamp",
            "stamp_seen_by",
            "stamp_reason",
        ]
    )
    PERSONAL = (
        Personal("contact", _("核对报送的内容"), Kept.CAMPAIGN),
        Personal("phone", _("核对报送的内容"), Kept.CAMPAIGN, masked=True),
        Personal("stamp_seen_by", _("说清盖章件是谁对照的"), Kept.CAMPAIGN),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("报送")
        ordering = ["org_path"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "org"], name="return_once_per_organisation"),
            models.CheckConstraint(
                condition=Q(state=ReturnState.OPEN) | Q(sent_on__isnull=False), name="sent_return_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.notice_title}"

    @property
    def form(self) -> fields.Form:
        return fields.from_json(self.form_told)

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited: none came, or it was sent back."""
        return self.due is not None and self.state != ReturnState.SENT


class Correction(OrgRecord):
    """What a receiver was sent when the paper that its notice names was corrected: it holds from then on, and is signed for anew.

    The first paper stays with the return, so that one can see what was in force before.
    """

    returned = models.ForeignKey(Return, models.CASCADE, related_name="corrections")
    number = models.CharField(_("文号"), max_length=40, blank=True)
    text = models.TextField(_("正文"))
    word = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("公文"))
    sent_at = models.DateTimeField(_("送达时间"), auto_now_add=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("更正件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["returned", "word"], name="correction_once_a_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.returned.notice_title} {self.number}".strip()


class Answer(OrgRecord):
    """One typed answer: to a field, or in a cell of a table. ``counted`` is off while another's line is counted for it."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="answers")
    notice = models.ForeignKey(Notice, models.PROTECT, db_constraint=False, related_name="+")
    key = models.CharField(_("栏目"), max_length=40)
    line = models.PositiveSmallIntegerField(_("行"), default=0)
    column = models.CharField(_("栏"), max_length=40, blank=True)
    number = models.DecimalField(_("数"), max_digits=18, decimal_places=4, null=True)
    text = models.TextField(_("文字"), blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    counted = models.BooleanField(_("计入汇总"), default=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("报送的一项")
        ordering = ["returned", "key", "line", "column"]
        indexes = [models.Index(fields=["notice", "key"], name="answer_by_field")]
        constraints = [
            models.UniqueConstraint(fields=["returned", "key", "line", "column"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, text="", file=None)
                | (Q(number=None, file=None) & ~Q(text=""))
                | Q(number=None, text="", file__isnull=False),
                name="answer_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.cell.shown}"

    @property
    def cell(self) -> fields.Cell:
        return fields.Cell(self.key, self.line, self.column, self.number, self.text, self.file_id)


class Version(OrgRecord):
    """What was sent at one time, and why it was sent back."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("第几次"))
    said = models.JSONField(_("内容"))
    sent_at = models.DateTimeField(_("报送时间"), auto_now_add=True)
    sent_by = models.CharField(_("谁报的"), max_length=80)
    sent_back_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    field_reasons = models.JSONField(_("各项退回原因"), default=dict)

    PERSONAL = (Personal("sent_by", _("说清每一次是谁报的"), Kept.CAMPAIGN),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("报送的一次")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["returned", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.returned_id} {self.number}"


class Reminder(OrgRecord):
    """That a receiver was reminded; the daily round does so at most once for each occasion."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="reminders")
    occasion = models.CharField(_("缘由"), max_length=8, choices=Occasion.choices)
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    told = models.PositiveSmallIntegerField(_("告诉几人"), default=0)

    class Meta(OrgRecord.Meta):
        verbose_name = _("催办记录")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["returned", "occasion"],
                condition=~Q(occasion=Occasion.HAND),
                name="reminded_once_an_occasion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.returned_id} {self.get_occasion_display()}"


class Duplicate(OrgRecord):
    """A line of a table that tells of the same event as another's: both have the credit, the owner's line counts.

    Belongs to the issuer, who alone sees both. Gone when it is undone, or when either return is sent back.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="duplicates")
    key = models.CharField(_("表格"), max_length=40)
    owner = models.ForeignKey(Return, models.CASCADE, db_constraint=False, related_name="+")
    owner_line = models.PositiveSmallIntegerField(_("行"))
    copy = models.ForeignKey(Return, models.CASCADE, db_constraint=False, related_name="+")
    copy_line = models.PositiveSmallIntegerField(_("重复的行"))
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgRecord.Meta):
        verbose_name = _("重复的活动")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "key", "copy_line"], name="duplicate_of_one_owner"),
            models.CheckConstraint(condition=~Q(owner=models.F("copy")), name="duplicate_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}.{self.owner_line} = {self.copy_id}.{self.copy_line}"
