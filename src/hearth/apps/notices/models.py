"""Notices sent down the tree, and what each organisation returned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign, CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord
from hearth.apps.files.models import File
from hearth.apps.notices.states import ReturnState


class Notice(CampaignRecord):
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("正文"), blank=True)
    document_number = models.CharField(_("文号"), max_length=40, blank=True)
    issued_on = models.DateField(_("下发日期"))
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("发文单位"))
    due = models.DateField(_("报送期限"), null=True)
    wants_return = models.BooleanField(_("要求报送"), default=True)

    # the enclosed paper's words, put in when that is issued
    UNSAID = frozenset({"text"})

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
    sessions = models.PositiveIntegerField(_("学习讨论场次"), null=True)
    people = models.PositiveIntegerField(_("参加人数"), null=True)
    outreach_events = models.PositiveIntegerField(_("科普活动场次"), null=True)
    digest = models.TextField(_("心得摘要"), blank=True)
    sent_back_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("最近催办"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    UNSAID = frozenset({"notice_text", "word"})

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
