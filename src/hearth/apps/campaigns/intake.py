"""Taking in a campaign's frame, duties and consultation from files."""

import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from django.conf import settings
from pydantic import Field

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.states import DutyState, Handling, Part
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.directory.models import Organisation
from hearth.lib.arrivals import Arrival
from hearth.lib.documents import Shape, read_yaml
from hearth.lib.faults import Fault, Refused
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Table

Positive = Annotated[int, Field(gt=0)]


class QuotationShape(Shape):
    name: str = Field(alias="名称")
    value: int | None = Field(None, alias="值")
    unit: str = Field("", alias="单位")
    written: str = Field(alias="写法")
    source: str = Field(alias="出处")
    stated_on: datetime.date | None = Field(None, alias="日期")


class LevelShape(Shape):
    name: str = Field(alias="级别")
    trigger: str = Field(alias="触发条件")
    lead: str = Field(alias="负责人")
    deputy: str | None = Field(None, alias="代理人")
    measures: str = Field(alias="措施")
    message: str = Field("", alias="短信")


class ContingencyShape(Shape):
    now: str | None = Field(None, alias="当前级别")
    set_on: datetime.date | None = Field(None, alias="设定日期")
    levels: tuple[LevelShape, ...] = Field((), alias="级别")


class CampaignShape(Shape):
    """campaign.yaml"""

    name: str = Field(alias="名称")
    theme: str = Field("", alias="主题")
    year: Positive = Field(alias="年份")
    edition: Positive | None = Field(None, alias="届次")
    starts: datetime.date = Field(alias="起")
    ends: datetime.date = Field(alias="止")
    basis: str = Field("", alias="依据")
    host: str = Field(alias="主办")
    partners: tuple[str, ...] = Field((), alias="联合")
    archived_at: datetime.datetime | None = Field(None, alias="归档时间")
    quotations: tuple[QuotationShape, ...] = Field((), alias="引用")
    contingency: ContingencyShape = Field(ContingencyShape(), alias="预案")


DUTIES = Table(
    name="分工",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="部分", kind=Kind.CHOICE, required=True, choices=choices(Part)),
        Column(name="任务", required=True, longest=200),
        Column(name="牵头单位", required=True),
        Column(name="协办单位", longest=200),
        Column(name="责任人", required=True),
        Column(name="代理人"),
        Column(name="期限", kind=Kind.DATE, required=True),
        Column(name="状态", kind=Kind.CHOICE, required=True, choices=choices(DutyState)),
        Column(name="完成日期", kind=Kind.DATE),
        Column(name="佐证", longest=200),
    ),
)
SUGGESTIONS = Table(
    name="意见",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="提出人", longest=40),
        Column(name="单位", required=True),
        Column(name="意见建议", required=True),
        Column(name="处理", kind=Kind.CHOICE, required=True, choices=choices(Handling)),
        Column(name="采纳条款", longest=200),
        Column(name="答复"),
    ),
)
SESSIONS = Table(
    name="会议",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="名称", required=True, longest=120),
        Column(name="地点", longest=120),
        Column(name="主持人", longest=40),
        Column(name="参加单位", longest=300),
        Column(name="议定事项", required=True),
    ),
)


def read(arrival: Arrival) -> CampaignShape:
    return read_yaml(arrival, CampaignShape)


def take_campaign(shape: CampaignShape, names: Names, file: str) -> Campaign:
    """Start the campaign. Names that the directory does not know, and an end before the start, are faults."""
    for place, name in (("主办", shape.host), *(("联合", partner) for partner in shape.partners)):
        if names.organisation_called(name) is None:
            names.findings.add(
                _fault(file, place, name, "组织表里的名称或简称", names.near_organisation(name))
            )
    people = [person for level in shape.contingency.levels for person in (level.lead, level.deputy) if person]
    for name in people:
        if names.person_called(name) is None:
            names.findings.add(_fault(file, "预案．级别", name, "人员表里的姓名", names.near_person(name)))
    if shape.ends < shape.starts:
        names.findings.add(_fault(file, "止", str(shape.ends), f"不早于“起”的日期 {shape.starts}", ""))
    levels = [level.name for level in shape.contingency.levels]
    if shape.contingency.now and shape.contingency.now not in levels:
        names.findings.add(
            _fault(file, "预案．当前级别", shape.contingency.now, f"{'、'.join(levels)}之一", "")
        )
    names.findings.settle()
    return _start(shape, names, file)


