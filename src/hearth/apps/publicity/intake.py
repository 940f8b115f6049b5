"""Taking in the publicity plan, placements, stories and contacts in the media from a spreadsheet."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.publicity import actions, rules
from hearth.apps.publicity.models import Article, MediaContact, Placement, PlannedItem, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.lib.cells import nearest
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

PLAN = Table(
    name="宣传计划",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="渠道", kind=Kind.CHOICE, required=True, choices=choices(Channel)),
        Column(name="媒体", required=True, longest=80),
        Column(name="题目", required=True, longest=200),
        Column(name="计划日期", kind=Kind.DATE, required=True),
        Column(name="责任人", required=True),
        Column(name="交稿期限", kind=Kind.DATE, required=True),
        Column(name="交稿日期", kind=Kind.DATE),
        Column(name="不刊播的原因", longest=200),
    ),
    required=False,
)
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
        Column(name="宣传计划", longest=30),
        Column(name="转载自", longest=30),
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
CONTACTS = Table(
    name="媒体联系人",
    columns=(
        Column(name="渠道", kind=Kind.CHOICE, required=True, choices=choices(Channel)),
        Column(name="媒体", required=True, longest=80),
        Column(name="姓名", required=True, longest=40),
        Column(name="电话", kind=Kind.PHONE),
        Column(name="邮箱", longest=254),
        Column(name="备注", longest=200),
    ),
    unique_together=(("媒体", "姓名"),),
    required=False,
)
TABLES = (PLAN, PLACEMENTS, PROFILES, ARTICLES, CONTACTS)
_NUMBERED = ((PLAN, PlannedItem), (PLACEMENTS, Placement), (PROFILES, Profile), (ARTICLES, Article))


def take_placements(reading: Reading, campaign: Campaign, names: Names) -> None:
    """Take the plan first, what was placed by it then, an original before its reprints."""
    _check(reading, campaign, names)
    names.findings.settle()
    planned = {row.get("编号", str): _plan(row, campaign, names) for row in reading.of(PLAN)}
    placed: dict[str, Placement] = {}
    for row in sorted(reading.of(PLACEMENTS), key=lambda row: bool(row["转载自"])):
        item = planned.get(row.optional("宣传计划", str) or "")
        first = placed.get(row.optional("转载自", str) or "")
        placed[row.get("编号", str)] = _place(row, item, first, campaign, names)
    for row in reading.of(PROFILES):
        _profile(row, campaign, names)
    for row in reading.of(ARTICLES):
        _article(row, campaign, names)
    _take_contacts(reading.of(CONTACTS), campaign, names)


def _check(reading: Reading, campaign: Campaign, names: Names) -> None:
    for table, model in _NUMBERED:
        used = set(model.objects.filter(campaign=campaign).values_list("number", flat=True))
        names.findings.add(
            *(
                row.fault("编号", cure="这个编号已经登记过，请换一个")
                for row in reading.of(table)
                if row["编号"] in used
            )
        )
    for row in reading.of(PLAN):
        names.person(row, "责任人")
        if row.get("交稿期限", datetime.date) > row.get("计划日期", datetime.date):
            names.findings.add(row.fault("交稿期限", cure="交稿期限要在计划日期当天或以前"))
    planned = tuple(row.get("编号", str) for row in reading.of(PLAN))
    firsts = tuple(row.get("编号", str) for row in reading.of(PLACEMENTS) if not _is_reprint(row))
    for row in reading.of(PLACEMENTS):
        _check_placement(row, planned, firsts, names)
    for row in reading.of(PROFILES):
        names.person(row, "人员")
    for row in reading.of(CONTACTS):
        _check_contact(row, names)


def _check_placement(row: Row, planned: tuple[str, ...], firsts: tuple[str, ...], names: Names) -> None:
    objection = rules.objection(
        link=row.optional("链接", str) or "",
        reach=row.optional("触达人数", int),
        reach_source=row.optional("数据来源", str) or "",
    )
    if objection:
        names.findings.add(row.fault(objection.column, cure=objection.cure))
    _check_number(row, "宣传计划", planned, "“宣传计划”表里的编号", names)
    if row["转载自"] and not _is_reprint(row):
        names.findings.add(row.fault("转载自", cure="原发的不填，只有转载的才填"))
    else:
        _check_number(row, "转载自", firsts, "本表里一条原发的编号", names)


def _check_number(row: Row, column: str, known: tuple[str, ...], wanted: str, names: Names) -> None:
    number = row.optional(column, str)
    if number and number not in known:
        near = nearest(number, known)
        cure = f"是不是“{near}”" if near else "请先在那张表里登记"
        names.findings.add(row.fault(column, wanted=wanted, cure=cure))


def _check_contact(row: Row, names: Names) -> None:
    mail = row.optional("邮箱", str)
    if not mail and not row["电话"]:
        names.findings.add(row.fault("电话", cure="电话和邮箱至少填一个，才联系得上"))
    try:
        validate_email(mail or "name@media.example")
    except ValidationError:
        names.findings.add(row.fault("邮箱", wanted="一个邮箱地址，如 name@media.example"))


def _is_reprint(row: Row) -> bool:
    return chosen(Origin, row, "原发转载") == Origin.REPRINT


def _plan(row: Row, campaign: Campaign, names: Names) -> PlannedItem:
    person = names.person(row, "责任人")
    assert person is not None
    return actions.plan(
        campaign=campaign,
        number=row.get("编号", str),
        channel=Channel(chosen(Channel, row, "渠道")),
        medium=row.get("媒体", str),
        title=row.get("题目", str),
        planned_on=row.get("计划日期", datetime.date),
        person=person,
        due=row.get("交稿期限", datetime.date),
        ready_on=row.optional("交稿日期", datetime.date),
        dropped_because=row.optional("不刊播的原因", str) or "",
        by=names.by,
    )


def _place(
    row: Row, planned: PlannedItem | None, first: Placement | None, campaign: Campaign, names: Names
) -> Placement:
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
        planned=planned,
        reprint_of=first,
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


def _take_contacts(rows: Iterable[Row], campaign: Campaign, names: Names) -> None:
    """A contact that is known already stays as it is: contacts outlast a campaign."""
    known = set(MediaContact.objects.filter(org=campaign.org).values_list("medium", "name"))
    for row in rows:
        if (row["媒体"], row["姓名"]) not in known:
            actions.add_contact(
                org=campaign.org,
                channel=Channel(chosen(Channel, row, "渠道")),
                medium=row.get("媒体", str),
                name=row.get("姓名", str),
                phone=row.optional("电话", str) or "",
                mail=row.optional("邮箱", str) or "",
                note=row.optional("备注", str) or "",
                by=names.by,
            )
