"""Taking in visits, the difficulties told there and the suggestions heard from a spreadsheet."""

import datetime

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.visits import actions
from hearth.apps.visits.models import Case, Contact, Visit, VisitSuggestion
from hearth.apps.visits.states import CLOSED, CaseKind, CaseState, Satisfaction, VisitedKind
from hearth.lib.cells import nearest
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

VISITS = Table(
    name="走访",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="对象", required=True),
        Column(name="单位", required=True),
        Column(name="职称", longest=40),
        Column(name="领域", longest=60),
        Column(name="类别", kind=Kind.CHOICE, choices=choices(VisitedKind)),
        Column(name="带队领导", required=True, longest=40),
        Column(name="受托", longest=80),
        Column(name="陪同", longest=200),
        Column(name="工作进展", required=True),
        Column(name="慰问品", longest=120),
        Column(name="可公开", kind=Kind.FLAG, required=True),
    ),
)
CASES = Table(
    name="困难",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="走访编号", required=True),
        Column(name="困难", required=True),
        Column(name="类别", kind=Kind.CHOICE, required=True, choices=choices(CaseKind)),
        Column(name="承办单位", required=True),
        Column(name="责任人", required=True),
        Column(name="期限", kind=Kind.DATE, required=True),
        Column(name="状态", kind=Kind.CHOICE, required=True, choices=choices(CaseState)),
        Column(name="答复"),
        Column(name="满意度", kind=Kind.CHOICE, choices=choices(Satisfaction)),
    ),
)
SUGGESTIONS = Table(
    name="建议",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="走访编号", required=True),
        Column(name="建议", required=True),
    ),
)
TABLES = (VISITS, CASES, SUGGESTIONS)
CONTACTS = Table(
    name="联系",
    columns=(
        Column(name="联系干部", required=True, longest=40),
        Column(name="科技工作者", required=True, longest=40),
    ),
)
_CLOSED = tuple(str(state.label) for state in CLOSED)


def take_visits(reading: Reading, campaign: Campaign, names: Names) -> None:
    for table, model in ((VISITS, Visit), (CASES, Case), (SUGGESTIONS, VisitSuggestion)):
        used = set(model.objects.filter(campaign=campaign).values_list("number", flat=True))
        names.findings.add(
            *(
                row.fault("编号", cure="这个编号已经登记过，请换一个")
                for row in reading.of(table)
                if row["编号"] in used
            )
        )
    known = tuple(row.get("编号", str) for row in reading.of(VISITS))
    for row in reading.of(VISITS):
        names.person(row, "对象")
        names.organisation(row, "单位")
    for row in reading.of(CASES):
        _check_visit(row, known, names)
        _check_case(row, names)
    for row in reading.of(SUGGESTIONS):
        _check_visit(row, known, names)
    names.findings.settle()
    visits = {row.get("编号", str): _record(row, campaign, names) for row in reading.of(VISITS)}
    for row in reading.of(CASES):
        _tell(row, visits[row.get("走访编号", str)], names)
    for row in reading.of(SUGGESTIONS):
        actions.suggest(
            visit=visits[row.get("走访编号", str)],
            number=row.get("编号", str),
            text=row.get("建议", str),
            by=names.by,
        )


def take_contacts(reading: Reading, names: Names) -> int:
    """Who keeps contact with whom, by names of the directory; a contact that is kept already stays. How many are new."""
    pairs = [(names.person(row, "联系干部"), names.person(row, "科技工作者")) for row in reading.of(CONTACTS)]
    for row, (cadre, scientist) in zip(reading.of(CONTACTS), pairs, strict=True):
        if cadre and cadre == scientist:
            names.findings.add(row.fault("科技工作者", cure="不能和联系干部是同一个人"))
    names.findings.settle()
    kept = set(Contact.objects.filter(ended_on=None).values_list("cadre", "scientist"))
    fresh = {(c.pk, s.pk): (c, s) for c, s in pairs if c and s and (c.pk, s.pk) not in kept}
    for cadre, scientist in fresh.values():
        actions.keep_contact(cadre=cadre, scientist=scientist, by=names.by)
    return len(fresh)


def _check_visit(row: Row, known: tuple[str, ...], names: Names) -> None:
    number = row.get("走访编号", str)
    if number not in known:
        near = nearest(number, known)
        cure = f"是不是“{near}”" if near else "请先在那张表里登记"
        names.findings.add(row.fault("走访编号", wanted="“走访”表里的编号", cure=cure))


def _check_case(row: Row, names: Names) -> None:
    names.organisation(row, "承办单位")
    names.person(row, "责任人")
    closed = row["状态"] in _CLOSED
    if closed and not row["答复"]:
        names.findings.add(row.fault("答复", cure=f"“{row['状态']}”的困难要有答复"))
    if row["满意度"] and not closed:
        names.findings.add(row.fault("满意度", cure="还没有办结的困难不填满意度"))


def _record(row: Row, campaign: Campaign, names: Names) -> Visit:
    person, kind = names.person(row, "对象"), chosen(VisitedKind, row, "类别")
    assert person is not None
    return actions.record(
        campaign=campaign,
        number=row.get("编号", str),
        visited_on=row.get("日期", datetime.date),
        person=person,
        unit=names.organisation(row, "单位"),
        title=row.optional("职称", str) or "",
        field=row.optional("领域", str) or "",
        kind=VisitedKind(kind) if kind else None,
        leader=row.get("带队领导", str),
        on_behalf_of=row.optional("受托", str) or "",
        companions=row.optional("陪同", str) or "",
        progress=row.get("工作进展", str),
        gifts=row.optional("慰问品", str) or "",
        may_publish=row.get("可公开", bool),
        by=names.by,
    )


def _tell(row: Row, visit: Visit, names: Names) -> Case:
    person, satisfaction = names.person(row, "责任人"), chosen(Satisfaction, row, "满意度")
    assert person is not None
    return actions.tell(
        visit=visit,
        number=row.get("编号", str),
        text=row.get("困难", str),
        kind=CaseKind(chosen(CaseKind, row, "类别")),
        handled_by=names.organisation(row, "承办单位"),
        person=person,
        due=row.get("期限", datetime.date),
        state=CaseState(chosen(CaseState, row, "状态")),
        answer=row.optional("答复", str) or "",
        satisfaction=Satisfaction(satisfaction) if satisfaction else None,
        by=names.by,
    )
