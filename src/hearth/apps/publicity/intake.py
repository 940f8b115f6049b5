"""Taking in placements and stories from a spreadsheet."""

import datetime

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.publicity import actions, rules
from hearth.apps.publicity.models import Article, Placement, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

PLACEMENTS = Table(
    name="刊播",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="渠道", kind=Kind.CHOICE, required=True, choices=choices(Channel)),
        Column(name="媒体", required=True, longest=80),
        Column(name="标题", required=True, longest=200),
        Column(name="类型", kind=Kind.CHOICE, required=True, choices=choices(PlacementKind)),
        Column(name="版面时段", longest=60),
        Column(name="链接", longest=300),
        Column(name="原发转载", kind=Kind.CHOICE, required=True, choices=choices(Origin)),
        Column(name="触达人数", kind=Kind.INTEGER, minimum=0, maximum=2_000_000_000),
        Column(name="数据来源", longest=120),
        Column(name="存证", longest=200),
    ),
)
PROFILES = Table(
    name="典型事迹",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="人员", required=True),
        Column(name="标题", required=True, longest=200),
        Column(name="事迹", required=True),
        Column(name="同意日期", kind=Kind.DATE, required=True),
        Column(name="审核人", required=True, longest=40),
        Column(name="审核日期", kind=Kind.DATE, required=True),
    ),
    required=False,
)
ARTICLES = Table(
    name="工作动态",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="标题", required=True, longest=200),
        Column(name="正文", required=True),
        Column(name="审核人", required=True, longest=40),
        Column(name="审核日期", kind=Kind.DATE, required=True),
    ),
    required=False,
)
TABLES = (PLACEMENTS, PROFILES, ARTICLES)


def take_placements(reading: Reading, campaign: Campaign, names: Names) -> None:
    for table, model in ((PLACEMENTS, Placement), (PROFILES, Profile), (ARTICLES, Article)):
        used = set(model.objects.filter(campaign=campaign).values_list("number", flat=True))
        names.findings.add(
            *(
                row.fault("编号", cure="这个编号已经登记过，请换一个")
                for row in reading.of(table)
                if row["编号"] in used
            )
        )
    for row in reading.of(PLACEMENTS):
        objection = rules.objection(
            link=row.optional("链接", str) or "",
            reach=row.optional("触达人数", int),
            reach_source=row.optional("数据来源", str) or "",
        )
        if objection:
            names.findings.add(row.fault(objection.column, cure=objection.cure))
    for row in reading.of(PROFILES):
        names.person(row, "人员")
    names.findings.settle()
    for row in reading.of(PLACEMENTS):
        _place(row, campaign, names)
    for row in reading.of(PROFILES):
        _profile(row, campaign, names)
    for row in reading.of(ARTICLES):
        _article(row, campaign, names)


def _place(row: Row, campaign: Campaign, names: Names) -> Placement:
    return actions.place(
        campaign=campaign,
        number=row.get("编号", str),
        placed_on=row.get("日期", datetime.date),
        channel=Channel(chosen(Channel, row, "渠道")),
        medium=row.get("媒体", str),
        title=row.get("标题", str),
        kind=PlacementKind(chosen(PlacementKind, row, "类型")),
        spot=row.optional("版面时段", str) or "",
        link=row.optional("链接", str) or "",
        origin=Origin(chosen(Origin, row, "原发转载")),
        reach=row.optional("触达人数", int),
        reach_source=row.optional("数据来源", str) or "",
        proof=row.optional("存证", str) or "",
        by=names.by,
    )


def _profile(row: Row, campaign: Campaign, names: Names) -> Profile:
    person = names.person(row, "人员")
    assert person is not None
    return actions.profile(
        campaign=campaign,
        number=row.get("编号", str),
        person=person,
        title=row.get("标题", str),
        text=row.get("事迹", str),
        consented_on=row.get("同意日期", datetime.date),
        reviewer=row.get("审核人", str),
        reviewed_on=row.get("审核日期", datetime.date),
        by=names.by,
    )


def _article(row: Row, campaign: Campaign, names: Names) -> Article:
    return actions.article(
        campaign=campaign,
        number=row.get("编号", str),
        title=row.get("标题", str),
        text=row.get("正文", str),
        reviewer=row.get("审核人", str),
        reviewed_on=row.get("审核日期", datetime.date),
        by=names.by,
    )
