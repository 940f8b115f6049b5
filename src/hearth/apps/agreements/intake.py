"""Taking in signed agreements and their clauses from a spreadsheet."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hearth.apps.agreements import actions
from hearth.apps.agreements.models import Agreement, Clause
from hearth.apps.agreements.states import AgreementKind, ClauseState
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.directory.models import Organisation
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

PARTIES = ("甲方", "乙方", "丙方")

AGREEMENTS = Table(
    name="协议",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="名称", required=True, longest=160),
        Column(name="类别", kind=Kind.CHOICE, required=True, choices=choices(AgreementKind)),
        Column(name="甲方", required=True),
        Column(name="乙方", required=True),
        Column(name="丙方"),
        Column(name="签订日期", kind=Kind.DATE, required=True),
        Column(name="地点", longest=120),
        Column(name="有效期至", kind=Kind.DATE),
        Column(name="见证", longest=200),
    ),
)
CLAUSES = Table(
    name="条款",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="协议编号", required=True, longest=30),
        Column(name="条", required=True, longest=20),
        Column(name="事项", required=True),
        Column(name="责任单位", required=True),
        Column(name="责任人", required=True),
        Column(name="期限", kind=Kind.DATE, required=True),
        Column(name="状态", kind=Kind.CHOICE, required=True, choices=choices(ClauseState)),
        Column(name="佐证", longest=200),
    ),
)
TABLES = (AGREEMENTS, CLAUSES)


def take_agreements(reading: Reading, campaign: Campaign, names: Names) -> None:
    agreements, clauses = reading.of(AGREEMENTS), reading.of(CLAUSES)
    _check_known(agreements, clauses, campaign, names)
    parties = {row.get("编号", str): _parties(row, names) for row in agreements}
    for row in clauses:
        _check_clause(row, parties, names)
    names.findings.settle()
    promises: defaultdict[str, list[actions.Promise]] = defaultdict(list)
    for row in clauses:
        promises[row.get("协议编号", str)].append(_promise(row, names))
    for row in agreements:
        number = row.get("编号", str)
        actions.sign_agreement(
            campaign=campaign,
            number=number,
            name=row.get("名称", str),
            kind=AgreementKind(chosen(AgreementKind, row, "类别")),
            signed_on=row.get("签订日期", datetime.date),
            parties=parties[number],
            promises=promises[number],
            place=row.optional("地点", str) or "",
            valid_until=row.optional("有效期至", datetime.date),
            witnesses=row.optional("见证", str) or "",
            by=names.by,
        )


def _check_known(agreements: Sequence[Row], clauses: Sequence[Row], campaign: Campaign, names: Names) -> None:
    for rows, kind in ((agreements, Agreement), (clauses, Clause)):
        taken = set(kind.objects.filter(campaign=campaign).values_list("number", flat=True))
        for row in rows:
            if row["编号"] in taken:
                names.findings.add(row.fault("编号", cure="库里已经有这个编号，请换一个"))


def _parties(row: Row, names: Names) -> list[Organisation]:
    signed = row.get("签订日期", datetime.date)
    until = row.optional("有效期至", datetime.date)
    if until and until <= signed:
        names.findings.add(row.fault("有效期至", wanted=f"晚于签订日期 {signed} 的日期"))
    parties: list[Organisation] = []
    for column in PARTIES:
        organisation = names.optional_organisation(row, column)
        if organisation in parties:
            names.findings.add(row.fault(column, cure="这个单位已经是签约方，请换一个"))
        elif organisation is not None:
            parties.append(organisation)
    return parties


def _check_clause(row: Row, parties: Mapping[str, Sequence[Organisation]], names: Names) -> None:
    lead = names.optional_organisation(row, "责任单位")
    names.person(row, "责任人")
    signed_by = parties.get(row.get("协议编号", str))
    if signed_by is None:
        names.findings.add(row.fault("协议编号", wanted="“协议”表里的编号"))
    elif lead is not None and lead not in signed_by:
        wanted = "、".join(party.short_name for party in signed_by)
        names.findings.add(row.fault("责任单位", wanted=f"这份协议的一方：{wanted}"))
    if chosen(ClauseState, row, "状态") == ClauseState.DONE and not row["佐证"]:
        names.findings.add(row.fault("佐证", cure="已完成的事项要写明佐证，请补上"))


def _promise(row: Row, names: Names) -> actions.Promise:
    person = names.person(row, "责任人")
    assert person is not None
    return actions.Promise(
        number=row.get("编号", str),
        clause=row.get("条", str),
        text=row.get("事项", str),
        lead=names.organisation(row, "责任单位"),
        person=person,
        due=row.get("期限", datetime.date),
        state=ClauseState(chosen(ClauseState, row, "状态")),
        evidence=row.optional("佐证", str) or "",
    )
