"""Signing agreements, and keeping what their clauses promise."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hearth.apps.agreements.models import Agreement, Clause, Party, Undertaking
from hearth.apps.agreements.states import AgreementKind, ClauseState
from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.lib import constraints
from hearth.lib.wall import scope

MOST_PARTIES = 5


class AgreementRefused(Exception):
    """Something that an agreement does not allow; the message names the cure."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A clause that is somebody's duty by a day."""

    number: str
    clause: str
    text: str
    lead: Organisation
    person: Person
    due: datetime.date
    state: ClauseState = ClauseState.WAITING
    evidence: str = ""


@transaction.atomic
def sign_agreement(
    *,
    campaign: Campaign,
    number: str,
    name: str,
    kind: AgreementKind,
    signed_on: datetime.date,
    parties: Sequence[Organisation],
    promises: Sequence[Promise] = (),
    place: str = "",
    valid_until: datetime.date | None = None,
    witnesses: str = "",
    by: Actor,
) -> Agreement:
    """Register a signed agreement; ``parties`` in the order 甲 乙 丙. Each duty is told to the party that owes it."""
    _may_manage(by)
    _check_parties(parties, promises)
    agreement = Agreement(
        org=campaign.org,
        campaign=campaign,
        number=number,
        name=name,
        kind=kind,
        signed_on=signed_on,
        place=place,
        valid_until=valid_until,
        witnesses=witnesses,
    )
    _saved(agreement)
    for rank, organisation in enumerate(parties):
        Party.objects.create(org=campaign.org, agreement=agreement, rank=rank, organisation=organisation)
    for promise in promises:
        _promise(agreement, promise)
    audit.record("签订", agreement, by=by, parties=[party.short_name for party in parties])
    return agreement


def _check_parties(parties: Sequence[Organisation], promises: Sequence[Promise]) -> None:
    if not 2 <= len(parties) <= MOST_PARTIES:
        raise AgreementRefused(f"协议要有 2 到 {MOST_PARTIES} 方，请改正。")
    if len({party.pk for party in parties}) < len(parties):
        raise AgreementRefused("同一个单位不能签两次，请改正签约方。")
    for promise in promises:
        if promise.lead not in parties:
            raise AgreementRefused(f"{promise.clause}的责任单位“{promise.lead}”不是签约方，请改正。")


def _promise(agreement: Agreement, promise: Promise) -> None:
    clause = Clause(
        org=agreement.org,
        campaign=agreement.campaign,
        agreement=agreement,
        number=promise.number,
        clause=promise.clause,
        text=promise.text,
        lead=promise.lead,
        person=promise.person,
        who=promise.person.name,
        due=promise.due,
        state=promise.state,
        evidence=promise.evidence,
    )
    _saved(clause)
    _tell(clause)


@transaction.atomic
def begin(*, clause: Clause, by: Actor) -> Clause:
    return _moved(clause, ClauseState.RUNNING, "开始办理", by)


@transaction.atomic
def fulfil(*, clause: Clause, evidence: str, by: Actor) -> Clause:
    """Note that a promise was kept; what proves it is named."""
    if not evidence.strip():
        raise AgreementRefused("完成要写明佐证，兑现率才有依据。请写是哪份材料。")
    return _moved(clause, ClauseState.DONE, "完成", by, evidence=evidence.strip()[:200])


@transaction.atomic
def declare_late(*, clause: Clause, by: Actor) -> Clause:
    return _moved(clause, ClauseState.LATE, "标为逾期", by)


@transaction.atomic
def reopen(*, clause: Clause, by: Actor) -> Clause:
    """Take a clause back to 'running'; evidence that was named stays."""
    return _moved(clause, ClauseState.RUNNING, "重新办理", by)


@transaction.atomic
def amend_clause(*, clause: Clause, text: str, due: datetime.date, evidence: str, by: Actor) -> Clause:
    _may_manage(by)
    clause = _locked(clause)
    clause.text, clause.due, clause.evidence = text, due, evidence.strip()[:200]
    _saved(clause)
    _tell(clause)
    audit.record("修改事项", clause, by=by)
    return clause


def _moved(clause: Clause, state: ClauseState, verb: str, by: Actor, evidence: str | None = None) -> Clause:
    _may_manage(by)
    clause = _locked(clause)
    clause.state = state
    clause.evidence = clause.evidence if evidence is None else evidence
    _saved(clause)
    _tell(clause)
    audit.record(verb, clause, by=by)
    return clause


def _tell(clause: Clause) -> None:
    """Copy the duty into the scope of the party that owes it."""
    with scope(clause.lead.path):
        Undertaking.objects.update_or_create(
            org=clause.lead,
            clause_id=clause.pk,
            defaults={
                "agreement": clause.agreement.name,
                "clause": clause.clause,
                "text": clause.text,
                "who": clause.who,
                "due": clause.due,
                "state": clause.state,
            },
        )


def _locked(clause: Clause) -> Clause:
    rows = Clause.objects.select_for_update(of=("self",)).select_related("org", "lead", "agreement")
    found: Clause = rows.get(pk=clause.pk)
    return found


def _saved(row: Agreement | Clause) -> None:
    cures = {
        "agreement_valid_after_signing": "有效期要晚于签订日期，请改正。",
        "kept_clause_has_evidence": f"{row}已完成，要写明佐证。请补上，或先重新办理。",
        **constraints.number_taken(row.number),
    }
    with constraints.explained(cures, AgreementRefused):
        row.save()


def _may_manage(by: Actor) -> None:
    if not by.may(Permission.MANAGE_AGREEMENTS):
        raise AgreementRefused("协议由领导、干事或经纪人办理，请转给他们。")
