"""Agreements, their parties, and clauses that became dated duties of somebody."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.agreements.states import AgreementKind, ClauseState
from hearth.apps.campaigns.models import CampaignRecord
from hearth.apps.directory.models import Organisation, OrgRecord, Person
from hearth.lib.personal import Kept, Personal


class Agreement(CampaignRecord):
    name = models.CharField(_("名称"), max_length=160)
    kind = models.CharField(_("类别"), max_length=12, choices=AgreementKind.choices)
    signed_on = models.DateField(_("签订日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True)
    witnesses = models.CharField(_("见证"), max_length=200, blank=True)

    PERSONAL = (Personal("witnesses", _("协议见证留名"), Kept.CONTRACT),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("协议")
        ordering = ["signed_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("signed_on")),
                name="agreement_valid_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Party(OrgRecord):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    rank = models.PositiveSmallIntegerField(_("次序"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))

    class Meta(OrgRecord.Meta):
        verbose_name = _("签约方")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "rank"], name="party_rank_once"),
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once"),
        ]

    def __str__(self) -> str:
        return f"{'甲乙丙丁戊'[self.rank]}方 {self.organisation}"


class Clause(CampaignRecord):
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    clause = models.CharField(_("条"), max_length=20)
    text = models.TextField(_("事项"))
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    # a party beyond the wall keeps its people to itself, so the name is copied
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    who = models.CharField(_("责任人"), max_length=40)
    due = models.DateField(_("期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=ClauseState.choices, default=ClauseState.WAITING
    )
    evidence = models.CharField(_("佐证"), max_length=200, blank=True)

    # how far it is, and what shows that, is counted by itself
    UNSAID = frozenset({"state", "evidence"})

    PERSONAL = (Personal("who", _("协议事项由谁办"), Kept.CONTRACT),)

    class Meta(CampaignRecord.Meta):
        verbose_name = _("协议事项")
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="clause_number_once"),
            models.CheckConstraint(
                condition=~Q(state=ClauseState.DONE) | ~Q(evidence=""), name="kept_clause_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.text[:60]}"


class Undertaking(OrgRecord):
    """A clause as told to the organisation that owes it: a copy in its own scope."""

    clause_id = models.BigIntegerField()
    agreement = models.CharField(_("协议"), max_length=160)
    clause = models.CharField(_("条"), max_length=20)
    text = models.TextField(_("事项"))
    who = models.CharField(_("责任人"), max_length=40)
    due = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=10, choices=ClauseState.choices)

    PERSONAL = (Personal("who", _("协议事项由谁办"), Kept.CONTRACT),)

    class Meta(OrgRecord.Meta):
        verbose_name = _("我方协议事项")
        ordering = ["due"]
        constraints = [models.UniqueConstraint(fields=["org", "clause_id"], name="undertaking_once")]

    def __str__(self) -> str:
        return f"{self.agreement}{self.clause}"