def _start(shape: CampaignShape, names: Names, file: str) -> Campaign:
    host = names.organisation_called(shape.host)
    assert host is not None
    try:
        return _started(shape, host, names)
    except actions.CampaignRefused as refused:
        raise Refused([Fault(file=file, column="名称", cure=str(refused).rstrip("。"))]) from refused


def _started(shape: CampaignShape, host: Organisation, names: Names) -> Campaign:
    campaign = actions.start(
        org=host,
        name=shape.name,
        theme=shape.theme,
        year=shape.year,
        edition=shape.edition,
        starts=shape.starts,
        ends=shape.ends,
        basis=shape.basis,
        partners=[org for partner in shape.partners if (org := names.organisation_called(partner))],
        archived_at=_local(shape.archived_at),
        by=names.by,
    )
    for quotation in shape.quotations:
        actions.quote(campaign=campaign, **quotation.model_dump(), by=names.by)
    for rank, level in enumerate(shape.contingency.levels, 1):
        lead = names.person_called(level.lead)
        assert lead is not None
        actions.plan_level(
            campaign=campaign,
            rank=rank,
            name=level.name,
            trigger=level.trigger,
            lead=lead,
            deputy=names.person_called(level.deputy or ""),
            measures=level.measures,
            message=level.message,
            in_force_since=shape.contingency.set_on if level.name == shape.contingency.now else None,
            by=names.by,
        )
    return campaign


def take_duties(reading: Reading, campaign: Campaign, names: Names) -> None:
    rows = reading.of(DUTIES)
    for row in rows:
        if (chosen(DutyState, row, "状态") == DutyState.DONE) != bool(row["完成日期"]):
            names.findings.add(row.fault("完成日期", cure="已完成的任务要有完成日期，没有完成的不填"))
        if row["代理人"] and row["代理人"] == row["责任人"]:
            names.findings.add(row.fault("代理人", cure="代理人要是另一个人"))
        names.organisation(row, "牵头单位")
        names.person(row, "责任人")
        names.person(row, "代理人")
    names.findings.settle()
    for row in rows:
        person = names.person(row, "责任人")
        assert person is not None
        actions.assign(
            campaign=campaign,
            number=row.get("编号", str),
            part=Part(chosen(Part, row, "部分")),
            task=row.get("任务", str),
            lead=names.organisation(row, "牵头单位"),
            supporting=row.optional("协办单位", str) or "",
            person=person,
            deputy=names.person(row, "代理人"),
            due=row.get("期限", datetime.date),
            state=DutyState(chosen(DutyState, row, "状态")),
            done_on=row.optional("完成日期", datetime.date),
            evidence=row.optional("佐证", str) or "",
            by=names.by,
        )


def take_consultation(reading: Reading, campaign: Campaign, names: Names) -> None:
    for row in reading.of(SUGGESTIONS):
        names.organisation(row, "单位")
        if chosen(Handling, row, "处理") == Handling.DECLINED and not row["答复"]:
            names.findings.add(row.fault("答复", cure="未采纳的意见要有答复"))
    names.findings.settle()
    for row in reading.of(SUGGESTIONS):
        actions.receive(
            campaign=campaign,
            number=row.get("编号", str),
            received_on=row.get("日期", datetime.date),
            proposer=row.optional("提出人", str) or "",
            from_org=names.organisation(row, "单位"),
            text=row.get("意见建议", str),
            handling=Handling(chosen(Handling, row, "处理")),
            clause=row.optional("采纳条款", str) or "",
            answer=row.optional("答复", str) or "",
            by=names.by,
        )
    for row in reading.of(SESSIONS):
        actions.hold_session(
            campaign=campaign,
            number=row.get("编号", str),
            held_on=row.get("日期", datetime.date),
            name=row.get("名称", str),
            place=row.optional("地点", str) or "",
            chair=row.optional("主持人", str) or "",
            attending=row.optional("参加单位", str) or "",
            decisions=row.get("议定事项", str),
            by=names.by,
        )


def _local(moment: datetime.datetime | None) -> datetime.datetime | None:
    """A time without zone is the house's own."""
    if moment is None or moment.tzinfo:
        return moment
    return moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _fault(file: str, place: str, found: str, wanted: str, cure: str) -> Fault:
    return Fault(file=file, column=place, found=found, wanted=wanted, cure=cure)
