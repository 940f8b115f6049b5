"""Taking in demands and offers from spreadsheets."""

import datetime
from collections.abc import Callable
from decimal import Decimal

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.exchange import actions
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.exchange.states import Cooperation, OfferKind, Secrecy, Stage
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

NUMBER = Column(name="编号", required=True, unique=True, longest=30)
TITLE = Column(name="名称", required=True, longest=120)
ORG = Column(name="单位", required=True)
FIELD = Column(name="领域", required=True, longest=60)
KEYWORDS = Column(name="关键词", required=True, longest=200)
AVOID = Column(name="回避单位", longest=200)

DEMANDS = Table(
    name="需求",
    columns=(
        NUMBER,
        TITLE,
        ORG,
        FIELD,
        Column(name="主要问题", required=True),
        Column(name="技术指标", required=True),
        Column(name="预期目标"),
        KEYWORDS,
        Column(name="合作方式", kind=Kind.CHOICE, choices=choices(Cooperation)),
        Column(name="投入万元", kind=Kind.MONEY, minimum=0, maximum=9_999_999),
        Column(name="期限", kind=Kind.DATE),
        Column(name="保密", kind=Kind.CHOICE, required=True, choices=choices(Secrecy)),
        Column(name="公开摘要"),
        Column(name="联系人"),
        AVOID,
    ),
)
EXPERTS = Table(
    name="专家",
    columns=(
        NUMBER,
        Column(name="姓名", required=True, unique=True, longest=40),
        ORG,
        Column(name="职称", required=True, longest=40),
        FIELD,
        Column(name="研究方向", required=True),
        Column(name="代表成果", required=True),
        KEYWORDS,
        Column(name="服务天数", kind=Kind.INTEGER, minimum=0, maximum=366),
        AVOID,
    ),
)
ACHIEVEMENTS = Table(
    name="成果",
    columns=(
        NUMBER,
        TITLE,
        ORG,
        Column(name="完成人", longest=40),
        FIELD,
        Column(name="简介", required=True),
        Column(name="创新点"),
        Column(name="阶段", kind=Kind.CHOICE, choices=choices(Stage)),
        KEYWORDS,
        Column(name="转化方式", longest=120),
    ),
)
FACILITIES = Table(
    name="设施",
    columns=(
        NUMBER,
        TITLE,
        Column(name="型号", longest=60),
        ORG,
        FIELD,
        Column(name="用途", required=True),
        Column(name="开放方式", longest=50),
        KEYWORDS,
        Column(name="收费", longest=60),
    ),
)
DEMAND_TABLES = (DEMANDS,)
OFFER_TABLES = (EXPERTS, ACHIEVEMENTS, FACILITIES)

Making = Callable[[Row, Names], actions.OfferEntry]


def take_demands(reading: Reading, campaign: Campaign, names: Names) -> None:
    rows = reading.of(DEMANDS)
    taken = set(Demand.objects.filter(campaign=campaign).values_list("org_id", "number"))
    for row in rows:
        org = names.optional_organisation(row, "单位")
        names.person(row, "联系人")
        names.organisations(row, "回避单位")
        if org and not org.path.startswith(campaign.org.path):
            names.findings.add(row.fault("单位", wanted=f"{campaign.org}下面的单位"))
        if org and (org.pk, row["编号"]) in taken:
            names.findings.add(row.fault("编号", cure="这个单位已经登记过这个编号，请换一个"))
    names.findings.settle()
    for row in rows:
        actions.register_demand(
            entry=_demand(row, names), org=names.organisation(row, "单位"), campaign=campaign, by=names.by
        )


def _demand(row: Row, names: Names) -> actions.DemandEntry:
    cooperation = chosen(Cooperation, row, "合作方式")
    return actions.DemandEntry(
        number=row.get("编号", str),
        title=row.get("名称", str),
        field=row.get("领域", str),
        problem=row.get("主要问题", str),
        indicators=row.get("技术指标", str),
        target=row.optional("预期目标", str) or "",
        keywords=row.get("关键词", str),
        cooperation=Cooperation(cooperation) if cooperation else None,
        funds=row.optional("投入万元", Decimal),
        due=row.optional("期限", datetime.date),
        secrecy=Secrecy(chosen(Secrecy, row, "保密")),
        public_summary=row.optional("公开摘要", str) or "",
        contact=names.person(row, "联系人"),
        avoid=names.organisations(row, "回避单位"),
    )


def take_offers(reading: Reading, campaign: Campaign, names: Names) -> None:
    """Take experts, achievements and facilities; numbers are unique over the three tables."""
    making: tuple[tuple[Table, Making], ...] = (
        (EXPERTS, _expert),
        (ACHIEVEMENTS, _achievement),
        (FACILITIES, _facility),
    )
    for table in OFFER_TABLES:
        for row in reading.of(table):
            names.organisation(row, "单位")
            _check_people(table, row, names)
    _check_numbers(reading, campaign, names)
    names.findings.settle()
    for table, make in making:
        for row in reading.of(table):
            actions.register_offer(
                entry=make(row, names),
                provider=names.organisation(row, "单位"),
                campaign=campaign,
                by=names.by,
            )


def _check_people(table: Table, row: Row, names: Names) -> None:
    if table is EXPERTS:
        names.person(row, "姓名")
        names.organisations(row, "回避单位")
    elif table is ACHIEVEMENTS:
        names.person(row, "完成人")


def _check_numbers(reading: Reading, campaign: Campaign, names: Names) -> None:
    taken = dict.fromkeys(Offer.objects.filter(campaign=campaign).values_list("number", flat=True), "库里")
    for table in OFFER_TABLES:
        for row in reading.of(table):
            number = row.get("编号", str)
            if number in taken:
                names.findings.add(row.fault("编号", cure=f"{taken[number]}已经有这个编号，请换一个"))
            taken[number] = f"“{table.name}”表里"


def _expert(row: Row, names: Names) -> actions.OfferEntry:
    return actions.OfferEntry(
        number=row.get("编号", str),
        kind=OfferKind.EXPERT,
        title=f"{row.get('姓名', str)} {row.get('职称', str)}",
        field=row.get("领域", str),
        text=f"{row.get('研究方向', str)}\n{row.get('代表成果', str)}",
        keywords=row.get("关键词", str),
        person=names.person(row, "姓名"),
        days_a_year=row.optional("服务天数", int),
        avoid=names.organisations(row, "回避单位"),
    )


def _achievement(row: Row, names: Names) -> actions.OfferEntry:
    stage = chosen(Stage, row, "阶段")
    return actions.OfferEntry(
        number=row.get("编号", str),
        kind=OfferKind.ACHIEVEMENT,
        title=row.get("名称", str),
        field=row.get("领域", str),
        text="\n".join(filter(None, (row.get("简介", str), row.optional("创新点", str)))),
        keywords=row.get("关键词", str),
        person=names.person(row, "完成人"),
        stage=Stage(stage) if stage else None,
        terms=row.optional("转化方式", str) or "",
    )


def _facility(row: Row, _names: Names) -> actions.OfferEntry:
    model = row.optional("型号", str)
    terms = (row.optional("开放方式", str), row.optional("收费", str))
    return actions.OfferEntry(
        number=row.get("编号", str),
        kind=OfferKind.FACILITY,
        title=f"{row.get('名称', str)} {model}"[:120] if model else row.get("名称", str),
        field=row.get("领域", str),
        text=row.get("用途", str),
        keywords=row.get("关键词", str),
        terms="，".join(filter(None, terms)),
    )
