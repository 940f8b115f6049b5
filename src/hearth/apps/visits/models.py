"""Visits to scientists; the difficulties they told become cases, their suggestions are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, Person
from hearth.apps.visits.states import CLOSED, CaseKind, CaseState, Satisfaction, VisitedKind
from hearth.lib.personal import Kept, Personal


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

    PERSONAL = (
        Personal("title", _("走访记录"), Kept.CAMPAIGN),
        Personal("leader", _("走访记录"), Kept.CAMPAIGN),
        Personal("companions", _("走访记录"), Kept.CAMPAIGN),
        Personal("gifts", _("慰问品发放留据"), Kept.CAMPAIGN),
    )

    class Meta(CampaignRecord.Meta):
        verbose_name = _("走访")
        ordering = ["visited_on", "number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="visit_number_once")]

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
        ]

    def __str__(self) -> str:
        return self.text[:60]


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
