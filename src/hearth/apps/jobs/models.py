"""A long job as people see it: state, progress, log, cancel. The queue itself is procrastinate's."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.jobs.states import State
from hearth.lib.personal import Kept, Personal


class Job(models.Model):
    org_id = models.BigIntegerField(_("组织"))
    org_path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(_("任务"), max_length=120)
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    log = models.TextField(_("日志"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    cancel_asked = models.BooleanField(_("已要求取消"), default=False)
    result = models.JSONField(_("结果"), null=True)
    asked_by = models.CharField(_("谁"), max_length=80)
    asked_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(_("最近心跳"), null=True)
    ended_at = models.DateTimeField(null=True)

    PERSONAL = (Personal("asked_by", _("任务做完告诉谁"), Kept.JOB),)

    class Meta:
        verbose_name = _("后台任务")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="job_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"]) | Q(ended_at__isnull=False),
                name="job_end_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """Something that is done once a day was done, or failed. A platform table."""

    day = models.DateField(_("日期"))
    name = models.CharField(_("名称"), max_length=60)
    trouble = models.CharField(_("没做成的原因"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("每日例行")
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="round_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
